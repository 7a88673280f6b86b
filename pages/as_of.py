"""The day by which pages judge themselves: today, or that of the moment at which a job acts (`run_jobs --at`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_day: ContextVar[date | None] = ContextVar("day_of_the_job", default=None)


def today() -> date:
    """The day on which whatever is going on happens. What pages ask when they are saved or published."""
    return _day.get() or timezone.localdate()


@contextmanager
def acting_at(now: datetime) -> Iterator[None]:
    """Inside, it is the day of that moment: a story that is due in spring is judged by the consents of spring."""
    token = _day.set(timezone.localdate(now))
    try:
        yield
    finally:
        _day.reset(token)
