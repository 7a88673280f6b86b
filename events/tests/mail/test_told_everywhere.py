"""Every change of where and when, made in every way, in every place that says it: page, mail, calendar, paper."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from events.booking.lock import locked
from events.booking.noting import SETTLED, notice, noting
from events.booking.organising import cancel_date, cancel_session, move_date
from events.booking.verbs import book
from events.mail.calendars import renew_feed
from events.mail.reminding import letter as reminder
from events.mail.telling import asked_letter, tell_due
from events.models import BookingChange, EventPage, Session, SessionDate
from events.tests.test_session_form import form, typed
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db

FIRST, SECOND = nine_thirty(20), nine_thirty(27) + timedelta(hours=3)


@dataclass(frozen=True)
class Way:
    """One change: how it is made, what everybody reads from then on, what nobody reads any more, and the mail of it."""

    make: object
    now: list[str]
    gone: list[str]
    subject: str
    mail: list[str] = field(default_factory=list)
    # Screens that show the first date alone say nothing of a later one.
    in_short: bool = True
    files: list[str] = field(default_factory=list)


def at_the_desk(session, organiser, desk, **changed):
    date = session.dates.first()
    given = {"starts_at": date.starts_at, "ends_at": date.ends_at, "place": date.place} | changed
    move_date(date=date, by=organiser, now=timezone.now(), **given)


def in_the_cms(session, desk, dates=None, **fields):
    kept = [
        {"id": one.pk, "starts_at": typed(one.starts_at), "ends_at": typed(one.ends_at), "place": one.place}
        for one in session.dates.all()
    ]
    basis = {"title": session.title, "held": session.held, "place": session.place, "join_link": session.join_link}
    answer = desk.post(
        reverse("event_sessions:edit", args=[session.pk]), form(session, kept + (dates or []), **basis | fields)
    )
    assert answer.status_code == 302, BeautifulSoup(answer.content, "html.parser").select(".error-message")


def by_hand(session):
    """Somebody who goes round every form: a fixture, or a hand in the database."""
    notice(now=timezone.now())
    Session.objects.filter(pk=session.pk).update(place="Annexe")


def words(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y}"


ONLINE = "https://meet.example/secret"
AFTERNOON = FIRST.replace(hour=14)
WAYS = {
    "one date to another room": Way(
        lambda session, organiser, desk: at_the_desk(session, organiser, desk, place="Annexe"),
        ["Annexe", "9.30am to 11.30am"],
        ["Hall, Civic Offices"],
        f"New time or place: A day: Group A, {words(FIRST)}, 9.30am",
        ["it was Hall, Civic Offices, it is Annexe."],
        files=["LOCATION:Annexe"],
    ),
    "one date to another time": Way(
        lambda session, organiser, desk: at_the_desk(
            session, organiser, desk, starts_at=AFTERNOON, ends_at=AFTERNOON + timedelta(hours=2)
        ),
        ["2.30pm to 4.30pm", "Hall, Civic Offices"],
        ["9.30am"],
        f"New time or place: A day: Group A, {words(FIRST)}, 2.30pm",
        [f"It was {words(FIRST)}, 9.30am to 11.30am. It is now", "2.30pm to 4.30pm."],
        files=[f"DTSTART:{AFTERNOON.astimezone(UTC):%Y%m%dT%H%M%SZ}"],
    ),
    "the session to another room": Way(
        lambda session, organiser, desk: in_the_cms(session, desk, place="Annexe"),
        ["Annexe"],
        ["Hall, Civic Offices"],
        "New time or place: A day: Group A, ",
        ["it was Hall, Civic Offices, it is Annexe."],
        files=["LOCATION:Annexe"],
    ),
    "the session to another room by hand": Way(
        lambda session, organiser, desk: by_hand(session),
        ["Annexe"],
        ["Hall, Civic Offices"],
        "New time or place: A day: Group A, ",
        ["it was Hall, Civic Offices, it is Annexe."],
        files=["LOCATION:Annexe"],
    ),
    "the session online": Way(
        lambda session, organiser, desk: in_the_cms(session, desk, held="online", join_link=ONLINE),
        ["Online"],
        ["Hall, Civic Offices"],
        "New time or place: A day: Group A, ",
        ["it was in person, it is online", "it was Hall, Civic Offices, it is Online."],
        files=["LOCATION:Online", "LOCATION:Room 2"],
    ),
    "a new name": Way(
        lambda session, organiser, desk: in_the_cms(session, desk, title="Group North"),
        ["Group North"],
        ["Group A"],
        "New name: A day: Group North, ",
        ["it was “A day: Group A”, it is “A day: Group North”."],
        files=["SUMMARY:A day: Group North", "SUMMARY:A day: Group North"],
    ),
    "a date added": Way(
        lambda session, organiser, desk: in_the_cms(
            session,
            desk,
            [{"starts_at": typed(nine_thirty(35)), "ends_at": typed(nine_thirty(35) + timedelta(hours=1))}],
        ),
        [f"{words(nine_thirty(35))}, 9.30am to 10.30am"],
        [],
        f"A new date: A day: Group A, {words(nine_thirty(35))}, 9.30am",
        [f"Added: {words(nine_thirty(35))}, 9.30am to 10.30am, Hall, Civic Offices."],
        in_short=False,
        files=[f"DTSTART:{nine_thirty(35).astimezone(UTC):%Y%m%dT%H%M%SZ}"],
    ),
}


@pytest.fixture
def told(hub, organiser, manager, signed_in):
    """A course of two dates in two rooms, with somebody who has a place, and all who look at it."""
    event = EventPage.objects.first() or None
    session = make_session(starts=FIRST, title="Group A", capacity=1, event=event)
    EventPage.objects.filter(pk=session.event_id).update(title="A day", draft_title="A day")
    SessionDate.objects.create(
        session=session, starts_at=SECOND, ends_at=SECOND + timedelta(hours=2), place="Room 2, Town Hall"
    )
    amina, ben = (make_person(name, Role.PRACTITIONER, manager=manager) for name in ("amina", "ben"))
    for person in (amina, ben):
        book(key=session.key, person=person, now=timezone.now() - timedelta(days=30))
    tell_due(now=timezone.now())
    OutgoingMail.objects.all().delete()
    renew_feed(amina)
    return {"session": session, "amina": amina, "ben": ben, "clients": {}, "sign": signed_in}


def screens(told, organiser, manager) -> dict[str, tuple[object, str]]:
    """Every page that says where or when: who looks, and at what. The second kind shows the first date alone."""
    session, amina = Session.objects.get(pk=told["session"].pk), told["amina"]
    booking, first = session.bookings.get(person=amina), session.dates.filter(cancelled_at=None).first()
    desk = f"/events/desk/{session.key}/"
    return {
        "the event's page": (amina, session.event.address),
        "the form to book": (amina, f"/events/book/{session.key}/"),
        "my bookings": (amina, "/me/bookings/"),
        "my booking": (amina, f"/me/bookings/{booking.key}/"),
        "the booking of who waits": (told["ben"], "/me/bookings/"),
        "the list of dates": (amina, "/events/?show=mine"),
        "the desk": (organiser, desk),
        "calendar file": (amina, f"/me/bookings/{booking.key}/invite.ics"),
        "calendar feed": (amina, f"/me/calendar/{amina.calendar_feed.token}.ics"),
        "home, in short": (amina, "/"),
        "all desks, in short": (organiser, "/events/desk/"),
        "the team, in short": (manager, "/events/team/"),
        "the CMS, in short": (organiser, reverse("event_sessions:index")),
        "the badges, in short": (organiser, f"{desk}papers/badges/"),
        "who came, in short": (organiser, f"{desk}dates/{first.key}/"),
        "the sheet, in short": (organiser, f"{desk}papers/sheet/{first.key}/"),
        "the papers, in short": (organiser, f"{desk}papers/"),
        "the form to move, in short": (organiser, f"{desk}dates/{first.key}/move/"),
    }


def text_of(answer) -> str:
    assert answer.status_code == 200
    raw = answer.content.decode()
    if answer["Content-Type"].startswith("text/calendar"):
        events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
        lines = [
            f"{one['summary']} {one['location']} {_in_words(one['dtstart'].dt, one['dtend'].dt)}" for one in events
        ]
        return " ".join(lines)
    page = BeautifulSoup(raw, "html.parser")
    for gone in page.select("del, script, style, [data-log], .month, input, option"):
        gone.decompose()
    return re.sub(r"\s+", " ", (page.main or page).get_text(" "))


def _in_words(starts, ends) -> str:
    from events.dates.wording import span

    return span(starts, ends)


@pytest.mark.parametrize("name", WAYS)
def test_a_change_is_true_on_every_screen_and_in_every_calendar(told, organiser, manager, signed_in, name):
    way = WAYS[name]
    way.make(told["session"], organiser, signed_in(organiser))
    clients = {}
    for screen, (person, address) in screens(told, organiser, manager).items():
        client = clients.setdefault(person.pk, signed_in(person))
        text = text_of(client.get(address))
        if way.in_short or "in short" not in screen:
            titled = "form to move" in screen or "sheet" in screen or "who came" in screen
            assert all(one in text for one in way.now) or (titled and "Group" in way.now[0]), (screen, text)
        assert not any(one in _without_log(text) for one in way.gone), (screen, text)
    session = Session.objects.get(pk=told["session"].pk)
    date = session.dates.first()
    booking = session.bookings.get(person=told["amina"])
    for mail in (reminder(booking, date, date.starts_at - timedelta(days=3)),):
        facts = f"{mail.subject} {mail.facts}"
        assert not way.in_short or all(one in facts for one in way.now), facts
        assert not any(one in facts for one in way.gone), facts


def _without_log(text: str) -> str:
    """The desk's log says what it was, and so it should."""
    return text.split("What happened lately")[0]


