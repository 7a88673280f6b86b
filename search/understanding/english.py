"""Which words are English, and how often each is used: what somebody typed on purpose is never "corrected".

The list is that of the package symspellpy (MIT): 82,834 words of British and American English, each with how often it
stands in Google's books; only its file is read. Pure: no Django.
"""

from functools import cache
from importlib.resources import files

ENDINGS = ("s", "es", "ed", "ing", "er", "ly")
"""The list has most forms of a word, but not all: "boyfriends" is one because "boyfriend" is."""


@cache
def uses() -> dict[str, int]:
    """Word, as search folds it, to how often it is used."""
    text = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    # Lower case, and no accents: only apostrophes are left to fold.
    rows = (line.split(" ") for line in text.replace("'", "").splitlines())
    return {word: int(number) for word, number in rows}


def is_english(folded: str) -> bool:
    """Whether this is a word of the language, however rare, or a form of one."""
    known = uses()
    return folded in known or any(folded.endswith(end) and folded.removesuffix(end) in known for end in ENDINGS)
