"""What is on: dates of all events in order, or a month as a calendar; all, what I can book, mine, or my team's."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from events.booking.permissions import is_for
from events.dates.where_when import Meeting
from events.models import Booking, SessionDate, kinds_managers_know
from events.models.event_page import EventPage
from events.reading.availability import SessionReading, Taken, taken
from events.states import LIVE
from pages.lists.address import Address, page_numbers, query_string, shown
from pages.lists.standards import StandardChoice
from people.roles import Role

ON_A_PAGE = 10
MOST_DATES = 500
SHOWS = {"": "What’s on", "open": "What I can book", "mine": "Mine", "team": "My team’s"}
EARLIEST, LATEST = 2000, 2100


@dataclass(frozen=True)
class DiaryDate:
    """One date of one session, as a list or a calendar shows it."""

    date: SessionDate
    reading: SessionReading
    names: list[str]

    @property
    def title(self) -> str:
        return str(self.date.session)

    @property
    def url(self) -> str:
        return self.date.session.event.address

    @cached_property
    def meeting(self) -> Meeting:
        return self.date.of(self.date.session)

    @property
    def day(self) -> date:
        return timezone.localdate(self.date.starts_at)

    @property
    def clock(self) -> str:
        return self.meeting.clock

    @property
    def where(self) -> str:
        return self.meeting.where

    @property
    def cancelled(self) -> bool:
        return self.meeting.cancelled


class Diary:
    """One look at the dates for one reader."""

    def __init__(self, request, base: str):
        self.hub, self.base, self.now = request.hub, base, request.hub.now
        self.person = request.user
        address = Address(dict(request.GET.lists()))
        self.view = address.choice("view", "View", {"list", "calendar"}, "list")
        self.show = address.choice("show", "Show", set(self._shows) - {""}, "")
        self.number = address.whole_number("dates", "Dates", 1, 9_999_999) or 1
        self._month = address.text("month")
        self.standard = StandardChoice(self.hub, address)
        self.ignored = address.ignored

    @cached_property
    def _shows(self) -> dict[str, str]:
        shows = dict(SHOWS)
        if not self.person.has_role(Role.MANAGER):
            del shows["team"]
        return shows

    # What is looked at.

    @cached_property
    def _readable(self) -> QuerySet:
        return self.hub.readable(self.standard.narrow(EventPage.objects.all())).values("pk")

    @cached_property
    def _dates(self) -> list[SessionDate]:
        dates = SessionDate.objects.filter(session__event__in=self._readable)
        if self.view == "calendar":
            first, last = self.weeks_shown
            dates = dates.filter(starts_at__gte=_midnight(first), starts_at__lt=_midnight(last + timedelta(days=1)))
        else:
            dates = dates.filter(ends_at__gt=self.now)
        if self.show == "mine":
            dates = dates.filter(session__in=self._own.values("session"))
        if self.show == "team":
            dates = dates.filter(session__in=self._of_team.values("session"))
        late = [f"session__event__{name}" for name in EventPage.read_late]
        dates = dates.select_related("session__event").defer(*late).order_by("starts_at", "pk")
        return list(dates.prefetch_related("session__dates")[:MOST_DATES])

    @cached_property
    def _own(self) -> QuerySet[Booking]:
        return Booking.objects.live().filter(person=self.person)

    @cached_property
    def _of_team(self) -> QuerySet[Booking]:
        """Bookings of those this person manages, in the kinds where a manager may know."""
        team = Booking.objects.filter(person__manager=self.person, state__in=LIVE)
        return team.filter(session__event__event_kind__in=kinds_managers_know())

    @cached_property
    def _names(self) -> dict[int, list[str]]:
        names: dict[int, list[str]] = {}
        if self.show == "team":
            for booking in self._of_team.select_related("person").order_by("person__first_name"):
                names.setdefault(booking.session_id, []).append(f"{booking.person} ({booking.get_state_display()})")
        return names

    @cached_property
    def entries(self) -> list[DiaryDate]:
        """In order of time. What I can book leaves out what is full without a queue, closed, or for others."""
        sessions = {one.session_id: one.session for one in self._dates}
        full = taken(sessions.values())
        mine = {one.session_id: one for one in self._own.filter(session__in=list(sessions))}
        readings = {
            pk: SessionReading(
                session,
                now=self.now,
                full=full.get(pk, Taken()),
                mine=mine.get(pk),
                allowed=is_for(self.person, session),
            )
            for pk, session in sessions.items()
        }
        found = [DiaryDate(one, readings[one.session_id], self._names.get(one.session_id, [])) for one in self._dates]
        return [one for one in found if self.show != "open" or one.reading.can_book]

    # The list.

    @property
    def _last_page(self) -> int:
        return max(1, -(-len(self.entries) // ON_A_PAGE))

    @property
    def listed(self) -> list[DiaryDate]:
        start = (self.pages.number - 1) * ON_A_PAGE
        return self.entries[start : start + ON_A_PAGE]

    @cached_property
    def pages(self):
        return page_numbers(
            min(self.number, self._last_page), self._last_page, lambda n: self._url(dates="" if n == 1 else n)
        )

    # The calendar.

    @cached_property
    def month(self) -> date:
        """The first day of the month that is shown."""
        today = timezone.localdate(self.now)
        if not self._month:
            return today.replace(day=1)
        try:
            month = date.fromisoformat(f"{self._month}-01")
        except ValueError:
            month = None
        if month is None or not EARLIEST <= month.year < LATEST:
            self.ignored.append(f"“{shown(self._month)}” is not a month such as 2027-02, so this is the present one.")
            return today.replace(day=1)
        return month

    @property
    def month_in_words(self) -> str:
        return f"{self.month:%B %Y}"

    @property
    def weeks_shown(self) -> tuple[date, date]:
        weeks = calendar.Calendar().monthdatescalendar(self.month.year, self.month.month)
        return weeks[0][0], weeks[-1][-1]

    @cached_property
    def weeks(self) -> list[list[dict]]:
        """Monday to Sunday; each day with what is on."""
        on: dict[date, list[DiaryDate]] = {}
        for entry in self.entries:
            on.setdefault(entry.day, []).append(entry)
        today = timezone.localdate(self.now)
        return [
            [
                {
                    "day": day,
                    "words": f"{day:%A} {day.day} {day:%B}",
                    "outside": day.month != self.month.month,
                    "today": day == today,
                    "entries": on.get(day, []),
                }
                for day in week
            ]
            for week in calendar.Calendar().monthdatescalendar(self.month.year, self.month.month)
        ]

    @property
    def before_url(self) -> str:
        return self._url(month=f"{self.month - timedelta(days=1):%Y-%m}")

    @property
    def after_url(self) -> str:
        return self._url(month=f"{self.month + timedelta(days=32):%Y-%m}")

    # The ways on.

    def _url(self, **changed) -> str:
        month = f"{self.month:%Y-%m}" if self.view == "calendar" and self._month else ""
        asked = {**self.asked, "month": month, **changed}
        return self.base + query_string({name: [value] for name, value in asked.items()})

    @property
    def asked(self) -> dict[str, str]:
        """What is looked at, as the address says it."""
        return {"view": "" if self.view == "list" else self.view, "show": self.show, "standard": self.standard.code}

    @property
    def every_standard_url(self) -> str:
        return self._url(standard="")

    @property
    def pills(self) -> list[dict]:
        return [
            {"label": label, "url": self._url(show=name), "chosen": name == self.show}
            for name, label in self._shows.items()
        ]

    @property
    def other_view(self) -> dict:
        if self.view == "list":
            return {"label": "Show a month as a calendar", "url": self._url(view="calendar")}
        return {"label": "Show as a list", "url": self._url(view="", month="")}

    @property
    def empty_title(self) -> str:
        if self.standard.code:
            return f"No dates for {self.standard.chosen}"
        return {
            "open": "Nothing to book at the moment",
            "mine": "You have nothing booked",
            "team": "Nobody of your team has booked",
        }.get(self.show, "No dates at the moment")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
