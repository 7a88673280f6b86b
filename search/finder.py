"""Finding: from what a reader types to pages in order. The one place that knows of engines.

An engine says which entries hold the words; the catalogue says which of them this reader may find; the ranking puts the
best first. When hardly anything holds all the words, near spellings are tried, then pages that hold most of them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from pages.lists.facets import Choice
from search import (
    engines,
    excerpts,
    meanings,
    ranking,
)
from search.index import catalogue, visibility
from search.index.known import KnownEntry
from search.models import Entry
from search.ordering import RANKED, Order, candidates
from search.understanding import intent
from search.understanding.filters import Intent, ReadFilter
from search.understanding.query import Query
from search.understanding.synonyms import SYNONYMS, Meaning, synonyms

FEW = 3
"""With fewer pages than this that hold all the words, near spellings are tried, and pages that hold most of them."""
LEFT_OUT_FIRST = ("setting", "with", "without", "minutes", "age")
"""Filters read out of the words that nothing passes, in the order in which they are given up."""

Places = dict[int, float]
"""Places of entries in the catalogue, each with the engine's score, best first."""


@dataclass(frozen=True)
class Hit:
    """One page that was found: its entry, its purpose, and a part of its text with the words marked."""

    entry: KnownEntry
    summary: str
    excerpt: list[tuple[str, bool]]


