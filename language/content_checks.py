"""Plain words in Wagtail's panel of checks: live beside the editor, from the draft as it would be drawn.

The preview marks what was found (`language.explaining`); for each phrase the panel gets a rule with its better words.
The rules need no script of ours: each asks a marked element for a description that it does not have. Nothing is
blocked.
"""

from wagtail.admin.userbar import ContentCheckerItem

from language import explaining
from language.readability import LONG_SENTENCE
from practice import editions
from practice.plain_words import PlainWords, plain_words

# A check of axe itself; on an element that is no picture it never passes.
NEVER_PASSES = "non-empty-alt"
LONG = "long-sentence"


class PlainWordsChecks(ContentCheckerItem):
    """Wagtail's checks, and one for each phrase to avoid."""

    def __init__(self, *, lists: PlainWords, in_editor: bool = False):
        super().__init__(in_editor=in_editor)
        self.phrases = {f"avoid-{phrase.pk}": phrase for phrase in lists.phrases.values()}

    def get_axe_run_only(self, request):
        return [*super().get_axe_run_only(request), LONG, *self.phrases]

    def get_axe_custom_rules(self, request):
        def rule(name: str, selector: str) -> dict:
            return {
                "id": name,
                "impact": "minor",
                "selector": selector,
                "tags": ["best-practice"],
                "any": [NEVER_PASSES],
                "enabled": True,
            }

        own = [rule(name, f'[data-avoid="{phrase.pk}"]') for name, phrase in self.phrases.items()]
        return [*super().get_axe_custom_rules(request), rule(LONG, "[data-long-sentence]"), *own]

    def get_axe_messages(self, request):
        long = {
            "error_name": f"A sentence of more than {LONG_SENTENCE} words",
            "help_text": "Make two of it: readers on a phone lose the beginning.",
        }
        own = {
            name: {
                "error_name": f"Plain words: “{phrase.phrase}”",
                "help_text": f"Better: {phrase.better}. {phrase.why}",
            }
            for name, phrase in self.phrases.items()
        }
        return {**super().get_axe_messages(request), LONG: long, **own}


def add_plain_words(request, items: list) -> None:
    """Put our checks where Wagtail's stand, in the editor as in the preview itself."""
    lists = plain_words(editions.read().get(editions.VOCABULARY))
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = PlainWordsChecks(lists=lists, in_editor=item.in_editor)


def mark_draft(response) -> None:
    """Mark what was found in a drawn preview."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return
    lists = plain_words(editions.read().get(editions.VOCABULARY))
    before, start, rest = response.content.decode().partition("<main")
    main, end, after = rest.partition("</main>")
    marked = explaining.mark_long_sentences(explaining.mark_phrases(start + main, lists), most=LONG_SENTENCE)
    response.content = before + marked + end + after
