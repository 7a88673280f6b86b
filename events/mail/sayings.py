"""What somebody reads of their booking: what happened, and how they stand. One table for mail and screens. Pure.

A sentence depends on what happened (`What`), on the state that the booking was in, and on whose step it was: whoever
leaves a queue gives up no place, and whoever is removed has given up nothing. How somebody stands is always said as it
is at the moment of writing, so that a mail that comes late promises nothing that is over.
"""

from dataclasses import dataclass
from datetime import datetime

from events.dates.wording import day_and_time, ordinal
from events.states import State, What, Whose

OWN, MANAGER, ORGANISER, CLOCK = Whose.OWN, Whose.MANAGER, Whose.ORGANISER, Whose.CLOCK
ANY = ""
GIVE_UP = "If you cannot come, give it up: somebody else is glad of it."

HAPPENED = {
    (What.REQUESTED, ANY, ANY): (
        "You have asked to come",
        "Your turn counts from the moment you asked. We write as soon as there is an answer.",
    ),
    (What.BOOKED, ANY, ANY): ("You have a place", "You have a place."),
    (What.BOOKED, ANY, MANAGER): ("You have a place", "Your manager booked this place for you."),
    (What.BOOKED, ANY, ORGANISER): ("You have a place", "The organiser gave you a place."),
    (What.BOOKED, State.WAITING, CLOCK): ("You have a place", "A place came free, and it is yours."),
    (What.BOOKED, State.OFFERED, OWN): ("You have a place", "You took the place that was offered to you."),
    (What.BOOKED, State.REQUESTED, ANY): ("You have a place", "Your request is approved, so you have a place."),
    (What.NAMED, ANY, ANY): ("You have a place", "A place was kept for your team, and it is yours."),
    (What.NAMED, State.WAITING, ANY): (
        "You have a place",
        "A place was kept for your team, and it is yours. You have left the queue for it.",
    ),
    (What.NAMED, State.REQUESTED, ANY): (
        "You have a place",
        "A place was kept for your team, and it is yours. Your request needs no answer any more.",
    ),
    (What.HANDED_TO, ANY, ANY): ("You have a place", "{by} handed you the place."),
    (What.HANDED_TO, State.WAITING, ANY): (
        "You have a place",
        "{by} handed you the place. You have left the queue for it.",
    ),
    (What.WAITING, ANY, ANY): ("You are in the queue", "No place is free now, so you are in the queue."),
    (What.WAITING, ANY, MANAGER): (
        "You are in the queue",
        "Your manager asked for a place for you. None is free now, so you are in the queue.",
    ),
    (What.WAITING, State.REQUESTED, ANY): (
        "You are in the queue",
        "Your request is approved. No place is free now, so you are in the queue, with the turn from when you asked.",
    ),
    (What.OFFERED, ANY, ANY): ("A place is offered to you", "A place has come free."),
    (What.PASSED, ANY, ANY): (
        "The offer has ended",
        "The offer ended without an answer, so the place went to the next in line.",
    ),
    (What.PASSED, ANY, OWN): ("You let the offer go by", "You let the place go to the next in line."),
    (What.DECLINED, ANY, ANY): ("The answer is no", "Your request was not approved."),
    (What.LAPSED, ANY, ANY): ("Your request has lapsed", "Your request has lapsed."),
    (What.QUEUE_CLOSED, ANY, ANY): ("The waiting list has closed", "No place came free for you in time."),
    (What.CANCELLED, ANY, ANY): ("Your booking is cancelled", "Your booking is cancelled."),
    (What.CANCELLED, State.BOOKED, OWN): (
        "Your booking is cancelled",
        "You gave up your place, and it is free for somebody else.",
    ),
    (What.CANCELLED, State.BOOKED, ORGANISER): ("Your booking is cancelled", "The organiser cancelled your booking."),
    (What.CANCELLED, State.BOOKED, MANAGER): ("Your booking is cancelled", "Your manager cancelled your booking."),
    (What.CANCELLED, State.OFFERED, OWN): (
        "You turned the offer down",
        "You turned down the place that was offered to you, and have left the queue.",
    ),
    (What.CANCELLED, State.OFFERED, ANY): (
        "The offer is taken back",
        "The organiser took back the place that was offered to you.",
    ),
    (What.CANCELLED, State.WAITING, OWN): ("You have left the queue", "You have left the queue."),
    (What.CANCELLED, State.WAITING, ANY): (
        "You are no longer in the queue",
        "The organiser took you out of the queue.",
    ),
    (What.CANCELLED, State.REQUESTED, OWN): ("You took your request back", "You took your request back."),
    (What.CANCELLED, State.REQUESTED, ANY): ("Your request is closed", "The organiser closed your request."),
    (What.CALLED_OFF, ANY, ANY): ("Cancelled", "We are sorry: this session is cancelled."),
    (What.CALLED_OFF, State.WAITING, ANY): (
        "Cancelled",
        "We are sorry: this session, for which you stood in the queue, is cancelled.",
    ),
    (What.CALLED_OFF, State.REQUESTED, ANY): (
        "Cancelled",
        "We are sorry: this session, which you asked to come to, is cancelled.",
    ),
    (What.MOVED, ANY, ANY): ("Something has changed", ""),
    (What.DATE_CANCELLED, ANY, ANY): ("One date is cancelled", ""),
    (What.BREAKOUT, ANY, ANY): ("Your breakout", ""),
    (What.HANDED_OVER, ANY, ANY): ("Your place is handed over", "Your colleague has the place now."),
}
"""What happened, the state before, whose step: the head of a subject, and the first words. The closest row counts.
What is not here is told to nobody."""

