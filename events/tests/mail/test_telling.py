"""The mail of a booking: one letter for each thing that happens, with a calendar entry that calendars keep right."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.utils import timezone

from events.booking.approving import ask_due
from events.booking.lapsing import lapse
from events.booking.organising import cancel_date, cancel_session, move_date
from events.booking.team_places import keep_places, name_place
from events.booking.verbs import book, leave, swap
from events.mail.reminding import how_soon, remind
from events.mail.telling import tell_due
from events.models import Session
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(hub):
    return make_person("amina", Role.PRACTITIONER)


@pytest.fixture
def ben(hub):
    return make_person("ben", Role.PRACTITIONER)


def mails(person=None) -> list[OutgoingMail]:
    """Everything written so far, told once and again: the second time adds nothing."""
    for _ in range(2):
        ask_due(now=timezone.now())
        tell_due(now=timezone.now())
    found = OutgoingMail.objects.order_by("pk")
    return list(found.filter(to=person.email) if person else found)


def sign_up(session, person):
    return book(key=session.key, person=person, now=timezone.now())[0]


def event_of(file: str):
    """The one VEVENT of a file, read by two libraries that agree on it."""
    calendar = icalendar.Calendar.from_ical(file)
    (event,) = calendar.walk("VEVENT")
    second = vobject.readOne(file)
    assert second.vevent.dtstart.value.astimezone(UTC) == event["dtstart"].dt.astimezone(UTC)
    assert second.vevent.uid.value == str(event["uid"])
    assert str(calendar["method"]) == second.method.value
    return event


class TestOneLetterForEachThing:
    def test_a_place_is_told_with_an_invitation(self, amina):
        session = make_session(title="Group A")
        sign_up(session, amina)
        (mail,) = mails()
        assert mail.subject.startswith("You have a place: Practice day: Group A, ")
        assert "Hello Amina" in mail.text
        assert f"/me/bookings/{session.bookings.get().key}/" in mail.text
        assert "Civic Offices" in mail.html
        (file,) = mail.calendar_files
        event = event_of(file)
        date = session.dates.get()
        assert (str(event["uid"]), event["sequence"], event["dtstart"].dt) == (date.uid, 0, date.starts_at)
        assert "METHOD:REQUEST" in file
        assert str(event["attendee"]) == f"mailto:{amina.email}"

    def test_a_course_brings_a_file_for_each_date(self, amina):
        session = make_session(dates=6)
        sign_up(session, amina)
        (mail,) = mails()
        assert len({str(event_of(file)["uid"]) for file in mail.calendar_files}) == 6

    def test_whoever_waits_gets_no_calendar_entry_until_there_is_a_place(self, amina, ben):
        session = make_session(capacity=1)
        first, second = sign_up(session, amina), sign_up(session, ben)
        assert second.state == "waiting"
        (queued,) = mails(ben)
        assert queued.subject.startswith("You are in the queue")
        assert queued.calendar_files == []
        leave(booking=first, by=amina, now=timezone.now())
        placed = mails(ben)[-1]
        assert placed.subject.startswith("You have a place")
        assert len(placed.calendar_files) == 1

    def test_giving_up_takes_the_entry_out_and_coming_back_goes_on_counting(self, amina):
        session = make_session()
        leave(booking=sign_up(session, amina), by=amina, now=timezone.now())
        sign_up(session, amina)
        files = [file for mail in mails(amina) for file in mail.calendar_files]
        events = [event_of(file) for file in files]
        assert len({str(event["uid"]) for event in events}) == 1
        assert [event["sequence"] for event in events] == sorted({event["sequence"] for event in events})

    def test_cancelling_says_so_to_calendars_as_they_understand_it(self, amina):
        session = make_session()
        booking = sign_up(session, amina)
        mails()
        leave(booking=booking, by=amina, now=timezone.now())
        (file,) = mails(amina)[-1].calendar_files
        event = event_of(file)
        assert "METHOD:CANCEL" in file
        assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)

    def test_a_moved_date_changes_the_entry_of_everybody_with_a_place(self, amina, ben, organiser):
        session = make_session(capacity=1)
        sign_up(session, amina), sign_up(session, ben)
        mails()
        date = session.dates.get()
        starts = date.starts_at + timedelta(days=1)
        for _ in range(2):
            move_date(
                date=date,
                starts_at=starts,
                ends_at=starts + timedelta(hours=1),
                place="",
                by=organiser,
                now=timezone.now(),
            )
        moved = mails(amina)[-1]
        event = event_of(moved.calendar_files[0])
        assert moved.subject.startswith("New time or place")
        assert (str(event["uid"]), event["sequence"], event["dtstart"].dt) == (date.uid, 1, starts)
        assert mails(ben)[-1].calendar_files == []

    def test_one_cancelled_date_leaves_the_others(self, amina, organiser):
        session = make_session(dates=3)
        sign_up(session, amina)
        mails()
        date = session.dates.all()[1]
        cancel_date(date=date, by=organiser, now=timezone.now(), reason="The room is lost")
        mail = mails(amina)[-1]
        assert "The room is lost." in mail.text
        assert [str(event_of(file)["uid"]) for file in mail.calendar_files] == [date.uid]
        assert not Session.objects.get().cancelled_at

    def test_a_second_date_that_is_cancelled_tells_of_that_one_alone(self, amina, organiser):
        session = make_session(dates=3)
        sign_up(session, amina)
        mails()
        first, second, _ = session.dates.all()
        cancel_date(date=first, by=organiser, now=timezone.now(), reason="The room is lost")
        before = len(mails(amina))
        cancel_date(date=second, by=organiser, now=timezone.now(), reason="Snow")
        (mail,) = mails(amina)[before:]
        assert [str(event_of(file)["uid"]) for file in mail.calendar_files] == [second.uid]
        assert "the 2nd of 3 dates" in mail.text

    def test_a_cancelled_session_is_told_to_everybody_in_it_and_in_its_queue(self, amina, ben, organiser):
        session = make_session(capacity=1)
        sign_up(session, amina), sign_up(session, ben)
        cancel_session(session=session, by=organiser, now=timezone.now(), reason="Snow")
        for person in (amina, ben):
            assert mails(person)[-1].subject.startswith("Cancelled: ")

    def test_a_place_handed_over_leaves_one_calendar_and_enters_the_other(self, amina, ben):
        session = make_session()
        booking = sign_up(session, amina)
        mails()
        swap(booking=booking, to=ben, by=amina, now=timezone.now())
        mails()
        assert "METHOD:CANCEL" in mails(amina)[-1].calendar_files[0]
        assert "METHOD:REQUEST" in mails(ben)[-1].calendar_files[0]
        assert "Amina Test handed you the place." in mails(ben)[-1].text

    def test_a_request_is_told_to_the_manager_and_its_end_to_both(self, amina, manager):
        amina.manager = manager
        amina.save()
        session = make_session(needs_approval=True, starts=nine_thirty(40))
        sign_up(session, amina)
        assert mails(manager)[0].subject.startswith("Amina Test asks to come")
        lapse(now=timezone.now() + timedelta(days=8))
        assert mails(amina)[-1].subject.startswith("Your request has lapsed")
        assert mails(manager)[-1].subject == "A request of Amina Test has lapsed"

    def test_a_join_link_is_in_no_mail_and_no_file(self, amina):
        session = make_session(held="online", join_link="https://meet.example/secret")
        sign_up(session, amina)
        mail = mails()[0]
        assert "meet.example" not in mail.text + mail.html + "".join(mail.calendar_files)


class TestReminders:
    @pytest.mark.parametrize(
        ("days", "words"),
        [
            (0, "Today"),
            (1, "Tomorrow"),
            (2, "In two days"),
            (7, "In a week"),
            (13, "In thirteen days"),
            (14, "In two weeks"),
        ],
    )
    def test_say_how_soon_it_is(self, days, words):
        assert how_soon(days) == words

    def test_come_14_5_and_1_days_before_and_each_once(self, amina):
        session = make_session(starts=nine_thirty(40))
        sign_up(session, amina)
        starts = session.dates.get().starts_at
        OutgoingMail.objects.all().delete()
        for days in (20, 13.9, 13, 6, 4.9, 2, 0.9, 0.5):
            remind(now=starts - timedelta(days=days))
        subjects = [mail.subject.split(":")[0] for mail in OutgoingMail.objects.order_by("pk")]
        assert subjects == ["In two weeks", "In five days", "Tomorrow"]

    def test_come_from_the_very_moment_on_and_none_once_it_has_begun(self, amina):
        early, late = make_session(starts=nine_thirty(40)), make_session(starts=nine_thirty(90))
        for session in (early, late):
            sign_up(session, amina)
        reminders, starts, minute = (
            OutgoingMail.objects.filter(kind="booking-reminder"),
            nine_thirty(40),
            timedelta(minutes=1),
        )
        counts = []
        for days in (14, 5, 1):
            for before in (minute, timedelta(0)):
                remind(now=starts - timedelta(days=days) - before)
                counts.append(reminders.count())
        assert counts == [0, 1, 1, 2, 2, 3]
        for after in (timedelta(0), timedelta(hours=1)):
            remind(now=nine_thirty(90) + after)
        assert reminders.count() == 3

    def test_of_two_sessions_that_begin_at_once_each_has_its_own(self, amina, ben):
        for person in (amina, ben):
            sign_up(make_session(starts=nine_thirty(40)), person)
        remind(now=nine_thirty(38))
        assert set(OutgoingMail.objects.filter(kind="booking-reminder").values_list("to", flat=True)) == {
            "amina@hub.example",
            "ben@hub.example",
        }

    def test_say_which_of_several_dates_it_is(self, amina):
        for dates in (1, 2):
            sign_up(make_session(starts=nine_thirty(40), dates=dates), amina)
        remind(now=nine_thirty(38))
        said = [re.search("You have a place .*", mail.text)[0] for mail in mails() if mail.kind == "booking-reminder"]
        assert sorted(said) == [
            "You have a place in nine days: the 2nd of 2 dates.",
            "You have a place in two days.",
            "You have a place in two days: the 1st of 2 dates.",
        ]

    def test_are_not_sent_to_who_has_left(self, amina):
        sign_up(make_session(starts=nine_thirty(40)), amina)
        type(amina).objects.filter(pk=amina.pk).update(is_active=False)
        remind(now=nine_thirty(38))
        assert not OutgoingMail.objects.filter(kind="booking-reminder").exists()

    def test_do_not_follow_a_booking_at_once(self, amina):
        sign_up(make_session(starts=nine_thirty(4)), amina)
        remind(now=timezone.now())
        assert not OutgoingMail.objects.filter(kind="booking-reminder").exists()

    def test_come_anew_for_a_date_that_was_moved(self, amina, organiser):
        session = make_session(starts=nine_thirty(40))
        sign_up(session, amina)
        date = session.dates.get()
        remind(now=date.starts_at - timedelta(days=10))
        later = date.starts_at + timedelta(days=30)
        move_date(
            date=date, starts_at=later, ends_at=later + timedelta(hours=1), place="", by=organiser, now=timezone.now()
        )
        remind(now=later - timedelta(days=10))
        assert OutgoingMail.objects.filter(kind="booking-reminder").count() == 2

    def test_are_not_sent_to_those_who_cannot_come_or_for_dates_that_are_off(self, amina, ben, organiser):
        session = make_session(starts=nine_thirty(40), dates=2)
        leave(booking=sign_up(session, amina), by=amina, now=timezone.now())
        sign_up(session, ben)
        first = session.dates.first()
        cancel_date(date=first, by=organiser, now=timezone.now(), reason="x")
        remind(now=first.starts_at - timedelta(hours=20))
        assert [mail.subject.split(":")[0] for mail in OutgoingMail.objects.filter(kind="booking-reminder")] == [
            "In eight days"
        ]


@pytest.mark.parametrize(
    ("day", "utc_hour"), [((2027, 3, 28), 8), ((2027, 3, 29), 8), ((2026, 10, 24), 8), ((2026, 10, 25), 9)]
)
def test_half_past_nine_is_half_past_nine_on_both_sides_of_the_clock_change(amina, day, utc_hour):
    starts = datetime(*day, 9, 30, tzinfo=ZoneInfo("Europe/London"))
    session = make_session(starts=starts)
    book(key=session.key, person=amina, now=starts - timedelta(days=30))
    mail = mails()[0]
    assert "9.30am to 11.30am" in mail.text
    event = event_of(mail.calendar_files[0])
    assert event["dtstart"].dt == datetime(*day, utc_hour, 30, tzinfo=UTC)


def test_who_is_given_a_place_is_not_reminded_of_it_in_the_same_hour(amina, ben, manager):
    session, now = make_session(starts=nine_thirty(20)), timezone.now()
    booking = sign_up(session, amina)
    swap(booking=booking, to=ben, by=amina, now=nine_thirty(16))
    ben.manager = manager
    ben.save()
    (kept,) = keep_places(session=session, manager=manager, number=1, now=now)
    cleo = make_person("cleo", Role.PRACTITIONER, manager=manager)
    name_place(booking=kept, person=cleo, manager=manager, now=nine_thirty(16))
    remind(now=nine_thirty(16) + timedelta(minutes=1))
    assert not OutgoingMail.objects.filter(kind="booking-reminder").exists()
    remind(now=nine_thirty(19))
    told = OutgoingMail.objects.filter(kind="booking-reminder").values_list("to", flat=True)
    assert sorted(told) == [ben.email, cleo.email]
