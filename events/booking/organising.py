"""What organisers do with a session: add people, move and cancel dates, call it off, change who is next.

Everything needs its organiser (`permissions.may_organise`) and, where it overrides a rule, a reason that is kept.
"""

from datetime import datetime, timedelta

from events.booking.answering import who_answers
from events.booking.discretion import asks_approval, refuse_by_name
from events.booking.lock import locked, patiently
from events.booking.noting import noting
from events.booking.permissions import is_for, may_organise, may_read
from events.booking.steps import Fullness, enter, fill, fullness, log, seat
from events.booking.times import left_of_offer, left_of_request
from events.booking.verbs import withdraw
from events.booking.written_down import is_written_down, refuse_another_day, refuse_to_call_off
from events.models import Booking, Session, SessionDate, What
from events.states import State
from pages.wording import sentence
from people.models import User
from people.refusals import NotAllowed, NotPossible


def _refuse_others(by: User, session: Session) -> None:
    if not may_organise(by, session):
        raise NotAllowed("Only the organisers of this session can do that.")


def _reasoned(reason: str, words: str) -> str:
    if not reason.strip():
        raise NotPossible(words, code="no-reason")
    return reason.strip()


@patiently
def add(
    *,
    session: Session,
    person: User,
    by: User,
    now: datetime,
    because: str = "",
    although: bool = False,
    walked_in: bool = False,
) -> Booking:
    """Give somebody a place by hand, from the queue or from outside, whatever the hour.

    Beyond the places, and for somebody whom the session is not for (`although`), only with a reason. The log keeps it
    and the person is not told: the session then shows 11 of 10, and nobody is removed. Raises NotPossible without the
    reason, for whoever cannot read of the event, when cancelled, or already placed; NotAllowed for a favour to oneself.
    """
    _refuse_others(by, session)
    refuse_by_name(session)
    if not may_read(person, session):
        words = f"{person} cannot read about this event on the hub, such as a partner where it is for staff alone."
        raise NotPossible(f"{words} Open the event's page to them first.", code="not-for-them")
    with locked(session.pk) as session:
        if session.cancelled_at:
            raise NotPossible("This session was cancelled.", code="cancelled")
        booking = session.bookings.live().filter(person=person).first() or Booking(session=session, person=person)
        booking.session = session
        if booking.state == State.BOOKED:
            raise NotPossible(f"{person} has a place already.", code="has-place")
        full = fullness(session)
        _refuse_favour(session, full, booking, person, by)
        _refuse_others_than_for(session, person, although, because)
        if booking.state == State.OFFERED:
            enter(booking, State.BOOKED, What.BOOKED, now=now, by=by, place=booking.place)
            keep_why(booking, because, by, now)
            return booking
        if full.held >= session.capacity:
            booking.beyond_because = _reasoned(
                because, "All places are taken. Say why this person comes on top of them."
            )
        booking.walked_in = walked_in
        seat(booking, session, full, now=now, by=by)
        keep_why(booking, because, by, now)
        return booking


def keep_why(booking: Booking, because: str, by: User, now: datetime) -> None:
    if because.strip():
        log(booking, What.REASON, now=now, by=by, words=because.strip())


def _refuse_favour(session: Session, full: Fullness, booking: Booking, person: User, by: User) -> None:
    """Organisers book for themselves as anybody does: no yes to an own request, no place on top or before others."""
    others_wait = full.line > (booking.state == State.WAITING and not booking.passed)
    favour = asks_approval(session) or full.held >= session.capacity or others_wait
    if person.pk == by.pk and favour and booking.state != State.OFFERED:
        raise NotAllowed("Nobody gives themselves a place that others decide on or wait for. Ask another organiser.")


def _refuse_others_than_for(session: Session, person: User, although: bool, because: str) -> None:
    if not person.is_active:
        raise NotPossible(f"{person} has left the service, so no place is given to them.", code="not-for-them")
    if is_for(person, session):
        return
    not_theirs = sentence(f"This session is not for {person}")
    if not although:
        raise NotPossible(f"{not_theirs} Tick below to add them all the same.", code="not-for-them")
    _reasoned(because, f"{not_theirs} Say why they come all the same.")


@patiently
def remove(*, booking: Booking, by: User, now: datetime, reason: str) -> Booking:
    """Cancel somebody's booking for them; they are told why. The place goes to who is next."""
    _refuse_others(by, booking.session)
    refuse_by_name(booking.session)
    words = _reasoned(reason, "Say why: the person is told.")
    return withdraw(booking=booking, by=by, now=now, words=words)


@patiently
def move_to_front(*, booking: Booking, by: User, now: datetime, reason: str) -> Booking:
    """Put somebody first in the queue. A reason is needed and kept, because others wait longer for it."""
    _refuse_others(by, booking.session)
    refuse_by_name(booking.session)
    words = _reasoned(reason, "Say why this person goes first: others in the queue wait longer for it.")
    if booking.person_id == by.pk:
        raise NotAllowed("Nobody moves themselves to the front. Ask another organiser.")
    with locked(booking.session_id) as session:
        first = session.bookings.waiting().first()
        booking = session.bookings.select_related("person").get(pk=booking.pk)
        if booking.state != State.WAITING or first is None:
            raise NotPossible("This person is not in the queue any more.", code="not-waiting")
        if first != booking or booking.passed:
            booking.queued_at, booking.passed = first.queued_at - timedelta(microseconds=1), False
            booking.save(update_fields=["queued_at", "passed"])
        log(booking, What.REORDERED, now=now, by=by, words=words)
        fill(session, now=now)
        booking.refresh_from_db()
        return booking


