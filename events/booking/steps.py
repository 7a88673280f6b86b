"""Steps of a booking, of which every verb is made: the only module that writes the state of a booking.

All of it is called under the lock (`events/booking/lock.py`): rows are counted after it, and a state is written
together with a line of the booking's log, which is also what mail is made of.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max

from events.booking.breakouts import choose_breakout, keep_wishes, move_up
from events.booking.times import (
    is_gone,
    offer_ends,
    queue_is_open,
    way_in,
)
from events.models import Booking, BookingChange, Provision, Session, What
from events.states import FOLLOWS, State, Whose
from people.models import User
from people.refusals import NotPossible


@dataclass(frozen=True)
class Fullness:
    """How full a session is: places taken, the highest number given, people in line, live bookings of one person."""

    held: int
    top: int
    line: int
    mine: int = 0


def fullness(session: Session, person: User | None = None) -> Fullness:
    """Counted from rows, after the lock: there is no stored number that could drift."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [person.pk if person else None, session.pk])
        return Fullness(*(number or 0 for number in cursor.fetchone()))


# Written out, because everybody who waits before the lock waits for it: Django takes longer to compose it than any
# database to answer it.
COUNT = """
    SELECT COUNT(place),
           MAX(place),
           COUNT(CASE WHEN state = 'waiting' AND NOT passed THEN 1 END),
           COUNT(CASE WHEN person_id = %s AND state IN ('booked', 'offered', 'waiting', 'requested') THEN 1 END)
      FROM events_booking
     WHERE session_id = %s
"""


def enter(
    booking: Booking,
    state: State,
    what: What,
    *,
    now: datetime,
    by: User | None = None,
    words: str = "",
    place: int | None = None,
    offered_until: datetime | None = None,
    answer_by: datetime | None = None,
) -> None:
    """Write a booking into its next state, with a line of its log. Raises ValueError for a step that does not exist."""
    before = State(booking.state) if booking.pk else None
    if state not in FOLLOWS.get(before, ()):
        raise ValueError(f"A booking cannot go from {before} to {state}.")
    if state in (State.WAITING, State.REQUESTED) and not booking.queued_at:
        booking.queued_at = turn_at_the_back(booking.session, now)
    booking.state = state
    booking.came_from, booking.moved_by = before or "", whose_step(by, booking)
    if place != booking.place:
        booking.place, booking.of_places = place, booking.session.capacity if place else None
    booking.offered_until, booking.answer_by = offered_until, answer_by
    booking.booked_at = now if state == State.BOOKED else None
    booking.cancelled_at = now if state == State.CANCELLED else None
    if not booking.is_held:
        booking.breakout, booking.breakout_by_hand, booking.beyond_because = None, False, ""
    booking.save()
    if before and booking.is_held and not booking.breakout_id:
        choose_breakout(booking)
    log(booking, what, now=now, by=by, words=words, was=before, first=before is None)


def log(
    booking: Booking,
    what: What,
    *,
    now: datetime,
    by: User | None = None,
    words: str = "",
    was: State | None = None,
    first: bool = False,
    tells: User | None = None,
) -> None:
    """One more line in the life of a booking: what happened, from which state, and whose step it was.

    Told to its person, or to somebody else.
    """
    number = 1 if first else (booking.changes.aggregate(last=Max("number"))["last"] or 0) + 1
    whom = tells.pk if tells else booking.person_id
    BookingChange.objects.create(
        booking=booking,
        number=number,
        what=what,
        person_id=whom,
        was=was or "",
        whose=whose_step(by, booking),
        by=by,
        words=words,
        at=now,
    )


def whose_step(by: User | None, booking: Booking) -> Whose:
    """Whose step it is in the eyes of the person whom the booking is for."""
    if by is None:
        return Whose.CLOCK
    if by.pk == booking.person_id:
        return Whose.OWN
    return Whose.MANAGER if booking.person and booking.person.manager_id == by.pk else Whose.ORGANISER


