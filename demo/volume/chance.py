"""Chance that is the same each time, and rows in lots."""

from collections.abc import Callable, Iterator
from random import Random

AT_ONCE = 500
Tell = Callable[[int, int], None]
"""Called now and then with how many are done, and of how many."""


def chance_of(of: str) -> Random:
    """Numbers that are the same each time; nothing secret hangs on them."""
    return Random(of)  # noqa: S311


def some_of(random: Random, keys: list[int], number: int) -> list[int]:
    """That many of the keys, the earlier ones more often, as in life: most tools are for a child alone."""
    chosen: dict[int, None] = {}
    while len(chosen) < min(number, len(keys)):
        chosen[keys[int(len(keys) * random.random() ** 1.7)]] = None
    return list(chosen)


def lots(rows: list) -> Iterator[tuple[int, list]]:
    """The rows in lots, each with how many are done when it is."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        yield start + len(some), some
