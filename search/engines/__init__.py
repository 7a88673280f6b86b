"""The engines that match words: two that are part of the database, and Elasticsearch.

Each takes a `search.question.Question` and answers with the keys of all entries that match and a score each. Words come
as stems, so that all engines match the same; what to show, and to whom, is the finder's.
"""

import contextlib
from contextvars import ContextVar
from functools import cache
from typing import Protocol

from django.db import connection

from search.question import Question


class Engine(Protocol):
    """What the finder and the indexing verbs ask of an engine."""

    name: str

    def match(self, question: Question) -> list[tuple[int, float]]:
        """The key and score of each entry that answers every group, the best first."""

    def store(self, keys: list[str]) -> None:
        """Entries of these keys have been written, in this transaction."""


@cache
def _database(vendor: str) -> Engine:
    if vendor == "postgresql":
        from search.engines.postgresql import PostgreSQL

        return PostgreSQL()
    from search.engines.sqlite import SQLite

    return SQLite()


def database() -> Engine:
    """The engine of the database that the hub runs on: always there, always right."""
    return _database(connection.vendor)


NAMES = ("database", "elasticsearch")
_wanted: ContextVar[str | None] = ContextVar("engine", default=None)


@contextlib.contextmanager
def using(name: str | None):
    """Ask this engine and no other within the block, for measuring; `None` changes nothing."""
    token = _wanted.set(name)
    try:
        yield
    finally:
        _wanted.reset(token)


def match(question: Question) -> tuple[list[tuple[int, float]], bool]:
    """What the best engine at hand answers, and whether that is only second best because another one fails."""
    return database().match(question), False
