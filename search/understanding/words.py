"""Words as search compares them: case, accents, hyphens, plurals and stretched letters make no difference.

Nor does how a letter is written: with a stroke (Łukasz, Sørensen), as two in one (Æ, ﬁ), with its accent as a sign of
its own, with a soft hyphen or an unseen sign inside, or with dots between (D.V.).

Both sides pass through here, what is written on a page and what somebody types, so every engine matches the same
words. Pure: no Django. Stems are those of the Snowball project's English stemmer.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

LONG_WORD = 9
"""Stretched letters ("GRRRAAACCEEESSS") are made one only in words of at least so many letters."""
LONGEST_WORD = 40
# Accents as signs of their own, soft hyphens, and what takes no room.
UNSEEN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_RUN = rf"(?:[^\W_][{UNSEEN}]*)+"
_PART = rf"{_RUN}(?:['’ʼ]{_RUN})*"
WORD = re.compile(rf"(?<![^\W_])(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?|{_PART}(?:[-‐‑]{_PART})*")
APOSTROPHES, HYPHENS = re.compile("['’ʼ]"), re.compile("[-‐‑]")
LEFT_OUT = re.compile(rf"[.{UNSEEN}]")
# Letters that Unicode does not take apart into a plain one and a sign.
LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "ŋ": "ng",
        "ƶ": "z",
        "ɓ": "b",
        "ɗ": "d",
        "ɨ": "i",
        "ɫ": "l",
        "ƙ": "k",
        "ɲ": "n",
        "ĸ": "k",
        "ſ": "s",
    }
)
POSSESSIVE = re.compile("['’ʼ]s$", re.IGNORECASE)
STRETCHED = re.compile(r"(.)\1+")
# Plurals that no ending tells.
IRREGULAR = {"children": "child", "childrens": "child", "men": "man", "women": "woman", "feet": "foot", "lives": "life"}
# Words that say nothing about what is wanted. They count only inside a phrase that means something.
STOP = frozenset(
    "a about after all also am an and another any anything are as at be because been being but by can cannot cant"
    " could did do does doing dont each few for from get give had has have having he help her hers him his how i"
    " if im in into is it its ive just like looking make me more much my need needing of on or our please she"
    " should so some someone something than that the their them then there these they thing things this those to"
    " too tool tools up us use using very want wanting was we were what whats when where which who whom whose why"
    " will with would you your".split()
)

_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The word without case, accents and apostrophes: "Café" is "cafe", "child's" is "child", "won't" is "wont"."""
    word = APOSTROPHES.sub("", POSSESSIVE.sub("", word))
    decomposed = LEFT_OUT.sub("", unicodedata.normalize("NFKD", word)).casefold().translate(LETTERS)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))[:LONGEST_WORD]


@lru_cache(maxsize=200_000)
def stem(folded: str) -> str:
    """What words with the same beginning and another ending share: "worries" and "worry" are "worri"."""
    if len(folded) >= LONG_WORD:
        folded = STRETCHED.sub(r"\1", folded)
    folded = IRREGULAR.get(folded, folded)
    return _stemmer.stemWord(folded) if folded.isascii() and folded.isalpha() else folded


@lru_cache(maxsize=200_000)
def stems(word: str) -> tuple[str, ...]:
    """The stems of one written word, which a hyphen may part: "pre-birth" gives "pre" and "birth"."""
    return tuple(stem(part) for part in map(fold, HYPHENS.split(word)) if part)


def written(text: str) -> list[str]:
    """The words of a text as they are written."""
    return WORD.findall(text)


@lru_cache(maxsize=50_000)
def in_stems(text: str) -> str:
    """A short text as its stems with blanks between."""
    return " ".join(all_stems(text))


def all_stems(text: str) -> tuple[str, ...]:
    """The stems of a text, in order."""
    return tuple(part for word in written(text) for part in stems(word))


@lru_cache(maxsize=50_000)
def telling_stems(text: str) -> str:
    """The stems of the words that say something, or of all words where none does: "to talk to me" is "talk"."""
    words = written(text)
    telling = [word for word in words if says_something(fold(word))] or words
    return " ".join(part for word in telling for part in stems(word))


def for_index(text: str, most: int = 20_000) -> str:
    """A text as the index keeps it: its stems, and then each hyphened word once more as one ("prebirth")."""
    words = written(text)[:most]
    joined = [stem(fold(HYPHENS.sub("", word))) for word in words if HYPHENS.search(word)]
    return " ".join([part for word in words for part in stems(word)] + joined)


def says_something(folded: str) -> bool:
    return folded not in STOP
