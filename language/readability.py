"""How easily a text is read: sentences, words, and the age at which most readers follow it. Pure: no Django.

The measure is Flesch and Kincaid's (1975), made for English running text. It counts, it does not understand: short
words can still be unknown ones. The words list (practice.plain_words) looks for those.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'-][A-Za-zÀ-ÿ]+)*")
SENTENCE = re.compile(r"(?<=[.!?…:])[”’\")]*\s+")
VOWELS = re.compile(r"[aeiouyà-ÿ]+")
LEAST_WORDS = 60
"""Below, the measure says nothing."""
LONG_SENTENCE = 25
"""GOV.UK's limit, in words."""
YOUNGEST, OLDEST = 7, 20
SCHOOL_BEGINS = 5


@dataclass(frozen=True)
class Measure:
    """A text in figures. `age` is that of readers who follow it, `None` for a text too short to say."""

    words: int
    sentences: int
    long_sentences: list[str]
    age: int | None

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def in_words(self) -> str:
        """For an editor: what the figure means."""
        if self.age is None:
            return f"Too short to measure: it takes {LEAST_WORDS} words."
        if self.age <= 12:
            return f"A reader of {self.age} would follow this. That suits families, and anybody in a hurry."
        if self.age <= 15:
            return f"A reader of {self.age} would follow this. Good for colleagues; shorten it for families."
        if self.age < OLDEST:
            return f"It takes a reader of {self.age}. Shorter sentences and words would let more people follow."
        return "It takes a degree to follow this. Shorter sentences and words would let more people in."


def measure(texts: Iterable[str]) -> Measure:
    """The figures of a page's texts; each is a paragraph, a line or a heading."""
    words = sentences = syllables = 0
    long: list[str] = []
    for text in texts:
        for sentence in SENTENCE.split(text):
            found = WORD.findall(sentence)
            if not found:
                continue
            words, sentences = words + len(found), sentences + 1
            syllables += sum(map(count_syllables, found))
            if len(found) > LONG_SENTENCE:
                long.append(" ".join(sentence.split()))
    return Measure(words, sentences, long, _age(words, sentences, syllables) if words >= LEAST_WORDS else None)


def _age(words: int, sentences: int, syllables: int) -> int:
    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59
    return min(max(round(grade + SCHOOL_BEGINS), YOUNGEST), OLDEST)


def count_syllables(word: str) -> int:
    """A count by spelling, right for most English words: groups of vowels, less an e that is not heard."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    count = len(VOWELS.findall(word))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouycgszx]es$", word)
    if silent and count > 1:
        count -= 1
    return max(count, 1)
