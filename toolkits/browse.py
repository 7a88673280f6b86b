"""Browsing tools: from an address to the facets, the cards and the words that say what was found."""

from dataclasses import replace
from functools import cached_property

from pages.lists import cards
from pages.lists.browsing import Browsing, Chosen, FacetValue, labels_of_the_vocabulary
from pages.lists.facets import Choice
from pages.models import HubPage
from pages.wording import UNBORN, counted
from toolkits.models.choices import Format, Language
from toolkits.table import FORMAT, LANGUAGE, tool_table

QUICK_AGES = [
    (UNBORN, "Unborn"),
    (1, "Age 1"),
    (3, "Age 3"),
    (6, "Age 6"),
    (9, "Age 9"),
    (12, "Age 12"),
    (15, "Age 15"),
    (18, "Age 18"),
]
QUICK_MINUTES = [(15, "Up to 15 minutes"), (30, "Up to 30 minutes"), (60, "Up to an hour")]
SORTS = [("best", "Up to date first"), ("newest", "Newest first"), ("title", "A to Z")]


class ToolBrowsing(Browsing):
    """One look at the tools: everything that the index page shows for one address."""

    sorts = SORTS

    def __init__(self, page, request):
        self.tools = tool_table(request.hub.edition)
        super().__init__(base=page.address, request=request)

    @property
    def table(self):
        return self.tools.facets

    @cached_property
    def visible(self) -> int:
        return self.tools.seen_by(self.hub.reader)

    @cached_property
    def labels(self):
        """Those of every list, and what only tools have."""
        return {
            **labels_of_the_vocabulary(self.hub),
            LANGUAGE: ("Language", dict(Language.choices)),
            FORMAT: ("Format", dict(Format.choices)),
        }

    @cached_property
    def choice(self) -> Choice:
        return replace(self.asked, words=tuple(self.q.casefold().split()))

    @property
    def key(self) -> str:
        """The look as one string, the same however its address was written: what its rendering is kept under."""
        return self.url(page=[self.number])

    @property
    def clear_url(self) -> str:
        return self.base

    @property
    def shown_text(self) -> str:
        everything = self.visible.bit_count()
        if self.total == everything:
            return counted(everything, "tool")
        return f"{self.total:,} of {counted(everything, 'tool')}"

    @cached_property
    def chosen(self) -> list[Chosen]:
        words = [Chosen(f"“{self.q}”", self.url(q=[]))] if self.q else []
        return words + super().chosen

    @cached_property
    def quick_ages(self) -> list[FacetValue]:
        return [
            FacetValue(
                str(age),
                label,
                self.table.count_age(age, self.choice, self.visible),
                age == self.age,
                self.url(age=[] if age == self.age else [age]),
            )
            for age, label in QUICK_AGES
        ]

    @cached_property
    def quick_minutes(self) -> list[FacetValue]:
        return [
            FacetValue(
                str(minutes),
                label,
                self.table.count_minutes(minutes, self.choice, self.visible),
                minutes == self.minutes,
                self.url(minutes=[] if minutes == self.minutes else [minutes]),
            )
            for minutes, label in QUICK_MINUTES
        ]

    def _cards(self, keys: list[int]) -> list:
        found = HubPage.objects.in_bulk(keys)
        return cards.cards(self.hub, [found[key] for key in keys if key in found])

    @cached_property
    def shown_cards(self) -> list:
        place = self.tools.order[self.sort]
        keys = sorted(self.table.keys(self.found), key=place.__getitem__)
        start = (self.pages.number - 1) * self.on_a_page
        return self._cards(keys[start : start + self.on_a_page])

    @cached_property
    def nearest(self) -> list:
        """When nothing matches: tools that match most of what was asked, so that the page is never a dead end."""
        if self.total:
            return []
        best: list[int] = []
        asked = [name for name, values in self.choice.values.items() if values]
        for facet in [*asked, "minutes", "age", "words"]:
            found = self.table.matching(self.choice, self.visible, leaving_out=facet)
            best += [key for key in self.table.keys(found) if key not in best]
        if not best:
            # Nothing is one filter away: what suits the age is nearer than nothing.
            best = self.table.keys(self.table.matching(Choice(age=self.choice.age), self.visible))
        return self._cards(best[:6])
