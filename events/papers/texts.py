"""What stands on the papers of a session: the list to sign and the badges. Read at once, in the order of names."""

from functools import cached_property

from django.template.loader import render_to_string

from events.models import Booking, Paper, Session, SessionDate
from pages.models import BrandSettings

BADGES_ON_A_PAGE = 10
EMPTY_LINES = 12
"""Lines at the end of a sheet for those who just come."""

TEMPLATES = {Paper.Kind.SHEET: "events/papers/sheet.html", Paper.Kind.BADGES: "events/papers/badges.html"}


class PaperText:
    """One paper: a heading and everybody who is booked. Nothing of what people asked for, no address."""

    def __init__(self, kind: str, session: Session, date: SessionDate | None = None):
        self.kind, self.session, self.date = kind, session, date

    @property
    def title(self) -> str:
        return f"{Paper.Kind(self.kind).label}: {self.session}"

    @property
    def template(self) -> str:
        return TEMPLATES[self.kind]

    @property
    def when_and_where(self) -> str:
        """Of its date; of what belongs to the whole session, when it begins and where."""
        plan = self.session.where_when
        return self.date.meeting.when_and_where if self.date else f"{plan.in_short}, {plan.venue_in_short}"

    @cached_property
    def people(self) -> list[Booking]:
        booked = self.session.bookings.booked().filter(person__isnull=False)
        booked = booked.select_related("person__team", "breakout")
        return list(booked.order_by("person__last_name", "person__first_name", "pk"))

    @property
    def empty_lines(self) -> range:
        return range(len(self.people) + 1, len(self.people) + EMPTY_LINES + 1)

    @property
    def sheets(self) -> list[list[Booking]]:
        """Badges a page at a time."""
        starts = range(0, len(self.people), BADGES_ON_A_PAGE)
        return [self.people[start : start + BADGES_ON_A_PAGE] for start in starts]


def as_html(template: str, title: str, **context) -> str:
    """A paper as a page of its own, for drawing."""
    brand = (BrandSettings.objects.first() or BrandSettings()).name
    return render_to_string("layouts/pdf.html", {"template": template, "title": title, "brand": brand, **context})
