"""Facts of an event in words."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone


def hours(value: Decimal | None) -> str:
    """1 hour · 1.5 hours · 20 hours; nothing where none is said."""
    if not value:
        return ""
    number = f"{value.normalize():f}"
    return f"{number} hour" if number == "1" else f"{number} hours"


def clock(moment: datetime) -> str:
    """9am · 9.30am · 12 noon, in London; of the hour that comes twice in autumn, which one."""
    local = timezone.localtime(moment)
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midnight" if local.hour == 0 else "12 noon"
    minutes = f".{local.minute:02}" if local.minute else ""
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    which = f" ({'after' if local.fold else 'before'} the clocks go back)" if twice else ""
    return f"{(local.hour - 1) % 12 + 1}{minutes}{'am' if local.hour < 12 else 'pm'}{which}"


def long_day(moment: datetime) -> str:
    """Thursday 26 November 2026."""
    local = timezone.localtime(moment)
    return f"{local:%A} {local.day} {local:%B %Y}"


def day_and_time(moment: datetime) -> str:
    """Thursday 26 November 2026, 9.30am."""
    return f"{long_day(moment)}, {clock(moment)}"


def span(starts: datetime, ends: datetime) -> str:
    """Thursday 26 November 2026, 9.30am to 4pm."""
    if timezone.localtime(starts).date() == timezone.localtime(ends).date():
        return f"{day_and_time(starts)} to {clock(ends)}"
    return f"{day_and_time(starts)} to {day_and_time(ends)}"


def ordinal(number: int) -> str:
    """1st · 2nd · 3rd · 11th · 22nd."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
