"""Time in words, as a practitioner would say it."""

from pages.wording import counted

QUARTER = 15


def length(minutes: int) -> str:
    """0 hours · 20 minutes · 1 hour · 1.5 hours · 1 hour 50 minutes."""
    hours, rest = divmod(minutes, 60)
    if minutes % QUARTER == 0 and (hours or not rest):
        number = _decimal(minutes)
        return f"{number} hour" if number == "1" else f"{number} hours"
    return " ".join([counted(hours, "hour")] * bool(hours) + [counted(rest, "minute")])


def of(part: int, whole: int) -> str:
    """1.5 of 2 hours · 50 minutes of 2 hours."""
    in_hours = part % QUARTER == 0 and whole % QUARTER == 0 and whole >= 60
    return f"{_decimal(part) if in_hours else length(part)} of {length(whole)}"


def _decimal(minutes: int) -> str:
    """Quarters of an hour as a number: 2, 1.5, 0.25."""
    return f"{minutes / 60:,.2f}".rstrip("0").rstrip(".")
