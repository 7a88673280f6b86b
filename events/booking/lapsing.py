"""What the clock does to bookings: offers and requests lapse, queues close, kept places without a name are freed.

Read from rows, so that a crash loses nothing and running twice, or beside itself, changes nothing more.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from events.booking.discretion import asks_approval
from events.booking.lock import locked, patiently
from events.booking.permissions import may_organise
from events.booking.steps import enter, fill, fullness, let_go, seat_or_queue
from events.booking.times import queue_is_open
from events.models import Booking, BookingChange, Session, What, kinds_managers_know
from events.states import State
from people.models import User
from people.refusals import NotAllowed, NotPossible

NOBODY_ANSWERED = "Nobody answered in time. Ask again if places are left."
QUEUE_CLOSED = "The waiting list has closed. If a place comes free now, whoever presses first has it."


def lapse(*, now: datetime) -> None:
    """Everything of this module, session by session."""
    for pk in sorted(_sessions_with_something_due(now)):
        with locked(pk) as session:
            _free_seats_of_nobody(session, now)
            _lapse_offers(session, now)
            _lapse_requests(session, now)
            _settle_requests_of_nobody(session, now)
            if not queue_is_open(session, now):
                _close_queue(session, now)
            fill(session, now=now)


def _sessions_with_something_due(now: datetime) -> set[int]:
    ends = Booking.objects.filter(state=State.OFFERED, offered_until__lte=now)
    requests = Booking.objects.filter(state=State.REQUESTED, answer_by__lte=now)
    due = set(ends.values_list("session_id", flat=True)) | set(requests.values_list("session_id", flat=True))
    asked = Q(session__needs_approval=True, session__event__event_kind__in=kinds_managers_know())
    nobody_asked = Booking.objects.filter(~asked, state=State.REQUESTED, session__cancelled_at=None)
    due |= set(nobody_asked.values_list("session_id", flat=True))
    due |= set(of_nobody(Booking.objects.all(), now).values_list("session_id", flat=True))
    unsettled = Booking.objects.filter(state=State.WAITING) | _without_a_name(Booking.objects.all(), now)
    sessions = Session.objects.filter(pk__in=unsettled.values("session_id"), cancelled_at=None)
    due |= {session.pk for session in sessions if not queue_is_open(session, now)}
    return due


def _without_a_name(bookings: QuerySet[Booking], now: datetime) -> QuerySet[Booking]:
    """Places that nobody will come to. What is over stays as it was: there, names are gone because time is up.

    What never had a name is kept for nobody then too, though no job came by while the queue closed.
    """
    not_over = Q(session__ends_at__gt=now) | Q(session__ends_at=None)
    named = BookingChange.objects.filter(booking=OuterRef("pk"), what=What.NAMED)
    never_named = Q(reserved_by__isnull=False) & ~Exists(named)
    return bookings.filter(not_over | never_named, state=State.BOOKED, person=None, attendance=None)


def of_nobody(bookings: QuerySet[Booking], now: datetime) -> QuerySet[Booking]:
    """Seats of accounts that were deleted before deletion freed them: nobody keeps them or can give them up."""
    return _without_a_name(bookings, now).filter(reserved_by=None, session__cancelled_at=None)


@patiently
def free_seats_of_nobody(*, session: Session, by: User, now: datetime) -> int:
    """The same by an organiser's press, at once; returns how many were freed. They go to who is next."""
    if not may_organise(by, session):
        raise NotAllowed("Only the organisers of this session can do that.")
    with locked(session.pk) as session:
        freed = _free_seats_of_nobody(session, now, by)
        fill(session, now=now)
    return freed


def _free_seats_of_nobody(session: Session, now: datetime, by: User | None = None) -> int:
    seats = list(of_nobody(session.bookings.all(), now))
    for booking in seats:
        enter(booking, State.CANCELLED, What.RELEASED, now=now, by=by)
    return len(seats)


def _lapse_offers(session: Session, now: datetime) -> None:
    for booking in session.bookings.filter(state=State.OFFERED, offered_until__lte=now):
        let_go(booking, now=now)


def _lapse_requests(session: Session, now: datetime) -> None:
    for booking in session.bookings.filter(state=State.REQUESTED, answer_by__lte=now):
        enter(booking, State.EXPIRED, What.LAPSED, now=now, words=NOBODY_ANSWERED)


def _settle_requests_of_nobody(session: Session, now: datetime) -> None:
    """Nobody is asked here any more (an editor unticked it, or managers may not know): a place, or the turn in line."""
    if asks_approval(session):
        return
    for booking in session.bookings.filter(state=State.REQUESTED).order_by("queued_at", "pk"):
        booking.session = session
        try:
            seat_or_queue(booking, session, fullness(session), now=now)
        except NotPossible as error:
            enter(booking, State.EXPIRED, What.LAPSED, now=now, words=error.words)


def _close_queue(session: Session, now: datetime) -> None:
    """Free the places without a name, give all that is free to the queue, then tell the rest that it has closed."""
    for booking in _without_a_name(session.bookings.all(), now):
        enter(booking, State.CANCELLED, What.RELEASED, now=now)
    over = session.cancelled_at or (session.starts_at and session.starts_at <= now)
    rules = Session.WaitingRule
    if not over and session.waiting_rule not in (rules.BY_HAND, rules.NONE):
        fill(session, now=now, straight=True)
    for booking in session.bookings.filter(state=State.WAITING):
        enter(booking, State.EXPIRED, What.QUEUE_CLOSED, now=now, words=QUEUE_CLOSED)
