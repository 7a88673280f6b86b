"""A panel in every editor: how easily the page is read, and which words are better left out."""

from django.urls import reverse
from wagtail.admin.panels import Panel

from language.readability import LONG_SENTENCE, measure
from language.texts import texts_of
from practice import editions
from practice.plain_words import plain_words

MOST_SHOWN = 5


class PlainWordsPanel(Panel):
    """Looks at the page as it was last saved. It advises; it never keeps anybody from saving or publishing."""

    def __init__(self, **kwargs):
        kwargs.setdefault("heading", "Plain words")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/plain_words_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            if self.instance.pk:
                texts = texts_of(self.instance)
                context["measure"] = measured = measure(texts)
                context["long_sentences"] = measured.long_sentences[:MOST_SHOWN]
                context["findings"] = plain_words(editions.read().get(editions.VOCABULARY)).findings(texts)
            return {**context, "most_words": LONG_SENTENCE, "words_at": reverse("glossary")}
