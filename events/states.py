"""The life of a booking: its states, and which may follow which. Pure; obeyed by `events/booking/steps.py`."""

from django.db import models


class State(models.TextChoices):
    """Where a booking stands. Whether somebody came is told apart, by attendance."""

    REQUESTED = "requested", "Waiting for an answer"
    OFFERED = "offered", "A place is offered"
    BOOKED = "booked", "Booked"
    WAITING = "waiting", "In the queue"
    DECLINED = "declined", "Not approved"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Lapsed"


HELD = (State.BOOKED, State.OFFERED)
"""States that take a place: an offer counts until it lapses, or the place could be given away twice."""

LIVE = (*HELD, State.WAITING, State.REQUESTED)
"""States of which a person may have one a session."""

FOLLOWS = {
    None: {State.REQUESTED, State.BOOKED, State.WAITING},
    State.REQUESTED: {State.BOOKED, State.WAITING, State.DECLINED, State.CANCELLED, State.EXPIRED},
    State.WAITING: {State.BOOKED, State.OFFERED, State.CANCELLED, State.EXPIRED},
    # An offer that lapses leads back to the queue, passed over.
    State.OFFERED: {State.BOOKED, State.WAITING, State.CANCELLED},
    State.BOOKED: {State.CANCELLED},
}
"""State to the states that may follow it. What is cancelled, declined or lapsed stays so: coming back is a new row."""


class Reason(models.TextChoices):
    """Why somebody cannot come. The first four are the work itself: they never count against anybody."""

    CRISIS = "crisis", "A child or family needs me"
    COURT = "court", "Court"
    DUTY = "duty", "Duty or cover for a colleague"
    UNWELL = "unwell", "I am unwell"
    LEAVE = "leave", "Leave"
    CHANGED = "changed", "My plans changed"
    OTHER = "other", "Something else"


class Whose(models.TextChoices):
    """Whose step it was, as the person sees it."""

    OWN = "own", "The person"
    MANAGER = "manager", "The manager"
    ORGANISER = "organiser", "An organiser"
    CLOCK = "clock", "The clock"


class What(models.TextChoices):
    """What may happen in the life of a booking: each is told to the person once."""

    REQUESTED = "requested", "Asked to come"
    ASKED = "asked", "Asked to answer"
    BOOKED = "booked", "Booked"
    WAITING = "waiting", "Joined the queue"
    OFFERED = "offered", "A place was offered"
    PASSED = "passed", "The offer lapsed"
    DECLINED = "declined", "Not approved"
    LAPSED = "lapsed", "Nobody answered in time"
    QUEUE_CLOSED = "queue-closed", "The queue was closed"
    CANCELLED = "cancelled", "Cancelled"
    CALLED_OFF = "called-off", "The session was cancelled"
    MOVED = "moved", "What people go by has changed"
    DATE_CANCELLED = "date-cancelled", "A date was cancelled"
    HANDED_OVER = "handed-over", "The place went to a colleague"
    HANDED_TO = "handed-to", "A colleague handed over the place"
    MADE_WAY = "made-way", "Left the queue for a place"
    NAMED = "named", "A kept place was given a name"
    RELEASED = "released", "A kept place was released"
    REORDERED = "reordered", "Moved in the queue"
    REASON = "reason", "Why it was done"
    WISHED = "wished", "Changed the wishes for breakouts"
    BREAKOUT = "breakout", "Has another breakout"
