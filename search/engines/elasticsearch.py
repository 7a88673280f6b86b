"""Matching words with an Elasticsearch server, where a council has one (`ELASTICSEARCH_URL`).

The server holds a copy of the stems of every entry and nothing else: no text, no names, no rights. It may fail at any
time. Then the database answers, and for half a minute nobody waits for the server again.
"""

import hashlib
import time
from functools import cache

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.understanding.query import Group, Query

FIELDS = {"title": 8, "typed": 10, "summary": 4, "labels": 3, "body": 1}
COLUMNS = {
    "title": "title_words",
    "typed": "typed_words",
    "summary": "summary_words",
    "labels": "label_words",
    "body": "body_words",
}
SCORED, MOST_HITS = 200, 60_000
"""Hits that come with a score, best first; and all hits by their bare keys, as many as a server counts in one go."""
SECONDS_TO_SEARCH, SECONDS_TO_WRITE, SECONDS_TO_COPY = 0.8, 0.5, 20
"""How long a reader, somebody who publishes, and a job in the background wait for an answer."""
REST_SECONDS = 30
STATE = "state"
"""Key of the one document that is no entry: it holds the number of the last change that the copy has."""
FAILURES = (ApiError, TransportError, KeyError, ValueError, TypeError)
"""Whatever a server that is down, slow, overloaded or something else altogether makes of a question."""
MAPPING = {
    "dynamic": False,
    "properties": {
        **{name: {"type": "text", "analyzer": "whitespace"} for name in FIELDS},
        "entry": {"type": "integer"},
        "change": {"type": "long"},
    },
}
SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}


class Down(Exception):
    """The server did not answer, or not sensibly."""


class Client(Elasticsearch):
    """The client of version 9, speaking to a server in words that version 8 understands as well."""

    def perform_request(self, method, path, *, headers=None, **more):
        headers = {
            name: value.replace("application/", "application/vnd.elasticsearch+") + "; compatible-with=8"
            for name, value in (headers or {}).items()
        }
        return super().perform_request(method, path, headers=headers, **more)


class Elastic:
    """One server and its copy of the index."""

    name = "elasticsearch"

    def __init__(self, url: str, index: str):
        # No retries: somebody is waiting, and the database can answer.
        self.client = Client(url, max_retries=0, retry_on_timeout=False)
        # Another mapping is another index, which is then filled from the beginning.
        self.index = f"{index}-{hashlib.sha256(repr(MAPPING).encode()).hexdigest()[:8]}"
        self._rests_until = 0.0

    @property
    def rests(self) -> bool:
        """Whether the server failed a moment ago and is not to be asked."""
        return time.monotonic() < self._rests_until

    def match(self, question: Query) -> list[tuple[int, float]]:
        """The key and score of each entry that answers every group, best first; raises `Down`."""
        answer = self._ask(
            SECONDS_TO_SEARCH,
            lambda client: client.search(
                index=self.index,
                query={"bool": {"must": [_group(group) for group in question.groups]}},
                size=SCORED,
                # To fetch thousands of hits takes a server long; to list their keys does not.
                aggs={"all": {"terms": {"field": "entry", "size": MOST_HITS, "order": {"_key": "asc"}}}},
                source=False,
                track_total_hits=False,
                filter_path="hits.hits._id,hits.hits._score,aggregations.all.buckets.key",
            ),
        )
        found = {int(hit["_id"]): hit["_score"] for hit in answer.get("hits", {}).get("hits", [])}
        for bucket in answer.get("aggregations", {}).get("all", {}).get("buckets", []):
            found.setdefault(bucket["key"], 0.0)
        return list(found.items())

    def store(self, keys: list[str]) -> None:
        """Nothing: a server is no part of the transaction. `search.index.copying` follows after it."""

    def copied(self) -> int:
        """The number of the last change that the copy has, after making it where there is none; raises `Down`."""

        def ask(client):
            if not client.indices.exists(index=self.index):
                client.indices.create(index=self.index, mappings=MAPPING, settings=SETTINGS)
                return 0
            try:
                return client.get(index=self.index, id=STATE)["_source"]["change"]
            except NotFoundError:
                return 0

        return self._ask(SECONDS_TO_COPY, ask)

    def copy(self, rows: list[dict], change: int, *, seconds: float) -> None:
        """Take these entries (key, gone and columns of words) over, and note the change; raises `Down`."""
        operations = []
        for row in rows:
            if row["gone"]:
                operations.append({"delete": {"_id": row["pk"]}})
            else:
                words = {name: row[column] for name, column in COLUMNS.items()}
                operations += [{"index": {"_id": row["pk"]}}, {**words, "entry": row["pk"]}]
        operations += [{"index": {"_id": STATE}}, {"change": change}]

        def ask(client):
            answer = client.bulk(index=self.index, operations=operations, refresh=True)
            failed = [
                item for item in answer["items"] for done in item.values() if done["status"] not in {200, 201, 404}
            ]
            if failed:
                raise ValueError(f"{len(failed)} entries were refused: {str(failed[0])[:200]}")

        self._ask(seconds, ask)

    def _ask(self, seconds: float, ask):
        try:
            answer = ask(self.client.options(request_timeout=seconds))
        except FAILURES as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            raise Down(str(error)[:300]) from error
        self._rests_until = 0.0
        return answer


@cache
def server(url: str = "", index: str = "") -> Elastic | None:
    """The configured server, one client for the whole process; `None` where there is none."""
    url = url or settings.ELASTICSEARCH_URL
    return Elastic(url, index or settings.ELASTICSEARCH_INDEX) if url else None


def _group(group: Group) -> dict:
    fields = [f"{name}^{weight}" for name, weight in FIELDS.items()]
    return {
        "bool": {
            "minimum_should_match": 1,
            "should": [
                {"multi_match": {"query": " ".join(phrase), "type": "phrase", "fields": fields}}
                for phrase in group.phrases
            ],
        }
    }
