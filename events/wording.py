"""Facts of an event in words. Pure: no Django."""

from decimal import Decimal


def hours(value: Decimal | None) -> str:
    """1 hour · 1.5 hours · 20 hours; nothing where none is said."""
    if not value:
        return ""
    number = f"{value.normalize():f}"
    return f"{number} hour" if number == "1" else f"{number} hours"
