"""Calendar files that Outlook, Google and phones keep right. Pure: no Django.

One date is one VEVENT with a name (UID) that never changes and a number (SEQUENCE) that rises with every message about
it; times are in UTC, so no rule of summer time can be misread; one ATTENDEE, so that the buttons work and nobody sees
who else comes. There is no field for a join link: calendars are shared. Sources: RFC 5545, RFC 5546; the faults of
others that these rules answer are in docs/decisions/0013.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

PRODUCT = "-//Strengths Hub//Bookings//EN"
LONGEST = 1000


@dataclass(frozen=True)
class CalendarEntry:
    """One date for one person. Moments are aware; the address leads to the booking on the hub."""

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    summary: str
    location: str
    description: str
    url: str
    attendee_name: str
    attendee_email: str
    organiser_name: str
    organiser_email: str
    stamp: datetime


def invite(entry: CalendarEntry) -> str:
    """METHOD:REQUEST: put it into the person's calendar, or change what is there."""
    return _message("REQUEST", entry, status="CONFIRMED")


def withdrawal(entry: CalendarEntry) -> str:
    """METHOD:CANCEL: take it out again."""
    return _message("CANCEL", entry, status="CANCELLED")


def feed(entries: Iterable[CalendarEntry], *, name: str) -> str:
    """METHOD:PUBLISH: everything somebody has booked, for a calendar that reads it again and again."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", _clean(name))
    calendar.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, status="CONFIRMED"))
    return _text(calendar)


def _message(method: str, entry: CalendarEntry, *, status: str) -> str:
    calendar = _calendar(method)
    event = _event(entry, status=status)
    organiser = vCalAddress(f"mailto:{_address(entry.organiser_email)}")
    organiser.params["CN"] = vText(_name(entry.organiser_name))
    attendee = vCalAddress(f"mailto:{_address(entry.attendee_email)}")
    attendee.params["CN"] = vText(_name(entry.attendee_name))
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    # Already accepted, and no answer asked: the hub knows who comes, and answers would flood a mailbox.
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    event["organizer"] = organiser
    event.add("attendee", attendee, encode=0)
    calendar.add_component(event)
    return _text(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(entry: CalendarEntry, *, status: str) -> Event:
    event = Event()
    event.add("uid", _clean(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("dtstart", entry.starts.astimezone(UTC))
    event.add("dtend", entry.ends.astimezone(UTC))
    event.add("summary", _clean(entry.summary))
    event.add("location", _clean(entry.location))
    event.add("description", _clean(entry.description))
    event.add("url", re.sub(r"[^!-~]", "", entry.url))
    event.add("status", status)
    event.add("transp", "OPAQUE")
    return event


def _text(calendar: Calendar) -> str:
    return calendar.to_ical().decode()


def _clean(text: str) -> str:
    """One line without control signs: what was a line break becomes a space."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", text).split())[:LONGEST]


def _name(text: str) -> str:
    """Names stand in a parameter, where a quotation mark cannot be written."""
    return _clean(text).replace('"', "'") or "-"


def _address(email: str) -> str:
    """As the mail itself is addressed: calendars compare the two, and know no domain in other than plain letters."""
    name, at, domain = email.rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
    return re.sub(r"[^!-~]", "", f"{name}{at}{domain}")
