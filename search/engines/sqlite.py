"""Matching words with SQLite's FTS5. Triggers keep its table as the entries are (see `search.engines.tables`)."""

from django.db import connection

from search.understanding.query import Group, Query

WEIGHTS = "8, 10, 4, 3, 1"
"""Title, what people also type, purpose, labels, body."""


class SQLite:
    name = "sqlite"

    def match(self, question: Query) -> list[tuple[int, float]]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid, -bm25(search_words, {WEIGHTS}) AS score FROM search_words"  # noqa: S608
                " WHERE search_words MATCH %s ORDER BY score DESC",
                [" AND ".join(map(_group, question.groups))],
            )
            return cursor.fetchall()

    def store(self, keys: list[str]) -> None:
        """The triggers have done it."""


def _group(group: Group) -> str:
    # Stems are letters and digits, so that nothing typed can be an operator; quoted all the same.
    return "({})".format(" OR ".join('"{}"'.format(" ".join(phrase)) for phrase in group.phrases))
