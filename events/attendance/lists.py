"""Lists to take along: who has a place, who came, and how many of each team came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from events.attendance.attending import hours_of
from events.booking.discretion import keeps_names
from events.dates.wording import day_and_time
from events.models import Attendance, Booking, Came, Session, SessionDate
from feedback.honest_numbers import hidden_by_subtraction

FEWEST = 5
"""Counts of teams under this would tell what one person did."""


@dataclass(frozen=True)
class Table:
    """What a file holds: the words over the columns, and a row for each line."""

    head: Sequence[str]
    rows: Sequence[Sequence]


def people(session: Session) -> Table | None:
    """Everybody with a place, an offer, a turn in the queue or a request; None where no names are kept."""
    if not keeps_names(session):
        return None
    head = ("Name", "Team", "E-mail", "State", "Place", "Breakout", "Note", "Booked")
    bookings = session.bookings.live().select_related("person__team", "breakout").order_by("state", "pk")
    return Table(head, [_person(booking) for booking in bookings])


def _person(booking: Booking) -> Sequence:
    who = booking.person
    return (
        who or "A place to be named",
        who.team if who else "",
        who.email if who else "",
        booking.get_state_display(),
        booking.place or "",
        booking.breakout or "",
        booking.note,
        day_and_time(booking.booked_at) if booking.booked_at else "",
    )


def attendance(session: Session) -> Table | None:
    """Who came to which date; None where heads are counted and no names are kept."""
    if not keeps_names(session):
        return None
    dates = session.held_dates
    rows = []
    for booking in _with_attendance(session):
        said = {one.date_id: one.words for one in booking.attendance.all()}
        came = [said.get(date.pk, "Not said") for date in dates]
        walked_in = "Yes" if booking.walked_in else ""
        rows.append((booking.person, booking.person.team or "", *came, hours_of(booking), walked_in))
    head = ("Name", "Team", *map(_head_of, dates), "Hours", "Came without booking")
    return Table(head, rows)


def _head_of(date: SessionDate) -> str:
    """The day over a column, and that its list is open: then "not said" may still become "came"."""
    return date.meeting.begins + ("" if date.list_closed_at else " (list not closed)")


def teams(session: Session) -> Table | None:
    """How many of each team came to at least one date; small numbers are not shown. None where heads are counted."""
    if not keeps_names(session):
        return None
    came = Counter()
    for booking in _with_attendance(session):
        there = any(one.came in (Came.YES, Came.PART) for one in booking.attendance.all())
        came[str(booking.person.team or "No team")] += there
    total, by_team = came.total(), sorted(came.items())
    hidden = hidden_by_subtraction([count for _, count in by_team], FEWEST, none_tells=True)
    rows = [(team, "Not shown" if flag else count) for (team, count), flag in zip(by_team, hidden, strict=True)]
    rows.append(("All teams", total if total >= FEWEST else f"Fewer than {FEWEST}"))
    if any(not date.list_closed_at for date in session.held_dates):
        rows.append(("List not closed: more may have come.", ""))
    rows.append((f"Counts under {FEWEST}, and any that would give one away, are not shown.", ""))
    return Table(("Team", "People who came"), rows)


def _with_attendance(session: Session):
    known = Prefetch("attendance", Attendance.objects.order_by("date__starts_at"))
    listed = session.bookings.on_the_list().select_related("person__team")
    return listed.prefetch_related(known).order_by("person__last_name", "person__first_name", "pk")


LISTS = {"people": people, "attendance": attendance, "teams": teams}
"""The name of a list's address to what fills it."""
