"""One entry as the catalogue keeps it: what it can be filtered by, and with which words its title can be begun."""

from collections import defaultdict
from dataclasses import dataclass

from pages.lists.facets import FacetValues
from pages.visibility.readers import Audience
from practice.atlas import Atlas
from search.index.entries import PRACTICE_RECORDS
from search.understanding.words import APOSTROPHES, fold, written

TYPE, ITEM = "type", "item"


@dataclass(frozen=True)
class KnownEntry:
    """One entry as the catalogue keeps it. Dates as ISO text; `page` is the page's key, if it is one."""

    pk: int
    key: str
    kind: str
    title: str
    address: str
    typed: tuple[str, ...]
    page: int | None
    alias_of: int | None
    path: str
    staff_only: bool
    minutes: int | None
    ages: tuple[int | None, int | None]
    review: str | None
    until: str | None
    since: str | None
    new: float


GONE = FacetValues(key=0)


def known(row: dict) -> KnownEntry:
    facts = row["facts"]
    return KnownEntry(
        pk=row["pk"],
        key=row["key"],
        kind=row["kind"],
        title=row["title"],
        address=row["address"],
        typed=tuple(line.strip() for line in row["also_typed"].splitlines() if line.strip()),
        page=facts.get("page"),
        alias_of=facts.get("alias_of"),
        path=facts.get("path", ""),
        staff_only=facts.get("audience") == Audience.STAFF,
        minutes=facts.get("minutes"),
        ages=tuple(facts.get("age") or (None, None)),
        review=facts.get("review"),
        until=facts.get("until"),
        since=facts.get("from"),
        new=facts.get("new") or 0,
    )


def row_of(entry: KnownEntry, facts: dict, answers, atlas: Atlas) -> FacetValues:
    values = defaultdict(set)
    if entry.kind:
        values[TYPE].add(entry.kind)
    # An item's own page is not "aligned" to itself.
    if not entry.key.startswith(PRACTICE_RECORDS):
        for pk in facts.get("terms", ()):
            if term := atlas.terms.get(pk):
                values[term.vocabulary].add(term.slug)
        values[ITEM] = answers(frozenset(facts.get("items", ())))
    for facet, own in facts.get("own", {}).items():
        values[facet] |= set(own)
    return FacetValues(
        key=entry.pk,
        age_min=entry.ages[0],
        age_max=entry.ages[1],
        for_adults=facts.get("adults", False),
        minutes_min=entry.minutes,
        values={facet: frozenset(found) for facet, found in values.items() if found},
    )


def codes_answered(atlas: Atlas):
    """Items of a page to the codes it answers to in every model, by the same rule as the chips on its card."""
    kept: dict[frozenset[int], set[str]] = {}

    def answers(items: frozenset[int]) -> set[str]:
        if items not in kept:
            kept[items] = {item.code for model in atlas.models.values() for item in atlas.answers_to(set(items), model)}
        return kept[items]

    return answers


def words_of(entry: KnownEntry) -> set[str]:
    return {fold(word) for text in (entry.title, *entry.typed) for part in written(text) for word in part.split("-")}


def beginnings(entry: KnownEntry, place: int) -> list[tuple[str, int, str]]:
    """A title can be begun at any of its words, a phrase that people type only at its first."""
    made = set()
    words = [fold(word) for word in written(entry.title)]
    for at in range(len(words)):
        made.add((" ".join(words[at:]), place, ""))
    for phrase in entry.typed:
        made.add((folded(phrase), place, phrase))
    return sorted(made)


def folded(text: str) -> str:
    """A text as beginnings are compared: folded words with a blank between."""
    return " ".join(fold(word) for word in written(APOSTROPHES.sub("", text)))
