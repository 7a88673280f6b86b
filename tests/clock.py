"""Nights on which the day in London is not the day of the stored moment, for every rule that knows a day.

`summer_night` is the plain case: it is half past midnight on Thursday 15 July 2027, and the clock that moments are
stored by still says the 14th. The two others are the nights on which an hour is missing, or comes twice.
"""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

UTC, LONDON = ZoneInfo("UTC"), ZoneInfo("Europe/London")

SUMMER_NIGHT = datetime(2027, 7, 14, 23, 30, tzinfo=UTC)
"""00.30 on 15 July in London."""
SPRING_NIGHT = datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
"""00.59 in London, and a minute later it is 2am: 1am to 2am is not there."""
AUTUMN_NIGHT = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
"""1.30am in London for the first time that night; an hour later it is 1.30am again."""
NIGHTS = {"summer": SUMMER_NIGHT, "spring": SPRING_NIGHT, "autumn": AUTUMN_NIGHT}


@pytest.fixture
def summer_night() -> Iterator[datetime]:
    """The clock stands at half past midnight of a summer's night; gives that moment."""
    with time_machine.travel(SUMMER_NIGHT, tick=False):
        yield SUMMER_NIGHT


@pytest.fixture(params=NIGHTS)
def changing_night(request) -> Iterator[datetime]:
    """Each of the three nights in turn."""
    with time_machine.travel(NIGHTS[request.param], tick=False):
        yield NIGHTS[request.param]


def stored_day(moment: datetime) -> date:
    """The day that shows when somebody forgets that moments are stored by another clock."""
    return moment.astimezone(UTC).date()


def london_day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def is_at_night(moment: datetime) -> bool:
    """Whether the two days differ, so that a mistake would show."""
    return stored_day(moment) != london_day(moment)


def in_words(day: date) -> list[str]:
    """Every way in which screens, lists and letters write a day."""
    plain = f"{day.day} {day:%B}"
    return [f"{plain} {day.year}", day.isoformat(), f"{day:%A} {plain}", f"{day.day} {day:%b},"]
