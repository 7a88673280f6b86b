"""What a move of dates does to what was promised: offers, requests and turns in the queue fit the new time."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from events.booking.approving import ask_due
from events.booking.organising import cancel_date, move_date
from events.booking.verbs import book, leave
from events.mail.telling import tell_due
from events.models import Booking
from events.states import State
from events.tests.test_session_form import form, typed
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import in_a_working_week, make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = in_a_working_week(0, 10), in_a_working_week(1, 14)
NEXT_MONDAY = in_a_working_week(7, 14)


@pytest.fixture
def amina(hub):
    return make_person("amina", Role.PRACTITIONER)


@pytest.fixture
def ben(hub):
    return make_person("ben", Role.PRACTITIONER)


def at_the_desk(session, organiser, signed_in, starts, now):
    date = session.dates.first()
    move_date(date=date, starts_at=starts, ends_at=starts + timedelta(hours=1), place="", by=organiser, now=now)


def in_the_cms(session, organiser, signed_in, starts, now):
    date = session.dates.first()
    moved = {"id": date.pk, "starts_at": typed(starts), "ends_at": typed(starts + timedelta(hours=1))}
    rest = [
        {"id": one.pk, "starts_at": typed(one.starts_at), "ends_at": typed(one.ends_at)}
        for one in session.dates.exclude(pk=date.pk)
    ]
    sent = form(session, [moved, *rest], waiting_rule=session.waiting_rule)
    if session.needs_approval:
        sent["needs_approval"] = "on"
    with time_machine.travel(now, tick=False):
        answer = signed_in(organiser).post(reverse("event_sessions:edit", args=[session.pk]), sent)
    assert answer.status_code == 302


ways = pytest.mark.parametrize("move", [at_the_desk, in_the_cms])


def offered(session, first, second) -> Booking:
    """The second has the offer of the place that the first gave up."""
    mine, _ = book(key=session.key, person=first, now=MONDAY - timedelta(days=5))
    theirs, _ = book(key=session.key, person=second, now=MONDAY - timedelta(days=5))
    leave(booking=mine, by=first, now=MONDAY)
    theirs.refresh_from_db()
    assert theirs.state == State.OFFERED
    return theirs


def read(person, now) -> str:
    ask_due(now=now)
    tell_due(now=now)
    return " ".join(OutgoingMail.objects.filter(to=person.email).order_by("pk").values_list("text", flat=True))


@ways
def test_an_offer_never_stands_longer_than_until_the_session_starts(move, amina, ben, organiser, signed_in):
    session = make_session(capacity=1, starts=NEXT_MONDAY, waiting_rule="offer")
    booking = offered(session, amina, ben)
    move(session, organiser, signed_in, in_a_working_week(1, 9), MONDAY)
    booking.refresh_from_db()
    assert booking.state == State.OFFERED
    assert booking.offered_until == in_a_working_week(1, 9)
    told = read(ben, MONDAY)
    assert "The place is still offered to you, until" in told
    assert "9am. Take it or pass it on." in told


@ways
def test_an_offer_that_fits_keeps_the_moment_that_was_promised(move, amina, ben, organiser, signed_in):
    session = make_session(capacity=1, starts=NEXT_MONDAY, waiting_rule="offer")
    booking = offered(session, amina, ben)
    promised = booking.offered_until
    move(session, organiser, signed_in, NEXT_MONDAY + timedelta(days=1), MONDAY)
    booking.refresh_from_db()
    assert booking.offered_until == promised


@ways
def test_a_request_is_answered_before_the_session_starts_and_who_answers_hears_of_less_time(
    move, amina, organiser, manager, signed_in
):
    amina.manager = manager
    amina.save()
    session = make_session(starts=NEXT_MONDAY, needs_approval=True)
    booking, _ = book(key=session.key, person=amina, now=MONDAY)
    read(manager, MONDAY)
    assert OutgoingMail.objects.filter(to=manager.email).count() == 1
    move(session, organiser, signed_in, TUESDAY, MONDAY)
    booking.refresh_from_db()
    assert booking.answer_by == TUESDAY
    read(manager, MONDAY)
    _, again = OutgoingMail.objects.filter(to=manager.email).order_by("pk")
    assert "2pm" in again.text.split("Answer by")[1].split("Answer:")[0]


@ways
def test_a_place_that_is_free_goes_to_who_waits_once_there_is_time_again(move, amina, ben, organiser, signed_in):
    session = make_session(capacity=1, starts=TUESDAY)
    session.queue_closes_at = TUESDAY - timedelta(minutes=10)
    session.save()
    mine, _ = book(key=session.key, person=amina, now=MONDAY - timedelta(days=9))
    theirs, _ = book(key=session.key, person=ben, now=MONDAY - timedelta(days=9))
    late = TUESDAY - timedelta(hours=5)
    leave(booking=mine, by=amina, now=late)
    theirs.refresh_from_db()
    assert theirs.state == State.WAITING
    move(session, organiser, signed_in, TUESDAY + timedelta(days=28), late)
    theirs.refresh_from_db()
    assert theirs.state == State.BOOKED


def test_a_place_goes_to_who_waits_when_the_near_date_falls_and_a_far_one_is_left(amina, ben, organiser):
    session = make_session(capacity=1, starts=TUESDAY, dates=3)
    session.queue_closes_at = TUESDAY - timedelta(minutes=10)
    session.save()
    mine, _ = book(key=session.key, person=amina, now=MONDAY - timedelta(days=9))
    theirs, _ = book(key=session.key, person=ben, now=MONDAY - timedelta(days=9))
    late = TUESDAY - timedelta(hours=5)
    leave(booking=mine, by=amina, now=late)
    session.queue_closes_at = None
    session.save()
    cancel_date(date=session.dates.first(), by=organiser, now=late, reason="Snow.")
    theirs.refresh_from_db()
    assert theirs.state == State.BOOKED


def fields_of(page) -> dict:
    """What a form on a page would send as it stands."""
    form = next(one for one in BeautifulSoup(page.content, "html.parser").select("form") if one.select("[name=seen]"))
    sent = {one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=checkbox])")}
    return sent | {
        one["name"]: one.select_one("[selected]")["value"] for one in form.select("select[name]:has([selected])")
    }


def test_a_move_that_somebody_else_made_meanwhile_is_not_undone_from_the_desk(amina, organiser, signed_in):
    session, now = make_session(), timezone.now()
    book(key=session.key, person=amina, now=now)
    date, client = session.dates.get(), signed_in(organiser)
    address = reverse("desk_move", args=[session.key, date.key])
    open_form = fields_of(client.get(address)) | {"place": "Annexe"}
    later = date.starts_at + timedelta(days=2)
    move_date(date=date, starts_at=later, ends_at=later + timedelta(hours=2), place="", by=organiser, now=now)
    answer = client.post(address, open_form)
    assert answer.status_code == 400
    assert "Somebody else has changed this date since you opened it." in answer.content.decode()
    date.refresh_from_db()
    assert (date.starts_at, date.place) == (later, "")
    # Whoever presses again has read it, and means it.
    assert client.post(address, fields_of(answer)).status_code == 302
    date.refresh_from_db()
    assert date.place == "Annexe"


def test_a_move_that_somebody_else_made_meanwhile_is_not_undone_from_the_cms(amina, organiser, signed_in):
    session, now = make_session(), timezone.now()
    book(key=session.key, person=amina, now=now)
    date, client = session.dates.get(), signed_in(organiser)
    address = reverse("event_sessions:edit", args=[session.pk])
    seen = fields_of(client.get(address))["seen"]
    open_form = form(session, title="Group A") | {"seen": seen}
    later = date.starts_at + timedelta(days=2)
    move_date(date=date, starts_at=later, ends_at=later + timedelta(hours=2), place="", by=organiser, now=now)
    answer = client.post(address, open_form)
    assert "Somebody else has changed this session since you opened it." in answer.content.decode()
    date.refresh_from_db()
    assert date.starts_at == later
    again = open_form | {"seen": fields_of(answer)["seen"]}
    assert client.post(address, again).status_code == 302


def test_what_was_cancelled_is_not_moved_in_the_cms_either(amina, organiser, signed_in):
    session, now = make_session(dates=2), timezone.now()
    book(key=session.key, person=amina, now=now)
    first, second = session.dates.all()
    cancel_date(date=first, by=organiser, now=now, reason="Snow.")
    later = first.starts_at + timedelta(days=1)
    dates = [
        {"id": first.pk, "starts_at": typed(later), "ends_at": typed(later + timedelta(hours=2))},
        {"id": second.pk, "starts_at": typed(second.starts_at), "ends_at": typed(second.ends_at)},
    ]
    answer = signed_in(organiser).post(reverse("event_sessions:edit", args=[session.pk]), form(session, dates))
    assert "This date was cancelled, so it cannot be moved." in answer.content.decode()
    first.refresh_from_db()
    assert first.starts_at != later


def test_no_date_is_added_to_what_was_called_off(amina, organiser, signed_in):
    session, now = make_session(), timezone.now()
    book(key=session.key, person=amina, now=now)
    cancel_date(date=session.dates.get(), by=organiser, now=now, reason="Snow.")
    session.refresh_from_db()
    assert session.cancelled_at
    date = session.dates.get()
    kept = {"id": date.pk, "starts_at": typed(date.starts_at), "ends_at": typed(date.ends_at)}
    new = {"starts_at": typed(nine_thirty(50)), "ends_at": typed(nine_thirty(50) + timedelta(hours=2))}
    edit = reverse("event_sessions:edit", args=[session.pk])
    answer = signed_in(organiser).post(edit, form(session, [kept, new]))
    assert "Make another session instead." in answer.content.decode()
    assert session.dates.count() == 1
    # What else is written of it may still be put right.
    assert signed_in(organiser).post(edit, form(session, [kept], title="Group A")).status_code == 302
