"""What somebody typed as a row of plain words: any spelling of “7-yr-old” is the same three words, “7 yr old”.

No Django. A reading (see `ages.py`, `minutes.py`, `circumstances.py`) is a pattern over such words, joined by single
blanks. What may not be read across, such as a comma or a symbol, stands in the row as a comma.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=1,
    )
} | {"thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60}
# “The under fives”.
NUMBER_WORDS |= {f"{word}es" if word == "six" else f"{word}s": number for word, number in NUMBER_WORDS.items()}
TENS = {word: number for word, number in NUMBER_WORDS.items() if number in (20, 30, 40, 50)}
# Digits are 0 to 9 alone: those of other scripts, and raised or circled ones, look like numbers but are not read.
HALF = r"½|1/2(?= (?:an? )?h(?:ou)?rs?\b)"
PARTS = re.compile(rf"{HALF}|[0-9]+(?:\.[0-9]+)?|[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
# Stands for a word that may not be read: it matches nothing.
TAKEN = "\0"
JOINING = "-–—/.:='’"
DASHES = "-–—"
# After one of these a filter may begin or end in the middle of what was typed without a blank: “7yr,20mins”.
SEPARATING = set(',;/&+()[]{}|"“”!?…–—')


@dataclass(frozen=True)
class PlainWord:
    """One word in plain form, and where it stands in what was typed."""

    plain: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.plain[0] in "0123456789"


@dataclass(frozen=True)
class Reading:
    """One way to say a filter. `value` gives the filter's value, or `None` where the words turn out to mean no such
    thing (an age of 40). A reading without a name is one that says: these words are not a filter."""

    name: str
    pattern: re.Pattern
    value: Callable[[re.Match], str | None]


def reading(name: str, pattern: str, value: Callable[[re.Match], str | None]) -> Reading:
    """A reading of whole words."""
    return Reading(name, re.compile(f"(?:{pattern})(?= |$)"), value)


def meant_otherwise(pattern: str) -> Reading:
    """Words that look like a filter and are none: a “5 year plan” is about no five-year-old."""
    return reading("", pattern, lambda match: "")


def words_of(typed: str) -> list[PlainWord]:
    """The words of a text in which every blank is a single kind of blank."""
    words: list[PlainWord] = []
    found = list(PARTS.finditer(typed))
    for place, part in enumerate(found):
        raw, start, end = part.group(), part.start(), part.end()
        before = found[place - 1].group() if place else ""
        after = found[place + 1].group() if place + 1 < len(found) else ""
        if raw in JOINING:
            plain = _joined(raw, before, after, typed[start - 1 : start], typed[end : end + 1])
            if plain:
                words.append(PlainWord(plain, start, end))
            continue
        words.append(PlainWord(_plain(raw), start, end))
    return list(_with_tens(words, typed))


def _plain(raw: str) -> str:
    if raw in ("½", "1/2"):
        return "half"
    if raw[0] in "0123456789":
        return raw
    if not raw[0].isalnum():
        return ","
    plain = raw.casefold().replace("'", "").replace("’", "")
    return str(NUMBER_WORDS.get(plain, plain))


def _joined(raw: str, before: str, after: str, left: str, right: str) -> str:
    """A mark that joins words is no word itself, but for “5-7”, “7/8” and “1:1”; “-7” alone is a minus."""
    if before[:1].isdecimal() and after[:1].isdecimal():
        return "-" if raw in DASHES else raw if raw in "/:" else ","
    return "," if raw == "-" and left in ("", " ") and right not in ("", " ") else ""


def _with_tens(words: list[PlainWord], typed: str) -> Iterator[PlainWord]:
    """“Forty five” and “forty-five” are one number."""
    place = 0
    while place < len(words):
        word = words[place]
        ones = words[place + 1] if place + 1 < len(words) else None
        said = typed[word.start : word.end].casefold()
        if ones and said in TENS and ones.plain in "123456789" and typed[ones.start : ones.end].isalpha():
            yield PlainWord(str(TENS[said] + int(ones.plain)), word.start, ones.end)
            place += 2
        else:
            yield word
            place += 1


class LineOfWords:
    """The words in plain form as one line, for patterns to match, with the way back to what was typed."""

    def __init__(self, typed: str, kept: frozenset[str]):
        self.typed, self.words = typed, words_of(typed)
        closed = kept_places(self.words, kept)
        plain = [TAKEN if place in closed else word.plain for place, word in enumerate(self.words)]
        self.plain = " ".join(plain)
        self.starts: list[int] = []
        self.ends: dict[int, int] = {}
        at = 0
        for place, word in enumerate(plain):
            self.starts.append(at)
            self.ends[at + len(word)] = place
            at += len(word) + 1

    def characters(self, first: int, last: int) -> frozenset[int] | None:
        """Which characters of what was typed these words take up, with the marks around them."""
        span = limits(self.typed, self.words[first].start, self.words[last].end)
        # A blank may stand for words that were read before, so none is counted.
        return frozenset(place for place in range(*span) if self.typed[place] != " ") if span else None


def limits(typed: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a filter that covers these characters begins and ends with the marks around it; `None` if it is only a
    part of something longer, as in “covid-7yr”."""
    left = start
    while left and typed[left - 1] != " " and not _in_word(typed[left - 1]):
        left -= 1
    if left and typed[left - 1] != " ":
        if not SEPARATING & set(typed[left:start]) or _one_figure(typed[left - 1 : start + 1]):
            return None
        left = start
    right = end
    while right < len(typed) and typed[right] != " " and not _in_word(typed[right]):
        right += 1
    marks = typed[end:right]
    if "%" in marks:
        return None
    if right < len(typed) and typed[right] != " ":
        separators = [place for place, mark in enumerate(marks) if mark in SEPARATING]
        if not separators or _one_figure(typed[end - 1 : right + 1]):
            return None
        right = end + separators[0] + 1
    return left, right


def _one_figure(around: str) -> bool:
    """“1/2” and “5–7” are not to be taken apart."""
    return len(around) == 3 and around[0].isdecimal() and around[1] in "/–—" and around[2].isdecimal()


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def kept_places(words: list[PlainWord], kept: frozenset[str]) -> set[int]:
    """The places of words that belong to a phrase with a meaning of its own in the hub."""
    places: set[int] = set()
    phrases = _phrases(kept)
    bare = [_singular(word.plain) for word in words]
    for place, first in enumerate(bare):
        for phrase in phrases.get(first, ()):
            if tuple(bare[place : place + len(phrase)]) == phrase:
                places.update(range(place, place + len(phrase)))
    return places


@lru_cache(maxsize=8)
def _phrases(kept: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases by their first word. They change when an editor changes a synonym, so a few sets are kept."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in kept:
        if words := tuple(_singular(word.plain) for word in words_of(" ".join(phrase.split()))):
            found.setdefault(words[0], []).append(words)
    return found


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def any_of(words: Collection[str]) -> str:
    """A pattern for any of some phrases, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
