"""When people may book, and how a place that comes free reaches the next in line: rules of time."""

from datetime import datetime, timedelta

from events.dates.wording import day_and_time
from events.dates.working_days import last_open_moment, office_time, working_days_after
from events.models import Session
from events.states import State
from people.refusals import NotPossible

STRAIGHT_UNTIL = timedelta(days=5)
BY_HAND_FROM = timedelta(days=1)
SHORTEST_OFFER = timedelta(hours=1)
"""Of office time, or nothing is offered by itself any more."""


def refuse_if_gone(session: Session, now: datetime) -> None:
    """Raise NotPossible if the session was cancelled or is over."""
    if session.cancelled_at:
        raise NotPossible("This session was cancelled. Look for another date on the event's page.", code="cancelled")
    if session.ends_at and session.ends_at <= now:
        raise NotPossible("This session is over.", code="over")


def is_gone(session: Session, now: datetime) -> bool:
    """Cancelled or over: nobody is told of breakouts any more."""
    return bool(session.cancelled_at or (session.ends_at and session.ends_at <= now))


def refuse_unless_open(session: Session, now: datetime) -> None:
    """Raise NotPossible outside the time in which people book."""
    refuse_if_gone(session, now)
    if session.opens_at and now < session.opens_at:
        raise NotPossible(f"Booking opens on {day_and_time(session.opens_at)}.", code="not-open")
    if session.booking_closes and now >= session.booking_closes:
        closed = day_and_time(session.booking_closes)
        raise NotPossible(f"Booking closed on {closed}. Ask the organiser if you still want to come.", code="closed")


def queue_is_open(session: Session, now: datetime) -> bool:
    return session.queue_closes is None or now < session.queue_closes


def refuse_other_wishes(session: Session, now: datetime) -> None:
    """Raise NotPossible once breakouts are settled."""
    if not queue_is_open(session, now):
        closed = day_and_time(session.queue_closes)
        raise NotPossible(f"Breakouts were settled on {closed}. Ask the organiser about yours.", code="closed")


def way_in(session: Session, now: datetime) -> State | None:
    """Straight into the place, by an offer, or (None) not by itself."""
    rule, rules = session.waiting_rule, Session.WaitingRule
    if session.cancelled_at or rule in (rules.BY_HAND, rules.NONE) or not queue_is_open(session, now):
        return None
    if rule == rules.STRAIGHT or session.starts_at is None:
        return State.BOOKED
    if rule == rules.CLOSENESS and session.starts_at - now > STRAIGHT_UNTIL:
        return State.BOOKED
    by_hand = rule == rules.CLOSENESS and session.starts_at - now <= BY_HAND_FROM
    too_late = office_time(now, session.queue_closes) < SHORTEST_OFFER
    return None if by_hand or too_late else State.OFFERED


def offer_ends(session: Session, now: datetime) -> datetime:
    """When an offer made now lapses: in office hours, and never after the queue has closed."""
    return deadline(now, session.offer_days, no_later=session.queue_closes)


def request_ends(session: Session, now: datetime) -> datetime:
    """Until when a request made now can be answered: in office hours, and never after booking has closed."""
    return deadline(now, session.approval_days, no_later=session.booking_closes)


def left_of_offer(session: Session, until: datetime, now: datetime) -> datetime:
    """What a move of dates leaves of an offer: it ends before the queue closes, and in any case before it starts."""
    return no_later_than(until, _next_of(now, session.queue_closes, session.booking_closes, session.starts_at), now)


def left_of_request(session: Session, until: datetime, now: datetime) -> datetime:
    """The same of the time in which a request is answered."""
    return no_later_than(until, _next_of(now, session.booking_closes, session.starts_at), now)


def _next_of(now: datetime, *moments: datetime | None) -> datetime | None:
    return next((moment for moment in moments if moment and moment > now), None)


def deadline(now: datetime, days: int, *, no_later: datetime | None) -> datetime:
    """So many working days from now, and always at a moment at which offices are open.

    What has to be answered before they open again keeps the last moment that there is.
    """
    return no_later_than(working_days_after(now, days), no_later, now)


def no_later_than(ends: datetime, no_later: datetime | None, now: datetime) -> datetime:
    """That moment, or if it is too late the last before it at which offices are open."""
    if no_later is None or ends <= no_later:
        return ends
    in_hours = last_open_moment(no_later)
    return in_hours if in_hours > now else no_later
