"""Days on which offices work: Monday to Friday without the bank holidays of England and Wales. Pure."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices are open on that day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def _moved(moment: datetime, days: int, step: int) -> datetime:
    # By the clock on the wall: 9.30 stays 9.30 over a change of the clocks.
    wall = moment.astimezone(LONDON)
    while days:
        wall += timedelta(days=step)
        if is_working_day(wall.date()):
            days -= 1
    return wall.astimezone(moment.tzinfo)


def working_day_before(moment: datetime) -> datetime:
    """The same time of the working day before: Friday 9.30 for Monday 9.30."""
    return _moved(moment, 1, -1)


def working_days_after(moment: datetime, days: int) -> datetime:
    """The same time so many working days later."""
    return _moved(moment, days, 1)
