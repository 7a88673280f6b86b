"""Matching words with PostgreSQL's full text search, on vectors made of our own stems and positions.

PostgreSQL's own parser is not asked: it would part words in other places than we do.
"""

from collections import defaultdict

from django.db import connection

from search.models import Entry
from search.understanding.query import Group, Query

HEAD = (("title_words", "B"), ("typed_words", "A"), ("summary_words", "C"), ("label_words", "C"))
"""The short fields and their weights. Ranking reads these alone: long vectors lie aside and are slow to fetch."""
WEIGHTS = "{0.05, 0.4, 0.8, 1.0}"
LAST_POSITION = 16_000
MOST_PLACES = 250
"""Of one word in one vector, and the last place, as PostgreSQL allows."""
GAP = 20
"""Words between two fields, so that no phrase runs from one into the next."""


class PostgreSQL:
    name = "postgresql"

    def match(self, question: Query) -> list[tuple[int, float]]:
        asked = " & ".join(map(_group, question.groups))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, ts_rank(%s, head, %s::tsquery) AS score FROM search_entry"
                " WHERE words @@ %s::tsquery ORDER BY score DESC",
                [WEIGHTS, asked, asked],
            )
            return cursor.fetchall()

    def store(self, keys: list[str]) -> None:
        columns = [name for name, _ in HEAD]
        rows = Entry.objects.filter(key__in=keys).values_list("pk", *columns, "body_words")
        vectors = []
        for pk, *fields, body in rows:
            head = [(text, weight) for text, (_, weight) in zip(fields, HEAD, strict=True)]
            vectors.append((vector(head), vector([*head, (body, "D")]), pk))
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_entry SET head = %s::tsvector, words = %s::tsvector WHERE id = %s", vectors
            )


def vector(fields: list[tuple[str, str]]) -> str:
    """The text form of a tsvector: each stem with its places, each place with the weight of its field."""
    places: dict[str, list[str]] = defaultdict(list)
    at = 0
    for text, weight in fields:
        for word in text.split():
            at += 1
            if at > LAST_POSITION:
                break
            if len(places[word]) < MOST_PLACES:
                places[word].append(f"{at}{weight}")
        at += GAP
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items() if found)


def _group(group: Group) -> str:
    return "({})".format(
        " | ".join("({})".format(" <-> ".join(f"'{word}'" for word in phrase)) for phrase in group.phrases)
    )
