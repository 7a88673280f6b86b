"""The list of one date on the organiser's phone: search, one tap, and how many are here."""

from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch, Q
from django.urls import reverse

from events.attendance.attending import CORRECTED_AFTER, OPEN_BEFORE, counts_heads
from events.models import Attendance, Booking, Came, ListClosing, SessionDate
from pages.lists.address import Address, page_numbers, query_string
from pages.wording import counted

ON_A_PAGE = 50


class AttendanceList:
    """Everybody with a place at one date, and what is known of each."""

    def __init__(self, date: SessionDate, now: datetime, parameters: dict[str, list[str]]):
        self.date, self.now = date, now
        address = Address(parameters)
        self.q = address.text("q")
        self.missing = address.choice("show", "Show", {"missing"}, "") == "missing"
        self.number = address.whole_number("page", "Page", 1, 9_999_999) or 1
        self.ignored = address.ignored

    @cached_property
    def counts_heads(self) -> bool:
        return counts_heads(self.date)

    @property
    def when_and_where(self) -> str:
        return self.date.meeting.when_and_where

    @property
    def address(self) -> str:
        return reverse("attendance", args=[self.date.session.key, self.date.key])

    @property
    def asked(self) -> str:
        """What is asked for now, so that a tick leads back to the same search."""
        return query_string({**self._search, "page": [self.number if self.number > 1 else ""]})

    @property
    def _search(self) -> dict[str, list]:
        return {"q": [self.q], "show": ["missing" if self.missing else ""]}

    @property
    def everyone_url(self) -> str:
        return self.address + query_string({"q": [self.q]})

    @property
    def missing_url(self) -> str:
        return self.address + query_string({"q": [self.q], "show": ["missing"]})

    @property
    def words(self) -> str:
        """412 of 550 are here, and 9 others."""
        others = f", and {counted(self.date.others, 'other')}" if self.date.others else ""
        return f"{self.here:,} of {self.expected:,} are here{others}."

    @property
    def may_tick(self) -> bool:
        return self.has_begun and not self.date.cancelled_at

    @property
    def needs_reason(self) -> bool:
        """Whether a change of what was written down has to say why by now."""
        return self.now > self.date.ends_at + CORRECTED_AFTER

    @property
    def has_begun(self) -> bool:
        return self.now >= self.date.starts_at - OPEN_BEFORE

    @property
    def can_close(self) -> bool:
        """Whether everybody who is not ticked can be called missing: it is over, and nobody did it yet."""
        over = self.now >= self.date.ends_at and not self.date.cancelled_at
        return over and not self.counts_heads and not self.date.list_closed_at

    @cached_property
    def others_missing(self) -> int:
        return self._everybody.exclude(attendance__date=self.date).count()

    @property
    def closings(self) -> list[ListClosing]:
        """Who closed the list or opened it again, the latest first."""
        return list(self.date.closings.select_related("by").order_by("-pk")[:5])

    @cached_property
    def here(self) -> int:
        return Attendance.objects.filter(date=self.date, came__in=(Came.YES, Came.PART)).count()

    @cached_property
    def expected(self) -> int:
        return self._everybody.count()

    @cached_property
    def _everybody(self):
        return self.date.session.bookings.expected_at(self.date)

    @cached_property
    def _found(self):
        found = self._everybody
        for word in self.q.split()[:5]:
            found = found.filter(Q(person__first_name__icontains=word) | Q(person__last_name__icontains=word))
        if self.missing:
            found = found.exclude(attendance__date=self.date)
        return found.order_by("person__last_name", "person__first_name", "pk")

    @cached_property
    def pages(self):
        last = max(1, -(-self._found.count() // ON_A_PAGE))
        return page_numbers(
            min(self.number, last),
            last,
            lambda n: self.address + query_string({**self._search, "page": [n if n > 1 else ""]}),
        )

    @cached_property
    def people(self) -> list[Booking]:
        start = (self.pages.number - 1) * ON_A_PAGE
        known = Prefetch("attendance", Attendance.objects.filter(date=self.date), to_attr="here")
        return list(self._found.select_related("person__team").prefetch_related(known)[start : start + ON_A_PAGE])
