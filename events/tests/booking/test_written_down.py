"""What is written down of who came is one fact: no verb goes behind it, and every list reads the same."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.attendance import lists
from events.attendance.attending import check_in, mark
from events.attendance.certificate import certificate_of
from events.attendance.room_codes import room_code
from events.booking import organising
from events.booking import verbs as gate
from events.booking.verbs import book, leave, swap
from events.mail.feedback_forms import people_who_came
from events.models import rules_of
from events.reading.attendance_list import AttendanceList
from home.record import LearningRecord
from learning.time import month
from people.refusals import NotPossible
from people.roles import Role
from tests.builders import make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db

WORDS = {"reason": "A mistake."}


@pytest.fixture
def amina(hub):
    return make_person("amina", Role.PRACTITIONER)


@pytest.fixture
def ben(hub):
    return make_person("ben", Role.PRACTITIONER)


def session_with(person, organiser, *, dates=1):
    """A morning, or several a week apart, at which somebody has a place."""
    session = make_session(hours=1.5, starts=nine_thirty(8), organiser=organiser, dates=dates, capacity=2)
    session.first = session.dates.first()
    booking, _ = book(key=session.key, person=person, now=timezone.now())
    return session, booking


VERBS = {
    "giving the place up": lambda it, now: leave(booking=it.booking, by=it.amina, now=now),
    "handing it over": lambda it, now: swap(booking=it.booking, by=it.amina, to=it.ben, now=now),
    "being removed": lambda it, now: organising.remove(booking=it.booking, by=it.organiser, now=now, **WORDS),
    "calling the date off": lambda it, now: organising.cancel_date(
        date=it.session.first, by=it.organiser, now=now, **WORDS
    ),
    "calling the session off": lambda it, now: organising.cancel_session(
        session=it.session, by=it.organiser, now=now, **WORDS
    ),
    "moving it to another day": lambda it, now: organising.move_date(
        date=it.session.first,
        starts_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3, hours=1),
        place="",
        by=it.organiser,
        now=now,
    ),
}


class TestOnceItIsWrittenDownWhoCame:
    @pytest.fixture
    def it(self, amina, ben, organiser):
        class It:
            """Somebody with a place, a colleague, and the organiser of the session."""

        It.amina, It.ben, It.organiser = amina, ben, organiser
        It.session, It.booking = session_with(amina, organiser)
        It.now = It.session.first.starts_at + timedelta(minutes=5)
        return It

    @pytest.mark.parametrize("verb", VERBS)
    @pytest.mark.parametrize("how", ["by the code", "by the organiser", "as missing"])
    def test_nothing_goes_behind_it_until_the_list_is_corrected(self, it, verb, how):
        def tick(came):
            mark(booking=it.booking, date=it.session.first, came=came, by=it.organiser, now=it.now)

        if how == "by the code":
            check_in(code=room_code(it.session.first, it.now), person=it.amina, now=it.now)
        else:
            tick("no" if how == "as missing" else "yes")
        with pytest.raises(NotPossible, match="written down") as refused:
            VERBS[verb](it, it.now)
        assert refused.value.code == "came"
        it.booking.refresh_from_db()
        assert (it.booking.state, it.booking.person) == ("booked", it.amina)
        tick("")
        VERBS[verb](it, it.now)

    def test_it_is_asked_behind_the_lock(self, it, monkeypatch):
        lock, calls = gate.locked, []

        def somebody_was_quicker(*args, **kwargs):
            if not calls:
                calls.append(1)
                check_in(code=room_code(it.session.first, it.now), person=it.amina, now=it.now)
            return lock(*args, **kwargs)

        monkeypatch.setattr(gate, "locked", somebody_was_quicker)
        with pytest.raises(NotPossible, match="whether you came"):
            leave(booking=it.booking, by=it.amina, now=it.now)

    def test_the_screen_offers_no_step_that_would_be_refused(self, it, signed_in):
        check_in(code=room_code(it.session.first, it.now), person=it.amina, now=it.now)
        with time_machine.travel(it.now):
            page = signed_in(it.amina).get(f"/me/bookings/{it.booking.key}/").content.decode()
        assert "/leave/" not in page
        assert "/hand-over/" not in page


def test_who_gives_up_the_rest_of_a_course_keeps_what_they_came_to_on_every_list(amina, ben, organiser):
    session, booking = session_with(amina, organiser, dates=3)
    first, second, _ = session.dates.all()
    check_in(code=room_code(first, first.starts_at), person=amina, now=first.starts_at)
    after = first.ends_at + timedelta(days=1)
    with pytest.raises(NotPossible, match="stays in your name"):
        swap(booking=booking, by=amina, to=ben, now=after)
    assert leave(booking=booking, by=amina, now=after).state == "cancelled"
    booking.refresh_from_db()
    assert AttendanceList(first, after, {}).words == "1 of 1 are here."
    assert AttendanceList(second, after, {}).expected == 0
    assert [row[0] for row in lists.attendance(session).rows] == [amina]
    assert month(amina, timezone.localdate(first.starts_at)).taken == 90
    assert len(LearningRecord(amina, after).came.rows) == 1
    assert certificate_of(booking, after).hours
    assert people_who_came(session, rules_of("practice-day"), session.dates.last().ends_at) == [amina]
    # And the list can still be put right.
    mark(booking=booking, date=first, came="no", by=organiser, now=after, reason="Somebody else’s tick.")
    assert certificate_of(booking, after) is None


def test_a_course_called_off_half_way_keeps_the_dates_that_took_place(amina, organiser):
    session, booking = session_with(amina, organiser, dates=2)
    first, second = session.dates.all()
    check_in(code=room_code(first, first.starts_at), person=amina, now=first.starts_at)
    with pytest.raises(NotPossible, match="took place"):
        organising.cancel_date(date=first, by=organiser, now=first.starts_at, reason="The trainer is ill.")
    organising.cancel_session(session=session, by=organiser, now=first.starts_at, reason="The trainer is ill.")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.cancelled_at, bool(second.cancelled_at)) == (None, True)
    booking.refresh_from_db()
    assert certificate_of(booking, first.ends_at)
