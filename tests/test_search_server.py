"""What tests of search stand on: a real Elasticsearch that stems as the hub needs it, and servers that let it down."""

import time

import pytest
from elastic_transport import ConnectionError, ConnectionTimeout, SerializationError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError


def client(url: str, seconds: float = 0.3) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=seconds, max_retries=0)


@pytest.mark.elasticsearch
def test_what_is_indexed_is_found_by_another_form_of_the_word(elasticsearch_url, index_prefix):
    index, english = f"{index_prefix}tools", {"properties": {"title": {"type": "text", "analyzer": "english"}}}
    with client(elasticsearch_url, 30) as elasticsearch:
        elasticsearch.indices.create(index=index, mappings=english)
        for title in ("Three houses", "A timeline of the family"):
            elasticsearch.index(index=index, document={"title": title})
        elasticsearch.indices.refresh(index=index)
        found = elasticsearch.search(index=index, query={"match": {"title": "house"}})
        assert [hit["_source"]["title"] for hit in found["hits"]["hits"]] == ["Three houses"]
        assert elasticsearch.count(index=index)["count"] == 2


@pytest.mark.elasticsearch
def test_the_server_has_what_the_hub_asks_of_it(elasticsearch_url):
    """Synonyms, other spellings of a letter and beginnings of words: the module that small servers leave out."""
    filters = ["lowercase", "asciifolding", {"type": "synonym_graph", "synonyms": ["genogram, family tree"]}]
    filters += [{"type": "stemmer", "language": "english"}, {"type": "edge_ngram", "max_gram": 6}]
    with client(elasticsearch_url, 30) as elasticsearch:
        said = elasticsearch.indices.analyze(tokenizer="standard", filter=filters, text="Café genogram")
    assert {"caf", "cafe", "famili", "tree"} <= {token["token"] for token in said["tokens"]}


@pytest.mark.elasticsearch
class TestIndexesOfATest:
    """Each test's indexes are gone when it ends, on whose server ever it ran."""

    names: list[str] = []

    @pytest.mark.parametrize("turn", ["first", "second"])
    def test_are_gone_for_the_next(self, elasticsearch_url, index_prefix, turn):
        with client(elasticsearch_url, 30) as elasticsearch:
            assert not any(elasticsearch.indices.exists(index=name) for name in self.names)
            self.names.append(f"{index_prefix}{turn}")
            elasticsearch.indices.create(index=self.names[-1])


def test_a_black_hole_takes_the_connection_and_never_answers(black_hole):
    hole = black_hole()
    begun = time.monotonic()
    with client(hole.url) as elasticsearch, pytest.raises(ConnectionTimeout):
        elasticsearch.search(index="tools")
    assert time.monotonic() - begun >= 0.3
    assert hole.asked == 1


def test_a_closed_port_refuses_at_once(closed_port):
    begun = time.monotonic()
    with client(closed_port().url, 10) as elasticsearch, pytest.raises(ConnectionError):
        elasticsearch.search(index="tools")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_erring_server_answers_everything_with_its_status(erring_server, status):
    server = erring_server(status)
    with client(server.url, 5) as elasticsearch:
        for ask in (elasticsearch.search, elasticsearch.count, elasticsearch.indices.refresh):
            with pytest.raises(ApiError) as caught:
                ask(index="tools")
            assert caught.value.status_code == status
    assert server.asked == 3


@pytest.mark.parametrize(("answer", "error"), [("garbage", SerializationError), ("stranger", UnsupportedProductError)])
def test_an_erring_server_says_what_makes_no_sense(erring_server, answer, error):
    with client(erring_server(answer).url, 5) as elasticsearch, pytest.raises(error):
        elasticsearch.search(index="tools")
