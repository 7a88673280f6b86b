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
    def words(self) -> str:
        """169 of 180, 94% (89 to 97%) · 16 of 17 · none answered."""
        if not self.base:
            return "none answered"
        counts = f"{self.n:,} of {self.base:,}"
        if self.base < FEWEST_FOR_A_PERCENTAGE:
            return counts
        low, high = self.range
        return f"{counts}, {self.percent}% ({low} to {high}%)"


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


def median(counts: Sequence[int]) -> float | None:
    """The middle answer of a scale, its boxes counted from 1; None where nobody answered.

    >>> median([0, 1, 0, 2, 1]), median([1, 1, 0, 0, 0]), median([0, 0])
    (4.0, 1.5, None)
    """
    answers = [box for box, count in enumerate(counts, 1) for _ in range(count)]
    if not answers:
        return None
    half = len(answers) // 2
    return float(answers[half]) if len(answers) % 2 else (answers[half - 1] + answers[half]) / 2


def may_show(answers: int, fewest: int) -> bool:
    """Whether results of so many answers may be seen at all."""
    return answers >= fewest


def hidden_by_subtraction(groups: Sequence[int], fewest: int) -> list[bool]:
    """Which groups' results stay hidden: those under `fewest`, and one more where a lone one could be worked out.

    >>> hidden_by_subtraction([3, 20, 9], 5)
    [True, False, True]
    >>> hidden_by_subtraction([3, 4, 30], 5), hidden_by_subtraction([12, 9], 5)
    ([True, True, False], [False, False])
    """
    hidden = [0 < count < fewest for count in groups]
    if sum(hidden) == 1 and len([count for count in groups if count]) > 1:
        others = [place for place, count in enumerate(groups) if count and not hidden[place]]
        hidden[min(others, key=lambda place: groups[place])] = True
    return hidden


def merged(counts: Sequence[int], smallest: int = SMALLEST_BOX) -> list[tuple[int, int, int]]:
    """Boxes of a scale with small ones joined to a neighbour: (first box, last box, count), boxes counted from 1.

    "16 of 17" shows one unhappy person; joined, it does not. Empty boxes at the ends are joined as well.

    >>> merged([1, 0, 2, 6, 8])
    [(1, 3, 3), (4, 4, 6), (5, 5, 8)]
    >>> merged([0, 0, 0, 1, 16])
    [(1, 5, 17)]
    """
    boxes = [(place, place, count) for place, count in enumerate(counts, 1)]
    while len(boxes) > 1:
        small = next((place for place, (_, _, count) in enumerate(boxes) if count < smallest), None)
        if small is None:
            break
        place = small if small + 1 < len(boxes) else small - 1
        (first, _, one), (_, last, two) = boxes[place], boxes[place + 1]
        boxes[place : place + 2] = [(first, last, one + two)]
    return boxes
