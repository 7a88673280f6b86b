"""Calendar files hold whatever people type, and calendars read them."""

from datetime import UTC, datetime, timedelta

import icalendar
import vobject
from hypothesis import given
from hypothesis import strategies as st

from events.mail.ical import CalendarEntry, feed, invite, withdrawal

START = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
ANYTHING = st.text(max_size=500) | st.sampled_from(
    ["a\r\nATTENDEE:mailto:x@y", "\x00", 'O"Neil; Pat, "the\\boss"', "🎉" * 250, "ב" * 300]
)


def entry(**fields) -> CalendarEntry:
    return CalendarEntry(
        **{
            "uid": "one@hub",
            "sequence": 3,
            "starts": START,
            "ends": START + timedelta(hours=1),
            "summary": "Practice day",
            "location": "Hall",
            "description": "Bring a pen",
            "url": "https://hub.example/me/bookings/x/",
            "attendee_name": "Amina K.",
            "attendee_email": "amina@hub.example",
            "organiser_name": "Hub",
            "organiser_email": "hub@hub.example",
            "stamp": START,
            **fields,
        }
    )


@given(summary=ANYTHING, location=ANYTHING, description=ANYTHING, name=ANYTHING, url=ANYTHING)
def test_any_text_at_all_gives_one_event_in_short_lines(summary, location, description, name, url):
    given_ = entry(summary=summary, location=location, description=description, attendee_name=name, url=url)
    for text in (invite(given_), withdrawal(given_), feed([given_], name=name)):
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert len(icalendar.Calendar.from_ical(text).walk("VEVENT")) == 1
        assert len(vobject.readOne(text).contents["vevent"]) == 1
        attendees = [line for line in text.split("\r\n") if line.startswith("ATTENDEE")]
        assert len(attendees) <= 1


def test_an_invitation_asks_for_no_answer_and_names_one_person():
    text = invite(entry()).replace("\r\n ", "")
    assert "METHOD:REQUEST" in text.split("BEGIN:VEVENT")[0]
    assert "RSVP=FALSE" in text
    assert "PARTSTAT=ACCEPTED" in text
    assert text.count("mailto:amina@hub.example") == 1
    assert "DTSTART:20261126T093000Z" in text


def test_a_domain_in_other_letters_is_written_as_the_mail_itself_is_addressed():
    text = invite(entry(attendee_email="leila@bücher.example", organiser_email="hub@münster.example"))
    text = text.replace("\r\n ", "")
    assert "mailto:leila@xn--bcher-kva.example" in text
    assert "mailto:hub@xn--mnster-3ya.example" in text


def test_a_withdrawal_has_the_same_name_and_says_cancelled():
    text = withdrawal(entry(sequence=4))
    assert "METHOD:CANCEL" in text
    assert "UID:one@hub" in text
    assert "SEQUENCE:4" in text
    assert "STATUS:CANCELLED" in text


def test_a_feed_names_nobody():
    text = feed([entry(), entry(uid="two@hub")], name="My bookings")
    assert "ATTENDEE" not in text
    assert "METHOD:PUBLISH" in text
    assert len(icalendar.Calendar.from_ical(text).walk("VEVENT")) == 2