@patiently
def move_date(
    *, date: SessionDate, starts_at: datetime, ends_at: datetime, place: str, by: User, now: datetime
) -> SessionDate:
    """Move one date, or change its place; everyone with a place is told and gets a new calendar entry.

    A date that has begun keeps its time; its place may change until it is over, while people are on their way.
    """
    _refuse_others(by, date.session)
    with locked(date.session_id) as session:
        date, began = session.dates.get(pk=date.pk), session.starts_at
        if starts_at <= now and (starts_at, ends_at) != (date.starts_at, date.ends_at):
            raise NotPossible("The new time has passed already. Choose one that is still to come.", code="in-the-past")
        if ends_at <= now:
            raise NotPossible("This date is over, so nobody would be told in time.", code="over")
        if date.cancelled_at:
            raise NotPossible(
                "This date was cancelled, so it cannot be moved. Add a new date instead.", code="cancelled"
            )
        refuse_another_day(date, starts_at)
        with noting(session, by=by, now=now):
            date.starts_at, date.ends_at, date.place = starts_at, ends_at, place
            date.full_clean()
            date.save()
        settle_dates(session, began=began, now=now)
    return date


@patiently
def cancel_date(*, date: SessionDate, by: User, now: datetime, reason: str) -> SessionDate:
    """Cancel one date alone; the others stay. The last date that is left is cancelled as the session is."""
    _refuse_others(by, date.session)
    words = _reasoned(reason, "Say why: everyone who booked is told.")
    with locked(date.session_id) as session:
        date, began = session.dates.get(pk=date.pk), session.starts_at
        if date.cancelled_at:
            _refuse_other_words(date, words)
            return date
        if date.ends_at <= now:
            raise NotPossible("This date is over, so it cannot be cancelled.", code="over")
        refuse_to_call_off(date)
        if [one for one in session.held_dates if one != date]:
            with noting(session, by=by, now=now, words=words):
                _call_off(date, words, now)
            settle_dates(session, began=began, now=now)
            return date
    cancel_session(session=session, by=by, now=now, reason=reason)
    date.refresh_from_db()
    return date


@patiently
def cancel_session(*, session: Session, by: User, now: datetime, reason: str) -> Session:
    """Call a session off: every live booking ends, everybody is told why, nobody moves up."""
    _refuse_others(by, session)
    words = _reasoned(reason, "Say why: everyone who booked is told.")
    with locked(session.pk) as session:
        if session.cancelled_at:
            _refuse_other_words(session, words)
            return session
        if session.ends_at and session.ends_at <= now:
            raise NotPossible("This session is over, so it cannot be cancelled.", code="over")
        coming = [date for date in session.held_dates if date.ends_at > now]
        if coming and all(is_written_down(date) for date in coming):
            refuse_to_call_off(coming[0])
        session.cancelled_at, session.cancelled_because = now, words
        session.save(update_fields=["cancelled_at", "cancelled_because"])
        for booking in session.bookings.live().select_related("person"):
            booking.session = session
            enter(booking, State.CANCELLED, What.CALLED_OFF, now=now, by=by, words=words)
        for date in coming:
            if not is_written_down(date):
                _call_off(date, words, now)
    return session


@patiently
def set_capacity(*, session: Session, capacity: int, by: User, now: datetime) -> Session:
    """More places go to the queue at once; fewer than are booked remove nobody and give none until there is room."""
    _refuse_others(by, session)
    with locked(session.pk) as session:
        session.capacity = capacity
        session.full_clean(exclude=["event", "organiser"])
        session.save(update_fields=["capacity"])
        fill(session, now=now)
        return session


def settle_dates(session: Session, *, began: datetime | None, now: datetime) -> None:
    """After dates are other than they were, and it may start at another time than `began`: nothing that was promised
    outlives the start, and what is free goes to who is next, where there is time for it again. Called under the lock.
    """
    session = Session.objects.select_related("event", "organiser").get(pk=session.pk)
    if session.starts_at != began:
        _cut_short(session, now)
    fill(session, now=now)


def _cut_short(session: Session, now: datetime) -> None:
    """Offers and requests that would outlive the start end before it; whoever answers is told how little time is left.

    The people themselves read of it with the move: every letter says until when something stands as it is written.
    """
    for booking in session.bookings.filter(state=State.OFFERED):
        booking.offered_until = left_of_offer(session, booking.offered_until, now)
        booking.save(update_fields=["offered_until"])
    requests = list(session.bookings.filter(state=State.REQUESTED, person__isnull=False).select_related("person"))
    answers = who_answers(requests, now)
    for booking in requests:
        until = left_of_request(session, booking.answer_by, now)
        if until == booking.answer_by:
            continue
        booking.answer_by = until
        booking.save(update_fields=["answer_by"])
        for person in answers[booking.pk].people:
            log(booking, What.ASKED, now=now, tells=person)


@patiently
def settle(*, session: Session, now: datetime) -> int:
    """After more places, or another rule: give what is free to who is next. Returns how many were given."""
    with locked(session.pk) as session:
        return fill(session, now=now)


def _refuse_other_words(cancelled: Session | SessionDate, words: str) -> None:
    """A second reason would reach nobody; the same press once more is fine."""
    if cancelled.cancelled_because != words:
        said = f"“{cancelled.cancelled_because}”"
        raise NotPossible(f"It was cancelled already, with the reason {said}. Write to them instead.", code="cancelled")


def _call_off(date: SessionDate, words: str, now: datetime) -> None:
    date.cancelled_at, date.cancelled_because = now, words
    date.save(update_fields=["cancelled_at", "cancelled_because"])
