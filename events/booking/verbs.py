"""The gate: the only module that writes the state of a booking.

Every change locks the session first (`events/booking/lock.py`), counts rows after the lock, decides, and writes the
booking together with a line of its log, which is also what mail is made of. The verbs of a person stand here; those of
organisers, managers and the clock stand in `organising.py`, `approving.py`, `team_places.py` and `lapsing.py`, and are
made of `enter`, `seat_or_queue` and `fill`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Max

from events.booking.breakouts import choose_breakout, keep_wishes, move_up
from events.booking.discretion import asks_approval, refuse_for_others, refuse_note
from events.booking.lock import locked, patiently
from events.booking.permissions import is_for, may_book, may_read_of
from events.booking.refusals import NotAllowed, NotPossible, NotThere
from events.booking.times import (
    is_gone,
    offer_ends,
    queue_is_open,
    refuse_if_gone,
    refuse_other_wishes,
    refuse_unless_open,
    request_ends,
    way_in,
)
from events.booking.written_down import refuse_to_end, refuse_to_hand_over
from events.dates.wording import day_and_time
from events.models import Booking, BookingChange, Provision, Session, What
from events.states import FOLLOWS, Reason, State, Whose
from people.models import User


@dataclass(frozen=True)
class Wanted:
    """What somebody adds to a booking: all of it may be empty. Breakouts by id, the dearest first."""

    note: str = ""
    breakouts: Sequence[int] = ()
    access: str = ""
    food: str = ""

    def __bool__(self) -> bool:
        return bool(self.note or self.breakouts or self.access or self.food)


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


# What a person does.


@patiently
def book(*, key: UUID, person: User, now: datetime, wanted: Wanted = Wanted()) -> tuple[Booking, bool]:
    """A place, a turn in the queue, or a request to the manager; True if it is new.

    Pressing twice gives the booking that there is, and what is said with it is taken as a change of it. Raises
    NotPossible with what to do next: not for this person, not open yet, closed, cancelled, over, or full without a
    queue; NotThere if the event is not on the hub for them.
    """
    if not may_read_of(person, key):
        raise NotThere
    with locked(key=key) as session:
        if not is_for(person, session):
            raise NotPossible("not-for-you", "This session is for other colleagues. Ask its organiser about it.")
        full = fullness(session, person)
        if full.mine:
            booking = session.bookings.live().get(person=person)
            if wanted:
                _change(booking, session, wanted, now)
            return booking, False
        refuse_unless_open(session, now)
        refuse_note(session, wanted.note)
        booking = Booking(session=session, person=person, note=wanted.note)
        if asks_approval(session):
            answer_by = request_ends(session, now)
            enter(booking, State.REQUESTED, What.REQUESTED, now=now, by=person, answer_by=answer_by)
        else:
            seat_or_queue(booking, session, full, now=now, by=person)
        if wanted.breakouts:
            keep_wishes(booking, wanted.breakouts)
        if wanted.access or wanted.food:
            Provision.objects.create(booking=booking, access=wanted.access, food=wanted.food)
        return booking, True


def _change(booking: Booking, session: Session, wanted: Wanted, now: datetime) -> None:
    """Take what is said in a second form; what is left empty there stays as it was."""
    refuse_if_gone(session, now)
    booking.session = session
    if wanted.note:
        refuse_note(session, wanted.note)
        booking.note = wanted.note
        booking.save(update_fields=["note"])
    if wanted.breakouts:
        refuse_other_wishes(session, now)
        keep_wishes(booking, wanted.breakouts)
        log(booking, What.WISHED, now=now, by=booking.person)
        move_people_up(session, now=now, by=booking.person)
    if said := {name: getattr(wanted, name) for name in ("access", "food") if getattr(wanted, name)}:
        Provision.objects.update_or_create(booking=booking, defaults=said)


@patiently
def leave(*, booking: Booking, by: User, now: datetime, reason: str = "", words: str = "") -> Booking:
    """Give up a place, an offer, a request or a turn in the queue. A place that comes free goes to who is next.

    Leaving twice is leaving once; a reason that comes too late is refused, not dropped.
    """
    if booking.person_id != by.pk:
        raise NotAllowed("Only the person who is booked can give up the place. An organiser can too.")
    return withdraw(booking=booking, by=by, now=now, reason=reason, words=words)


def withdraw(
    *, booking: Booking, by: User | None, now: datetime, reason: str = "", words: str = "", what: What = What.CANCELLED
) -> Booking:
    """End a live booking and give the place on. Who may is the caller's to check."""
    with locked(booking.session_id) as session:
        booking = _fresh(booking)
        if not booking.is_live:
            if (reason or words) and (booking.reason, booking.reason_words) != (reason, words):
                raise NotPossible("ended", "This booking had ended already. Nobody reads what was written just now.")
            return booking
        if session.ends_at and session.ends_at <= now:
            raise NotPossible("over", "This session is over, so there is nothing to cancel.")
        refuse_to_end(booking, session, by=by, now=now)
        held = booking.is_held
        booking.reason, booking.reason_words = Reason(reason) if reason else "", words
        enter(booking, State.CANCELLED, what, now=now, by=by, words=words)
        if held:
            fill(session, now=now)
        return booking


