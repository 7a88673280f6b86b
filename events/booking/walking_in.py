"""A place for somebody who just comes, while there is one. Asked in the room, whatever the hour of booking was."""

from datetime import datetime

from events.booking.discretion import asks_approval
from events.booking.lock import locked, patiently
from events.booking.permissions import is_for, may_read
from events.booking.steps import enter, fullness, seat
from events.booking.times import queue_is_open
from events.models import Booking, Session, What
from events.states import State
from people.models import User
from people.refusals import NotPossible


def can_walk_in(session: Session, person: User, now: datetime) -> bool:
    """Whether there is something to offer: the gate asks again when the person takes it."""
    try:
        _refuse(session, person, session.bookings.live().filter(person=person).first(), now)
    except NotPossible:
        return False
    return True


@patiently
def walk_in(*, session: Session, person: User, now: datetime) -> Booking:
    """A free place for somebody in the room. Pressing twice gives the place that there is.

    Raises NotPossible where the organiser adds people by hand, where it is full, or for other colleagues.
    """
    with locked(session.pk) as session:
        booking = session.bookings.live().filter(person=person).first()
        if booking and booking.state == State.BOOKED:
            return booking
        _refuse(session, person, booking, now)
        if booking and booking.state == State.OFFERED:
            enter(booking, State.BOOKED, What.BOOKED, now=now, by=person, place=booking.place)
            return booking
        booking = booking or Booking(session=session, person=person)
        booking.session, booking.walked_in = session, True
        seat(booking, session, fullness(session), now=now, by=person, words="Came without booking.")
        return booking


def _refuse(session: Session, person: User, booking: Booking | None, now: datetime) -> None:
    allowed = session.walk_ins and not asks_approval(session) and not session.cancelled_at
    allowed = allowed and may_read(person, session) and is_for(person, session)
    has_an_offer = booking is not None and booking.state == State.OFFERED
    full = fullness(session)
    # While the queue is open a free place belongs to those who stand in it.
    free = full.held < session.capacity and not (full.line and queue_is_open(session, now))
    if not allowed or not (free or has_an_offer):
        raise NotPossible("You have no place here. Speak to the organiser: they can add you by hand.", code="no-place")
