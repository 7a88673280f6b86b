"""What somebody has booked stands in their month as planned, and follows what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.attendance.attending import mark
from events.attendance.planned_time import plan_time
from events.booking.organising import cancel_date
from events.booking.verbs import book, leave
from events.models import SessionDate
from learning.models import TimeEntry
from learning.time import month
from tests.builders import make_session, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(practitioner, hub):
    return book(key=make_session(starts=nine_thirty(10)).key, person=practitioner, now=timezone.now())[0]


def planned(person) -> list[tuple]:
    plan_time(now=timezone.now())
    return list(TimeEntry.objects.filter(person=person).values_list("state", "on", "minutes"))


def test_is_written_once_and_seen_in_the_month(booking, practitioner):
    date = booking.session.dates.get()
    expected = [("planned", timezone.localdate(date.starts_at), date.minutes)]
    assert planned(practitioner) == expected
    assert planned(practitioner) == expected
    assert month(practitioner, timezone.localdate(date.starts_at)).planned == date.minutes


def test_goes_with_the_booking_and_with_the_date(booking, practitioner, organiser):
    planned(practitioner)
    leave(booking=booking, by=practitioner, now=timezone.now(), reason="")
    assert planned(practitioner) == []


def test_moves_with_the_date_and_ends_when_it_is_cancelled(booking, practitioner, organiser):
    planned(practitioner)
    date = booking.session.dates.get()
    later = date.starts_at + timedelta(days=3)
    SessionDate.objects.filter(pk=date.pk).update(starts_at=later, ends_at=later + timedelta(hours=1))
    assert planned(practitioner) == [("planned", timezone.localdate(later), 60)]
    cancel_date(date=SessionDate.objects.get(), by=organiser, now=timezone.now(), reason="Snow")
    assert planned(practitioner) == []


def test_what_was_attended_or_lost_is_not_planned_again(booking, practitioner, organiser):
    planned(practitioner)
    TimeEntry.objects.update(state="lost")
    assert [state for state, *_ in planned(practitioner)] == ["lost"]
    date = booking.session.dates.get()
    mark(booking=booking, date=date, came="yes", by=organiser, now=date.ends_at)
    plan_time(now=date.ends_at)
    assert TimeEntry.objects.get().state == "taken"


def test_is_a_handful_of_queries_however_many_booked(booking, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        plan_time(now=timezone.now())
