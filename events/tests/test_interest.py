"""Where there is no date people ask for one, organisers see how many, and those who asked hear of it first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.booking.verbs import book
from events.briefings.interest import ask_for_a_date, no_longer, tell_due
from events.models import EventPage, Interest
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(hub):
    return make_text(EventPage, "Practice day", event_kind="practice-day")


def test_asking_is_one_press_and_so_is_changing_ones_mind(event, practitioner, organiser, signed_in):
    me = signed_in(practitioner)
    assert "Tell me when there is a date" in me.get(event.address).content.decode()
    for _ in range(2):
        me.post(f"/events/interest/{event.pk}/", {"do": "ask"})
    assert Interest.objects.count() == 1
    assert "You asked for a date" in me.get(event.address).content.decode()
    assert "1 asked for a date" in signed_in(organiser).get(event.address).content.decode()
    me.post(f"/events/interest/{event.pk}/", {"do": "stop"})
    assert not Interest.objects.exists()


def test_those_who_asked_are_told_once_when_there_is_a_date(event, practitioner, manager):
    now = timezone.now()
    for person in (manager, practitioner):
        ask_for_a_date(event=event, person=person, now=timezone.now())
    tell_due(now=now)
    assert not OutgoingMail.objects.exists()
    make_session(event=event)
    for _ in range(2):
        tell_due(now=now)
    told = OutgoingMail.objects.filter(kind="interest").order_by("pk")
    assert [mail.to for mail in told] == [manager.email, practitioner.email]


def test_a_date_for_others_tells_nobody_else(event, practitioner):
    ask_for_a_date(event=event, person=practitioner, now=timezone.now())
    make_session(event=event, for_roles=[Role.MANAGER])
    tell_due(now=timezone.now())
    assert not OutgoingMail.objects.exists()


def test_taking_back_what_one_asked_for_takes_back_nobody_elses_wish(event, practitioner, manager):
    other = make_text(EventPage, "Another day", event_kind="practice-day")
    for person, of in ((practitioner, event), (practitioner, other), (manager, event)):
        ask_for_a_date(event=of, person=person, now=timezone.now())
    no_longer(event=event, person=practitioner)
    assert set(Interest.objects.values_list("person", "event")) == {(practitioner.pk, other.pk), (manager.pk, event.pk)}


def test_who_asked_first_hears_first_whoever_was_written_down_first(event, practitioner, manager):
    now = timezone.now()
    ask_for_a_date(event=event, person=manager, now=now)
    ask_for_a_date(event=event, person=practitioner, now=now - timedelta(days=9))
    make_session(event=event)
    tell_due(now=now)
    told = OutgoingMail.objects.filter(kind="interest").order_by("pk").values_list("to", flat=True)
    assert list(told) == [practitioner.email, manager.email]
    assert not Interest.objects.exists()


def test_they_hear_of_the_first_date_that_they_could_book_and_from_when(event, practitioner):
    now = timezone.now()
    ask_for_a_date(event=event, person=practitioner, now=now)
    make_session(event=event, starts=nine_thirty(10), cancelled_at=now, title="Fell")
    make_session(event=make_text(EventPage, "Another", event_kind="training"), starts=nine_thirty(11), title="Other")
    make_session(event=event, starts=nine_thirty(40), title="Later")
    make_session(event=event, starts=nine_thirty(20), place="Room 7", opens_at=nine_thirty(5))
    tell_due(now=now)
    text = OutgoingMail.objects.get(kind="interest").text
    assert "Room 7" in text
    assert "Booking opens on" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"cancelled_at": timezone.now()},
        {"dates": 0},
        {"starts": nine_thirty(-3)},
        {"starts": nine_thirty(-3), "dates": 3},
        {"closes_at": timezone.now() - timedelta(days=1)},
    ],
    ids=["fell", "none", "over", "begun", "closed"],
)
def test_a_date_that_nobody_can_come_to_tells_nobody(event, practitioner, fields):
    ask_for_a_date(event=event, person=practitioner, now=timezone.now())
    make_session(event=event, **fields)
    tell_due(now=timezone.now())
    assert not OutgoingMail.objects.exists()
    assert Interest.objects.exists()


def full(session):
    book(key=session.key, person=make_person("first", Role.PRACTITIONER), now=timezone.now())


def test_a_full_session_without_a_queue_tells_nobody(event, practitioner):
    ask_for_a_date(event=event, person=practitioner, now=timezone.now())
    full(make_session(event=event, capacity=1, waiting_rule="none"))
    tell_due(now=timezone.now())
    assert not OutgoingMail.objects.exists()
    assert Interest.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "You can book now."),
        ({"needs_approval": True}, "You can ask to come now."),
        ({"capacity": 1}, "All places are taken, but you can join the queue."),
    ],
)
def test_they_read_what_they_can_really_do(event, practitioner, fields, words):
    session = make_session(event=event, **fields)
    if "capacity" in fields:
        full(session)
    ask_for_a_date(event=event, person=practitioner, now=timezone.now())
    tell_due(now=timezone.now())
    assert words in OutgoingMail.objects.get(kind="interest").text


def test_an_event_that_is_not_for_somebody_cannot_be_asked_for(event, partner, signed_in):
    EventPage.objects.update(audience="staff")
    assert signed_in(partner).post(f"/events/interest/{event.pk}/").status_code == 404
    assert signed_in(make_person("amina", Role.PRACTITIONER)).post("/events/interest/999999/").status_code == 404
