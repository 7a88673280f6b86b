"""What a reader of one page sees around its text, whatever its type: where it fits, who keeps it, whether it holds.

Worked out part by part when a template asks, so that a cached part costs nothing. Types add what only they have.
"""

from collections.abc import Sequence
from functools import cached_property

from django.utils.html import format_html_join

from pages.lists import cards
from pages.lists.carried import Carried, carried_by, carried_in_memory
from pages.lists.listed import LISTED, term_address
from pages.models import HubPage
from pages.wording import listed
from people.models import User
from practice.models import Term, Vocabulary


class PageReading:
    """One page for one reader."""

    # The heading over the pages that the editor chose to show with this one.
    related_title = "Goes well with this"
    # The sections that its type always has, in order: field, heading, place in the page (and kind).
    fixed: Sequence[tuple[str, str, str]] = ()
    # What decides, at a glance, whether this is the page that somebody wants; each type has its own.
    facts: list[cards.Fact] = []

    def __init__(self, page, request):
        self.page, self.hub = page, request.hub

    def _beside(self) -> list[HubPage]:
        """The pages that the editor chose to show with this one, in order, kept as a stream of `blocks.RELATED`."""
        self.page.read_late_fields()
        chosen = [block["value"] for block in self.page.related.raw_data]
        return self.readable_in_order([pk for pk in chosen if pk != self.page.pk])

    @cached_property
    def _related(self) -> list[HubPage]:
        return self._beside()

    def readable_in_order(self, ids: list[int]) -> list[HubPage]:
        """Those of the pages that this reader may open today, in the order given."""
        if not ids:
            return []
        found = {page.pk: page for page in self.hub.readable(HubPage.objects.filter(pk__in=ids))}
        return [found[pk] for pk in ids if pk in found]

    @cached_property
    def _carried(self) -> dict[int, Carried]:
        """What this page and those beside it carry. A preview shows the draft, not what is stored."""
        found = carried_by([self.page.pk, *(page.pk for page in self._related)])
        if self.hub.is_preview:
            found[self.page.pk] = carried_in_memory(self.page)
        return found

    @property
    def own(self) -> Carried:
        """What the page itself carries."""
        return self._carried.get(self.page.pk) or Carried()

    @cached_property
    def terms(self) -> list[Term]:
        return [term for term in self.hub.atlas.terms.values() if term.pk in self.own.terms]

    def described(self, *vocabularies: Vocabulary) -> list[tuple[str, str]]:
        """What the page is described by, for `labelled`: its terms in words, as links where they have pages."""
        said = {Vocabulary.NEED: "Needs", Vocabulary.STAGE: "Stage", Vocabulary.THEME: "Quality themes"}
        return [(said.get(name, name.label), self._terms_of(name)) for name in vocabularies]

    def _terms_of(self, vocabulary: Vocabulary) -> str:
        terms = [term for term in self.terms if term.vocabulary == vocabulary]
        if vocabulary not in LISTED:
            return listed([term.label for term in terms])
        links = [(term_address("/practice/", term), term.label) for term in terms]
        return format_html_join(", ", '<a href="{}">{}</a>', links)

    @cached_property
    def sections(self) -> list[dict]:
        """The sections that have something in them."""
        self.page.read_late_fields()
        return [
            {"id": place, "title": self.heading(place, title), "stream": stream, "kind": place}
            for name, title, place in self.fixed
            if (stream := getattr(self.page, name))
        ]

    def heading(self, place: str, title: str) -> str:
        """What a section is called on this page."""
        return title

    @cached_property
    def chips(self) -> list[cards.Chip]:
        return cards.chips(self.hub, self.own.items)

    @cached_property
    def others(self) -> list[dict]:
        """What the page answers to in the models that do not show here."""
        rows = []
        for model in self.hub.atlas.models.values():
            if model != self.hub.shown_model and (found := cards.chips(self.hub, self.own.items, model)):
                rows.append({"model_name": model.name, "chips": found})
        return rows

    @cached_property
    def standards(self) -> str:
        atlas, today = self.hub.atlas, self.hub.today
        current = [
            str(standard)
            for standard in atlas.standards.values()
            if standard.pk in self.own.standards and atlas.frameworks[standard.framework_id].is_current(today)
        ]
        return "; ".join(current)

    @cached_property
    def details(self) -> list[dict]:
        """What stands under the practice items, as label and text; empty ones left out."""
        return labelled(
            *self.described(Vocabulary.NEED, Vocabulary.METHOD, Vocabulary.STAGE, Vocabulary.ROLE, Vocabulary.THEME),
            ("National standards", self.standards),
        )

    @cached_property
    def related(self) -> list[cards.Card]:
        return cards.cards(self.hub, self._related, self._carried)

    @cached_property
    def state(self):
        return self.page.state(self.hub.today)

    @cached_property
    def steward(self) -> dict:
        page = self.page
        people = User.objects.in_bulk({page.steward_id, page.deputy_id} - {None})
        return {
            "owner": people.get(page.steward_id),
            "deputy": people.get(page.deputy_id),
            "reviewed_on": page.reviewed_on,
            "next_review": page.next_review,
            "state": self.state,
        }

    @cached_property
    def withdrawn(self) -> dict | None:
        """Why and since when, and what to use instead; `None` for a page in use."""
        if self.state.slug != "withdrawn":
            return None
        page, instead = self.page, self.page.replaced_by
        usable = instead and instead.live and instead.state(self.hub.today).slug != "withdrawn"
        reason = f": {page.withdrawn_reason}" if page.withdrawn_reason else "."
        return {
            "words": f"{self.state.words}{reason}",
            "replacement": {"title": instead.title, "url": instead.address} if usable else None,
        }

    @cached_property
    def notices(self) -> list[dict]:
        """What a reader must know before the first line: the page is withdrawn, or its review is due or overdue."""
        if self.withdrawn:
            return [
                {
                    "kind": "warning",
                    "title": self.withdrawn["words"],
                    "text": "It is kept for reference. Please do not rely on it.",
                    "link": self.withdrawn["replacement"],
                    "link_before": "Read instead:",
                }
            ]
        if self.state.slug == "archived":
            why = f"{self.page.archived_why.rstrip('.')}. " if self.page.archived_why else ""
            return [
                {"kind": "warning", "title": self.state.words, "text": f"{why}It is kept to be read, not to work by."}
            ]
        if self.state.slug == "overdue":
            return [
                {
                    "kind": "warning",
                    "title": self.state.words,
                    "text": "It may be out of date. Check with the owner before you rely on it.",
                }
            ]
        if self.state.slug == "due":
            return [
                {"kind": "info", "title": self.state.words, "text": "It still holds. Tell the owner what to change."}
            ]
        return []


def labelled(*rows: tuple[str, str]) -> list[dict]:
    """Label and text for the lists beside a page; a row without a text is left out."""
    return [{"label": label, "text": text} for label, text in rows if text]
