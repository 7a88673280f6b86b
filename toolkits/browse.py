"""Browsing tools: from an address to the facets, the cards and the words that say what was found."""

from dataclasses import dataclass
from functools import cached_property

from pages import cards
from pages.address import Address, page_numbers, query_string
from pages.models import HubPage
from pages.wording import UNBORN, counted
from practice.models import Vocabulary
from toolkits.facets import Choice
from toolkits.models.tool_page import Format, Language
from toolkits.table import FORMAT, ITEM, LANGUAGE, tool_table

ON_A_PAGE = 24
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
OPEN_AT_FIRST = {Vocabulary.NEED, Vocabulary.WITH}


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str
    kind: str
    values: list[FacetValue]
    open: bool
    chosen_count: int


@dataclass(frozen=True)
class Chosen:
    label: str
    url: str


class ToolBrowsing:
    """One look at the tools: everything that the index page shows for one address."""

    def __init__(self, page, request):
        self.base, self.hub = page.address, request.hub
        self.table = tool_table(self.hub.edition)
        address = Address(dict(request.GET.lists()))
        self.labels = self._labels()
        self.q = address.text("q")
        values = {
            facet: tuple(address.choices(facet, legend, set(labels))) for facet, (legend, labels) in self.labels.items()
        }
        self.choice = Choice(
            values=values,
            age=address.whole_number("age", "Age", UNBORN, 25),
            minutes=address.whole_number("minutes", "Minutes", 1, 480),
            words=tuple(self.q.casefold().split()),
        )
        self.sort = address.choice("sort", "Order", {name for name, _ in SORTS}, "best")
        self.number = address.whole_number("page", "Page", 1, 9_999_999) or 1
        self.ignored = address.ignored

    def _labels(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Facet to its legend and the label of each of its values, in the order that editors gave."""
        atlas = self.hub.atlas
        labels = {Vocabulary.NEED.value: ("Need", {}), Vocabulary.WITH.value: ("Who with", {})}
        if model := self.hub.shown_model:
            labels[ITEM] = ("Practice model", {item.code: str(item) for item in atlas.items_of_model(model)})
            # An old link to an item of the other model still works.
            labels[ITEM][1].update(
                {item.code: str(item) for item in atlas.items.values() if item.code not in labels[ITEM][1]}
            )
        for vocabulary in Vocabulary:
            labels[vocabulary.value] = (
                vocabulary.label,
                {term.slug: term.label for term in atlas.terms_of(vocabulary)},
            )
        labels[LANGUAGE] = ("Language", dict(Language.choices))
        labels[FORMAT] = ("Format", dict(Format.choices))
        return labels

    @property
    def key(self) -> str:
        """The look as one string, the same however its address was written: what its rendering is kept under."""
        return self._url(page=[self.number])

    @cached_property
    def visible(self) -> int:
        return self.table.visible_to(self.hub.user)

    @cached_property
    def found(self) -> int:
        return self.table.facets.matching(self.choice, self.visible)

    @cached_property
    def total(self) -> int:
        return self.found.bit_count()

    @property
    def shown_text(self) -> str:
        everything = self.visible.bit_count()
        if self.total == everything:
            return counted(everything, "tool")
        return f"{self.total:,} of {counted(everything, 'tool')}"

    def _parameters(self) -> dict[str, list]:
        chosen = {facet: list(values) for facet, values in self.choice.values.items()}
        return {
            **chosen,
            "age": [] if self.choice.age is None else [self.choice.age],
            "minutes": [] if self.choice.minutes is None else [self.choice.minutes],
            "q": [self.q],
            "sort": [] if self.sort == "best" else [self.sort],
        }

    def _url(self, **changed) -> str:
        """The address of the same look with some parameters changed; always back on its first page."""
        return self.base + query_string({**self._parameters(), **changed})

    @cached_property
    def facets(self) -> list[Facet]:
        made = []
        shown_codes = (
            {item.code for item in self.hub.atlas.items_of_model(self.hub.shown_model)}
            if self.hub.shown_model
            else set()
        )
        for name, (legend, labels) in self.labels.items():
            counts = self.table.facets.counts(name, self.choice, self.visible)
            used = {value for value, carriers in self.table.facets.carrying[name].items() if carriers & self.visible}
            chosen = self.choice.values[name]
            values = []
            for value, label in labels.items():
                # What no tool carries is not offered; what is chosen always is, so that it can be taken off.
                if value not in chosen and (value not in used or (name == ITEM and value not in shown_codes)):
                    continue
                others = [other for other in chosen if other != value]
                url = self._url(**{name: others if value in chosen else [*chosen, value]})
                values.append(FacetValue(value, label, counts.get(value, 0), value in chosen, url))
            if values:
                is_open = bool(chosen) or name in OPEN_AT_FIRST
                made.append(Facet(name, legend, "many", values, is_open, len(chosen)))
        return made

    @cached_property
    def chosen(self) -> list[Chosen]:
        """Each filter that is on, with the address that takes it off."""
        rows = []
        if self.q:
            rows.append(Chosen(f"“{self.q}”", self._url(q=[])))
        if self.choice.age is not None:
            age = "Unborn" if self.choice.age == UNBORN else f"Age {self.choice.age}"
            rows.append(Chosen(age, self._url(age=[])))
        if self.choice.minutes is not None:
            rows.append(Chosen(f"Up to {self.choice.minutes} minutes", self._url(minutes=[])))
        for facet, values in self.choice.values.items():
            for value in values:
                rest = [other for other in values if other != value]
                rows.append(Chosen(self.labels[facet][1][value], self._url(**{facet: rest})))
        return rows

    @property
    def clear_url(self) -> str:
        return self.base

    @property
    def age(self) -> int | None:
        return self.choice.age

    @property
    def minutes(self) -> int | None:
        return self.choice.minutes

    @cached_property
    def quick_ages(self) -> list[FacetValue]:
        table = self.table.facets
        return [
            FacetValue(
                str(age),
                label,
                table.count_age(age, self.choice, self.visible),
                age == self.choice.age,
                self._url(age=[] if age == self.choice.age else [age]),
            )
            for age, label in QUICK_AGES
        ]

    @cached_property
    def quick_minutes(self) -> list[FacetValue]:
        table = self.table.facets
        return [
            FacetValue(
                str(minutes),
                label,
                table.count_minutes(minutes, self.choice, self.visible),
                minutes == self.choice.minutes,
                self._url(minutes=[] if minutes == self.choice.minutes else [minutes]),
            )
            for minutes, label in QUICK_MINUTES
        ]

    @property
    def sort_options(self) -> list[dict]:
        return [
            {
                "value": name,
                "label": label,
                "chosen": name == self.sort,
                "url": self._url(sort=[] if name == "best" else [name]),
            }
            for name, label in SORTS
        ]

    @cached_property
    def _last_page(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))

    @cached_property
    def pages(self):
        number = min(self.number, self._last_page)
        return page_numbers(number, self._last_page, lambda other: self._url(page=[] if other == 1 else [other]))

    @property
    def beyond(self) -> str:
        """What to say when the page asked for lies past the last one."""
        if self.number <= self._last_page:
            return ""
        return f"There is no page {self.number:,}, so this is page {self._last_page:,}, the last."

    def _cards(self, keys: list[int]) -> list:
        found = HubPage.objects.in_bulk(keys)
        return cards.cards(self.hub, [found[key] for key in keys if key in found])

    @cached_property
    def shown_cards(self) -> list:
        place = self.table.order[self.sort]
        keys = sorted(self.table.facets.keys(self.found), key=place.__getitem__)
        start = (self.pages.number - 1) * ON_A_PAGE
        return self._cards(keys[start : start + ON_A_PAGE])

    @cached_property
    def nearest(self) -> list:
        """When nothing matches: tools that match most of what was asked, so that the page is never a dead end."""
        if self.total:
            return []
        best: list[int] = []
        asked = [name for name, values in self.choice.values.items() if values]
        for facet in [*asked, "minutes", "age", "words"]:
            found = self.table.facets.matching(self.choice, self.visible, leaving_out=facet)
            best += [key for key in self.table.facets.keys(found) if key not in best]
        if not best:
            # Nothing is one filter away: what suits the age is nearer than nothing.
            best = self.table.facets.keys(self.table.facets.matching(Choice(age=self.choice.age), self.visible))
        return self._cards(best[:6])
