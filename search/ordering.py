"""In which order what a search found is shown: its candidates ranked, what editors pinned before them."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import islice

from search import ranking
from search.fusion import fused
from search.index.known import KnownEntry
from search.models import Entry
from search.ranking import Candidate
from search.understanding.words import in_stems, telling_stems

RANKED = 150
"""So many candidates are put in order by where the words stand; after them the engine's order holds."""
SHORT_FIELDS = ("title_words", "summary_words", "label_words")


class Order:
    """The order of one search (a `search.finder.Finder`)."""

    def __init__(self, finder):
        self.finder, self.known = finder, finder.catalogue.known
        self.today = finder.hub.today.isoformat()

    def places(self, start: int, end: int, sort: str) -> list[int]:
        """Places of the found entries from `start` to `end`: `best`, `newest` or `title` first."""
        if sort == "best" and self.finder.asks.question:
            if end <= len(self._best):
                return self._best[start:end]
            first = set(self._best)
            rest = (place for place in self._found_by_words() if place not in first)
            return [*self._best, *islice(rest, max(0, end - len(first)))][start:end]
        keys = {"newest": self._newest, "title": self._title, "best": self._standing}
        return sorted(self.finder.catalogue.places(self.finder.found), key=keys[sort])[start:end]

    def _title(self, place: int) -> str:
        return self.known[place].title.casefold()

    def _newest(self, place: int) -> tuple:
        return -self.known[place].new, self._title(place)

    def _standing(self, place: int) -> tuple:
        """What speaks for an entry when there are no words: its kind, its dates, how closely it fits."""
        entry = self.known[place]
        standing = ranking.PRIOR.get(entry.kind, ranking.OTHER_KINDS)
        standing *= ranking.OVERDUE if self._is_overdue(entry) else 1.0
        return -(standing + self._fit(entry)), self._title(place)

    def _found_by_words(self) -> Iterable[int]:
        """Places of what holds the words and passes the filters, in the engine's order."""
        bits = self.finder.catalogue.bits(self.finder.found)
        return (place for place in self.finder.matching if bits[place >> 3] >> (place & 7) & 1)

    @cached_property
    def _best(self) -> list[int]:
        """What editors pinned, and then the best of the candidates by where the words stand."""
        finder = self.finder
        pinned = [place for place in finder.pinned if finder.found >> place & 1]
        rows = [place for place in islice(self._found_by_words(), RANKED) if place not in pinned]
        wanted = ranking.RankingTerms(
            finder.asks.question,
            rarity=() if finder.holds_all_words else finder.rarity,
            hinted=finder.asks.hinted,
            liked=finder.asks.liked,
        )
        found = candidates(finder, {place: finder.matching[place] for place in rows}, self._fit, self._is_overdue)
        by_words = ranking.order(found, wanted)
        if not finder.meant or finder.words_are_plain:
            return pinned + by_words
        meant = [place for place in finder.meant if finder.found >> place & 1 and place not in pinned]
        return pinned + fused(by_words, meant)

    def _fit(self, entry: KnownEntry) -> float:
        choice = self.finder.choice
        return ranking.fit(age=choice.age, minutes=choice.minutes, ages=entry.ages, shortest=entry.minutes)

    def _is_overdue(self, entry: KnownEntry) -> bool:
        return bool(entry.review) and entry.review < self.today


def candidates(finder, scores: Mapping[int, float], fit=lambda entry: 0.0, is_overdue=lambda entry: False):
    """Entries, given as places with the engine's score, as the ranking sees them: in one query."""
    known, exact = finder.catalogue.known, finder.match(finder.asks.question)
    rows = Entry.objects.filter(pk__in=[known[place].pk for place in scores]).values_list("pk", *SHORT_FIELDS)
    words = {pk: texts for pk, *texts in rows}
    made = []
    for place, score in scores.items():
        entry = known[place]
        if entry.pk not in words:
            continue
        title, summary, labels = words[entry.pk]
        made.append(
            Candidate(
                key=place,
                title=title,
                summary=summary,
                labels=labels,
                typed=tuple(map(in_stems, entry.typed)),
                telling_title=telling_stems(entry.title),
                telling_typed=frozenset(map(telling_stems, entry.typed)),
                kind=entry.kind,
                overdue=is_overdue(entry),
                fit=fit(entry),
                engine=score,
                groups=None if place in exact else {n for n, found in enumerate(finder.by_group) if place in found},
            )
        )
    return made
