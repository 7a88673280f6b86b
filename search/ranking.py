"""Which of the pages that match stands first. Pure: no Django, and the same on every engine.

Engines pick the candidates; here the best of them are put in order by where the words stand: in the title, in what
people also type, in the purpose, in the names of what the page carries, or only in its text.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from search.understanding.query import Group, Phrase, Query
from search.understanding.words import telling_stems

TITLE, TYPED, SUMMARY, LABEL, BODY = 10.0, 8.0, 4.0, 4.5, 1.0
WHOLE_TITLE, WHOLE_TYPED, ALL_IN_TITLE = 30.0, 26.0, 10.0
"""The question is the title; it is a phrase that people type for this page; the title holds all of it."""
OTHER_WORDS = 0.85
"""A synonym counts a little less than the word that was typed."""
OVERDUE = 0.92
PRIOR = {"tool": 1.0, "model": 0.62, "document": 0.8, "": 0.6}
"""Somebody who asks before a visit wants a tool; an item or a method of the same name comes after it."""
OTHER_KINDS = 0.82
HINTED = 1.5
"""When the words themselves ask for that kind: "does … work" for research, "policy" for guidance."""
LIKED = 2.0
"""For each word that need not be there but is in the title, such as "policy"; half of it elsewhere."""
FITTING = 2.0
"""How much a close fit of age and time moves a page that is asked for by both."""


@dataclass(frozen=True)
class Candidate:
    """A page as it is ranked: the stems of its short fields, and what speaks for or against it."""

    key: int
    title: str
    summary: str
    labels: str
    # The stems of each phrase that people also type; and of the title and each phrase, only those that tell something.
    typed: tuple[str, ...]
    telling_title: str
    telling_typed: frozenset[str]
    kind: str
    overdue: bool = False
    fit: float = 0.0
    engine: float = 0.0
    # Numbers of the groups that it answers; `None` is all of them.
    groups: Set[int] | None = None


@dataclass(frozen=True)
class RankingTerms:
    """What the ranking goes by.

    The question, how rare each group is (0 to 1, 1 is rarest), kinds that the words ask for, and words that are
    welcome without being needed.
    """

    question: Query
    rarity: Sequence[float] = ()
    hinted: Set[str] = frozenset()
    liked: tuple[Group, ...] = ()


def order(candidates: Sequence[Candidate], wanted: RankingTerms) -> list[int]:
    """The keys of the candidates, best first; equals stand as the engine had them."""
    scored = [(-score(candidate, wanted), -candidate.engine, candidate.key) for candidate in candidates]
    return [key for _, _, key in sorted(scored)]


def score(candidate: Candidate, wanted: RankingTerms) -> float:
    """How well one page answers; only comparisons within one search mean anything."""
    groups = wanted.question.groups
    total, weight = 0.0, 0.0
    for number, group in enumerate(groups):
        rarity = wanted.rarity[number] if wanted.rarity else 1.0
        weight += rarity
        if candidate.groups is None or number in candidate.groups:
            total += rarity * best(candidate, group)
    total = total / weight + _whole(candidate, groups) if groups else 0.0
    for group in wanted.liked:
        in_title = any(holds(candidate.title, " ".join(phrase)) for phrase in group.phrases)
        total += LIKED if in_title else LIKED / 2 if best(candidate, group) > BODY else 0.0
    total += FITTING * candidate.fit
    total *= HINTED if candidate.kind in wanted.hinted else PRIOR.get(candidate.kind, OTHER_KINDS)
    return total * (OVERDUE if candidate.overdue else 1.0)


def best(candidate: Candidate, group: Group) -> float:
    """How well the page answers one group: by its best phrase in its best field."""
    return max(
        (1.0 if number == 0 else OTHER_WORDS) * _phrase(candidate, phrase)
        for number, phrase in enumerate(group.phrases)
    )


def _phrase(candidate: Candidate, phrase: Phrase) -> float:
    text, found = " ".join(phrase), BODY
    if holds(candidate.title, text):
        # A short title that is mostly this word is more about it than a long one that mentions it.
        found += TITLE * (0.8 + 0.2 * len(phrase) / len(candidate.title.split()))
    elif any(holds(typed, text) for typed in candidate.typed):
        found += TYPED
    if holds(candidate.labels, text):
        found += LABEL
    if holds(candidate.summary, text):
        found += SUMMARY
    return found


def _whole(candidate: Candidate, groups: Sequence[Group]) -> float:
    """What the question as a whole adds."""
    asked = " ".join(telling_stems(group.typed) for group in groups)
    if asked == candidate.telling_title and candidate.kind != "model":
        # An item or method of that name says what it is; the tool for it is what was wanted.
        return WHOLE_TITLE
    if asked in candidate.telling_typed:
        return WHOLE_TYPED
    if all(any(holds(candidate.title, " ".join(phrase)) for phrase in group.phrases) for group in groups):
        return ALL_IN_TITLE
    if any(all(holds(typed, " ".join(group.phrases[0])) for group in groups) for typed in candidate.typed):
        return ALL_IN_TITLE * 0.8
    return 0.0


def is_plain(candidate: Candidate, groups: Sequence[Group]) -> bool:
    """Whether the question as a whole is in this page's title or in a phrase that people type for it."""
    return _whole(candidate, groups) > 0


def holds(words: str, phrase: str) -> bool:
    """Whether a string of stems holds a phrase, as whole words side by side."""
    return f" {phrase} " in f" {words} "


def fit(*, age: int | None, minutes: int | None, ages: tuple[int | None, int | None], shortest: int | None) -> float:
    """How closely a page fits an age and a time at hand: 0 to 1.5. One for any age fits less than one for that age."""
    closeness = 0.0
    if age is not None and tuple(ages) != (None, None):
        low, high = ages[0] if ages[0] is not None else -1, ages[1] if ages[1] is not None else 25
        closeness += 1 / (1 + abs((low + high) / 2 - age) / 3)
    if minutes and shortest and shortest <= minutes:
        closeness += 0.5 * shortest / minutes
    return closeness
