"""One order out of two: by words and by meaning. Pure: no Django.

Where the words are plainly those of a page, its title or an acronym, their order stands and nothing is fused. Where
they are not, meaning leads, and the words still count.
"""

from collections.abc import Sequence

NEAR = 10
"""How quickly a place further down counts less."""
MEANING, WORDS = 2.0, 1.0


def fused(by_words: Sequence[int], by_meaning: Sequence[int]) -> list[int]:
    """The keys of both in one order, each once, for words that are not plainly those of a page."""
    scores: dict[int, float] = {}
    for weight, keys in ((MEANING, by_meaning), (WORDS, by_words)):
        for place, key in enumerate(keys):
            scores[key] = scores.get(key, 0.0) + weight / (NEAR + place)
    return sorted(scores, key=lambda key: -scores[key])
