"""From words to intent: what a worker types becomes filters that can be taken off again, and the rest is searched for.

“7 yr old wont talk 20 mins” asks for tools that suit a child of seven and fit in twenty minutes, about “wont talk”.
Nothing that is typed is lost: each word is either in `text` or among the words of one filter. No Django.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from search.understanding.patterns import ages, circumstances, minutes
from search.understanding.patterns.plain import TAKEN, LineOfWords

LONGEST = 200
# What lies beyond is not even looked at, so that a pasted report costs no more than a sentence.
MOST_READ = 20_000
READINGS = (*ages.READINGS, *minutes.READINGS, *circumstances.READINGS)
LABELS = {
    "age": ages.label,
    "minutes": minutes.label,
    "with": circumstances.with_label,
    "setting": circumstances.setting_label,
    "without": circumstances.without_label,
}
# A search has one age and one time; for the others several may hold.
SINGLE = {"age", "minutes"}
# Signs that nobody sees and that turn the direction of what stands after them.
UNSEEN = set("\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True)
class ReadFilter:
    """One filter that was read out of the words."""

    name: str
    """The parameter of the address: age, minutes, with, setting or without."""
    value: str
    words: str
    """The words as they were typed."""
    label: str
    """What its chip says."""


@dataclass(frozen=True)
class Intent:
    """What somebody is looking for."""

    typed: str
    text: str
    understood: tuple[ReadFilter, ...]
    places: tuple[frozenset[int], ...] = field(default=(), repr=False, compare=False)
    """For each filter, which characters of what was typed it was read from."""
    kept: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    def without(self, understood: ReadFilter) -> str:
        """What the box says once this filter is taken off; read again, it gives the others and nothing new."""
        if understood not in self.understood:
            return self.typed
        gone = self.places[self.understood.index(understood)]
        left = "".join(TAKEN if place in gone else character for place, character in enumerate(self.typed))
        pieces = [piece.strip() for piece in re.split(f" *{TAKEN}[ {TAKEN}]*", left) if piece.strip()]
        others = [(other.name, other.value) for other in self.understood if other != understood]
        plain = " ".join(pieces)
        again = [(other.name, other.value) for other in understand(plain, kept=self.kept).understood]
        # What now stands side by side may mean something together that nobody said: a comma keeps it apart.
        return plain if again == others else ", ".join(pieces)


@dataclass(frozen=True)
class _Found:
    name: str
    value: str
    places: frozenset[int]


def understand(typed: str, *, kept: Collection[str] = ()) -> Intent:
    """Read what was typed. `kept` are phrases with a meaning of their own in the hub, which are never filters."""
    shown, kept = cleaned(typed), frozenset(kept)
    left, found = shown, []
    # Taking “7yr” out of “year 7yr 3” leaves “year 3”, so what is left is read until nothing more is found.
    while fresh := list(_read(left, kept)):
        found += fresh
        taken = frozenset().union(*(one.places for one in fresh))
        left = "".join(" " if place in taken else character for place, character in enumerate(left))
    filters = sorted(_merged(found), key=lambda one: min(one.places))
    understood = tuple(
        ReadFilter(one.name, one.value, _words(shown, one.places), LABELS[one.name](one.value)) for one in filters
    )
    return Intent(shown, " ".join(left.split()), understood, tuple(one.places for one in filters), kept)


def cleaned(typed: str) -> str:
    """What was typed, fit to be shown: no control characters, single blanks, no more than 200 characters."""
    seen = "".join(
        " " if character.isspace() else character
        for character in typed[:MOST_READ]
        if character.isspace() or (unicodedata.category(character) not in ("Cc", "Cs") and character not in UNSEEN)
    )
    return " ".join(seen.split())[:LONGEST].rstrip()


def _read(typed: str, kept: frozenset[str]) -> Iterator[_Found]:
    """From left to right, always the longest reading that begins at a word."""
    line, place = LineOfWords(typed, kept), 0
    while place < len(line.words):
        found, place = _longest(line, place)
        if found:
            yield found


def _longest(line: LineOfWords, place: int) -> tuple[_Found | None, int]:
    """The longest reading that begins at this word, if any, and the place to read on from."""
    start = furthest = line.starts[place]
    found, following = None, place + 1
    for reading in READINGS:
        match = reading.pattern.match(line.plain, start)
        # Between two equally long ones, the one that says “no filter” is the more careful.
        if not match or match.end() < furthest or (match.end() == furthest and reading.name):
            continue
        value, last = reading.value(match), line.ends[match.end()]
        characters = line.characters(place, last)
        if value is None or characters is None:
            continue
        furthest, following = match.end(), last + 1
        found = _Found(reading.name, value, characters) if reading.name else None
    return found, following


def _merged(found: list[_Found]) -> Iterator[_Found]:
    """Of several ages the one typed last holds, and it takes the words of the others with it: nothing is left over.

    The same filter said twice is one filter.
    """
    groups: dict[tuple[str, str], list[_Found]] = {}
    for one in found:
        groups.setdefault((one.name, "" if one.name in SINGLE else one.value), []).append(one)
    for group in groups.values():
        last = max(group, key=lambda one: max(one.places))
        yield _Found(last.name, last.value, frozenset().union(*(one.places for one in group)))


def _words(typed: str, places: frozenset[int]) -> str:
    """The characters at these places, with a blank where something else stands between."""
    return " ".join("".join(character if place in places else " " for place, character in enumerate(typed)).split())
