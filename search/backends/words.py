"""What people type, made safe for any search engine before it gets there.

Wagtail passes on what was typed in the admin. Stock SQLite search then fails on a quotation mark or on blanks alone,
PostgreSQL on a NUL or a word of 2,000 letters, and both on ten thousand words.
"""

import re

from modelsearch.query import MATCH_NONE, And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

MOST_WORDS = 32
LONGEST_WORD = 64
# Control characters, halves of characters, and the one sign that ends a quoted word in the language of FTS5.
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff"]+')


def searchable_words(text: str) -> list[str]:
    """The words of a text that an engine can look for.

    A word of signs alone (`-`, `*`, an emoji) matches nothing in any engine, so it would empty every list it is in.
    """
    words = (word[:LONGEST_WORD] for word in UNSAFE.sub(" ", text).split())
    return [word for word in words if any(letter.isalnum() for letter in word)]


class Cleaning:
    """One question, made safe: its words are counted over all of its parts."""

    def __init__(self):
        self._left = MOST_WORDS

    def text(self, text: str) -> str:
        words = searchable_words(text)[: self._left]
        self._left -= len(words)
        return " ".join(words)

    def query(self, query: SearchQuery) -> SearchQuery | None:
        """The same question with safe words; None where no word is left, so that a part can be dropped."""
        if isinstance(query, PlainText):
            text = self.text(query.query_string)
            return PlainText(text, operator=query.operator, boost=query.boost) if text else None
        if isinstance(query, Phrase):
            text = self.text(query.query_string)
            return Phrase(text) if text else None
        if isinstance(query, Fuzzy):
            text = self.text(query.query_string)
            return Fuzzy(text, operator=query.operator, unaccent=query.unaccent) if text else None
        if isinstance(query, And | Or):
            parts = [part for part in map(self.query, query.subqueries) if part]
            return type(query)(parts) if len(parts) > 1 else next(iter(parts), None)
        if isinstance(query, Not) and not isinstance(query.subquery, MatchAll):
            part = self.query(query.subquery)
            return Not(part) if part else None
        if isinstance(query, Boost):
            part = self.query(query.subquery)
            return Boost(part, query.boost) if part else None
        return query


class CleanWords:
    """For a search backend: nothing that can be typed breaks it. Without a word to look for, nothing is found."""

    def _search(self, query_compiler_class, query, model_or_queryset, **kwargs):
        if isinstance(query, str):
            query = Cleaning().text(query) or MATCH_NONE
        elif query is not None:
            query = Cleaning().query(query) or MATCH_NONE
        return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)
