"""Wagtail's search on PostgreSQL; the index that it lacks is made by `search/index/wagtail_index.py`."""

from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend, PostgresSearchRebuilder

from search.backends.rebuilding import CatchesUp
from search.backends.words import CleanWords


class PostgresRebuilder(CatchesUp, PostgresSearchRebuilder):
    pass


class SearchBackend(CleanWords, PostgresSearchBackend):
    rebuilder_class = PostgresRebuilder
