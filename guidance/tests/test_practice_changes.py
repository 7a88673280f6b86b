"""A practice change comes to one district after another; the table says how it stands and since when."""

import pytest
from bs4 import BeautifulSoup

from guidance.models import AreaStatus, PracticeChangePage
from people.models import Team
from tests.builders import PARAGRAPH, day_from_now, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(hub, psw):
    Team.objects.create(name="Assessment, north", district="North")
    return make_text(PracticeChangePage, "Planning assessments", body=PARAGRAPH, steward=psw)


@pytest.fixture
def owner(psw, signed_in):
    return signed_in(psw)


def address(page) -> str:
    return f"/guidance/areas/{page.pk}/"


def said(**changed) -> dict:
    return {"area": "North", "status": "in-use", "since": str(day_from_now(0)), "note": "All teams", **changed}


def table(client, page) -> list[list[str]]:
    soup = BeautifulSoup(client.get(page.address).content, "html.parser")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in soup.select("tr[data-area]")]


def test_setting_a_district_to_in_use_updates_the_table_and_its_date(change, owner, practitioner, signed_in):
    reader = signed_in(practitioner)
    owner.post(address(change), said(status="testing", since=str(day_from_now(-30)), note=""))
    assert [row[:2] for row in table(reader, change)] == [["North", "Testing"]]
    response = owner.post(address(change), said())
    assert response.status_code == 302
    rows = table(reader, change)
    assert len(rows) == 1
    assert rows[0][1] == "In use All teams"
    assert rows[0][2] == f"{day_from_now(0):%-d %B %Y}"
    html = reader.get(change.address).content.decode()
    assert "1 of 1 areas" in html


def test_what_was_said_before_is_kept_with_who_said_it(change, owner, psw):
    for status in ("testing", "in-use"):
        owner.post(address(change), said(status=status))
    html = owner.get(address(change)).content.decode()
    assert html.count(str(psw)) >= 2
    assert AreaStatus.objects.count() == 2


def test_pressing_twice_says_it_once(change, owner):
    for _ in range(2):
        owner.post(address(change), said())
    assert AreaStatus.objects.count() == 1


def test_publishing_a_new_text_leaves_the_table_as_it_is(change, owner, practitioner, signed_in):
    owner.post(address(change), said())
    change.revisions.first().publish()
    assert len(table(signed_in(practitioner), change)) == 1


def test_only_who_looks_after_it_says_how_it_stands(change, practitioner, manager, signed_in):
    for person in (practitioner, manager):
        client = signed_in(person)
        assert client.get(address(change)).status_code == 404
        assert client.post(address(change), said()).status_code == 404
        assert address(change) not in client.get(change.address).content.decode()
    assert not AreaStatus.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"area": "Atlantis"}, "Select a valid choice"),
        ({"area": ""}, "Choose a district or a team"),
        ({"status": ""}, "Choose how it stands"),
        ({"since": "tomorrow"}, "Give a day"),
        ({"since": str(day_from_now(3))}, "still to come"),
        ({"note": "x" * 201}, "at most 200"),
    ],
)
def test_what_cannot_be_is_refused_at_the_field_with_the_rest_kept(change, owner, changed, words):
    response = owner.post(address(change), said(**changed))
    assert response.status_code == 400
    assert words in response.content.decode()
    assert "note" in changed or "All teams" in response.content.decode()


def test_before_anything_is_said_the_page_says_so(change, practitioner, signed_in):
    assert "Nobody has said yet where it begins" in signed_in(practitioner).get(change.address).content.decode()
