"""A certificate of what somebody attended: only theirs, only of what is over, never where no names are kept."""

from dataclasses import dataclass
from datetime import datetime

from events.models import Booking, Came, rules_of
from learning.wording import length


@dataclass(frozen=True)
class Certificate:
    """What it says: who, what, when and for how long."""

    name: str
    event: str
    kind: str
    # When, and how long of it.
    dates: list[tuple[str, str]]
    hours: str


def certificate_of(booking: Booking, now: datetime) -> Certificate | None:
    """What somebody may show of a session, or None where there is nothing to show (yet)."""
    event = booking.session.event
    if not booking.person or rules_of(event.event_kind).counts_heads:
        return None
    attended = booking.attendance.filter(came__in=(Came.YES, Came.PART), date__ends_at__lte=now, minutes__gt=0)
    attended = list(attended.select_related("date__session__event").order_by("date__starts_at"))
    if not attended:
        return None
    return Certificate(
        name=str(booking.person),
        event=str(booking.session),
        kind=event.get_event_kind_display(),
        dates=[(one.date.meeting.when, length(one.minutes)) for one in attended],
        hours=length(sum(one.minutes for one in attended)),
    )
