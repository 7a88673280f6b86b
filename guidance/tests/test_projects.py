"""Projects and pilots: how they stand, who owns them, and whether that was said long ago."""

import pytest
from bs4 import BeautifulSoup

from guidance.models import ProjectPage
from tests.builders import PARAGRAPH, day_from_now, make_person, make_text
from tests.editing import TEXT, form_of, refused

pytestmark = pytest.mark.django_db


def make_project(title="Skill mix pilot", *, ago=5, **fields) -> ProjectPage:
    said = {"status": "under-way", "updated_on": day_from_now(-ago), "update": "Two teams have begun.", **fields}
    return make_text(ProjectPage, title, body=PARAGRAPH, **said)


def test_it_says_how_it_stands_who_owns_it_and_when_that_was_said(signed_in, practitioner):
    owner = make_person("owner")
    page = make_project(steward=owner)
    seen = BeautifulSoup(signed_in(practitioner).get(page.address).content, "html.parser")
    facts = {tag["data-fact"]: tag.get_text() for tag in seen.select("[data-fact]")}
    assert facts["status"] == "Under way"
    assert facts["owner"] == str(owner)
    assert facts["updated"]
    assert "Two teams have begun." in seen.main.get_text()
    assert not seen.select(".notices")


@pytest.mark.parametrize(
    ("ago", "fields", "state"),
    [
        (30, {}, "current"),
        (31, {}, "overdue"),
        (31, {"update_every": 60}, "current"),
        (400, {"status": "finished"}, "current"),
        (31, {"status": "paused"}, "overdue"),
    ],
)
def test_an_update_is_overdue_after_the_promised_days_unless_it_is_finished(hub, ago, fields, state):
    assert make_project(ago=ago, **fields).state(day_from_now(0)).slug == state


def test_what_is_overdue_is_marked_on_its_page_and_its_card(signed_in, practitioner):
    page, client = make_project(ago=45), signed_in(practitioner)
    for address, where in ((page.address, ".notices"), ("/guidance/?kind=project", ".card .state--overdue")):
        seen = BeautifulSoup(client.get(address).content, "html.parser")
        assert "Update was due on" in seen.select_one(where).get_text()


def test_a_new_update_takes_the_mark_off(hub):
    page = make_project(ago=45)
    page.updated_on = day_from_now(0)
    page.save_revision().publish()
    assert ProjectPage.objects.get(pk=page.pk).state(day_from_now(0)).slug == "current"


def test_what_cannot_be_is_refused_at_its_field(editor, signed_in):
    desk = signed_in(editor)
    page = make_text(ProjectPage, "Pilot", publish=False, body=PARAGRAPH)
    form = form_of(desk, page, {"body": TEXT})
    assert {"status", "updated_on", "update"} <= set(refused(desk, page, form))
    ahead = form | {"updated_on": day_from_now(1).isoformat(), "update_every": "3"}
    errors = refused(desk, page, ahead, publish=False)
    assert "still to come" in errors["updated_on"]
    assert "update_every" in errors
