"""When offices work: Monday to Friday without the bank holidays of England, in the hours that settings say.

Whatever somebody has to answer runs out in these hours: a night, a weekend or a holiday never costs anybody a turn.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5
DAY = timedelta(days=1)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices are open on that day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def working_days_after(moment: datetime, days: int) -> datetime:
    """So many working days later, counted from when offices are open: what is sent on Friday night counts from Monday.

    By the clock on the wall: 9.30 stays 9.30 over a change of the clocks.
    """
    return _moved(_opening_from(_wall(moment)), days, 1).astimezone(moment.tzinfo)


def working_day_before(moment: datetime) -> datetime:
    """The working day before, in office hours: Friday 9.30 for Monday 9.30, and Friday at closing for Monday night."""
    return _moved(_open_until(_wall(moment)), 1, -1).astimezone(moment.tzinfo)


def last_open_moment(moment: datetime) -> datetime:
    """That moment if offices are open, else when they closed before it."""
    return _open_until(_wall(moment)).astimezone(moment.tzinfo)


def office_time(starts: datetime, ends: datetime) -> timedelta:
    """How much time in office hours lies between two moments, on at most the first fifty days."""
    starts, ends = _wall(starts), _wall(ends)
    total = timedelta()
    for number in range(min((ends.date() - starts.date()).days + 1, 50)):
        day = starts.date() + DAY * number
        if is_working_day(day):
            total += max(min(ends, _closes(day)) - max(starts, _opens(day)), timedelta())
    return total


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def _opens(day: date) -> datetime:
    return datetime.combine(day, time(settings.HUB_OFFICE_OPENS), tzinfo=LONDON)


def _closes(day: date) -> datetime:
    return datetime.combine(day, time(settings.HUB_OFFICE_CLOSES), tzinfo=LONDON)


def _opening_from(wall: datetime) -> datetime:
    """That moment if offices are open, else when they open next."""
    day = wall.date()
    if is_working_day(day) and wall < _closes(day):
        return max(wall, _opens(day))
    return _opens(_next_working_day(day, 1))


def _open_until(wall: datetime) -> datetime:
    day = wall.date()
    if is_working_day(day) and wall >= _opens(day):
        return min(wall, _closes(day))
    return _closes(_next_working_day(day, -1))


def _next_working_day(day: date, step: int) -> date:
    day += DAY * step
    return day if is_working_day(day) else _next_working_day(day, step)


def _moved(wall: datetime, days: int, step: int) -> datetime:
    day = wall.date()
    for _ in range(days):
        day = _next_working_day(day, step)
    return datetime.combine(day, wall.timetz())
