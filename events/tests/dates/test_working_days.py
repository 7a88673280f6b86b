"""Deadlines count days on which offices are open."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.dates.working_days import is_working_day, office_time, working_day_before, working_days_after

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        # Boxing Day 2026 is a Saturday, so the Monday is off instead.
        (date(2026, 12, 28), False),
        (date(2027, 3, 26), False),
        (date(2027, 3, 29), False),
        (date(2027, 5, 3), False),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
        # A holiday of Scotland, and not of England.
        (date(2026, 11, 30), True),
    ],
)
def test_bank_holidays_and_weekends_are_no_working_days(day, open_):
    assert is_working_day(day) == open_


def test_three_working_days_over_christmas_are_more_than_a_week():
    asked = datetime(2026, 12, 23, 16, 0, tzinfo=LONDON)
    assert working_days_after(asked, 3) == datetime(2026, 12, 30, 16, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        # The summer night: half past midnight in London is the day before on a clock that shows UTC.
        (datetime(2026, 7, 3, 23, 30, tzinfo=UTC), datetime(2026, 7, 7, 9, 0, tzinfo=LONDON)),
        (datetime(2026, 7, 2, 23, 30, tzinfo=UTC), datetime(2026, 7, 6, 9, 0, tzinfo=LONDON)),
        (datetime(2026, 7, 3, 15, 59, tzinfo=UTC), datetime(2026, 7, 6, 16, 59, tzinfo=LONDON)),
        (datetime(2026, 7, 3, 16, 0, tzinfo=UTC), datetime(2026, 7, 7, 9, 0, tzinfo=LONDON)),
        (datetime(2026, 12, 24, 20, 0, tzinfo=UTC), datetime(2026, 12, 30, 9, 0, tzinfo=LONDON)),
    ],
)
def test_what_is_asked_outside_office_hours_counts_from_when_offices_open(asked, until):
    assert working_days_after(asked, 1) == until


@pytest.mark.parametrize(
    ("starts", "closes"),
    [
        (datetime(2026, 7, 7, 19, 0, tzinfo=LONDON), datetime(2026, 7, 6, 17, 0, tzinfo=LONDON)),
        (datetime(2026, 7, 11, 10, 0, tzinfo=LONDON), datetime(2026, 7, 9, 17, 0, tzinfo=LONDON)),
        (datetime(2026, 7, 7, 7, 30, tzinfo=LONDON), datetime(2026, 7, 3, 17, 0, tzinfo=LONDON)),
        # At nine sharp offices are open: a day before is a whole day, and not the evening before that.
        (datetime(2026, 7, 7, 9, 0, tzinfo=LONDON), datetime(2026, 7, 6, 9, 0, tzinfo=LONDON)),
    ],
)
def test_what_closes_a_working_day_before_an_evening_or_a_weekend_closes_in_office_hours(starts, closes):
    assert working_day_before(starts) == closes


def test_the_time_to_answer_is_counted_while_offices_are_open():
    friday, monday = datetime(2026, 7, 3, 16, 30, tzinfo=LONDON), datetime(2026, 7, 6, 9, 20, tzinfo=LONDON)
    assert office_time(friday, monday) == timedelta(minutes=50)
    assert office_time(monday, friday) == timedelta()


def test_the_working_day_before_a_monday_is_friday_and_the_clock_stays_over_a_change():
    assert working_day_before(datetime(2027, 3, 30, 9, 30, tzinfo=LONDON)) == datetime(
        2027, 3, 25, 9, 30, tzinfo=LONDON
    )
    assert working_day_before(datetime(2026, 10, 26, 9, 30, tzinfo=LONDON)).hour == 9
