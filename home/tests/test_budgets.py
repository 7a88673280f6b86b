"""How often home and search ask the database with 2,000 tools, and that twice as many tools change no page's count."""

import pytest

from bench import ground
from people.roles import Role
from tests.builders import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reader(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), ground.planted() as reader:
        yield reader


def test_home(reader, signed_in):
    cold, warm = ground.cold_and_warm(signed_in(reader), "/")
    assert len(cold) <= 14, cold
    assert len(warm) <= 9, warm


@pytest.mark.parametrize("roles", [*([role] for role in Role), list(Role)], ids=lambda roles: "+".join(roles)[:40])
def test_home_costs_whoever_has_much_to_do_no_more(reader, signed_in, roles):
    """What waits for somebody is counted in two queries, whatever they do on the hub and however much of it."""
    person = make_person(f"busy{len(roles)}{roles[0].name.lower()}", *roles)
    cold, warm = ground.cold_and_warm(signed_in(person), "/")
    assert len(cold) <= 15, cold
    assert len(warm) <= 10, warm


@pytest.mark.parametrize("query", ["?q=school", "?q=ladder+of+a&page=2", "?q=zzzz", ""])
def test_search(reader, signed_in, query):
    cold, warm = ground.cold_and_warm(signed_in(reader), f"/search/{query}")
    assert len(cold) <= 16, cold
    assert len(warm) <= 16, warm


def test_twice_as_many_tools_ask_no_page_for_more(reader, signed_in):
    client, addresses = signed_in(reader), ground.addresses()

    def counts() -> dict[str, list[int]]:
        return {name: [len(asked) for asked in ground.cold_and_warm(client, path)] for name, path in addresses.items()}

    before = counts()
    ground.plant(2 * ground.TOOLS)
    assert counts() == before
