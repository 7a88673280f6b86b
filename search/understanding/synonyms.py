"""What people type and what they mean by it, as editors have set it down; in memory, by edition."""

from collections import defaultdict
from dataclasses import dataclass, field

from practice.editions import Kept
from search.models import Pin, Synonym, SynonymGroup
from search.understanding.query import Group, Phrase
from search.understanding.words import all_stems, fold, written

SYNONYMS = "synonyms"
"""Edition of the groups, their phrases and pins."""


@dataclass(frozen=True)
class Meaning:
    """Another thing that an ambiguous short form may stand for: both are offered."""

    typed: str
    meant: str
    other: str


@dataclass
class Synonyms:
    """Every group. Treat it as read-only: all requests share it."""

    canonical: dict[int, str] = field(default_factory=dict)
    phrases: dict[int, list[Phrase]] = field(default_factory=dict)
    groups_of: dict[Phrase, list[int]] = field(default_factory=lambda: defaultdict(list))
    pins: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    meanings: dict[Phrase, Meaning] = field(default_factory=dict)
    # Every phrase as it is written, and all their words: for suggestions and near spellings.
    written: dict[str, int] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    longest: int = 1

    def group_at(self, words: list[Phrase], place: int) -> tuple[int, list[int]]:
        """The longest phrase that begins at this word, as (words taken, keys of its groups); (0, []) when none does."""
        for length in range(min(self.longest, len(words) - place), 0, -1):
            phrase = tuple(part for word in words[place : place + length] for part in word)
            if found := self.groups_of.get(phrase):
                return length, found
        return 0, []

    def group(self, typed: str, phrase: Phrase, keys: list[int]) -> Group:
        """A phrase with everything that means the same: as typed, what the hub calls it, then the rest."""
        alike = [other for key in keys for other in self.phrases[key]]
        return Group(
            typed=typed,
            phrases=tuple(dict.fromkeys([phrase, *alike])),
            canonical=self.canonical[keys[0]],
            synonym_groups=tuple(keys),
        )

    @property
    def with_numbers(self) -> list[str]:
        """Phrases that hold a number and mean something else than an age or a time: "three houses", "2 hours"."""
        return [phrase for phrase in self.written if any(map(_is_number, written(phrase)))]


NUMBER_WORDS = frozenset("one two three four five six seven eight nine ten eleven twelve sixteen eighteen".split())


def _is_number(word: str) -> bool:
    return any(sign.isdigit() for sign in word) or word.casefold() in NUMBER_WORDS


def _load() -> Synonyms:
    known = Synonyms()
    for group in SynonymGroup.objects.all():
        known.canonical[group.pk] = group.canonical
        known.phrases[group.pk] = []
        _add(known, group.pk, group.canonical)
    for row in Synonym.objects.order_by("sort_order", "pk"):
        phrase = _add(known, row.group_id, row.phrase)
        if row.ambiguous and phrase:
            known.meanings[phrase] = Meaning(row.phrase, known.canonical[row.group_id], row.other_meaning)
    for pin in Pin.objects.order_by("sort_order", "pk"):
        known.pins[pin.group_id].append(pin.page_id)
    return known


def _add(known: Synonyms, key: int, text: str) -> Phrase:
    phrase = all_stems(text)
    if phrase:
        if phrase not in known.phrases[key]:
            known.phrases[key].append(phrase)
        if key not in known.groups_of[phrase]:
            known.groups_of[phrase].append(key)
        known.written.setdefault(text, key)
        known.words |= {fold(part) for word in written(text) for part in word.split("-")}
        known.longest = max(known.longest, len(phrase))
    return phrase


_kept = Kept(_load)


def synonyms(edition: int | None) -> Synonyms:
    """All groups as of this edition, from memory when this process has them."""
    return _kept.get(edition)


def every_word(table: dict[str, int]) -> frozenset[str]:
    """All words that editors have set down, in lower case: none of them names a person (`language.careful`)."""
    return frozenset(word.lower() for text in synonyms(table.get(SYNONYMS)).written for word in text.split())
