"""The kinds of letters that the hub writes. A kind is declared beside the words of its letter: one mail, one module."""

from dataclasses import dataclass
from datetime import timedelta

KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Kind:
    """One kind of letter: its name in the outbox, and what administrators read of it.

    `kept` is how long the hub knows to whom it was written: longer than any job would still write it.
    """

    name: str
    words: str
    kept: timedelta = KEPT


KINDS: dict[str, Kind] = {}


def kind(name: str, words: str, *, kept: timedelta = KEPT) -> Kind:
    """Declare a kind of letter."""
    if name in KINDS:
        raise ValueError(f"There is a kind of letter called {name} already.")
    return KINDS.setdefault(name, Kind(name, words, kept))


def words_of(name: str) -> str:
    """What a letter in the outbox is about, for administrators."""
    return KINDS[name].words if name in KINDS else name


kind("password_reset_key", "A way back in for somebody who forgot their password")