def give_to(
    booking: Booking, person: User, theirs: Booking | None, *, now: datetime, by: User, words: str
) -> State | None:
    """Make a place that somebody holds this person's: nothing of whoever had it goes with it, and all that the person
    asked for in the queue does. Returns in which state they had been.

    Told as one thing: they read of the place, not that a booking of theirs is cancelled.
    """
    was, wished = theirs and State(theirs.state), []
    Provision.objects.filter(booking=booking).delete()
    if theirs:
        wished = list(theirs.wishes.values_list("breakout", flat=True))
        enter(theirs, State.CANCELLED, What.MADE_WAY, now=now, by=by, words=words)
        Provision.objects.filter(booking=theirs).update(booking=booking)
    booking.person, booking.note, booking.breakout_by_hand = person, theirs.note if theirs else "", False
    # From now on it is theirs: who has just been told of a place needs no reminder of it as well.
    booking.booked_at = now
    booking.save(update_fields=["person", "note", "breakout_by_hand", "booked_at"])
    # Without a wish of one's own, the breakout comes with the place.
    booking.wishes.all().delete()
    if wished:
        keep_wishes(booking, wished)
    move_people_up(booking.session, now=now, by=person)
    return was


def seat(
    booking: Booking, session: Session, full: Fullness, *, now: datetime, by: User | None = None, words: str = ""
) -> None:
    """Give a place that is free, or one beyond the places if `beyond_because` says why."""
    enter(booking, State.BOOKED, What.BOOKED, now=now, by=by, words=words, place=_free_number(session, full))


def seat_or_queue(booking: Booking, session: Session, full: Fullness, *, now: datetime, by: User | None = None) -> None:
    """A free place if nobody stands in line, else the back of the queue.

    Raises NotPossible when the session is full and there is no queue (any more).
    """
    queue_open = queue_is_open(session, now)
    if full.held < session.capacity and not (full.line and queue_open):
        seat(booking, session, full, now=now, by=by)
    elif session.waiting_rule == Session.WaitingRule.NONE:
        raise NotPossible("All places are taken, and this session has no waiting list.", code="full")
    elif not queue_open:
        raise NotPossible(
            "All places are taken, and the waiting list has closed. A place may still come free.", code="full"
        )
    else:
        enter(booking, State.WAITING, What.WAITING, now=now, by=by)


def fill(session: Session, *, now: datetime, straight: bool = False) -> int:
    """Give free places to those who are next, as the session's rule says; returns how many were given.

    What came free in a breakout goes first to those who have a place and wished for it.
    """
    move_people_up(session, now=now)
    way = State.BOOKED if straight else way_in(session, now)
    if way is None:
        return 0
    full, given = fullness(session), 0
    for booking in session.bookings.next_in_line().select_related("person"):
        if full.held >= session.capacity:
            break
        booking.session = session
        if way == State.BOOKED:
            seat(booking, session, full, now=now, words="A place came free.")
        else:
            number, until = _free_number(session, full), offer_ends(session, now)
            enter(booking, State.OFFERED, What.OFFERED, now=now, place=number, offered_until=until)
        full, given = fullness(session), given + 1
    return given


def move_people_up(session: Session, *, now: datetime, by: User | None = None) -> None:
    """Free places of breakouts go to those who wished for them, until it is over; each is told."""
    for booking in [] if is_gone(session, now) else move_up(session):
        if by is None or booking.person_id != by.pk:
            words = f"A place came free: your breakout is {booking.breakout} now."
            log(booking, What.BREAKOUT, now=now, by=by, words=words)


def let_go(booking: Booking, *, now: datetime, by: User | None = None) -> None:
    """An offer that was not taken: back in the queue, passed over."""
    booking.passed = True
    enter(booking, State.WAITING, What.PASSED, now=now, by=by)


def fresh(booking: Booking) -> Booking:
    """The booking as it is after the lock."""
    return Booking.objects.select_related("session", "person").get(pk=booking.pk)


def turn_at_the_back(session: Session, now: datetime) -> datetime:
    """A turn behind everybody's who waits, even if clocks of two machines differ."""
    last = session.bookings.live().aggregate(last=Max("queued_at"))["last"]
    return max(now, last + timedelta(microseconds=1)) if last else now


def _free_number(session: Session, full: Fullness) -> int:
    """The lowest number of a place that nobody holds."""
    if full.top == full.held:
        return full.held + 1
    taken = set(session.bookings.held().values_list("place", flat=True))
    return next(number for number in range(1, full.top + 2) if number not in taken)
