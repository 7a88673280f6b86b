"""Dates that come again: every week, every two or four weeks, or the same weekday of every month. Pure.

Counted on the clock on the wall in London, so that 9.30 stays 9.30 when the clocks change.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Every(StrEnum):
    """How often."""

    WEEK = "week"
    TWO_WEEKS = "two-weeks"
    FOUR_WEEKS = "four-weeks"
    MONTH = "month"


WEEKS = {Every.WEEK: 1, Every.TWO_WEEKS: 2, Every.FOUR_WEEKS: 4}


def repeated(moment: datetime, every: Every, times: int) -> list[datetime]:
    """So many moments, the given one first."""
    return [one.replace(tzinfo=LONDON).astimezone(moment.tzinfo) for one in walls(moment, every, times)]


def walls(moment: datetime, every: Every, times: int) -> list[datetime]:
    """What the clock on the wall shows at each of them."""
    wall = moment.astimezone(LONDON).replace(tzinfo=None)
    if every == Every.MONTH:
        return [datetime.combine(_same_weekday(wall.date(), months), wall.time()) for months in range(times)]
    return [wall + timedelta(weeks=WEEKS[every] * number) for number in range(times)]


def _same_weekday(day: date, months: int) -> date:
    """The same weekday so many months on: the third Tuesday stays the third, a fifth becomes the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    ahead = (day.weekday() - first.weekday()) % 7 + 7 * ((day.day - 1) // 7)
    wanted = first + timedelta(days=ahead)
    return wanted if wanted.month == first.month else wanted - timedelta(weeks=1)
