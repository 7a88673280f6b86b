"""What somebody has booked at the same time. A warning: nobody is stopped."""

from collections.abc import Iterable
from datetime import datetime

from events.models import Booking, Session, SessionDate
from people.models import User


def booked_dates(person: User, now: datetime) -> list[SessionDate]:
    """The dates still to come at which this person has a place."""
    booked = Booking.objects.held().filter(person=person).values("session")
    dates = SessionDate.objects.filter(session__in=booked, cancelled_at=None, ends_at__gt=now)
    return list(dates.select_related("session__event").only(*DATE_IN_WORDS))


DATE_IN_WORDS = ("key", "starts_at", "ends_at", "place", "cancelled_at", "cancelled_because", "session__title")
DATE_IN_WORDS += ("session__held", "session__place", "session__event__title")


def clashes(session: Session, dates: Iterable[SessionDate]) -> list[str]:
    """What the reader has booked at the same time, in words. A warning: nobody is stopped."""
    return [
        f"{other.session}, {other.meeting.when_and_where}"
        for date in session.held_dates
        for other in dates
        if other.session_id != session.pk and date.starts_at < other.ends_at and other.starts_at < date.ends_at
    ]
