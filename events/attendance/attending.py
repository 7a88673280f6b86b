"""Who came: told by people themselves with the room's code, or by the organiser. Heads only where that is the rule.

What somebody attended counts as protected time at once; a correction takes it back.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from events.attendance.planned_time import source_of
from events.attendance.room_codes import as_shown, fits
from events.booking import organising
from events.booking.lock import locked, patiently
from events.booking.permissions import may_organise
from events.booking.walking_in import can_walk_in, walk_in
from events.dates.wording import day_and_time
from events.models import Attendance, AttendanceCorrection, Booking, Came, SessionDate, What, rules_of
from learning.models import TimeState
from learning.programmes import attended, not_attended
from learning.time import record, remove
from people.models import User
from people.refusals import NotAllowed, NotPossible

OPEN_BEFORE = timedelta(minutes=30)
OPEN_AFTER = timedelta(minutes=30)
LOOKS_AROUND = timedelta(hours=12)
"""Whoever types the code of a room that does not check in yet, or any more, is told when."""
CORRECTED_AFTER = timedelta(hours=12)
"""After this, a change of mind says why."""


def counts_heads(date: SessionDate) -> bool:
    """Whether only a number may be kept: Rounds, reflective groups, and kinds without rules."""
    return rules_of(date.session.event.event_kind).counts_heads


def date_with(*, code: str, now: datetime) -> SessionDate:
    """The date whose room shows that code now. Raises NotPossible: no such code, too early, too late."""
    near = SessionDate.objects.filter(starts_at__lt=now + LOOKS_AROUND, ends_at__gt=now - LOOKS_AROUND)
    plain = as_shown(code)
    fitting = [one for one in near.filter(cancelled_at=None) if fits(one, plain, now)]
    date = SessionDate.objects.select_related("session__event").get(pk=fitting[0].pk) if fitting else None
    if not date:
        words = "No room shows this code now. It changes every few minutes: look at the screen again."
        raise NotPossible(words, code="no-code")
    if now < date.starts_at - OPEN_BEFORE:
        opens = day_and_time(date.starts_at - OPEN_BEFORE)
        raise NotPossible(f"Checking in opens on {opens}.", code="too-early")
    if now > date.ends_at + OPEN_AFTER:
        raise NotPossible("Checking in has closed. Ask the organiser to add you to the list.", code="too-late")
    return date


@patiently
def check_in(*, code: str, person: User, now: datetime, walking_in: bool = False) -> SessionDate:
    """Say "I am here" with the code that is shown in the room. Twice is once; nothing is kept where heads are counted.

    Raises NotPossible as `date_with` does, and for somebody without a place: "walk-in" if one is free, which is taken
    by asking again with `walking_in`, else "no-place".
    """
    date = date_with(code=code, now=now)
    if counts_heads(date):
        return date
    with locked(date.session_id) as session:
        _refuse_if_cancelled(session.dates.get(pk=date.pk))
        booking = session.bookings.booked().filter(person=person).first()
        if not booking and not walking_in and can_walk_in(session, person, now):
            raise NotPossible("You have not booked, but places are free.", code="walk-in")
        booking = booking or walk_in(session=session, person=person, now=now)
        before = Attendance.objects.filter(booking=booking, date=date).first()
        if before and before.came != Came.NO:
            return date
        if before:
            # Ticked as missing, and came after all.
            _correct(booking, date, before.came, Came.YES, by=person, now=now)
        _write(booking, date, Came.YES, date.minutes, Attendance.How.SELF, now, late=minutes_late(date, now))
    return date


def minutes_late(date: SessionDate, now: datetime) -> int:
    """How long after the start somebody checks in; a few minutes are nobody's business."""
    late = int((now - date.starts_at).total_seconds() // 60)
    return late if late > settings.HUB_LATE_MINUTES else 0


def own_attendance(date: SessionDate, person: User) -> Attendance | None:
    """That this person was there, if it is written down."""
    own = Attendance.objects.filter(date=date, booking__person=person).exclude(came=Came.NO)
    return own.select_related("booking", "date__session__event").first()


@patiently
def mark(
    *, booking: Booking, date: SessionDate, came: str, by: User, now: datetime, minutes: int | None = None, reason=""
) -> Attendance | None:
    """What the organiser says: came, left early (minutes), did not come; an empty `came` takes it back.

    Long after the date a change needs a reason. Every change is kept. Raises NotPossible and NotAllowed.
    """
    refuse_unless_names_are_ticked(date, by, now)
    with locked(date.session_id) as session:
        _refuse_if_cancelled(session.dates.get(pk=date.pk))
        booking = session.bookings.expected_at(date).select_related("person").filter(pk=booking.pk).first()
        if booking is None:
            raise NotPossible("This person has no place here. Add them on the desk first.", code="not-booked")
        before = Attendance.objects.filter(booking=booking, date=date).first()
        was = before.came if before else ""
        there = _minutes(date, came, minutes)
        if was == came and (not before or before.minutes == there):
            _refuse_reason_for_nothing(booking, date, reason.strip())
            return before
        if was and now > date.ends_at + CORRECTED_AFTER and not reason.strip():
            raise NotPossible("Say why: this was written down some time ago.", code="no-reason")
        if was:
            _correct(booking, date, was, came, by=by, now=now, reason=reason.strip())
        if not came:
            before.delete()
            remove(person=booking.person, source=source_of(date))
            not_attended(person=booking.person, source=source_of(date))
            return None
        # Who came late and left early is late still; a tick for the whole of it takes that back.
        late = before.late if before and came == Came.PART else 0
        return _write(booking, date, came, there, Attendance.How.LIST, now, late=late)


def _refuse_reason_for_nothing(booking: Booking, date: SessionDate, reason: str) -> None:
    """A reason without a correction would stand nowhere; the same press once more is fine."""
    if reason and not AttendanceCorrection.objects.filter(booking=booking, date=date, reason=reason).exists():
        raise NotPossible(
            "The list says so already: there was nothing to correct, and the reason is not kept.", code="same"
        )


def add_walk_in(
    *, date: SessionDate, person: User, by: User, now: datetime, because: str = "", although: bool = False
) -> Attendance:
    """Give somebody who stands there a place and tick them, as `organising.add` does. Twice is once."""
    refuse_unless_names_are_ticked(date, by, now)
    session = date.session
    booking = session.bookings.booked().filter(person=person).first()
    if booking and because.strip() and not booking.changes.filter(what=What.REASON, words=because.strip()).exists():
        raise NotPossible(
            f"{person} has a place already: no reason is needed. Tick their name instead.", code="has-place"
        )
    booking = booking or organising.add(
        session=session, person=person, by=by, now=now, because=because, although=although, walked_in=True
    )
    there = Attendance.objects.filter(booking=booking, date=date).exclude(came=Came.NO).first()
    return there or mark(booking=booking, date=date, came=Came.YES, by=by, now=now, reason="Came after all.")


def refuse_unless_names_are_ticked(date: SessionDate, by: User, now: datetime) -> None:
    """Raise NotAllowed or NotPossible where this person cannot say who came, now or at all."""
    if not may_organise(by, date.session):
        raise NotAllowed("Only the organisers of this session can say who came.")
    if counts_heads(date):
        raise NotPossible("Here heads are counted, and no names are kept.", code="heads-only")
    _refuse_if_cancelled(date)
    if now < date.starts_at - OPEN_BEFORE:
        raise NotPossible("It has not begun yet.", code="too-early")


def _refuse_if_cancelled(date: SessionDate) -> None:
    if date.cancelled_at:
        raise NotPossible("This date was cancelled, so nobody came.", code="cancelled")


def _correct(
    booking: Booking, date: SessionDate, was: str, came: str, *, by: User, now: datetime, reason: str = ""
) -> None:
    AttendanceCorrection.objects.create(booking=booking, date=date, was=was, now=came, by=by, reason=reason, at=now)


def _write(
    booking: Booking, date: SessionDate, came: str, minutes: int, how: str, now: datetime, *, late: int = 0
) -> Attendance:
    said = {"came": came, "minutes": minutes, "how": how, "at": now, "late": late}
    attendance, _ = Attendance.objects.update_or_create(booking=booking, date=date, defaults=said)
    _count_time(attendance)
    _tell_programmes(attendance)
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
        raise NotPossible("Here people are ticked by name, so that they can have a certificate.", code="names")
    _refuse_if_cancelled(date)
    date.heads = heads
    date.save(update_fields=["heads"])
    return date


def set_others(*, date: SessionDate, others: int, by: User) -> SessionDate:
    """How many came without a place and without leaving a name, beside those on the list."""
    if not may_organise(by, date.session):
        raise NotAllowed("Only the organisers of this session can say how many came.")
    if counts_heads(date):
        raise NotPossible("Here everybody is counted together.", code="heads-only")
    _refuse_if_cancelled(date)
    date.others = others
    date.save(update_fields=["others"])
    return date


def _count_time(attendance: Attendance) -> None:
    date = attendance.date
    record(
        person=attendance.booking.person,
        on=timezone.localdate(date.starts_at),
        minutes=attendance.minutes,
        state=TimeState.TAKEN,
        what=str(date.session)[:120],
        source=source_of(date),
    )


def _tell_programmes(attendance: Attendance) -> None:
    """A milestone may be tied to this event. A manager sees milestones, so only where managers may know who came."""
    person, date = attendance.booking.person, attendance.date
    if attendance.came != Came.NO and rules_of(date.session.event.event_kind).managers_see:
        on = timezone.localdate(date.starts_at)
        attended(person=person, page_id=date.session.event_id, on=on, source=source_of(date))
    else:
        not_attended(person=person, source=source_of(date))


def hours_of(booking: Booking) -> float:
    """What somebody attended of a session, in hours to the nearest quarter."""
    minutes = sum(one.minutes for one in booking.attendance.all() if one.came in (Came.YES, Came.PART))
    return round(minutes / 15) / 4
