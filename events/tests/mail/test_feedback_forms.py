"""After an event: the form opens by itself for those who came, reminds once, and asks again in six and twelve weeks."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.attendance.closing import close_list
from events.booking.verbs import book
from events.mail.feedback_forms import ask
from events.models import Attendance, Came, EventPage, Session, SessionDate
from feedback.models import QuestionSet, Survey
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(hub):
    """A day that three booked and two came to."""
    session = make_session(starts=nine_thirty(5), hours=2)
    date = session.dates.get()
    for name, came in (("amina", "yes"), ("ben", "part"), ("carys", "no")):
        booking, _ = book(key=session.key, person=make_person(name, Role.PRACTITIONER), now=timezone.now())
        Attendance.objects.create(booking=booking, date=date, came=came, minutes=1, how="list", at=date.starts_at)
    session.refresh_from_db()
    return session


def asked(kind) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("to", flat=True))


def test_the_form_opens_when_the_session_ends_for_those_who_came(session):
    ask(now=session.ends_at - timedelta(minutes=1))
    assert not Survey.objects.exists()
    for _ in range(2):
        ask(now=session.ends_at + timedelta(minutes=1))
    survey = Survey.objects.get()
    assert (survey.opens_at, survey.mode) == (session.ends_at, "anonymous")
    assert survey.invitations.count() == 2
    assert asked("feedback") == []


def test_a_mail_comes_after_an_hour_and_one_reminder_after_three_days_to_those_who_have_not_answered(session):
    for hours in (1, 2, 30, 72, 73, 100, 200):
        ask(now=session.ends_at + timedelta(hours=hours))
        Survey.objects.get().invitations.filter(person__first_name="Ben").update(answered=True)
    assert asked("feedback") == ["amina@hub.example", "ben@hub.example"]
    assert asked("feedback-reminder") == ["amina@hub.example"]


def test_six_and_twelve_weeks_later_people_are_asked_what_became_of_it(session):
    for weeks in (1, 6, 7, 12, 13):
        ask(now=session.ends_at + timedelta(weeks=weeks, hours=2))
    titles = sorted(Survey.objects.values_list("title", flat=True))
    assert titles == ["Feedback: Practice day", "Six weeks on: Practice day", "Twelve weeks on: Practice day"]
    assert len(asked("feedback-six-weeks")) == len(asked("feedback-twelve-weeks")) == 2


def test_where_heads_are_counted_everyone_with_a_place_is_asked_and_nobody_can_tell_who_came(hub):
    rounds = make_session(event=make_text(EventPage, "Rounds", event_kind="rounds"), starts=nine_thirty(5))
    for name in ("amina", "ben"):
        book(key=rounds.key, person=make_person(name, Role.PRACTITIONER), now=timezone.now())
    rounds.refresh_from_db()
    ask(now=rounds.ends_at + timedelta(minutes=5))
    survey = Survey.objects.get()
    assert (survey.mode, survey.closed_group, survey.invitations.count()) == ("anonymous", True, 2)


def test_where_nobody_has_said_who_came_everyone_is_asked_a_day_later(hub):
    session = make_session(starts=nine_thirty(5))
    book(key=session.key, person=make_person("amina", Role.PRACTITIONER), now=timezone.now())
    session.refresh_from_db()
    ask(now=session.ends_at + timedelta(hours=2))
    assert Survey.objects.get().invitations.count() == 0
    ask(now=session.ends_at + timedelta(hours=25))
    assert Survey.objects.get().invitations.count() == 1


def test_results_say_of_their_base_that_the_list_of_who_came_is_not_closed(session, organiser, signed_in):
    for model in (Session, SessionDate):
        model.objects.update(starts_at=days_ago(2), ends_at=days_ago(1))
    session.refresh_from_db()
    ask(now=session.ends_at + timedelta(hours=2))
    client, address = signed_in(organiser), f"/feedback/{Survey.objects.get().pk}/results"
    for form in ("/", ".csv"):
        assert "The list of who came is not closed" in client.get(address + form).content.decode()
    assert "of those asked answered" in client.get(f"{address}/").content.decode()
    close_list(date=session.dates.get(), by=organiser, now=timezone.now())
    for form in ("/", ".csv"):
        assert "not closed" not in client.get(address + form).content.decode()
    assert "of those who came answered" in client.get(f"{address}/").content.decode()


def test_results_of_people_asked_before_the_list_was_closed_do_not_call_them_those_who_came(hub, organiser, signed_in):
    session = make_session(starts=nine_thirty(5))
    people = [make_person(name, Role.PRACTITIONER) for name in ("amina", "ben")]
    for person in people:
        book(key=session.key, person=person, now=timezone.now())
    for model in (Session, SessionDate):
        model.objects.update(starts_at=days_ago(4), ends_at=days_ago(3))
    session.refresh_from_db()
    ask(now=timezone.now())
    client, address = signed_in(organiser), f"/feedback/{Survey.objects.get().pk}/results"
    assert "The list of who came is not closed" in client.get("/feedback/").content.decode()
    booking = session.bookings.get(person=people[0])
    Attendance.objects.create(booking=booking, date=session.dates.get(), came=Came.YES, minutes=60, at=timezone.now())
    close_list(date=session.dates.get(), by=organiser, now=timezone.now())
    for form in ("/", ".csv"):
        text = client.get(address + form).content.decode()
        assert "Some of those asked did not come" in text
    assert "of those asked answered" in client.get(f"{address}/").content.decode()
    listed = client.get("/feedback/").content.decode()
    assert "Some of those asked did not come" in listed
    assert "not closed" not in listed


def test_results_where_heads_are_counted_do_not_speak_of_who_came(hub, organiser, signed_in):
    rounds = make_session(event=make_text(EventPage, "Rounds", event_kind="rounds"), starts=nine_thirty(5))
    book(key=rounds.key, person=make_person("amina", Role.PRACTITIONER), now=timezone.now())
    rounds.refresh_from_db()
    ask(now=rounds.ends_at + timedelta(minutes=5))
    text = signed_in(organiser).get(f"/feedback/{Survey.objects.get().pk}/results/").content.decode()
    assert "everybody with a place was asked" in text
    assert "who came" not in text


def days_ago(number: int):
    return timezone.now() - timedelta(days=number)


def test_nobody_is_asked_about_what_was_cancelled(session):
    session.cancelled_at = timezone.now()
    session.save()
    ask(now=session.ends_at + timedelta(days=2))
    assert not Survey.objects.exists()


@pytest.mark.parametrize("purpose", ["reaction", "six-weeks", "twelve-weeks"])
def test_a_set_that_is_made_for_one_event_is_asked_there_alone(session, purpose):
    usual = QuestionSet.asked_for(purpose)
    own = QuestionSet(title="Of the practice day", purpose=purpose)
    own.full_clean()
    own.save()
    assert QuestionSet.asked_for(purpose) == usual
    own.usual = True
    with pytest.raises(ValidationError, match="Untick it there first"):
        own.full_clean()
    QuestionSet.objects.filter(pk=usual.pk).update(usual=False)
    own.full_clean()
    own.save()
    assert QuestionSet.asked_for(purpose) == own


def test_the_form_waits_on_the_booking_and_the_results_name_nobody(session, signed_in):
    from people.models import User

    ask(now=session.ends_at + timedelta(minutes=1))
    Survey.objects.update(opens_at=timezone.now() - timedelta(hours=1), closes_at=timezone.now() + timedelta(days=1))
    booking = session.bookings.get(person__first_name="Amina")
    page = signed_in(User.objects.get(first_name="Amina")).get(f"/me/bookings/{booking.key}/").content.decode()
    assert f"/feedback/{Survey.objects.get().pk}/" in page
