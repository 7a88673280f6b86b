"""Days on which offices work: Monday to Friday. Pure. Bank holidays are not known here: a deadline may be early."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def _moved(moment: datetime, days: int, step: int) -> datetime:
    # By the clock on the wall: 9.30 stays 9.30 over a change of the clocks.
    wall = moment.astimezone(LONDON)
    while days:
        wall += timedelta(days=step)
        if wall.weekday() < 5:
            days -= 1
    return wall.astimezone(moment.tzinfo)


def working_day_before(moment: datetime) -> datetime:
    """The same time of the working day before: Friday 9.30 for Monday 9.30."""
    return _moved(moment, 1, -1)


def working_days_after(moment: datetime, days: int) -> datetime:
    """The same time so many working days later."""
    return _moved(moment, days, 1)
