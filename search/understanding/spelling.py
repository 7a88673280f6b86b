"""Near spellings, from the hub's own words only, so that nothing is "corrected" into a word that no page uses. Pure.

What is English, a name or a short form was typed on purpose and is left alone, whether any page has it or not.
"""

from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from language.personal_details import first_names
from search.understanding.english import is_english, uses
from search.understanding.words import fold, written

SHORTEST = 4
"""Shorter words are never guessed at: MI, DA and CP mean what they say."""
TWO_SLIPS_FROM = 7
"""Words of so many letters may be two letters off, shorter ones one."""
NEAREST = 12
MUCH_LIKELIER = 10
"""So many times as often as the hub's own word, another English word that is as near was meant."""


def was_meant(word: str) -> bool:
    """Whether a word, as typed, is one that nobody mistyped: English, a first name, or a short form in capitals."""
    typed = fold(word)
    return is_english(typed) or typed in first_names() or (word.isupper() and len(word) > 1)


def nearest(word: str, vocabulary: Iterable[str], weight: Callable[[str], int]) -> str | None:
    """The word of the vocabulary that was most likely meant, or `None`. `weight` is 0 for a word not to be used.

    Fewer slips count first, then the same first letter, then how many pages use the word.
    """
    typed = fold(word)
    if len(typed) < SHORTEST or not typed.isalpha():
        return None
    slips = 2 if len(typed) >= TWO_SLIPS_FROM else 1
    near = process.extract(typed, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=NEAREST)
    usable = [
        (distance, other[0] != typed[0], -found, other)
        for other, distance, _ in near
        if len(other) >= SHORTEST and other != typed and (found := weight(other))
    ]
    if not usable:
        return None
    distance, is_other_letter, _, best = min(usable)
    return None if _another_is_likelier(typed, best, (distance, is_other_letter)) else best


def _another_is_likelier(typed: str, best: str, standing: tuple[int, bool]) -> bool:
    """Whether an English word that no page uses is nearer to what was typed, or as near and far more often used."""
    counted = uses()
    rivals = process.extract(typed, counted.keys(), scorer=OSA.distance, score_cutoff=standing[0], limit=NEAREST)
    enough = counted.get(best, 0) * MUCH_LIKELIER
    for rival, distance, _ in rivals:
        its = (distance, rival[0] != typed[0])
        if rival != best and (its < standing or (its == standing and best in counted and counted[rival] > enough)):
            return True
    return False


def halves(word: str, is_known: Callable[[str], bool]) -> str | None:
    """A word that is two known words run together: "lifestory" is "life story"."""
    typed = fold(word)
    for at in range(3, len(typed) - 2):
        if is_known(typed[:at]) and is_known(typed[at:]):
            return f"{typed[:at]} {typed[at:]}"
    return None


def replaced(text: str, corrections: dict[str, str]) -> str:
    """The text with the corrected words in place of those typed; everything else as it was."""
    for word in written(text):
        if word in corrections:
            text = text.replace(word, corrections[word], 1)
    return text