@pytest.mark.parametrize("name", WAYS)
def test_a_change_is_told_once_to_everybody_with_what_it_was_and_what_it_is(told, organiser, signed_in, name):
    way = WAYS[name]
    way.make(told["session"], organiser, signed_in(organiser))
    for _ in range(2):
        notice(now=timezone.now() + SETTLED)
        tell_due(now=timezone.now())
    (placed,) = OutgoingMail.objects.filter(to=told["amina"].email)
    (waits,) = OutgoingMail.objects.filter(to=told["ben"].email)
    assert placed.subject.startswith(way.subject)
    assert waits.subject == placed.subject
    for mail in (placed, waits):
        html = re.sub(r"\s+", " ", BeautifulSoup(mail.html, "html.parser").get_text(" "))
        for one in way.mail:
            assert one in mail.text, mail.text
            assert one in html, html
        assert ONLINE not in mail.text + mail.html + "".join(mail.calendar_files)
    assert "Your place stays yours" in placed.text
    assert "You keep your turn in the queue" in waits.text
    assert "place stays yours" not in waits.text
    assert waits.calendar_files == []
    assert (placed.calendar_method, len(placed.calendar_files)) == ("REQUEST", len(way.files))
    for line, file in zip(way.files, placed.calendar_files, strict=True):
        assert line in file.replace("\r\n ", "").replace("\\,", ",")
        sequence = int(re.search(r"SEQUENCE:(\d+)", file).group(1))
        assert sequence == (0 if name == "a date added" else 1)


