"""Lists that can be filtered: from an address to facets with counts, chips that come off, and page numbers."""

from dataclasses import dataclass
from functools import cached_property

from pages.lists.address import Address, page_numbers, query_string
from pages.lists.facets import Choice, FacetTable
from pages.wording import UNBORN
from practice.models import Vocabulary

ITEM = "item"
WITHOUT = {"print": ("materials", "print", "No printing")}
"""Value of the `without` parameter: which value of which facet must not be, and how the chip says so."""


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
    """A filter that is on, with the address that takes it off; `understood` when it was read out of the words."""

    label: str
    url: str
    name: str = ""
    value: str = ""
    understood: bool = False


class Browsing:
    """One look at a list for one address. A list says what its table, its labels and its orders are."""

    on_a_page = 24
    sorts: list[tuple[str, str]] = []
    open_at_first: frozenset[str] = frozenset({Vocabulary.NEED, Vocabulary.WITH})

    def __init__(self, *, base: str, request):
        self.base, self.hub = base, request.hub
        self.address = address = Address(dict(request.GET.lists()))
        self.q = address.text("q")
        values = {
            facet: tuple(address.choices(facet, legend, set(labels))) for facet, (legend, labels) in self.labels.items()
        }
        self.asked = Choice(
            values=values,
            without=tuple(WITHOUT[name][:2] for name in address.choices("without", "Without", set(WITHOUT))),
            age=address.whole_number("age", "Age", UNBORN, 25),
            minutes=address.whole_number("minutes", "Minutes", 1, 480),
        )
        self.sort = address.choice("sort", "Order", {name for name, _ in self.sorts}, "best")
        self.number = address.whole_number("page", "Page", 1, 9_999_999) or 1
        self.ignored = address.ignored

    # What a list says of itself.

    @property
    def table(self) -> FacetTable:
        raise NotImplementedError

    @property
    def visible(self) -> int:
        """The set of rows that this reader may see, before any filter."""
        raise NotImplementedError

    @property
    def choice(self) -> Choice:
        """What is filtered by: what the address asks for, unless a list reads more."""
        return self.asked

    @cached_property
    def labels(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Facet to its legend and the label of each of its values, in the order that editors gave."""
        return labels_of_the_vocabulary(self.hub)

    # What follows from it.

    @cached_property
    def found(self) -> int:
        return self.table.matching(self.choice, self.visible)

    @cached_property
    def total(self) -> int:
        return self.found.bit_count()

    def parameters(self) -> dict[str, list]:
        """What the address asks for, by name; the page number is left out."""
        asked = self.asked
        return {
            **{facet: list(values) for facet, values in asked.values.items()},
            "without": [name for name, row in WITHOUT.items() if row[:2] in asked.without],
            "age": [] if asked.age is None else [asked.age],
            "minutes": [] if asked.minutes is None else [asked.minutes],
            "q": [self.q],
            "sort": [] if self.sort == "best" else [self.sort],
        }

    def url(self, **changed) -> str:
        """The address of the same look with some parameters changed; always back on its first page."""
        return self.base + query_string({**self.parameters(), **changed})

    @cached_property
    def facets(self) -> list[Facet]:
        made, model = [], self.hub.shown_model
        shown_codes = {item.code for item in self.hub.atlas.items_of_model(model)} if model else set()
        for name, (legend, labels) in self.labels.items():
            counts = self.table.counts(name, self.choice, self.visible)
            used = {value for value, carriers in self.table.carrying[name].items() if carriers & self.visible}
            chosen = self.asked.values[name]
            values = []
            for value, label in labels.items():
                # What nothing carries is not offered; what is chosen always is, so that it can be taken off.
                if value not in chosen and (value not in used or (name == ITEM and value not in shown_codes)):
                    continue
                others = [other for other in chosen if other != value]
                url = self.url(**{name: others if value in chosen else [*chosen, value]})
                values.append(FacetValue(value, label, counts.get(value, 0), value in chosen, url))
            if values:
                is_open = bool(chosen) or name in self.open_at_first
                made.append(Facet(name, legend, "many", values, is_open, len(chosen)))
        return made

    @cached_property
    def chosen(self) -> list[Chosen]:
        """Each filter of the address that is on."""
        rows, asked = [], self.asked
        if asked.age is not None:
            rows.append(Chosen("Unborn" if asked.age == UNBORN else f"Age {asked.age}", self.url(age=[]), "age"))
        if asked.minutes is not None:
            rows.append(Chosen(f"Up to {asked.minutes} minutes", self.url(minutes=[]), "minutes"))
        for name, (facet, value, label) in WITHOUT.items():
            if (facet, value) in asked.without:
                rows.append(Chosen(label, self.url(without=[]), "without", name))
        for facet, values in asked.values.items():
            for value in values:
                rest = [other for other in values if other != value]
                rows.append(Chosen(self.labels[facet][1][value], self.url(**{facet: rest}), facet, value))
        return rows

    @property
    def age(self) -> int | None:
        return self.asked.age

    @property
    def minutes(self) -> int | None:
        return self.asked.minutes

    @property
    def sort_options(self) -> list[dict]:
        return [
            {
                "value": name,
                "label": label,
                "chosen": name == self.sort,
                "url": self.url(sort=[] if name == "best" else [name]),
            }
            for name, label in self.sorts
        ]

    @cached_property
    def _last_page(self) -> int:
        return max(1, -(-self.total // self.on_a_page))

    @cached_property
    def pages(self):
        number = min(self.number, self._last_page)
        return page_numbers(number, self._last_page, lambda other: self.url(page=[] if other == 1 else [other]))

    @property
    def beyond(self) -> str:
        """What to say when the page asked for lies past the last one."""
        if self.number <= self._last_page:
            return ""
        return f"There is no page {self.number:,}, so this is page {self._last_page:,}, the last."


def labels_of_the_vocabulary(hub) -> dict[str, tuple[str, dict[str, str]]]:
    """Facet to legend and labels for what pages of every type carry: needs, company, practice items and the rest."""
    atlas = hub.atlas
    labels = {Vocabulary.NEED.value: ("Need", {}), Vocabulary.WITH.value: ("Who with", {})}
    if model := hub.shown_model:
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
    return labels