class Finder:
    """One search by one reader. Everything is worked out when first asked for.

    `typed` is any text; `asked` are the filters of the address, to which those understood from the words are added.
    """

    def __init__(self, hub, typed: str, asked: Choice | None = None):
        self.hub, self.asked = hub, asked or Choice()
        self.synonyms = synonyms(hub.editions.get(SYNONYMS))
        self.catalogue = catalogue.catalogue_for(hub)
        self.intent, self._as_typed = intent.read(typed, self.synonyms)
        if self.intent.understood and self._is_a_title(self.intent.typed):
            # "Direct work in 20 minutes" is what an event is called, and no wish for twenty minutes.
            self.intent = Intent(self.intent.typed, self.intent.typed, ())
            self._as_typed = intent.ask(self.intent.text, self.synonyms)
        self.degraded = False
        self._answers: dict[Query, Places] = {}

    @cached_property
    def visible(self) -> int:
        """The set of entries that this reader may find at all."""
        return visibility.visible_to(self.catalogue, self.hub)

    @cached_property
    def _visible_bits(self) -> bytes:
        return self.catalogue.bits(self.visible)

    def _is_a_title(self, typed: str) -> bool:
        bits = self._visible_bits
        return any(bits[place >> 3] >> (place & 7) & 1 for place in self.catalogue.entitled(typed))

    # What is asked for, in the end.

    @cached_property
    def correction(self) -> str:
        """The text in near spellings, when too few pages hold the words as typed and more hold these; else empty."""
        exact = len(self.match(self._as_typed.question))
        if not self._as_typed.question or exact >= FEW:
            return ""
        better = intent.corrected(self.intent.text, self.synonyms, words=self.catalogue.words, weight=self._users_of)
        if better and len(self.match(intent.ask(better, self.synonyms).question)) > exact:
            return better
        return ""

    def _users_of(self, word: str) -> int:
        """How many pages that this reader may find have the word in their title or among what people also type."""
        bits = self._visible_bits
        return sum(1 for place in self.catalogue.words.get(word, ()) if bits[place >> 3] >> (place & 7) & 1)

    @cached_property
    def _shows_correction(self) -> bool:
        return bool(self.correction) and not self.match(self._as_typed.question)

    @cached_property
    def asks(self) -> intent.Asks:
        """As typed, or in near spellings where nothing holds the typed words."""
        if self._shows_correction:
            return intent.ask(self.correction, self.synonyms)
        if not self.match(self._as_typed.question) and len(self._as_typed.question.groups) == 1:
            # A phrase that editors know, but no page: its single words may still lead somewhere.
            return intent.word_by_word(self._as_typed)
        return self._as_typed

    @property
    def suggestion(self) -> str:
        """What results are shown for instead of what was typed; empty where it is what was typed."""
        return self.correction if self._shows_correction else intent.misspelt_synonym(self.asks.question)

    @property
    def did_you_mean(self) -> str:
        """A near spelling to offer beside the few pages that hold the words as typed."""
        return "" if self._shows_correction else self.correction

    @property
    def ambiguous(self) -> Sequence[Meaning]:
        """Short forms with two meanings, for the chips."""
        return self.asks.ambiguous

    # What holds the words.

    def match(self, question: Query) -> Places:
        """The entries that this reader may find and that answer every group."""
        if not question:
            return {}
        if question not in self._answers:
            rows, degraded = engines.match(question, self.hub.editions)
            self.degraded |= degraded
            place_of, bits, found = self.catalogue.place, self._visible_bits, {}
            for key, score in rows:
                place = place_of.get(key)
                if place is not None and bits[place >> 3] >> (place & 7) & 1:
                    found[place] = score
            self._answers[question] = found
        return self._answers[question]

    @cached_property
    def by_group(self) -> list[Places]:
        return [self.match(Query((group,))) for group in self.asks.question.groups]

    @cached_property
    def matching(self) -> Places:
        """The entries that hold all the words; where those are few, followed by those that hold most of them.

        With finding by meaning switched on, those that mean the same come last here, unless the words are plain.
        """
        hits = self.match(self.asks.question)
        if len(hits) < FEW and len(self.asks.question.groups) > 1:
            most = {place: score for place, score in self._most_words().items() if place not in hits}
            hits = hits | dict(sorted(most.items(), key=lambda row: -row[1]))
        if self.meant and not self.words_are_plain:
            hits = hits | {place: 0.0 for place in self.meant if place not in hits}
        return hits

    @cached_property
    def meant(self) -> list[int]:
        """Places of entries that mean nearly what was typed, best first; none unless that extra is switched on."""
        if not self.asks.question:
            return []
        keys = meanings.nearest(self.intent.text, self.hub.editions)
        places = [self.catalogue.place.get(key) for key, _ in keys]
        return [place for place in places if place is not None and self.visible >> place & 1]

    @cached_property
    def words_are_plain(self) -> bool:
        """Whether the words are those of a page that has them all: its title, a phrase typed for it, an acronym."""
        exact, groups = self.match(self.asks.question), self.asks.question.groups
        if any(group.synonym_groups for group in groups):
            return bool(exact)
        return any(ranking.is_plain(each, groups) for each in candidates(self, dict(islice(exact.items(), RANKED))))

    def _most_words(self) -> Places:
        """Entries that hold the most of the words, scored by how rare those are."""
        masks = [self.catalogue.set_of(places) for places in self.by_group]
        at_least = [self.visible] + [0] * len(masks)
        for number, mask in enumerate(masks):
            for count in range(number + 1, 0, -1):
                at_least[count] |= at_least[count - 1] & mask
        enough = next((n for n in range(len(masks) - 1, 0, -1) if at_least[n].bit_count() >= FEW), 1)
        scores = dict.fromkeys(self.catalogue.places(at_least[enough]), 0.0)
        for rarity, places in zip(self.rarity, self.by_group, strict=True):
            for place in places:
                if place in scores:
                    scores[place] += rarity
        return scores

    @cached_property
    def rarity(self) -> list[float]:
        """Of each group of the question, how little of the hub holds it: 0.1 to 1."""
        everything = math.log1p(max(2, self.visible.bit_count()))
        return [max(0.1, 1 - math.log1p(len(places)) / everything) for places in self.by_group]

    @cached_property
    def pinned(self) -> list[int]:
        """Places of the pages that editors put first for this meaning, whichever of its words was typed."""
        pages = [page for group in self.asks.meaning for page in self.synonyms.pins.get(group, ())]
        places = [self.catalogue.place_of_page.get(page) for page in dict.fromkeys(pages)]
        return [place for place in places if place is not None and self.visible >> place & 1]

    @cached_property
    def within(self) -> int:
        """The set of entries that answer the words, before any filter."""
        if not self.asks.question:
            return self.visible & self.catalogue.listed
        return self.catalogue.set_of([*self.matching, *self.pinned])

    # What passes the filters.

    @cached_property
    def relaxed(self) -> tuple[ReadFilter, ...]:
        """Filters read out of the words that had to be left out, since nothing passes all of them."""
        kept = list(self.intent.understood)
        for name in LEFT_OUT_FIRST:
            if not self.within or self.catalogue.facets.matching(self._with(kept), self.within):
                break
            kept = [each for each in kept if each.name != name]
        return tuple(each for each in self.intent.understood if each not in kept)

    @cached_property
    def understood(self) -> tuple[ReadFilter, ...]:
        """Filters read out of the words that hold."""
        return tuple(each for each in self.intent.understood if each not in self.relaxed)

    @cached_property
    def choice(self) -> Choice:
        """Every filter that is on."""
        return self._with(self.understood)

    def _with(self, understood: Iterable[ReadFilter]) -> Choice:
        """The address's filters and these; where both ask for the same kind of thing, the address counts."""
        choice = self.asked
        for each in understood:
            if each.name in {"age", "minutes"}:
                if getattr(choice, each.name) is None:
                    choice = replace(choice, **{each.name: int(each.value)})
            elif each.name == "without":
                choice = replace(choice, without=(*choice.without, ("materials", each.value)))
            elif not self.asked.values.get(each.name):
                values = (*choice.values.get(each.name, ()), each.value)
                choice = replace(choice, values={**choice.values, each.name: values})
        return choice

    @cached_property
    def found(self) -> int:
        """The set of entries that answer the words and pass every filter."""
        return self.catalogue.facets.matching(self.choice, self.within)

    @cached_property
    def total(self) -> int:
        return self.found.bit_count()

    def total_less(self, name: str, value: str) -> int:
        """How many there would be with one filter less."""
        return self.catalogue.facets.matching(self.choice.less(name, value), self.within).bit_count()

    @property
    def holds_all_words(self) -> bool:
        """Whether enough pages hold all the words that others need not be shown beside them."""
        return len(self.match(self.asks.question)) >= FEW

    @property
    def is_unmet(self) -> bool:
        """Whether there are words and no page holds all of them, in whatever spelling."""
        return bool(self._as_typed.question) and not self.match(self.asks.question) and not self.pinned

    def places(self, start: int, end: int, sort: str = "best") -> list[int]:
        """Places of the found entries from `start` to `end` in this order: `best`, `newest` or `title`."""
        return self._order.places(start, end, sort)

    @cached_property
    def _order(self) -> Order:
        return Order(self)

    def hits(self, places: list[int]) -> list[Hit]:
        """These entries as they are shown, with excerpts."""
        known = [self.catalogue.known[place] for place in places]
        texts = {
            pk: (summary, body)
            for pk, summary, body in Entry.objects.filter(pk__in=[entry.pk for entry in known]).values_list(
                "pk", "summary", "body"
            )
        }
        phrases = self.asks.question.phrases
        return [
            Hit(entry, texts[entry.pk][0], excerpts.excerpt(texts[entry.pk][1], phrases))
            for entry in known
            if entry.pk in texts
        ]