def test_a_letter_about_several_dates_names_one_of_them_and_none_that_stays(told, organiser):
    """The first date stays as it was; the second moves, and there is a third."""
    session = told["session"]
    second = session.dates.last()
    with locked(session.pk) as session, noting(session, by=organiser, now=timezone.now()):
        SessionDate.objects.filter(pk=second.pk).update(place="Annexe")
        starts = second.starts_at + timedelta(days=14)
        SessionDate.objects.create(session=session, starts_at=starts, ends_at=starts + timedelta(hours=2))
    tell_due(now=timezone.now())
    (mail,) = OutgoingMail.objects.filter(to=told["amina"].email)
    assert mail.subject == f"New time or place: A day: Group A, {words(SECOND)}, 12.30pm"


class TestOneDateIsCancelled:
    @pytest.fixture
    def cancelled(self, told, organiser):
        first = told["session"].dates.first()
        cancel_date(date=first, by=organiser, now=timezone.now(), reason="Snow")
        tell_due(now=timezone.now())
        return told

    def test_its_mail_names_the_one_that_fell_which_it_was_and_why(self, cancelled):
        (mail,) = OutgoingMail.objects.filter(to=cancelled["amina"].email)
        assert mail.subject == f"One date is cancelled: A day: Group A, {words(FIRST)}, 9.30am"
        assert f"{words(FIRST)}, 9.30am to 11.30am is cancelled (the 1st of 2 dates)." in mail.text
        assert "Why: Snow." in mail.text
        assert f"When: {words(SECOND)}" in mail.text
        assert (mail.calendar_method, len(mail.calendar_files)) == ("CANCEL", 1)
        (waits,) = OutgoingMail.objects.filter(to=cancelled["ben"].email)
        assert waits.calendar_files == []
        assert "You keep your turn in the queue" in waits.text

    def test_every_screen_says_what_is_left_and_lists_say_what_fell(self, cancelled, organiser, manager, signed_in):
        fell, stays = words(FIRST), words(SECOND)
        for screen, (person, address) in screens(cancelled, organiser, manager).items():
            text = _without_log(text_of(signed_in(person).get(address)))
            assert stays in text, screen
            assert fell not in text or "ancelled" in text, screen

    def test_a_session_that_is_off_says_which_of_its_dates_fell(self, cancelled, organiser, signed_in):
        cancel_session(session=cancelled["session"], by=organiser, now=timezone.now(), reason="More snow")
        OutgoingMail.objects.all().delete()
        tell_due(now=timezone.now())
        (mail,) = OutgoingMail.objects.filter(to=cancelled["amina"].email)
        assert mail.subject.startswith("Cancelled: A day: Group A, ")
        for day in (FIRST, SECOND):
            assert f"Cancelled: {words(day)}" in mail.text
        for person, address in (
            (cancelled["amina"], "/me/bookings/"),
            (organiser, reverse("event_sessions:index")),
            (organiser, "/events/desk/"),
        ):
            text = text_of(signed_in(person).get(address))
            assert words(FIRST) in text
            assert "No date yet" not in text


