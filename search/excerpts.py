"""A few words of a page around what was asked for, with the words marked. Pure: no Django."""

import re
from collections.abc import Iterable

from search.understanding.query import Phrase
from search.understanding.words import WORD, stems

LENGTH = 180
"""Signs of an excerpt, about two lines on a desk and four on a phone."""
LONGEST_READ = 40_000
SENTENCE_END = re.compile(r"\n|[.?!] ")
Pieces = list[tuple[str, bool]]
"""A text in pieces, each with whether it is marked."""


def excerpt(text: str, phrases: Iterable[Phrase]) -> Pieces:
    """The part of a text that holds most of the phrases, in pieces; empty when it holds none."""
    text = text[:LONGEST_READ]
    hits = _hits(text, set(phrases))
    if not hits:
        return []
    best, most, first = hits[0][0], 0, 0
    for last, (_, end, _) in enumerate(hits):
        while end - hits[first][0] > LENGTH - 40 and first < last:
            first += 1
        different = len({phrase for _, _, phrase in hits[first : last + 1]})
        if different > most:
            best, most = hits[first][0], different
    start = _start(text, best)
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    pieces = _pieces(text, start, end, hits)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return [(words.replace("\n", " "), marked) for words, marked in [(before, False), *pieces, (after, False)] if words]


def _hits(text: str, phrases: set[Phrase]) -> list[tuple[int, int, Phrase]]:
    """Where the phrases stand: from, to, and which; in order, none over another."""
    beginning: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        beginning.setdefault(phrase[0], []).append(phrase)
    words = [(part, match.start(), match.end()) for match in WORD.finditer(text) for part in stems(match.group())]
    hits, free = [], 0
    for place, (part, start, _) in enumerate(words):
        for phrase in beginning.get(part, ()) if place >= free else ():
            if tuple(word[0] for word in words[place : place + len(phrase)]) == phrase:
                free = place + len(phrase)
                hits.append((start, words[free - 1][2], phrase))
                break
    return hits


def _pieces(text: str, start: int, end: int, hits: list[tuple[int, int, Phrase]]) -> Pieces:
    pieces, at = [], start
    for hit_start, hit_end, _ in hits:
        if at <= hit_start and hit_end <= end:
            pieces += [(text[at:hit_start], False), (text[hit_start:hit_end], True)]
            at = hit_end
    return [*pieces, (text[at:end], False)]


def _start(text: str, place: int) -> int:
    """Where to begin so that the place shows: at its sentence when that is near, or else a few words before."""
    far = max(0, place - 70)
    ends = [match.end() for match in SENTENCE_END.finditer(text, far, place)]
    return ends[-1] if ends else text.find(" ", far) + 1 if far else 0
