"""Finding words in texts: those that are explained, those that are better left out. Kept by each process by edition."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from practice import editions
from practice.models import GlossaryTerm, PhraseToAvoid


@dataclass(frozen=True)
class ExplainedWord:
    """A word that is explained."""

    slug: str
    term: str
    meaning: str


@dataclass(frozen=True)
class Phrase:
    """A phrase that is better left out."""

    pk: int
    phrase: str
    better: str
    why: str


@dataclass(frozen=True)
class Finding:
    """A phrase as it was found in a text."""

    phrase: Phrase
    found: str


@dataclass(frozen=True)
class PlainWords:
    """Both lists, ready to look for. `words` and `phrases` are by form: in lower case unless it is all capitals."""

    words: dict[str, ExplainedWord]
    phrases: dict[str, Phrase]
    word_pattern: re.Pattern | None
    phrase_pattern: re.Pattern | None

    def word(self, found: str) -> ExplainedWord | None:
        return _look_up(self.words, found)

    def phrase(self, found: str) -> Phrase | None:
        return _look_up(self.phrases, found)

    def findings(self, texts: Iterable[str]) -> list[Finding]:
        """Each phrase once, in the order in which it was found."""
        seen: dict[int, Finding] = {}
        for text in texts:
            for found in self.matches(text):
                seen.setdefault(found.phrase.pk, found)
        return list(seen.values())

    def matches(self, text: str) -> Iterator[Finding]:
        for match in self.phrase_pattern.finditer(text) if self.phrase_pattern else ():
            if phrase := self.phrase(match[0]):
                yield Finding(phrase, match[0])


def plain_words(edition) -> PlainWords:
    """The lists as they are at this edition of the vocabulary."""
    return _kept.get(edition)


def _load() -> PlainWords:
    words = {
        _key(form): ExplainedWord(term.slug, term.term, term.meaning)
        for term in GlossaryTerm.objects.filter(is_marked=True)
        for form in term.forms
    }
    phrases = {
        _key(form): Phrase(row.pk, row.phrase, row.better, row.why)
        for row in PhraseToAvoid.objects.filter(is_on=True)
        for form in row.forms
    }
    return PlainWords(words, phrases, _pattern(words), _pattern(phrases))


_kept = editions.Kept(_load)
_APOSTROPHE = "(?:'|’|&#x27;|&#39;|&rsquo;)"


def _key(form: str) -> str:
    """An abbreviation is itself only in capitals: LAC is not lac."""
    form = form.replace("’", "'")
    return form if form.isupper() else form.casefold()


def _pattern(forms: Iterable[str]) -> re.Pattern | None:
    """Any of the forms as whole words, the longest first; an s at the end may follow."""
    each = [
        (re.escape(form) if form.isupper() else f"(?i:{re.escape(form)})")
        .replace("'", _APOSTROPHE)
        .replace(r"\ ", r"\s+")
        for form in sorted(forms, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(each)})s?(?![\w-])") if each else None


def _look_up(table: dict, found: str):
    found = " ".join(re.sub(_APOSTROPHE, "'", found).split())
    if found.isupper() and found.isalpha():
        # A name or an abbreviation: CASCADE is a research centre, and passes nothing on.
        return table.get(found)
    for form in (found, found.casefold(), found.removesuffix("s"), found.casefold().removesuffix("s")):
        if form in table:
            return table[form]
    return None
