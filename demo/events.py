"""The demo's learning events, as their editors tell them."""

from datetime import date
from decimal import Decimal

from demo.planting import Tell, files, plant_missing
from events.models import EventIndexPage, EventPage

FIELDS = {
    "What you take away": "outcomes",
    "What happens": "body",
    "Before you come": "before",
    "What stays in the room": "privacy",
    "Access and support": "access",
}
"""Heading in the file to field of the page."""


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Publish the events that are missing; returns how many were new."""
    return plant_missing(
        files("events"), EventIndexPage.objects.get(), EventPage, fields=FIELDS, today=today, tell=tell, own=_own
    )


def _own(facts: dict, today: date) -> dict:
    return {
        "event_kind": facts["kind"],
        "learning_mode": facts["learning"],
        "held": facts["held"],
        "who_for": facts["who_for"],
        "length": facts["length"],
        "cpd_hours": Decimal(str(facts["cpd_hours"])),
    }
