"""Counting and filtering with one bit for each page: pure arithmetic, no Django.

A set of pages is a whole number whose n-th bit stands for the n-th row. To choose is `&`, either of two is `|`, how
many is `bit_count()`. At 2,000 pages and 150 values a full set of facet counts takes well under a millisecond.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class FacetValues:
    """What can be asked of one page. Ages in years (-1 unborn), times in minutes, `None` open; `text` in lower case."""

    key: int
    age_min: int | None = None
    age_max: int | None = None
    for_adults: bool = False
    minutes_min: int | None = None
    text: str = ""
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def suits_age(self, age: int) -> bool:
        """Whether it is for that age. Without ages it suits anybody, unless it is for adults."""
        if self.age_min is None and self.age_max is None:
            return not self.for_adults
        return (self.age_min is None or self.age_min <= age) and (self.age_max is None or age <= self.age_max)

    def fits_in(self, minutes: int) -> bool:
        """Whether it can be done in that time. One without a length takes several visits, so it never fits."""
        return self.minutes_min is not None and self.minutes_min <= minutes


@dataclass(frozen=True)
class Choice:
    """What somebody asks for: any of the values of each facet, an age, a time at hand, all of some words.

    `without` is what must not be, as facet and value: without anything to print.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: tuple[tuple[str, str], ...] = ()
    age: int | None = None
    minutes: int | None = None
    words: tuple[str, ...] = ()

    def less(self, name: str, value: str) -> "Choice":
        """The same without one of its filters."""
        if name in {"age", "minutes"}:
            return replace(self, **{name: None})
        if name == "without":
            return replace(self, without=tuple(pair for pair in self.without if pair[1] != value))
        kept = tuple(other for other in self.values.get(name, ()) if other != value)
        return replace(self, values={**self.values, name: kept})


class FacetTable:
    """Rows in their order, and for each value of each facet the set of rows that carry it."""

    def __init__(self, rows: Iterable[FacetValues]):
        self.rows = list(rows)
        self.everything = (1 << len(self.rows)) - 1
        self.carrying: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        # Ages and times that were asked for once; there are some 500 of them at most.
        self._suiting: dict[int, int] = {}
        self._fitting: dict[int, int] = {}
        for place, row in enumerate(self.rows):
            for facet, values in row.values.items():
                for value in values:
                    self.carrying[facet][value] |= 1 << place

    def changed(self, rows: Mapping[int, FacetValues]) -> "FacetTable":
        """A table with these rows in these places, which may make it longer. The one in use stays as it is."""
        new = FacetTable(())
        new.rows = list(self.rows)
        new.carrying = defaultdict(lambda: defaultdict(int))
        for facet, values in self.carrying.items():
            new.carrying[facet].update(values)
        for place, row in sorted(rows.items()):
            bit = 1 << place
            if place < len(new.rows):
                for facet, values in new.rows[place].values.items():
                    for value in values:
                        new.carrying[facet][value] &= ~bit
                new.rows[place] = row
            else:
                new.rows.append(row)
            for facet, values in row.values.items():
                for value in values:
                    new.carrying[facet][value] |= bit
        new.everything = (1 << len(new.rows)) - 1
        return new

    def where(self, test) -> int:
        """The set of rows that pass a test."""
        return sum(1 << place for place, row in enumerate(self.rows) if test(row))

    def suiting(self, age: int) -> int:
        """The set of rows for that age."""
        if age not in self._suiting:
            self._suiting[age] = self.where(lambda row: row.suits_age(age))
        return self._suiting[age]

    def fitting(self, minutes: int) -> int:
        """The set of rows that can be done in that time."""
        if minutes not in self._fitting:
            self._fitting[minutes] = self.where(lambda row: row.fits_in(minutes))
        return self._fitting[minutes]

    def matching(self, choice: Choice, within: int | None = None, leaving_out: str = "") -> int:
        """The set that answers the choice; `leaving_out` one facet, so that its own values can be counted."""
        found = self.everything if within is None else within
        for facet, values in choice.values.items():
            if values and facet != leaving_out:
                carriers = 0
                for value in values:
                    carriers |= self.carrying[facet].get(value, 0)
                found &= carriers
        for facet, value in choice.without:
            found &= ~self.carrying[facet].get(value, 0)
        if choice.age is not None and leaving_out != "age":
            found &= self.suiting(choice.age)
        if choice.minutes is not None and leaving_out != "minutes":
            found &= self.fitting(choice.minutes)
        if choice.words and leaving_out != "words":
            found &= self.where(lambda row: all(word in row.text for word in choice.words))
        return found

    def counts(self, facet: str, choice: Choice, within: int | None = None) -> dict[str, int]:
        """For each value of a facet, how many rows there would be if it were the one chosen there."""
        rest = self.matching(choice, within, leaving_out=facet)
        return {value: (rest & carriers).bit_count() for value, carriers in self.carrying[facet].items()}

    def count_age(self, age: int, choice: Choice, within: int | None = None) -> int:
        rest = self.matching(choice, within, leaving_out="age")
        return (rest & self.suiting(age)).bit_count()

    def count_minutes(self, minutes: int, choice: Choice, within: int | None = None) -> int:
        rest = self.matching(choice, within, leaving_out="minutes")
        return (rest & self.fitting(minutes)).bit_count()

    def keys(self, found: int) -> list[int]:
        """The keys of a set's rows, in row order."""
        keys = []
        while found:
            lowest = found & -found
            keys.append(self.rows[lowest.bit_length() - 1].key)
            found ^= lowest
        return keys
