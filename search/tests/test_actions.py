"""Places of the hub itself are found by what people call them, by those who may go there."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from search.actions import ACTIONS, actions_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(signed_in):
    def look(person, words: str) -> list[str]:
        page = signed_in(person).get("/search/", {"q": words})
        return [link["href"] for link in BeautifulSoup(page.content, "html.parser").select("[data-actions] a")]

    return look


@pytest.mark.parametrize(
    ("words", "url_name"),
    [
        ("cancel my training", "my_bookings"),
        ("how do I cancel a booking?", "my_bookings"),
        ("MY BOOKINGS", "my_bookings"),
        ("log time", "my_time"),
        ("protected time", "my_time"),
        ("suggest a tool", "suggest_something"),
        ("forgot my password", "account_change_password"),
        ("give feedback", "my_bookings"),
    ],
)
def test_what_people_call_it_leads_there(look, practitioner, words, url_name):
    assert look(practitioner, words) == [reverse(url_name)]


@pytest.mark.parametrize(
    "words",
    [
        "time line",
        "training on domestic abuse",
        "team meeting",
        "child protection conference feedback",
        "book club",
        "?",
    ],
)
def test_words_that_ask_for_a_page_show_none(look, practitioner, words):
    assert look(practitioner, words) == []


def test_only_those_who_may_go_there_are_shown_the_way(look, practitioner, organiser, manager, partner):
    assert look(practitioner, "organisers desk") == []
    assert look(organiser, "organiser's desk") == [reverse("desk_list")]
    assert look(manager, "requests to approve") == [reverse("team_bookings")]
    assert look(partner, "log time") == []


def test_every_place_opens_for_who_is_shown_it(signed_in, practitioner, manager, editor, organiser, psw, partner):
    for person in (practitioner, manager, editor, organiser, psw, partner):
        for action in ACTIONS:
            if action in actions_for(person, action.typed[0]):
                assert signed_in(person).get(action.url).status_code == 200, (person, action.label)


def test_they_are_offered_while_somebody_types(signed_in, practitioner, organiser):
    def offered(person):
        rows = signed_in(person).get("/search/suggest/", {"q": "organiser"}).json()["suggestions"]
        return [row["url"] for row in rows if row["kind"] == "Go to"]

    assert offered(organiser) == [reverse("desk_list")]
    assert offered(practitioner) == []
