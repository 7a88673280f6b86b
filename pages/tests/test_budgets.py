"""How often the practice pages ask the database with 2,000 tools aligned to them, and how pages are found."""

import pytest
from django.db import connection

from bench import ground

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reader(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), ground.planted() as reader:
        yield reader


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/practice/portsmouth/ps3/", 14),
        ("/practice/methods/drawing/", 16),
        ("/practice/methods/", 16),
        ("/practice/quality/childs-voice/", 16),
        ("/practice/", 16),
        ("/practice/portsmouth/", 16),
        ("/practice/nottinghamshire/", 16),
        ("/accessibility/", 8),
    ],
)
def test_a_practice_page(reader, signed_in, path, most):
    cold, warm = ground.cold_and_warm(signed_in(reader), path)
    assert len(cold) <= most, cold
    assert len(warm) <= len(cold), warm


def test_a_page_is_found_by_its_address_through_an_index(reader, signed_in):
    path = ground.a_full_tool().address
    client = signed_in(reader)
    routing = [sql for sql in ground.queries(lambda: client.get(path)) if '"url_path" IN' in sql]
    assert len(routing) == 1, routing
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {routing[0]}")
        else:
            # PostgreSQL reads so small a table whole; what counts is that it can do without.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {routing[0]}")
        plan = "\n".join(str(column) for row in cursor.fetchall() for column in row)
    assert "page_by_address" in plan, plan