class TestWhatIsTold:
    def test_of_two_moves_before_the_mail_is_from_the_first_to_the_last(self, told, organiser, signed_in):
        for place in ("Annexe", "Library"):
            at_the_desk(told["session"], organiser, None, place=place)
        tell_due(now=timezone.now())
        (mail,) = OutgoingMail.objects.filter(to=told["amina"].email)
        assert "it was Hall, Civic Offices, it is Library." in mail.text
        assert "Annexe" not in mail.text

    def test_of_a_move_that_was_undone_is_nothing(self, told, organiser):
        for place in ("Annexe", ""):
            at_the_desk(told["session"], organiser, None, place=place)
        tell_due(now=timezone.now())
        assert not OutgoingMail.objects.exists()
        assert not BookingChange.objects.filter(told_at=None).exists()

    def test_is_a_new_way_in_but_never_the_address(self, told, organiser, signed_in):
        desk = signed_in(organiser)
        in_the_cms(told["session"], desk, held="hybrid", join_link=ONLINE)
        tell_due(now=timezone.now())
        OutgoingMail.objects.all().delete()
        in_the_cms(Session.objects.get(pk=told["session"].pk), desk, join_link="https://meet.example/other")
        tell_due(now=timezone.now())
        (mail,) = OutgoingMail.objects.filter(to=told["amina"].email)
        assert mail.subject.startswith("New way in: ")
        assert "meet.example" not in mail.text
        assert mail.calendar_files == []

    def test_is_what_to_bring_once_the_page_has_settled(self, told):
        notice(now=timezone.now())
        event = EventPage.objects.get(pk=told["session"].event_id)
        event.before = [{"type": "paragraph", "value": "<p>Bring a coat.</p>"}]
        event.save_revision().publish()
        for later in (timedelta(0), SETTLED * 2, SETTLED * 3):
            notice(now=timezone.now() + later)
            tell_due(now=timezone.now())
            if not later:
                assert not OutgoingMail.objects.exists()
        (mail,) = OutgoingMail.objects.filter(to=told["amina"].email)
        assert "What to bring or think about before you come is new: “Bring a coat.”" in mail.text

    def test_is_not_a_change_of_places_or_of_the_hour_when_booking_closes(self, told, organiser, signed_in):
        in_the_cms(told["session"], signed_in(organiser), capacity=5, closes_at=typed(FIRST - timedelta(days=1)))
        notice(now=timezone.now())
        assert not BookingChange.objects.filter(what="moved").exists()

    def test_reaches_who_answers_a_request_as_it_is_when_it_is_written(self, told, organiser):
        at_the_desk(told["session"], organiser, None, place="Annexe")
        booking = told["session"].bookings.get(person=told["ben"])
        assert ("When", f"{words(FIRST)}, 9.30am to 11.30am, Annexe") in asked_letter(booking, timezone.now()).facts