@patiently
def accept(*, booking: Booking, by: User, now: datetime) -> Booking:
    """Take the place that was offered. Accepting twice is accepting once."""
    if booking.person_id != by.pk:
        raise NotAllowed("Only the person to whom the place was offered can take it.")
    with locked(booking.session_id) as session:
        booking = _fresh(booking)
        if booking.state == State.BOOKED:
            return booking
        refuse_if_gone(session, now)
        if booking.state != State.OFFERED:
            raise NotPossible(
                "no-offer", "This offer has ended. You can join the queue again if you still want to come."
            )
        if booking.offered_until <= now:
            until = day_and_time(booking.offered_until)
            raise NotPossible("offer-over", f"This offer ended on {until}. Ask to stay in the queue for the next one.")
        enter(booking, State.BOOKED, What.BOOKED, now=now, by=by, place=booking.place)
        return booking


@patiently
def pass_on(*, booking: Booking, by: User, now: datetime) -> Booking:
    """Let an offer go to the next in line and stay in the queue, passed over until asking again."""
    if booking.person_id != by.pk:
        raise NotAllowed
    with locked(booking.session_id) as session:
        booking = _fresh(booking)
        if booking.state == State.OFFERED:
            let_go(booking, now=now, by=by)
            fill(session, now=now)
        return booking


@patiently
def ask_again(*, booking: Booking, by: User, now: datetime) -> Booking:
    """Stand in line again, at the back, after an offer that went by."""
    if booking.person_id != by.pk:
        raise NotAllowed
    with locked(booking.session_id) as session:
        booking = _fresh(booking)
        if booking.state == State.WAITING and booking.passed:
            refuse_if_gone(session, now)
            booking.passed, booking.queued_at = False, _turn(session, now)
            booking.save(update_fields=["passed", "queued_at"])
            log(booking, What.REORDERED, now=now, by=by, words="Asked for the next free place.")
            fill(session, now=now)
            booking.refresh_from_db()
        return booking


@patiently
def swap(*, booking: Booking, to: User, by: User, now: datetime) -> Booking:
    """Hand a place to a colleague without freeing it: nobody in the queue can come between.

    What the first person asked for stays theirs and is deleted.
    """
    if booking.person_id != by.pk:
        raise NotAllowed("Only the person who is booked can hand the place over.")
    refuse_for_others(booking.session)
    if not may_book(to, booking.session):
        raise NotPossible("not-for-them", f"This session is not for {to}.")
    with locked(booking.session_id) as session:
        booking = _fresh(booking)
        refuse_if_gone(session, now)
        if booking.state != State.BOOKED or booking.person_id != by.pk:
            raise NotPossible("not-booked", "You have no place here to hand over.")
        refuse_to_hand_over(booking)
        if asks_approval(session):
            raise NotPossible(
                "needs-approval", "A manager approves who comes here. Ask the organiser to change the name."
            )
        theirs = session.bookings.live().filter(person=to).first()
        if theirs and theirs.state != State.WAITING:
            raise NotPossible("they-have-one", f"{to} has a place or an offer already.")
        log(booking, What.HANDED_OVER, now=now, by=by, words=f"Handed to {to}.")
        was = give_to(booking, to, theirs, now=now, by=by, words=f"For the place of {by}.")
        log(booking, What.HANDED_TO, now=now, by=by, words=f"From {by}.", was=was)
        return booking


# What every verb is made of. All of it is called under the lock.


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
        booking.queued_at = _turn(booking.session, now)
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
    booking.save(update_fields=["person", "note", "breakout_by_hand"])
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
        raise NotPossible("full", "All places are taken, and this session has no waiting list.")
    elif not queue_open:
        raise NotPossible("full", "All places are taken, and the waiting list has closed. A place may still come free.")
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


def _fresh(booking: Booking) -> Booking:
    """The booking as it is after the lock."""
    return Booking.objects.select_related("session", "person").get(pk=booking.pk)


def _turn(session: Session, now: datetime) -> datetime:
    """A turn behind everybody's who waits, even if clocks of two machines differ."""
    last = session.bookings.live().aggregate(last=Max("queued_at"))["last"]
    return max(now, last + timedelta(microseconds=1)) if last else now


def _free_number(session: Session, full: Fullness) -> int:
    """The lowest number of a place that nobody holds."""
    if full.top == full.held:
        return full.held + 1
    taken = set(session.bookings.held().values_list("place", flat=True))
    return next(number for number in range(1, full.top + 2) if number not in taken)
