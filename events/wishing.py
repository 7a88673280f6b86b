"""Breakouts after booking: people change what they would like until the cut-off, organisers choose for somebody."""

from collections.abc import Sequence
from datetime import datetime

from events.booking import log, move_people_up
from events.breakouts import has_room, keep_wishes, place_in
from events.discretion import refuse_by_name
from events.gate import locked, patiently
from events.models import Booking, Breakout, What
from events.opening import queue_is_open, refuse_if_gone
from events.permissions import may_organise
from events.refusals import NotAllowed, NotPossible
from events.wording import day_and_time
from people.models import User


@patiently
def change_wishes(*, booking: Booking, by: User, now: datetime, breakouts: Sequence[int]) -> Booking:
    """What somebody would like instead, the dearest first. Nobody loses a breakout that is still wished for.

    Raises NotPossible after the cut-off, and once the booking is no more.
    """
    if booking.person_id != by.pk:
        raise NotAllowed("Only the person who is booked can change what they would like.")
    with locked(booking.session_id) as session:
        refuse_if_gone(session, now)
        booking = session.bookings.select_related("breakout").get(pk=booking.pk)
        booking.session = session
        if not booking.is_live:
            raise NotPossible("not-booked", "You have no place and no turn here any more.")
        if not queue_is_open(session, now):
            closed = day_and_time(session.queue_closes)
            raise NotPossible("closed", f"Breakouts were settled on {closed}. Ask the organiser about yours.")
        keep_wishes(booking, breakouts)
        log(booking, What.WISHED, now=now, by=by)
        move_people_up(session, now=now, by=by)
        booking.refresh_from_db()
        return booking


@patiently
def choose_for(*, booking: Booking, breakout: Breakout | None, by: User, now: datetime) -> Booking:
    """An organiser's choice, which stays whatever comes free; with none, the person's own wishes count again."""
    if not may_organise(by, booking.session):
        raise NotAllowed("Only the organisers of this session can say who goes where.")
    refuse_by_name(booking.session)
    with locked(booking.session_id) as session:
        refuse_if_gone(session, now)
        booking = session.bookings.select_related("breakout", "person").get(pk=booking.pk)
        booking.session = session
        if not booking.is_held:
            raise NotPossible("not-booked", "This person has no place in the session.")
        if breakout and breakout != booking.breakout and not has_room(breakout):
            raise NotPossible("full", f"All places of {breakout} are taken. Move somebody out of it first.")
        before = booking.breakout
        place_in(booking, breakout, by_hand=breakout is not None)
        if breakout and breakout != before:
            log(booking, What.BREAKOUT, now=now, by=by, words=f"The organiser chose for you: {breakout}.")
        move_people_up(session, now=now, by=by)
        booking.refresh_from_db()
        return booking
