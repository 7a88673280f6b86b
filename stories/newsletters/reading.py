"""What a reader of a newsletter sees: the pages that it is made of, as these are today."""

from dataclasses import dataclass
from functools import cached_property

from pages.lists import cards
from pages.lists.cards import Card, Fact, filled
from pages.models import HubPage
from pages.reading.page import PageReading
from pages.visibility.readers import anybody
from pages.wording import day


@dataclass(frozen=True)
class NewsItem:
    """A page of the issue: its card as it is now, and why the editor put it in (may be empty)."""

    page: HubPage
    card: Card
    line: str


class NewsReading(PageReading):
    """One newsletter. Title and purpose of each item come from its page, so that what is withdrawn is gone at once."""

    def _beside(self) -> list[HubPage]:
        self.page.read_late_fields()
        return self.readable_in_order([pk for pk, _ in self.page.chosen() if pk != self.page.pk])

    @cached_property
    def items(self) -> list[NewsItem]:
        """What this reader may open today, in the editor's order."""
        lines = {}
        for pk, line in self.page.chosen():
            lines.setdefault(pk, line)
        pages = list({page.pk: page for page in self._related}.values())
        made = cards.cards(self.hub, pages, self._carried)
        return [NewsItem(page, card, lines[page.pk]) for page, card in zip(pages, made, strict=True)]

    def items_for(self, *, partners: bool) -> list[NewsItem]:
        """What everybody may open to whom a letter goes: without closed sections, and for partners without staff pages.

        A letter, unlike the page, cannot know who reads it.
        """
        reader = anybody(partners=partners, today=self.hub.today, sections=self.hub.frame.closed)
        return [item for item in self.items if reader.may_open(item.page)]

    # The items stand in the text; there is no shelf of cards below it.
    related: list[Card] = []

    @property
    def body(self):
        self.page.read_late_fields()
        return self.page.body

    @property
    def closing(self):
        self.page.read_late_fields()
        return self.page.closing

    @cached_property
    def facts(self) -> list[Fact]:
        on = self.page.issued_on
        return filled(("issued", "calendar", "Sent out", day(on) if on else ""))

    @cached_property
    def may_build(self) -> bool:
        """Whether this reader puts issues together. Asked only of people who may open the CMS at all."""
        return self.hub.may_edit and self.page.permissions_for_user(self.hub.user).can_edit()
