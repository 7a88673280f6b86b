"""Facts in words, the same everywhere: ages, minutes and days as a practitioner would say them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

UNBORN = -1


def day(value: date | datetime) -> str:
    """3 October 2026. Of a moment it is the day in London, whatever clock the moment is kept by."""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return f"{value.day} {value:%B %Y}"


def ages(age_min: int | None, age_max: int | None, for_adults: bool = False) -> str:
    """4 to 16 years · 8 years and over · Unborn to 3 years · 5 years to adult · Adults · Any age."""
    if age_min is None and age_max is None:
        return "Adults" if for_adults else "Any age"
    if for_adults:
        return f"{_from_age(age_min)} to adult" if age_min is not None else "Any age and adults"
    if age_max is None:
        return f"{_from_age(age_min)} and over"
    if age_min is None:
        return "Unborn" if age_max == UNBORN else f"Up to {_years(age_max)}"
    if age_min == age_max:
        return _from_age(age_min)
    return f"{'Unborn' if age_min == UNBORN else age_min} to {_years(age_max)}"


def _years(number: int) -> str:
    return counted(number, "year")


def _from_age(years: int) -> str:
    return "Unborn" if years == UNBORN else _years(years)


def minutes(minutes_min: int | None, minutes_max: int | None, several_sessions: bool = False) -> str:
    """10 minutes · 10 to 20 minutes · Several sessions · Any length."""
    low, high = minutes_min if minutes_min is not None else minutes_max, minutes_max or minutes_min
    if low is None:
        return "Several sessions" if several_sessions else "Any length"
    span = counted(low, "minute") if low == high else f"{low} to {counted(high, 'minute')}"
    return f"{span}, several sessions" if several_sessions else span


def listed(words: Iterable[str], last: str = "or") -> str:
    """Child alone, siblings or group: the first with a capital, the rest running on."""
    words = list(words)
    # An acronym such as BSL keeps its capitals.
    running = [word if word[:2].isupper() or n == 0 else word[:1].lower() + word[1:] for n, word in enumerate(words)]
    return running[0] if len(running) == 1 else f"{', '.join(running[:-1])} {last} {running[-1]}" if running else ""


def counted(number: int, singular: str, plural: str = "") -> str:
    """1 tool · 24 tools · 1,024 tools."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def sentence(words: str) -> str:
    """With a full stop at the end, and one alone: a name may end in one, as Amina K. does."""
    return words if words.endswith((".", "!", "?")) else f"{words}."
