"""Wagtail's search on SQLite, in time that grows with the number of hits and not with its square.

The stock backend orders by a subquery that searches the whole index again for each hit: 18 seconds at 10,000 pages, in
the admin and in every chooser. Here the index is searched once, and its order is laid over what the query set allows.
"""

import json

from django.db import connections
from django.db.models import Func, TextField, Value
from modelsearch.backends.database.sqlite.query import MatchExpression, normalize
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    ObjectIndexer,
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
    SQLiteSearchRebuilder,
    SQLiteSearchResults,
)
from modelsearch.query import MatchAll, Not
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from search.backends.rebuilding import CatchesUp
from search.backends.words import CleanWords

WEIGHTS = {"autocomplete": 1.0, "body": 1.0, "title": 6.0}
"""How much a word counts by where it stands. In the order of the index's columns, as Wagtail's migration made them."""
AT_ONCE = 50
"""So many rows are written in one transaction. Others wait for it to publish."""

FTS, ENTRY = SQLiteFTSIndexEntry._meta.db_table, IndexEntry._meta.db_table
# CROSS JOIN keeps SQLite from starting at the entries of a page type and looking each of them up in the index.
RANK = f"""
    SELECT entry.object_id, bm25({FTS}, {", ".join(map(str, WEIGHTS.values()))})
    FROM {FTS} CROSS JOIN {ENTRY} AS entry ON entry.id = {FTS}.rowid
    WHERE {FTS} MATCH %s AND entry.content_type_id IN (SELECT value FROM json_each(%s))
"""  # noqa: S608 - names of tables and numbers, all our own


class ManyValues(Func):
    """Any number of values as one parameter; SQLite allows only so many parameters in one statement."""

    template = "(SELECT value FROM json_each(%(expressions)s))"

    def __init__(self, values):
        super().__init__(Value(json.dumps(values, default=str)), output_field=TextField())


class OnePass:
    """For a query compiler: which rows match and how well, in one reading of the index."""

    def check(self):
        super().check()
        # The names were looked at; from here on they are columns. The index keeps the title apart and nothing else,
        # and the stock backend fails on any other name.
        if self.fields:
            rest = self.FTS_TABLE_FIELDS[-1]
            self.fields = list(dict.fromkeys("title" if name == "title" else rest for name in self.fields))

    def scores(self, config) -> dict | None:
        """Key to score, lower is better; None where the question has no order of relevance."""
        query = normalize(self.query)
        if isinstance(query, MatchAll | Not):
            return None
        connection = connections[self.queryset.db]
        match = MatchExpression(self.fields or self.FTS_TABLE_FIELDS, self.build_search_query(query, config=config))
        compiler = SQLiteFTSIndexEntry.objects.using(connection.alias).query.get_compiler(connection.alias)
        _, (words,) = match.as_sql(compiler, connection)
        content_types = json.dumps(get_descendants_content_types_pks(self.queryset.model))
        as_key = self.queryset.model._meta.pk.to_python
        with connection.cursor() as cursor:
            cursor.execute(RANK, [words, content_types])
            return {as_key(key): score for key, score in cursor.fetchall()}

    def allowed(self, keys) -> list:
        """Which of these keys the query set has: published, for this person, of this type, as it was filtered."""
        rows = self.queryset.order_by().filter(pk__in=self._listed(keys))
        return list(dict.fromkeys(rows.values_list("pk", flat=True)))

    def rows(self, keys) -> list:
        """The objects of the query set with these keys, in their order."""
        found = {row.pk: row for row in self.queryset.order_by().filter(pk__in=self._listed(keys))}
        return [found[key] for key in keys if key in found]

    def _listed(self, keys) -> ManyValues:
        pk, connection = self.queryset.model._meta.pk, connections[self.queryset.db]
        return ManyValues([pk.get_db_prep_value(key, connection) for key in keys])


class HubQueryCompiler(OnePass, SQLiteSearchQueryCompiler):
    pass


class HubAutocompleteQueryCompiler(OnePass, SQLiteAutocompleteQueryCompiler):
    pass


class HubResults(SQLiteSearchResults):
    """Results in order of relevance. Counting and facets need no order, so they stay as they are."""

    def _do_search(self):
        compiler = self.query_compiler
        # Of a query set of bare values no objects can be made.
        if not compiler.order_by_relevance or compiler.queryset._fields is not None:
            return super()._do_search()
        scores = compiler.scores(compiler.get_config(self.backend))
        if scores is None:
            return super()._do_search()
        # Newest first among equals, as in the stock backend.
        keys = sorted(compiler.allowed(scores), reverse=True)
        keys.sort(key=scores.__getitem__)
        rows = compiler.rows(keys[self.start : self.stop])
        if self._score_field:
            for row in rows:
                setattr(row, self._score_field, scores[row.pk])
        return rows


class HubIndex(SQLiteIndex):
    """Writes to the index only what changed, a few rows at a time."""

    def _refresh_title_norms(self, full=False):
        """Nothing: bm25 knows the length of a row. The stock backend reads all titles again at each save."""

    def add_items(self, model, objs):
        if not model.get_search_fields():
            return
        objs = list(objs)
        for start in range(0, len(objs), AT_ONCE):
            self._add(model, [ObjectIndexer(obj, self.backend) for obj in objs[start : start + AT_ONCE]])

    def _add(self, model, indexers):
        content_type = get_content_type_pk(model)
        rows = self.entries.filter(content_type_id=content_type, object_id__in=[indexer.id for indexer in indexers])
        known = {key: texts for key, *texts in rows.values_list("object_id", "title", "autocomplete", "body")}
        # A saved draft changes nothing that is found, and needs no lock on the database.
        changed = [
            IndexEntry(
                content_type_id=content_type,
                object_id=indexer.id,
                title=indexer.title,
                autocomplete=indexer.autocomplete,
                body=indexer.body,
            )
            for indexer in indexers
            if known.get(indexer.id) != [indexer.title, indexer.autocomplete, indexer.body]
        ]
        self.entries.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "autocomplete", "body"],
        )


class SQLiteRebuilder(CatchesUp, SQLiteSearchRebuilder):
    pass


class SearchBackend(CleanWords, SQLiteSearchBackend):
    query_compiler_class = HubQueryCompiler
    autocomplete_query_compiler_class = HubAutocompleteQueryCompiler
    index_class = HubIndex
    results_class = HubResults
    rebuilder_class = SQLiteRebuilder
