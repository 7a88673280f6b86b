"""What a reader of one event sees."""

from functools import cached_property

from events.dates.wording import hours
from pages.lists.cards import Fact
from pages.reading.page import PageReading, labelled
from practice.models import Vocabulary

SECTIONS = [
    ("outcomes", "What you take away", "take-away"),
    ("body", "What happens", "what-happens"),
    ("before", "Before you come", "before"),
    ("privacy", "What stays in the room", "privacy"),
    ("access", "Access and support", "access"),
]
"""The fixed sections: field, heading, where a link jumps to. Always in this order."""


def facts(page, *names: str) -> list[Fact]:
    """The facts asked for, in that order; one that says nothing about this event is left out."""
    known = {
        "for": ("users", "Who it is for", page.who_for),
        "held": ("map-pin", "How", page.get_held_display() if page.held else ""),
        "length": ("clock", "How long", page.length),
        "cpd": ("circle-check", "CPD", hours(page.cpd_hours)),
    }
    return [Fact(name, *known[name]) for name in names if known[name][-1]]


class EventReading(PageReading):
    """One event for one reader."""

    fixed = SECTIONS

    @cached_property
    def facts(self) -> list[Fact]:
        return facts(self.page, "for", "held", "length", "cpd")

    @cached_property
    def details(self) -> list[dict]:
        page = self.page
        return labelled(
            ("Kind of event", page.get_event_kind_display() if page.event_kind else ""),
            ("Learning", page.get_learning_mode_display() if page.learning_mode else ""),
            *self.described(Vocabulary.METHOD, Vocabulary.NEED, Vocabulary.ACCESS, Vocabulary.THEME),
            ("National standards", self.standards),
        )