LEADS_TO = {
    What.REQUESTED: State.REQUESTED,
    What.BOOKED: State.BOOKED,
    What.NAMED: State.BOOKED,
    What.HANDED_TO: State.BOOKED,
    What.WAITING: State.WAITING,
    What.PASSED: State.WAITING,
    What.OFFERED: State.OFFERED,
}
"""Where a step leads, of those that are not the end. Once somebody stands elsewhere, they are told of that instead."""

REASONED = {What.DECLINED, What.CANCELLED, What.CALLED_OFF, What.DATE_CANCELLED}
"""Steps of somebody else whose reason is told to the person."""

IN_WORDS = {What.LAPSED, What.QUEUE_CLOSED, What.BREAKOUT}
"""Steps whose words are the hub's own, and say what to do next."""


def is_told(what: What) -> bool:
    return (what, ANY, ANY) in HAPPENED


def happened(what: What, was: str, whose: str, *, by: str = "") -> tuple[str, str]:
    """The head of a subject and the first sentence."""
    rows = ((what, was, whose), (what, was, ANY), (what, ANY, whose), (what, ANY, ANY))
    head, first = next(HAPPENED[row] for row in rows if row in HAPPENED)
    return head, first.format(by=by or "A colleague")


def reason(what: What, whose: str, words: str) -> str:
    """Why, or what to do next, as the person may read it; nothing where the words are for the log alone."""
    if not words or (what == What.CANCELLED and whose == OWN):
        return ""
    said = words if words.endswith((".", "!", "?")) else f"{words}."
    return f"Why: {said}" if what in REASONED else said if what in IN_WORDS else ""


def done(step: str, state: str, said: dict[str, str]) -> str:
    """What to say to whoever took a step for somebody: by where it led, if that is another place than they expect."""
    return f"{step}-{state}" if f"{step}-{state}" in said else step


def next_step(
    what: What,
    state: str,
    *,
    until: datetime | None,
    now: datetime,
    walked_in: bool = False,
    goes_on: bool = True,
) -> str:
    """How somebody stands now that they read this, and what they can do: by the state at this moment.

    `goes_on` says whether any date is still to come: where none is, there is nothing left to keep.
    """
    match (what, state):
        case (What.DATE_CANCELLED, _) if not goes_on:
            return ""
        case (What.MOVED, State.BOOKED):
            return "Your place stays yours. If it does not suit you any more, give it up."
        case (What.DATE_CANCELLED, State.BOOKED):
            return "You keep your place at the other dates."
        case (What.BREAKOUT, State.BOOKED):
            return "Your place in the session stays as it was."
        case (What.MOVED | What.DATE_CANCELLED | What.BREAKOUT, State.WAITING):
            return "You keep your turn in the queue."
        case (What.MOVED | What.DATE_CANCELLED | What.BREAKOUT, State.REQUESTED):
            return "Your request still waits for an answer."
        case (What.WAITING, State.WAITING):
            return "We write as soon as a place is yours. You can leave the queue with one press."
        case (What.PASSED, State.WAITING):
            return "You are still in the queue, but get no further offer until you ask for one."
        case (_, State.OFFERED) if until and until <= now:
            return f"The offer stood until {day_and_time(until)}."
        case (What.MOVED | What.DATE_CANCELLED, State.OFFERED) if until:
            return f"The place is still offered to you, until {day_and_time(until)}. Take it or pass it on."
        case (_, State.OFFERED) if until:
            return f"It is kept for you until {day_and_time(until)}. Take it or pass it on."
        case (What.BOOKED | What.NAMED | What.HANDED_TO, State.BOOKED) if not walked_in:
            return GIVE_UP
    return ""


@dataclass(frozen=True)
class Standing:
    """One booking, as far as its person reads of it."""

    state: str
    came_from: str = ""
    whose: str = ""
    reason: str = ""
    breakout: str = ""
    until: datetime | None = None
    asked: str = ""
    turn: int = 0
    line: int = 0
    passed: bool = False
    over: bool = False
    called_off: str = ""


def stands(one: Standing) -> str:
    """You have a place · You are 3rd of 9 in the queue · and so on, in a sentence or two."""
    match one.state:
        case State.BOOKED if one.over:
            return "You had a place."
        case State.BOOKED:
            return "You have a place." + (f" Your breakout: {one.breakout}." if one.breakout else "")
        case State.OFFERED:
            return f"A place is offered to you until {day_and_time(one.until)}."
        case State.WAITING if one.passed:
            return "You let an offer go by: ask again if you still want to come."
        case State.WAITING:
            return f"You are {ordinal(one.turn)} of {one.line} in the queue."
        case State.REQUESTED:
            return one.asked
        case State.DECLINED:
            return f"The answer was no: {one.reason}"
        case State.EXPIRED:
            return _lapsed(one)
    return _ended(one)


def _lapsed(one: Standing) -> str:
    if one.came_from == State.WAITING:
        return "The waiting list has closed, and no place came free for you in time."
    if one.whose in (MANAGER, ORGANISER):
        return "All places were taken before your request was approved."
    return "This has lapsed. You can book again if there are places."


_MADE_WAY = {
    State.WAITING: "You left the queue for a place.",
    State.REQUESTED: "You were given a place before your request was answered.",
}
"""Somebody was given a place in another way. Whoever ends a booking of somebody says why; this has no reason."""


def _ended(one: Standing) -> str:
    if one.called_off:
        return f"The session was cancelled: {one.called_off}"
    if one.came_from in _MADE_WAY and one.whose != OWN and not one.reason:
        return _MADE_WAY[one.came_from]
    _, words = happened(What.CANCELLED, one.came_from, one.whose)
    return f"{words.removesuffix('.')}: {one.reason}" if one.reason and one.whose != OWN else words
