"""Who came: told by people themselves with the room's code, or by the organiser. Heads only where that is the rule.

What somebody attended counts as protected time at once; a correction takes it back.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events import organising
from events.booking import book, fullness
from events.models import Attendance, AttendanceCorrection, Booking, Came, SessionDate, rules_of
from events.permissions import may_organise
from events.refusals import NotAllowed, NotPossible, NotThere
from events.states import State
from events.wording import day_and_time
from learning.models import TimeState
from learning.time import record, remove
from pages.address import tidy
from people.models import User

OPEN_BEFORE = timedelta(minutes=30)
OPEN_AFTER = timedelta(minutes=30)
CORRECTED_AFTER = timedelta(hours=12)
"""After this, a change of mind says why."""


def counts_heads(date: SessionDate) -> bool:
    """Whether only a number may be kept: Rounds, reflective groups, and kinds without rules."""
    return rules_of(date.session.event.event_kind).counts_heads


def check_in(*, code: str, person: User, now: datetime) -> Attendance | None:
    """Say "I am here" with the code that is shown in the room. Twice is once; None where heads are counted by hand.

    Raises NotPossible: no such code, too early, too late, no place here (and none free to walk into).
    """
    date = SessionDate.objects.select_related("session__event").filter(code=tidy(code, 12).upper()).first()
    if not date or date.cancelled_at:
        raise NotPossible("no-code", "There is no room with this code today. Look at the screen again.")
    if now < date.starts_at - OPEN_BEFORE:
        opens = day_and_time(date.starts_at - OPEN_BEFORE)
        raise NotPossible("too-early", f"Checking in opens on {opens}.")
    if now > date.ends_at + OPEN_AFTER:
        raise NotPossible("too-late", "Checking in has closed. Ask the organiser to add you to the list.")
    if counts_heads(date):
        return None
    booking = date.session.bookings.booked().filter(person=person).first() or _walk_in(date, person, now)
    with transaction.atomic():
        attendance, new = Attendance.objects.get_or_create(
            booking=booking,
            date=date,
            defaults={"came": Came.YES, "minutes": date.minutes, "how": Attendance.How.SELF, "at": now},
        )
        if new:
            _count_time(attendance)
    return attendance


def _walk_in(date: SessionDate, person: User, now: datetime) -> Booking:
    """A place for somebody who just came, if there is one."""
    session = date.session
    full = fullness(session)
    if full.held >= session.capacity or session.needs_approval or date.ends_at <= now:
        raise NotPossible("no-place", "You have no place here. Speak to the organiser: they can add you by hand.")
    host = session.organiser if session.organiser and session.organiser.is_active else None
    if host and may_organise(host, session):
        return organising.add(session=session, person=person, by=host, now=now, walked_in=True)
    try:
        booking, _ = book(key=session.key, person=person, now=now)
    except NotThere as error:
        raise NotPossible("no-place", "You have no place here. Speak to the organiser.") from error
    if booking.state != State.BOOKED:
        raise NotPossible("no-place", "You have no place here. Speak to the organiser: they can add you by hand.")
    return booking


def mark(
    *, booking: Booking, date: SessionDate, came: str, by: User, now: datetime, minutes: int | None = None, reason=""
) -> Attendance | None:
    """What the organiser says: came, left early (minutes), did not come; an empty `came` takes it back.

    Long after the date a change needs a reason. Every change is kept. Raises NotPossible and NotAllowed.
    """
    if not may_organise(by, date.session):
        raise NotAllowed("Only the organisers of this session can say who came.")
    if counts_heads(date):
        raise NotPossible("heads-only", "Here heads are counted, and no names are kept.")
    if booking.session_id != date.session_id or booking.state != State.BOOKED or not booking.person_id:
        raise NotPossible("not-booked", "This person has no place here. Add them on the desk first.")
    if now < date.starts_at - OPEN_BEFORE:
        raise NotPossible("too-early", "It has not begun yet.")
    with transaction.atomic():
        before = Attendance.objects.select_for_update().filter(booking=booking, date=date).first()
        was = before.came if before else ""
        there = _minutes(date, came, minutes)
        if was == came and (not before or before.minutes == there):
            return before
        if was and now > date.ends_at + CORRECTED_AFTER and not reason.strip():
            raise NotPossible("no-reason", "Say why: this was written down some time ago.")
        if was:
            AttendanceCorrection.objects.create(
                booking=booking, date=date, was=was, now=came, by=by, reason=reason.strip(), at=now
            )
        if not came:
            before.delete()
            remove(person=booking.person, source=_source(date))
            return None
        attendance, _ = Attendance.objects.update_or_create(
            booking=booking,
            date=date,
            defaults={"came": came, "minutes": there, "how": Attendance.How.LIST, "at": now},
        )
        _count_time(attendance)
        return attendance


def _minutes(date: SessionDate, came: str, minutes: int | None) -> int:
    if came == Came.PART:
        return max(1, min(minutes or date.minutes // 2, date.minutes))
    return date.minutes if came == Came.YES else 0


def set_heads(*, date: SessionDate, heads: int, by: User) -> SessionDate:
    """How many came, where no names are kept."""
    if not may_organise(by, date.session):
        raise NotAllowed("Only the organisers of this session can say how many came.")
    if not counts_heads(date):
        raise NotPossible("names", "Here people are ticked by name, so that they can have a certificate.")
    date.heads = heads
    date.save(update_fields=["heads"])
    return date


def _count_time(attendance: Attendance) -> None:
    date = attendance.date
    record(
        person=attendance.booking.person,
        on=timezone.localdate(date.starts_at),
        minutes=attendance.minutes,
        state=TimeState.TAKEN,
        what=str(date.session)[:120],
        source=_source(date),
    )


def _source(date: SessionDate) -> str:
    return f"session-date:{date.pk}"


def hours_of(booking: Booking) -> float:
    """What somebody attended of a session, in hours to the nearest quarter."""
    minutes = sum(one.minutes for one in booking.attendance.all() if one.came in (Came.YES, Came.PART))
    return round(minutes / 15) / 4
