"""What a person does with a booking.

Every verb locks the session first (`events/booking/lock.py`), decides, and takes steps (`events/booking/steps.py`).
The verbs of organisers, managers and the clock stand in `organising.py`, `approving.py`, `team_places.py` and
`lapsing.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.booking.breakouts import keep_wishes
from events.booking.discretion import asks_approval, refuse_for_others, refuse_note
from events.booking.lock import locked, patiently
from events.booking.permissions import is_for, may_book, may_read_of
from events.booking.steps import (
    enter,
    fill,
    fresh,
    fullness,
    give_to,
    let_go,
    log,
    move_people_up,
    seat_or_queue,
    turn_at_the_back,
)
from events.booking.times import (
    refuse_if_gone,
    refuse_other_wishes,
    refuse_unless_open,
    request_ends,
)
from events.booking.written_down import refuse_to_end, refuse_to_hand_over
from events.dates.wording import day_and_time
from events.models import Booking, Provision, Session, What
from events.states import Reason, State
from pages.wording import sentence
from people.models import User
from people.refusals import NotAllowed, NotPossible, NotThere


@dataclass(frozen=True)
class Wanted:
    """What somebody adds to a booking: all of it may be empty. Breakouts by id, the dearest first."""

    note: str = ""
    breakouts: Sequence[int] = ()
    access: str = ""
    food: str = ""

    def __bool__(self) -> bool:
        return bool(self.note or self.breakouts or self.access or self.food)


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
            raise NotPossible("This session is for other colleagues. Ask its organiser about it.", code="not-for-you")
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
        booking = fresh(booking)
        if not booking.is_live:
            if (reason or words) and (booking.reason, booking.reason_words) != (reason, words):
                raise NotPossible(
                    "This booking had ended already. Nobody reads what was written just now.", code="ended"
                )
            return booking
        if session.ends_at and session.ends_at <= now:
            raise NotPossible("This session is over, so there is nothing to cancel.", code="over")
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
        booking = fresh(booking)
        if booking.state == State.BOOKED:
            return booking
        refuse_if_gone(session, now)
        if booking.state != State.OFFERED:
            raise NotPossible(
                "This offer has ended. You can join the queue again if you still want to come.", code="no-offer"
            )
        if booking.offered_until <= now:
            until = day_and_time(booking.offered_until)
            raise NotPossible(
                f"This offer ended on {until}. Ask to stay in the queue for the next one.", code="offer-over"
            )
        enter(booking, State.BOOKED, What.BOOKED, now=now, by=by, place=booking.place)
        return booking


@patiently
def pass_on(*, booking: Booking, by: User, now: datetime) -> Booking:
    """Let an offer go to the next in line and stay in the queue, passed over until asking again."""
    if booking.person_id != by.pk:
        raise NotAllowed
    with locked(booking.session_id) as session:
        booking = fresh(booking)
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
        booking = fresh(booking)
        if booking.state == State.WAITING and booking.passed:
            refuse_if_gone(session, now)
            booking.passed, booking.queued_at = False, turn_at_the_back(session, now)
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
        raise NotPossible(sentence(f"This session is not for {to}"), code="not-for-them")
    with locked(booking.session_id) as session:
        booking = fresh(booking)
        refuse_if_gone(session, now)
        if booking.state != State.BOOKED or booking.person_id != by.pk:
            raise NotPossible("You have no place here to hand over.", code="not-booked")
        refuse_to_hand_over(booking)
        if asks_approval(session):
            raise NotPossible(
                "A manager approves who comes here. Ask the organiser to change the name.", code="needs-approval"
            )
        theirs = session.bookings.live().filter(person=to).first()
        if theirs and theirs.state != State.WAITING:
            raise NotPossible(f"{to} has a place or an offer already.", code="they-have-one")
        log(booking, What.HANDED_OVER, now=now, by=by, words=sentence(f"Handed to {to}"))
        was = give_to(booking, to, theirs, now=now, by=by, words=sentence(f"For the place of {by}"))
        log(booking, What.HANDED_TO, now=now, by=by, words=sentence(f"From {by}"), was=was)
        return booking
