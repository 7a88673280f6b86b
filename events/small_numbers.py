"""Counts of teams so small that they would tell what one person did are not shown. Pure."""

FEWEST = 5


def shown(counts: dict[str, int], fewest: int = FEWEST) -> dict[str, int | None]:
    """The counts with None for each that is not shown, safe to stand beside their total.

    What is left out must not be worked out by subtraction either: a second one goes with a single one, and more go
    until those left out are together as many as may be shown.
    """
    hidden = {name: count for name, count in counts.items() if count < fewest}
    by_size = sorted((count, name) for name, count in counts.items() if name not in hidden)
    while hidden and by_size and (len(hidden) == 1 or _can_be_told(hidden, fewest)):
        count, name = by_size.pop(0)
        hidden[name] = count
    return {name: None if name in hidden else count for name, count in counts.items()}


def _can_be_told(hidden: dict[str, int], fewest: int) -> bool:
    """Whether the sum of those left out says too much: it is small itself, or each is the most it can be."""
    together = sum(hidden.values())
    return together < fewest or together == len(hidden) * (fewest - 1)
