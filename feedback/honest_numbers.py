"""Numbers that can be trusted: always with their base, with a range, and hidden where they would tell of one person.

Pure: no Django. Sources: Wilson's score interval (1927); the rules of suppression are the hub's own, a setting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.959964
"""For a 95% range."""

FEWEST_FOR_A_PERCENTAGE = 20
SMALLEST_BOX = 3
LOW_RESPONSE = 0.3
FIRST_TOP_BOX = 4
"""Of five: the headline counts the fourth and the fifth."""


@dataclass(frozen=True)
class Share:
    """So many of so many. It cannot be written without its base."""

    n: int
    base: int

    @property
    def percent(self) -> int:
        """To the nearest whole number, halves up."""
        return int(100 * self.n / self.base + 0.5) if self.base else 0

    @property
    def range(self) -> tuple[int, int]:
        """Where the true share lies, 95 times in a hundred, in whole percent."""
        return wilson(self.n, self.base)

    @property
    def counts(self) -> str:
        """169 of 180: for where no percentage belongs. Of nobody it says so, and not 0 of 0."""
        return f"{self.n:,} of {self.base:,}" if self.base else "none yet"

    @property
    def words(self) -> str:
        """169 of 180, 94% (89 to 97%) · 16 of 17 · none answered."""
        if not self.base:
            return "none answered"
        if self.base < FEWEST_FOR_A_PERCENTAGE:
            return self.counts
        low, high = self.range
        return f"{self.counts}, {self.percent}% ({low} to {high}%)"


def wilson(n: int, base: int) -> tuple[int, int]:
    """The 95% range of a share in whole percent, by Wilson's score: right for small numbers and near 0 and 100.

    >>> wilson(169, 180), wilson(16, 17), wilson(29, 30), wilson(8, 8)
    ((89, 97), (73, 99), (83, 99), (68, 100))
    """
    if not base:
        return 0, 100
    p, z2 = n / base, Z * Z
    middle = (p + z2 / (2 * base)) / (1 + z2 / base)
    half = Z * sqrt(p * (1 - p) / base + z2 / (4 * base * base)) / (1 + z2 / base)
    return round(100 * max(0.0, middle - half)), round(100 * min(1.0, middle + half))


def middle(counts: Sequence[int]) -> tuple[int, int] | None:
    """The median of a scale as the boxes, counted from 1, of the two middle answers; most often one box twice.

    Two boxes are not averaged: half a box means nothing, and rounding it up would flatter.

    >>> middle([0, 1, 0, 2, 1]), middle([1, 0, 1, 0, 0]), middle([0, 0])
    ((4, 4), (1, 3), None)
    """
    answers = [box for box, count in enumerate(counts, 1) for _ in range(count)]
    return (answers[(len(answers) - 1) // 2], answers[len(answers) // 2]) if answers else None


def may_show(answers: int, fewest: int) -> bool:
    """Whether results of so many answers may be seen at all."""
    return answers >= fewest


def hidden_by_subtraction(groups: Sequence[int], fewest: int, *, none_tells: bool = False) -> list[bool]:
    """Which groups' results stay hidden: those under `fewest`, and the next where these could be worked out.

    A lone one is the rest of the whole; two that are one each are told by a rest of two; two that are each the most
    they can be are told by their sum. `none_tells`: nobody at all is something to hide as well, as of a team that one
    knows.

    >>> hidden_by_subtraction([3, 20, 9], 5)
    [True, False, True]
    >>> hidden_by_subtraction([3, 4, 30], 5), hidden_by_subtraction([12, 9], 5)
    ([True, True, False], [False, False])
    >>> hidden_by_subtraction([1, 1, 15], 3), hidden_by_subtraction([4, 4, 30], 5)
    ([True, True, True], [True, True, True])
    >>> hidden_by_subtraction([0, 7, 9], 5, none_tells=True)
    [True, True, False]
    """
    hidden = [count < fewest and (count > 0 or none_tells) for count in groups]
    while any(hidden):
        rest = [count for count, flag in zip(groups, hidden, strict=True) if flag]
        others = [place for place, count in enumerate(groups) if count and not hidden[place]]
        if not others or (len(rest) > 1 and sum(rest) >= fewest and sum(rest) != len(rest) * (fewest - 1)):
            break
        hidden[min(others, key=lambda place: groups[place])] = True
    return hidden


def merged(counts: Sequence[int], smallest: int = SMALLEST_BOX) -> list[tuple[int, int, int]]:
    """Boxes of a scale with small ones joined to a neighbour: (first box, last box, count), boxes counted from 1.

    "16 of 17" shows one unhappy person; joined, it does not. An empty box tells of nobody and stays, so that "all 30
    agree" can still be said. A neighbour on the same side of the top two boxes is taken first: the headline lives on
    where it can.

    >>> merged([1, 0, 2, 6, 8])
    [(1, 3, 3), (4, 4, 6), (5, 5, 8)]
    >>> merged([0, 0, 0, 1, 16]), merged([0, 0, 1, 8, 8])[2:]
    ([(1, 1, 0), (2, 2, 0), (3, 3, 0), (4, 5, 17)], [(3, 4, 9), (5, 5, 8)])
    >>> merged([0, 0, 8, 1, 9])[2:]
    [(3, 3, 8), (4, 5, 10)]
    """
    boxes = [(place, place, count) for place, count in enumerate(counts, 1)]
    while True:
        small = next((place for place, (_, _, count) in enumerate(boxes) if 0 < count < smallest), None)
        others = [place for place, (_, _, count) in enumerate(boxes) if count and place != small]
        if small is None or not others:
            return boxes
        near = [place for place in others if place < small][-1:] + [place for place in others if place > small][:1]
        other = min(near, key=lambda place: (_is_top(boxes[place]) != _is_top(boxes[small]), boxes[place][2], place))
        first, last = sorted((small, other))
        together = sum(count for _, _, count in boxes[first : last + 1])
        boxes[first : last + 1] = [(boxes[first][0], boxes[last][1], together)]


def _is_top(box: tuple[int, int, int]) -> bool:
    return box[0] >= FIRST_TOP_BOX


def top_boxes(boxes: Sequence[tuple[int, int, int]]) -> int | None:
    """How many chose one of the two top boxes; None where they were joined with a lower one, so that it is not told.

    >>> top_boxes(merged([2, 1, 0, 8, 6])), top_boxes(merged([0, 0, 1, 8, 8]))
    (14, None)
    """
    if any(first < FIRST_TOP_BOX <= last for first, last, _ in boxes):
        return None
    return sum(count for first, _, count in boxes if first >= FIRST_TOP_BOX)
