"""A manager's yes or no to a request."""

from datetime import datetime

from events.booking import enter, fullness, seat
from events.gate import locked, patiently
from events.models import Booking, Session, What
from events.opening import refuse_if_gone
from events.permissions import may_approve
from events.refusals import NotAllowed, NotPossible
from events.states import State
from people.models import User


@patiently
def approve(*, booking: Booking, by: User, now: datetime) -> Booking:
    """Yes: a place if one is free and nobody asked earlier, else the turn in the queue that the request has had.

    Approving twice is approving once. Raises NotPossible when it lapsed or was withdrawn meanwhile.
    """
    if not may_approve(by, booking):
        raise NotAllowed("Only this person's manager or an organiser can answer the request.")
    with locked(booking.session_id) as session:
        booking = _asked(booking, session, now)
        if booking.state in (State.BOOKED, State.WAITING):
            return booking
        full = fullness(session)
        earlier = session.bookings.next_in_line().filter(queued_at__lt=booking.queued_at).exists()
        if full.held < session.capacity and not earlier:
            seat(booking, session, full, now=now, by=by)
        elif session.waiting_rule == Session.WaitingRule.NONE:
            words = "All places were taken before the request was approved, and there is no waiting list."
            enter(booking, State.EXPIRED, What.LAPSED, now=now, by=by, words=words)
        else:
            enter(booking, State.WAITING, What.WAITING, now=now, by=by)
        return booking


@patiently
def decline(*, booking: Booking, by: User, now: datetime, reason: str) -> Booking:
    """No, with a reason that the person can read."""
    if not may_approve(by, booking):
        raise NotAllowed("Only this person's manager or an organiser can answer the request.")
    if not reason.strip():
        raise NotPossible("no-reason", "Give a reason: the person who asked can read it.")
    with locked(booking.session_id) as session:
        booking = _asked(booking, session, now)
        if booking.state == State.REQUESTED:
            booking.reason_words = reason.strip()
            enter(booking, State.DECLINED, What.DECLINED, now=now, by=by, words=reason.strip())
        return booking


def _asked(booking: Booking, session: Session, now: datetime) -> Booking:
    refuse_if_gone(session, now)
    booking = session.bookings.select_related("person").get(pk=booking.pk)
    if booking.state in (State.CANCELLED, State.EXPIRED):
        raise NotPossible("gone", "This request was withdrawn or has lapsed, so there is nothing to answer.")
    return booking
