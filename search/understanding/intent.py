"""From words to a question: filters taken out, phrases that editors know recognised, the rest as single words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from search.models import EntryKind
from search.understanding import spelling
from search.understanding.filters import Intent, understand
from search.understanding.query import Group, Query
from search.understanding.synonyms import Meaning, Synonyms
from search.understanding.words import fold, says_something, stems, written

MOST_WORDS = 16
"""Words of a question that are looked for; the rest of a very long one changes nothing."""
# Words that ask for a kind of page. They need not stand on it: whoever asks "does it work" wants research, and a
# policy need not call itself one.
HINTS = (
    (
        EntryKind.RESEARCH,
        re.compile(
            r"\b(?:do|does|did)\b.*\b(works?|helps?|effective)\b|\bwhat (works)\b"
            r"|\b(evidence|research|stud(?:y|ies)|trials?)\b"
        ),
    ),
    (EntryKind.GUIDANCE, re.compile(r"\b(polic(?:y|ies)|procedures?|handbook|guidance)\b")),
    (EntryKind.EVENT, re.compile(r"\b(training|courses?|workshops?|events?|learning session)\b")),
    (EntryKind.CHAMPION, re.compile(r"\b(champions?|who can i ask|who do i ask)\b")),
    (EntryKind.STORY, re.compile(r"\b(stor(?:y|ies)|examples?)\b(?= (?:of|from|about))|\b(case examples?)\b")),
    (EntryKind.TOOL, re.compile(r"\b(worksheets?|templates?|tools?)\b")),
)
OPTIONAL = {EntryKind.RESEARCH, EntryKind.EVENT, EntryKind.CHAMPION}
"""Kinds whose asking words are not looked for in the page."""


@dataclass(frozen=True)
class Asks:
    """What a text asks for: groups that a page must hold, words that are welcome, kinds that it hints at."""

    question: Query
    liked: tuple[Group, ...] = ()
    hinted: frozenset[str] = frozenset()
    # Short forms with two meanings.
    ambiguous: tuple[Meaning, ...] = ()

    @property
    def meaning(self) -> tuple[int, ...]:
        """Keys of the synonym groups that the whole text comes to; none when it asks for something beside."""
        return self.question.groups[0].synonym_groups if len(self.question.groups) == 1 else ()


def read(typed: str, synonyms: Synonyms) -> tuple[Intent, Asks]:
    """Understand what was typed. Any text gives an intent and a question, if only an empty one."""
    intent = understand(typed, kept=synonyms.with_numbers)
    asks = ask(intent.text, synonyms)
    if intent.understood and not any(map(says_something, map(fold, written(intent.text)))):
        # "Something for a 7 year old" asks for the age alone.
        asks = Asks(Query())
    return intent, asks


def word_by_word(asks: Asks) -> Asks:
    """The same question with each of its words by itself, for when the phrase is on no page."""
    words = [word for group in asks.question.groups for word in written(group.typed) if says_something(fold(word))]
    groups = {stems(word): Group(word, (stems(word),)) for word in words}
    return replace(asks, question=Query(tuple(groups.values()))) if len(groups) > 1 else asks


def ask(text: str, synonyms: Synonyms) -> Asks:
    """The groups of a text: the longest phrases that editors know, and each other word that says something."""
    words = [word for word in written(text) if stems(word)][:MOST_WORDS]
    parts = [stems(word) for word in words]
    hinted, asking = _hints(text.casefold())
    groups, idle, liked, ambiguous, place = [], [], [], [], 0
    while place < len(words):
        taken, keys = synonyms.group_at(parts, place)
        typed = " ".join(words[place : place + max(taken, 1)])
        phrase = tuple(part for word in parts[place : place + max(taken, 1)] for part in word)
        if taken:
            groups.append(synonyms.group(typed, phrase, keys))
            if phrase in synonyms.meanings:
                ambiguous.append(synonyms.meanings[phrase])
        elif typed.casefold() in asking:
            liked.append(Group(typed, (phrase,)))
        elif not any(map(says_something, map(fold, typed.split("-")))):
            idle.append(Group(typed, (phrase,)))
        else:
            joined = ("".join(phrase),)
            groups.append(Group(typed, (phrase, joined) if len(phrase) > 1 else (phrase,)))
        place += max(taken, 1)
    # A question of nothing but asking or idle words is asked as it is.
    wanted = groups or liked or idle
    unique = {group.phrases: group for group in reversed(wanted)}
    question = Query(tuple(reversed(unique.values())))
    return Asks(question, tuple(liked if groups else ()), hinted, tuple(dict.fromkeys(ambiguous)))


def _hints(text: str) -> tuple[frozenset[str], set[str]]:
    """The kinds that a text asks for, and the words with which it does so."""
    kinds, words = set(), set()
    for kind, pattern in HINTS:
        for match in pattern.finditer(text):
            kinds.add(kind.value)
            if kind in OPTIONAL:
                words |= {word for word in match.groups() if word}
    return frozenset(kinds), words


def corrected(text: str, synonyms: Synonyms, *, words: Iterable[str], weight: Callable[[str], int]) -> str:
    """The text with near spellings for words that the hub does not know, or nothing when there is none to offer.

    `words` are those of titles and of what people also type; `weight` says how many pages that this reader may find
    have one of them, so that a page that is hidden from a reader never shows through a correction.
    """
    own = synonyms.words
    vocabulary = [*words, *own]

    def weigh(word: str) -> int:
        return weight(word) + (word in own)

    corrections = {}
    for word in written(text)[:MOST_WORDS]:
        folded = fold(word)
        if len(folded) < spelling.SHORTEST or weigh(folded) or spelling.was_meant(word):
            continue
        better = spelling.nearest(word, vocabulary, weigh) or spelling.halves(word, lambda half: weigh(half) > 0)
        if better:
            corrections[word] = better
    return spelling.replaced(text, corrections) if corrections else ""


def misspelt_synonym(question: Query) -> str:
    """What the hub calls something that editors know in a wrong spelling: "geneogram" is "genogram"; else nothing."""
    changed = {}
    for group in question.groups:
        typed, canonical = group.typed.casefold(), group.canonical.casefold()
        is_long = canonical and len(typed) > spelling.TWO_SLIPS_FROM
        if is_long and 1 <= OSA.distance(typed, canonical, score_cutoff=2) <= 2 and not _same(typed, canonical):
            changed[group.typed] = group.canonical
    if not changed:
        return ""
    return " ".join(changed.get(group.typed, group.typed) for group in question.groups)


def _same(one: str, other: str) -> bool:
    """Whether two spellings are one word to search: a plural is no mistake."""
    return [stems(word) for word in written(one)] == [stems(word) for word in written(other)]
