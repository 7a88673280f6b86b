"""Mail as it leaves the hub: through the outbox, over SMTP, to a mail server that is really there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events.booking.approving import ask_due
from events.booking.verbs import book, leave
from events.mail.telling import tell_due
from notices.models import OutgoingMail
from notices.sending import send_due
from people.models import User
from people.roles import Role
from people.signing_in import way_back_in
from tests.builders import make_person, make_session

pytestmark = [pytest.mark.smtp, pytest.mark.django_db]


def ask_for_a_new_password(client, email):
    answer = client.post(reverse("account_reset_password"), {"email": email})
    way_back_in.send_due(now=timezone.now())
    return answer


@pytest.fixture
def leila():
    return User.objects.create_user("leila@hub.example", "a long enough password", first_name="Leila", last_name="H")


def test_a_forgotten_password_brings_one_letter_with_a_way_back_in(client, leila, letterbox):
    assert ask_for_a_new_password(client, leila.email).status_code == 302
    assert send_due(now=timezone.now()) == 1
    (letter,) = letterbox.letters
    assert letter["To"] == leila.email
    assert reverse("account_reset_password") + "key/" in letter.get_body(("plain",)).get_content()
    assert send_due(now=timezone.now()) == 0


def test_an_address_nobody_has_gets_no_letter(client, leila, letterbox):
    ask_for_a_new_password(client, "nobody@hub.example")
    send_due(now=timezone.now())
    assert letterbox.letters == []


def test_a_mail_server_that_is_busy_gets_the_letter_later_and_once(client, leila, letterbox):
    letterbox.refuse = "451 Busy, try again later"
    ask_for_a_new_password(client, leila.email)
    assert send_due(now=timezone.now()) == 0
    letterbox.refuse = ""
    later = timezone.now() + timedelta(minutes=20)
    assert [send_due(now=later), send_due(now=later)] == [1, 0]
    assert len(letterbox.letters) == 1


def test_a_letter_nobody_takes_holds_up_no_other(letterbox):
    letterbox.unknown = {"gone@hub.example"}
    for address in ("gone@hub.example", "good@hub.example"):
        OutgoingMail.objects.create(kind="test", to=address, subject="Hello", text="Hello", next_try=timezone.now())
    send_due(now=timezone.now())
    assert [letter["X-Envelope-To"] for letter in letterbox.letters] == ["good@hub.example"]


EXTRA = "\r\nBcc: all@hub.example\r\nX-Extra: 1"
"""What would become headers of its own, were it written into one."""


@pytest.fixture
def amina(hub):
    """Somebody whose name an administrator pasted with line breaks in it, from a spreadsheet, say."""
    person = make_person("amina", Role.PRACTITIONER, manager=make_person("meg", Role.MANAGER))
    User.objects.update(first_name=f"Amina{EXTRA}")
    person.refresh_from_db()
    return person


def arrived(letterbox, person) -> list:
    """Everything told and sent so far, as the person's mail program reads it."""
    ask_due(now=timezone.now())
    tell_due(now=timezone.now())
    send_due(now=timezone.now() + timedelta(seconds=1))
    return [letter for letter in letterbox.letters if letter["X-Envelope-To"] == person.email]


def raw_head(part) -> str:
    """A part's headers as they came over the wire, each on one line."""
    return " ".join(part.as_string().split("\n\n")[0].split())


def test_a_booking_arrives_as_text_as_html_and_as_an_invitation(letterbox, amina):
    session = make_session(title="Group A")
    booking, _ = book(key=session.key, person=amina, now=timezone.now())
    (letter,) = arrived(letterbox, amina)
    assert letter.get_content_type() == "multipart/alternative"
    text, html, calendar = letter.iter_parts()
    assert [text.get_content_type(), html.get_content_type()] == ["text/plain", "text/html"]
    # Outlook drops an invitation whose charset is said twice, or whose method its type does not name.
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert raw_head(calendar).lower().count("charset") == 1
    assert calendar.get_content_charset() == "utf-8"
    assert calendar.get_content_disposition() is None
    for words in (text.get_content(), html.get_content()):
        assert "You have a place" in words
        assert f"/me/bookings/{booking.key}/" in words
        assert "Civic Offices" in words
    read = Calendar.from_ical(calendar.get_content())
    (event,) = read.walk("VEVENT")
    assert str(read["method"]) == "REQUEST"
    assert str(event["uid"]) == session.dates.get().uid
    assert str(event["attendee"]) == f"mailto:{amina.email}"
    assert str(event["organizer"]) == f"mailto:{letter['From'].addresses[0].addr_spec}"


def test_giving_up_a_place_arrives_as_a_cancellation_of_the_same_entry(letterbox, amina):
    session = make_session()
    booking, _ = book(key=session.key, person=amina, now=timezone.now())
    arrived(letterbox, amina)
    leave(booking=booking, by=amina, now=timezone.now())
    calendars = [list(letter.iter_parts())[2] for letter in arrived(letterbox, amina)]
    assert [part["Content-Type"].params["method"] for part in calendars] == ["REQUEST", "CANCEL"]
    assert [raw_head(part).lower().count("charset") for part in calendars] == [1, 1]
    events = [Calendar.from_ical(part.get_content()).walk("VEVENT")[0] for part in calendars]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [event["sequence"] for event in events] == [0, 1]


def test_a_course_arrives_with_a_file_for_each_date(letterbox, amina):
    session = make_session(dates=3)
    book(key=session.key, person=amina, now=timezone.now())
    (letter,) = arrived(letterbox, amina)
    files = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_filename() for part in files] == ["date-1.ics", "date-2.ics", "date-3.ics"]
    assert [raw_head(part).lower().count("charset") for part in files] == [1, 1, 1]
    uids = [str(Calendar.from_ical(part.get_content()).walk("VEVENT")[0]["uid"]) for part in files]
    assert uids == [date.uid for date in session.dates.all()]


def test_line_breaks_in_a_name_and_in_a_title_make_no_header(letterbox, amina):
    plain = make_session(needs_approval=False)
    book(key=plain.key, person=amina, now=timezone.now())
    (letter,) = arrived(letterbox, amina)
    usual = set(letter.keys())
    session = make_session(title=f"Group A{EXTRA}", place=f"Hall{EXTRA}", needs_approval=True)
    book(key=session.key, person=amina, now=timezone.now())
    to_amina, to_meg = arrived(letterbox, amina)[-1], arrived(letterbox, amina.manager)[-1]
    assert "Group A Bcc: all@hub.example" in to_amina["Subject"]
    assert to_meg["Subject"].startswith("Amina Bcc: all@hub.example")
    for letter in letterbox.letters:
        assert set(letter.keys()) == usual
        assert len(letter.get_all("To")) == len(letter.get_all("Subject")) == 1
        assert "all@hub.example" not in letter["X-Envelope-To"]
        for part in letter.walk():
            assert part["X-Extra"] is part["Bcc"] is None
        calendars = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
        assert all(len(Calendar.from_ical(part.get_content()).walk("VEVENT")) == 1 for part in calendars)
