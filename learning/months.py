"""Months as places to look at: which there are, what they are called, which come before and after."""

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2020, 2099
"""Months outside these have no page."""


def first_of(day: date) -> date:
    return day.replace(day=1)


def month_before(first: date) -> date:
    return first_of(first - timedelta(days=1))


def month_after(first: date) -> date:
    return first_of(first.replace(day=28) + timedelta(days=4))


def month_of(year: int, month: int) -> date | None:
    """The first day of that month; None where there is no page for it."""
    return date(year, month, 1) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None


def has_page(first: date) -> bool:
    return FIRST_YEAR <= first.year <= LAST_YEAR


def named(first: date) -> str:
    """November 2026."""
    return f"{first:%B %Y}"
