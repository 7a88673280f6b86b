"""What in a text might point to a child or a family, before anybody else reads it.

A worker who writes down a worry writes names. These clues let a form stop and ask; they never decide that a text is
safe: that stays with people. Pure: no Django. Nothing here keeps or logs a text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from language.personal_patterns import (
    A_DATE,
    ACCOUNT,
    AGED,
    AGED_SMALL,
    BORN,
    CALLED,
    CALLED_SMALL,
    CAPITALS,
    CASE,
    DOTTED,
    EMAIL,
    INITIALS,
    KNOWN,
    LETTERS,
    LIVES,
    LOUD,
    NOT_AGED,
    NUMBER,
    ONE,
    ORDERS,
    PAIR,
    PAIRS_OF_THINGS,
    POSTCODE,
    RELATED,
    SENTENCE_END,
    SHORT_WORDS,
    STREET,
    WORD,
    YEARS_AND_MONTHS,
)

LONGEST = 40_000
"""Of a longer text only this much is read: forms take less."""


@dataclass(frozen=True)
class Clue:
    """One place in a text. `certain` ones hardly ever mean anything else; the others ask a person to look."""

    kind: str
    """name, initials, born, number, phone, contact or place"""
    words: str
    """What was found, as it was typed."""
    certain: bool

    @property
    def label(self) -> str:
        """What it looks like, for a sentence: “Kai” looks like a first name."""
        return LABELS[self.kind]


LABELS = {
    "name": "a name",
    "initials": "somebody’s initials",
    "born": "a date of birth or an exact age",
    "number": "a case, NHS or other long number",
    "phone": "a telephone number",
    "contact": "an e-mail address or an account",
    "place": "an address or a postcode",
}


@cache
def first_names() -> frozenset[str]:
    """Names that are noticed in lower case too: "jayden wont talk"."""
    lines = (Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def clues(text: str, *, known: frozenset[str] = frozenset()) -> list[Clue]:
    """Every clue once, the certain ones first, in the order of the text.

    `known`: words in lower case that are no names here, such as the council's places.

    >>> [clue.words for clue in clues("How do I start with jayden (7)? DOB 3/4/2019")]
    ['DOB 3/4/2019', 'jayden']
    >>> clues("Tips for a quiet 5-year-old who hides under the table?")
    []
    """
    # One way to write each letter: an accent may be a sign of its own, and some paste 𝐊𝐚𝐢 in bold.
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    found: dict[str, Clue] = {}
    fine = KNOWN | known
    for clue in (*_certain(text), *_initials(text, fine), *_names(text, fine)):
        held = found.get(clue.words.lower())
        if held is None or (clue.certain and not held.certain):
            found[clue.words.lower()] = clue
    certain = [clue.words.lower() for clue in found.values() if clue.certain]
    seen = [clue for words, clue in found.items() if clue.certain or not any(words in one for one in certain)]
    return sorted(seen, key=lambda clue: (not clue.certain, text.find(clue.words)))


def _certain(text: str) -> Iterator[Clue]:
    for kind, pattern in (
        ("born", BORN),
        ("number", CASE),
        ("contact", EMAIL),
        ("place", POSTCODE),
        ("place", STREET),
    ):
        yield from (Clue(kind, match.group().strip(), certain=True) for match in pattern.finditer(text))
    for match in NUMBER.finditer(text):
        number = match.group().strip()
        if not A_DATE.fullmatch(number):
            yield Clue("phone" if number.startswith(("0", "+")) else "number", number, certain=True)
    asked = (("born", A_DATE), ("contact", ACCOUNT), ("place", LIVES), ("born", YEARS_AND_MONTHS))
    for kind, pattern in asked:
        yield from (Clue(kind, match.group().strip(), certain=False) for match in pattern.finditer(text))


def _initials(text: str, fine: frozenset[str]) -> Iterator[Clue]:
    """Letters that stand for somebody, unless they are a known short form."""
    for match in INITIALS.finditer(text):
        who = match.group().strip()
        yield Clue("initials", who, certain=re.sub(r"[. ]", "", who).lower() not in DOTTED)
    for match in PAIR.finditer(text):
        both = match["who"].lower().replace(" ", "")
        known = both in PAIRS_OF_THINGS or set(re.split(r"[&/+-]", both)) <= fine | SHORT_WORDS
        if not known and not _is_loud(text, match.start(), match.end()):
            yield Clue("initials", match["who"], certain=False)
    for match in LETTERS.finditer(text):
        if match["who"].lower() not in fine:
            yield Clue("initials", match["who"], certain=True)
    for match in CAPITALS.finditer(text):
        who = match["who"]
        if who.lower() not in fine | SHORT_WORDS and not _is_loud(text, match.start(), match.end()):
            yield Clue("initials", who, certain=False)
    for match in ONE.finditer(text):
        who = match["who"] or match["who2"] or match["who3"]
        before = _word_before(text, match.start())
        if match["who3"]:
            before = match.group().split()[0].lower()
        if before not in ORDERS and not before.isdigit():
            yield Clue("initials", who, certain=False)


def _is_loud(text: str, start: int, end: int) -> bool:
    """Whether a word beside it is in capitals as well: PLEASE DO NOT."""
    after = text[end : end + 30].split()
    return any(LOUD.fullmatch(word.strip(".,!?")) for word in (_word_before(text, start, fold=False), *after[:1]))


def _word_before(text: str, start: int, *, fold: bool = True) -> str:
    before = text[max(start - 30, 0) : start].split()
    word = before[-1].strip("“‘\"'(,") if before else ""
    return word.lower() if fold else word.strip(".,!?")


def _names(text: str, fine: frozenset[str]) -> Iterator[Clue]:
    for pattern in (CALLED, RELATED, AGED):
        for match in pattern.finditer(text):
            who = match["who"]
            plain = _bare(who)
            if plain in fine or (pattern is AGED and plain in NOT_AGED):
                continue
            if pattern is CALLED and plain == who and not _is_first_name(plain):
                continue
            yield Clue("name", who, certain=pattern is not AGED or _is_first_name(plain))
    for match in CALLED_SMALL.finditer(text):
        who = match["who"] or match["who2"] or match["who3"]
        if _bare(who) not in fine:
            yield Clue("name", who, certain=False)
    for match in AGED_SMALL.finditer(text):
        if _bare(match["who"]) not in fine | NOT_AGED:
            yield Clue("name", match["who"], certain=False)
    for match in WORD.finditer(text):
        word = match.group()
        plain = _bare(word)
        if plain in fine or len(plain) < 2:
            continue
        if _is_first_name(plain) or (_is_name_like(word) and not _begins_a_sentence(text, match.start())):
            yield Clue("name", _without_s(word), certain=False)


def _is_first_name(plain: str) -> bool:
    """Kai, Zoë and Kai-Lee: with its accents or without, and as a part of a double name."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    parts = letters.replace("ł", "l").replace("ø", "o").split("-")
    return not first_names().isdisjoint((letters.replace("ł", "l"), *parts))


def _is_name_like(word: str) -> bool:
    """Kai, Kai’s and Ellie-Mae; not GRACES, nor Three-part."""
    return all(part[0].isupper() and part[1:].islower() for part in _without_s(word).split("-") if part)


def _without_s(word: str) -> str:
    return re.sub(r"[’']s$", "", word)


def _bare(word: str) -> str:
    return _without_s(word).lower()


def _begins_a_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t")
    return not before or before[-1] in SENTENCE_END
