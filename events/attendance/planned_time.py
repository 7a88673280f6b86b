"""What people have booked counts as planned in their protected time, until they come, cancel, or the date moves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from events.models import Booking, EventPage, SessionDate
from events.states import State
from learning.planning import Planned, plan

LOOKS_AHEAD = timedelta(days=62)
"""This month and the next: as far as anybody plans their time."""
SOURCE = "session-date:"


def plan_time(*, now: datetime) -> None:
    """A job: write down the planned time of everybody with a place on a date of the coming two months."""
    plan(wanted=_booked(now), sources=SOURCE, today=timezone.localdate(now))


def source_of(date: SessionDate) -> str:
    """What a time entry of that date is called, planned or taken."""
    return f"{SOURCE}{date.pk}"


def _booked(now: datetime) -> Iterator[Planned]:
    coming = SessionDate.objects.filter(
        cancelled_at=None, session__cancelled_at=None, starts_at__gt=now, starts_at__lte=now + LOOKS_AHEAD
    )
    dates = {}
    for date in coming.select_related("session__event").defer(*(f"session__event__{n}" for n in EventPage.read_late)):
        dates.setdefault(date.session_id, []).append(date)
    placed = Booking.objects.filter(session__in=dates, state=State.BOOKED, person__isnull=False)
    for person, session in placed.values_list("person_id", "session_id"):
        for date in dates[session]:
            yield Planned(person, source_of(date), timezone.localdate(date.starts_at), date.minutes, str(date.session))
