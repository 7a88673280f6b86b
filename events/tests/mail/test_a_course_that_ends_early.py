"""A course of which the rest falls: what took place stays as it was, and what fell is named, in mail and calendars."""

from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from events.booking.organising import cancel_date, cancel_session
from events.booking.verbs import book, leave
from events.mail.telling import tell_due
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = nine_thirty(21), nine_thirty(28), nine_thirty(35)
AFTER_THE_FIRST = FIRST + timedelta(days=1)


@pytest.fixture
def amina(hub):
    return make_person("amina", Role.PRACTITIONER)


def begun(person, dates: int = 3):
    """A course that has begun, and its booking."""
    session = make_session(starts=FIRST, dates=dates)
    booking, _ = book(key=session.key, person=person, now=timezone.now())
    tell_due(now=timezone.now())
    OutgoingMail.objects.all().delete()
    return session, booking


def letter(now) -> OutgoingMail:
    tell_due(now=now)
    return OutgoingMail.objects.get()


def out_of_the_calendar(mail) -> list:
    return [icalendar.Calendar.from_ical(file).walk("VEVENT")[0]["dtstart"].dt for file in mail.calendar_files]


def words(moment) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y}"


def test_a_subject_names_the_date_that_fell_and_not_one_that_took_place(amina, organiser):
    session, _ = begun(amina)
    cancel_session(session=session, by=organiser, now=AFTER_THE_FIRST, reason="The trainer is ill.")
    mail = letter(AFTER_THE_FIRST)
    assert mail.subject == f"Cancelled: Practice day, {words(SECOND)}, 9.30am"
    assert out_of_the_calendar(mail) == [SECOND, THIRD]


def test_a_subject_names_the_date_that_fell_now_and_not_one_that_fell_before(amina, organiser):
    session, _ = begun(amina, dates=2)
    now = timezone.now()
    cancel_date(date=session.dates.first(), by=organiser, now=now, reason="Snow.")
    letter(now)
    OutgoingMail.objects.all().delete()
    cancel_date(date=session.dates.last(), by=organiser, now=now + timedelta(days=1), reason="Snow.")
    mail = letter(now + timedelta(days=1))
    assert mail.subject == f"Cancelled: Practice day, {words(SECOND)}, 9.30am"


def test_nobody_keeps_a_place_at_other_dates_where_none_is_to_come(amina, organiser):
    session, _ = begun(amina, dates=2)
    cancel_date(date=session.dates.last(), by=organiser, now=AFTER_THE_FIRST, reason="The trainer is ill.")
    text = letter(AFTER_THE_FIRST).text
    assert "No other date is still to come." in text
    assert "other dates" not in text


def test_what_took_place_stays_in_the_calendar_of_who_gives_up_the_rest(amina):
    _, booking = begun(amina)
    leave(booking=booking, by=amina, now=AFTER_THE_FIRST)
    assert out_of_the_calendar(letter(AFTER_THE_FIRST)) == [SECOND, THIRD]


def test_the_desk_says_which_dates_of_a_course_fell(amina, organiser, signed_in):
    session, _ = begun(amina)
    with time_machine.travel(AFTER_THE_FIRST, tick=False):
        cancel_session(session=session, by=organiser, now=timezone.now(), reason="The trainer is ill.")
        page = signed_in(organiser).get(reverse("desk_list") + "?show=past").content.decode()
    assert f"Cancelled: {words(SECOND)}, 9.30am to 11.30am and 1 more date" in page
