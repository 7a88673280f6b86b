"""Places that a manager keeps for a team and gives names to later; what has no name when the queue closes is freed."""

from datetime import datetime

from events.booking.discretion import refuse_for_others
from events.booking.lock import locked, patiently
from events.booking.permissions import manages, may_book, may_keep_places
from events.booking.steps import enter, fill, fullness, give_to, log, seat, seat_or_queue
from events.booking.times import queue_is_open, refuse_if_gone, refuse_unless_open
from events.dates.wording import day_and_time
from events.models import Booking, Session, What
from events.states import State
from pages.wording import sentence
from people.models import User
from people.refusals import NotAllowed, NotPossible

MOST_KEPT = 20
"""Unnamed places that one manager may keep in one session."""


@patiently
def keep_places(*, session: Session, manager: User, number: int, now: datetime) -> list[Booking]:
    """Keep so many places, or none at all: a team is not told that half of it can come.

    Raises NotPossible when there are not that many free, or others stand in line.
    """
    if not may_keep_places(manager) or not may_book(manager, session):
        raise NotAllowed("Only managers can keep places for a team.")
    refuse_for_others(session)
    with locked(session.pk) as session:
        refuse_unless_open(session, now)
        if not queue_is_open(session, now):
            freed = f"Places without a name were freed on {day_and_time(session.queue_closes)}"
            raise NotPossible(f"{freed}. Book your team by name instead.", code="closed")
        kept = session.bookings.held().filter(person=None, reserved_by=manager).count()
        if not 1 <= number <= MOST_KEPT - kept:
            raise NotPossible(f"You can keep at most {MOST_KEPT} places without names at a time.", code="too-many")
        full = fullness(session)
        free = session.capacity - full.held
        if full.line or free < number:
            raise NotPossible(
                f"{free if not full.line and free > 0 else 'No'} places can be kept now. "
                "Ask your team to book for themselves: each joins the queue in turn.",
                code="not-enough",
            )
        places = []
        for _ in range(number):
            booking = Booking(session=session, reserved_by=manager)
            seat(booking, session, fullness(session), now=now, by=manager)
            places.append(booking)
        return places


@patiently
def name_place(*, booking: Booking, person: User, manager: User, now: datetime) -> Booking:
    """Give a kept place to somebody of the team. Whoever waits or has asked there has it instead."""
    if booking.reserved_by_id != manager.pk:
        raise NotAllowed("This place is kept by somebody else.")
    if not may_keep_places(manager):
        raise NotAllowed("Only managers can name who comes. Give the place back, and your team books for itself.")
    if not manages(manager, person):
        raise NotAllowed(f"{person} is not in your team on the hub.")
    refuse_for_others(booking.session)
    if not may_book(person, booking.session):
        raise NotPossible(sentence(f"This session is not for {person}"), code="not-for-them")
    with locked(booking.session_id) as session:
        refuse_if_gone(session, now)
        booking = session.bookings.get(pk=booking.pk)
        if booking.state != State.BOOKED or booking.person_id:
            raise NotPossible("This place has a name already, or was released.", code="named")
        theirs = session.bookings.live().filter(person=person).first()
        if theirs and theirs.is_held:
            raise NotPossible(f"{person} has a place already.", code="has-place")
        was = give_to(booking, person, theirs, now=now, by=manager, words="For a place that was kept.")
        log(booking, What.NAMED, now=now, by=manager, words=sentence(f"Kept by {manager}"), was=was)
        return booking


@patiently
def release(*, booking: Booking, manager: User, now: datetime) -> Booking:
    """Give a kept place back; it goes to who is next."""
    if booking.reserved_by_id != manager.pk:
        raise NotAllowed("This place is kept by somebody else.")
    with locked(booking.session_id) as session:
        booking = session.bookings.get(pk=booking.pk)
        if booking.state == State.BOOKED and not booking.person_id:
            enter(booking, State.CANCELLED, What.RELEASED, now=now, by=manager)
            fill(session, now=now)
        return booking


@patiently
def book_for(*, session: Session, person: User, manager: User, now: datetime) -> tuple[Booking, bool]:
    """Book somebody of the team: as if they had pressed themselves, and approved at once."""
    if not manages(manager, person):
        raise NotAllowed(f"{person} is not in your team on the hub.")
    refuse_for_others(session)
    if not may_book(person, session):
        raise NotPossible(sentence(f"This session is not for {person}"), code="not-for-them")
    with locked(session.pk) as session:
        theirs = session.bookings.live().filter(person=person).first()
        if theirs:
            return theirs, False
        refuse_unless_open(session, now)
        booking = Booking(session=session, person=person)
        seat_or_queue(booking, session, fullness(session), now=now, by=manager)
        return booking, True
