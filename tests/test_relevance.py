"""What people type and the tool they expect: the demo content answers as it should, on every engine."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search import relevance
from search.engines import elasticsearch
from search.index import copying

QUERIES = Path(__file__).parent / "relevance.tsv"
AT_LEAST = 38


def points(**options) -> str:
    said = io.StringIO()
    call_command("relevance", QUERIES, at_least=AT_LEAST, stdout=said, **options)
    return said.getvalue()


def test_the_database_gives_the_expected_tool_first(demo, django_db_blocker):
    with django_db_blocker.unblock():
        last = points(engine="database").splitlines()[-1]
    assert int(re.match(r"\d+", last)[0]) >= AT_LEAST
    assert "0 queries empty" in last


@pytest.mark.elasticsearch
def test_a_search_server_gives_the_expected_tool_first(
    demo, django_db_blocker, settings, elasticsearch_url, index_prefix
):
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX = elasticsearch_url, f"{index_prefix}relevance"
    elasticsearch.server.cache_clear()
    with django_db_blocker.unblock():
        copying.catch_up()
        last = points(engine="elasticsearch").splitlines()[-1]
    elasticsearch.server.cache_clear()
    assert int(re.match(r"\d+", last)[0]) >= AT_LEAST


def test_a_score_below_what_is_asked_for_fails_the_command(demo, django_db_blocker, tmp_path):
    file = tmp_path / "queries.tsv"
    file.write_text("query\tfirst\talso_fine\nfamily tree\tT01\t\n")
    with django_db_blocker.unblock(), pytest.raises(CommandError, match="Below"):
        call_command("relevance", file, at_least=2, stdout=io.StringIO())


def test_of_several_right_answers_any_counts_and_a_fine_one_counts_half(tmp_path):
    file = tmp_path / "queries.tsv"
    file.write_text("query\tfirst\talso_fine\na\tT01 T02\tT03 T04 (older)\nb\tPaper boats\t\n")
    rows = relevance.read(file)
    answers = {"T01": "One", "T02": "Two", "T03": "Three", "T04": "Four"}
    for found, points in (
        (["Two"], 2),
        (["Five", "Six", "One"], 1),
        (["Four"], 1),
        (["Five", "Four"], 0),
        (["Five", "Six", "Seven", "One"], 0),
        ([], 0),
    ):
        assert relevance.score(rows[:1], answers, lambda query, found=found: found)[0].points == points, found
    assert relevance.score(rows[1:], answers, lambda query: ["Paper boats"])[0].points == 2


@pytest.mark.parametrize("content", ["nothing\n", "\xff"], ids=ascii)
def test_a_file_that_is_no_such_table_is_told_in_a_line(demo, django_db_blocker, tmp_path, content):
    file = tmp_path / "queries.tsv"
    file.write_bytes(content.encode("latin-1"))
    with django_db_blocker.unblock(), pytest.raises(CommandError):
        call_command("relevance", file, stdout=io.StringIO())
