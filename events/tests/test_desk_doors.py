"""Every address of the desk, found by introspection, so that no new one is left open to others by mistake."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from events.booking.verbs import book
from events.papers.drawing import ask
from events.papers.pdf import is_possible
from events.urls import urlpatterns
from tests.builders import make_session

pytestmark = pytest.mark.django_db
DOORS = [door for door in urlpatterns if str(door.pattern).startswith("events/desk/")]
AS_TYPED = {"do": "remove", "name": "people", "kind": "csv"}


@pytest.fixture
def session(hub, practitioner, organiser):
    session = make_session()
    book(key=session.key, person=practitioner, now=timezone.now())
    if is_possible():
        ask(session=session, kind="badges", by=organiser, now=timezone.now())
    return session


def address(door, session) -> str:
    keys = {
        "key": session.key,
        "date_key": session.dates.get().key,
        "booking_key": session.bookings.get().key,
        "paper_key": getattr(session.papers.first(), "key", uuid.uuid4()),
    }
    route = str(door.pattern)
    for name, converter in door.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        route = route.replace(f"<{kind}:{name}>", str({**keys, **AS_TYPED}[name]))
    return f"/{route}"


def test_there_are_doors_to_try():
    assert len(DOORS) > 20


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_is_not_there_for_those_who_do_not_organise(door, session, manager, practitioner, partner, signed_in):
    for person in (manager, practitioner, partner):
        client = signed_in(person)
        got, posted = (send(address(door, session)).status_code for send in (client.get, client.post))
        # Not asked for in this way, which tells nothing of what is there: 405, or the way to the page with the form.
        assert {got, posted} <= {303, 404, 405}
        assert 404 in (got, posted)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_leads_others_who_are_not_signed_in_to_the_front_door(door, session):
    answer = Client().get(address(door, session))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_changes_nothing_when_another_site_presses(door, session, organiser):
    client = Client(enforce_csrf_checks=True)
    client.force_login(organiser)
    assert client.post(address(door, session), {"reason": "x"}).status_code in (403, 405)
    assert session.bookings.get().state == "booked"
