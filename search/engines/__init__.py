"""The engines that match words: two that are part of the database, and Elasticsearch.

Each takes a `search.understanding.query.Question` and answers with the keys of all entries that match and a score
each. Words come as stems, so that all engines match the same; what to show, and to whom, is the finder's.
"""

import contextlib
import logging
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from typing import Protocol

from django.db import connection

from search.engines import elasticsearch
from search.engines.postgresql import PostgreSQL
from search.engines.sqlite import SQLite
from search.understanding.query import Query

logger = logging.getLogger(__name__)


class Engine(Protocol):
    """What the finder and the indexing verbs ask of an engine."""

    name: str

    def match(self, question: Query) -> list[tuple[int, float]]:
        """The key and score of each entry that answers every group, the best first."""

    def store(self, keys: list[str]) -> None:
        """Entries of these keys have been written, in this transaction."""


@cache
def _database(vendor: str) -> Engine:
    return PostgreSQL() if vendor == "postgresql" else SQLite()


def database() -> Engine:
    """The engine of the database that the hub runs on: always there, always right."""
    return _database(connection.vendor)


def match(question: Query, editions: Mapping[str, int]) -> tuple[list[tuple[int, float]], bool]:
    """What the best engine at hand answers, and whether that is second best because a search server fails.

    A server is asked only when its copy has the last change, so that what was withdrawn is not found there either.
    """
    server = elasticsearch.server() if _wanted.get() != "database" else None
    if server is None:
        return database().match(question), False
    if not server.rests and editions.get("elasticsearch", 0) >= editions.get("search", 0):
        try:
            return server.match(question), False
        except elasticsearch.Down as error:
            if _wanted.get():
                raise
            logger.warning("The search server failed, the database answers: %s", error)
    return database().match(question), True


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
