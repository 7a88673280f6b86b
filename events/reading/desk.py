"""The organiser's desk: who is in, who waits, what was asked, what happened lately. Twelve queries at 550 bookings."""

from datetime import datetime
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from events.attendance.closing import open_lists
from events.booking.answering import names_of, who_answers
from events.booking.discretion import keeps_names
from events.booking.lapsing import of_nobody
from events.booking.permissions import organised_by, organises_all
from events.models import Booking, BookingChange, Session, SessionDate
from events.reading.availability import Taken, taken
from events.states import HELD, State
from pages.lists.address import Address, page_numbers, query_string
from pages.wording import counted
from people.models import User

ON_A_PAGE = 50
MOST_WAITING = 100


class DeskList:
    """All of somebody's sessions: what comes first, then what is over."""

    def __init__(self, person: User, now: datetime, parameters: dict[str, list[str]]):
        self.person, self.now = person, now
        address = Address(parameters)
        self.past = address.choice("show", "Show", {"past"}, "") == "past"
        self.number = address.whole_number("page", "Page", 1, 9_999_999) or 1
        self.ignored = address.ignored

    @property
    def may_edit(self) -> bool:
        return organises_all(self.person)

    @cached_property
    def _sessions(self) -> QuerySet[Session]:
        sessions = organised_by(self.person)
        if self.past:
            return sessions.filter(ends_at__lte=self.now).order_by("-ends_at", "-pk")
        coming = sessions.filter(Q(ends_at__gt=self.now) | Q(ends_at=None))
        return coming.order_by(F("starts_at").asc(nulls_last=True), "pk")

    @cached_property
    def pages(self):
        last = max(1, -(-self._sessions.count() // ON_A_PAGE))
        show = {"show": ["past" if self.past else ""]}
        return page_numbers(
            min(self.number, last),
            last,
            lambda n: reverse("desk_list") + query_string({**show, "page": [n if n > 1 else ""]}),
        )

    @cached_property
    def rows(self) -> list[dict]:
        start = (self.pages.number - 1) * ON_A_PAGE
        sessions = list(self._sessions.select_related("event").prefetch_related("dates")[start : start + ON_A_PAGE])
        full = taken(sessions)
        unclosed = set(open_lists(self.now).filter(session__in=sessions).values_list("session", flat=True))
        return [
            {
                "key": session.key,
                "title": str(session),
                "when": session.where_when.in_short,
                "where": session.where_when.venue_in_short if session.starts_at else "",
                "words": in_numbers(session, full.get(session.pk, Taken())),
                "not_closed": session.pk in unclosed,
            }
            for session in sessions
        ]


def in_numbers(session: Session, full: Taken) -> str:
    """412 of 550 places taken, 9 people in the queue."""
    if session.cancelled_at:
        return f"Cancelled: {session.cancelled_because}"
    queue = f", {counted(full.line, 'person', 'people')} in the queue" if full.line else ""
    return f"{full.held:,} of {counted(session.capacity, 'place')} taken{queue}"


class Desk:
    """One session for its organiser."""

    def __init__(self, session: Session, person: User, now: datetime, parameters: dict[str, list[str]]):
        self.session, self.person, self.now = session, person, now
        address = Address(parameters)
        self.q = address.text("q")
        self.unplaced = address.choice("breakout", "Breakout", {"none"}, "") == "none"
        self.number = address.whole_number("page", "Page", 1, 9_999_999) or 1
        self.ignored = address.ignored

    @property
    def may_edit(self) -> bool:
        """Whether the CMS is open to this person too."""
        return organises_all(self.person)

    @cached_property
    def _counts(self) -> dict:
        return self.session.bookings.aggregate(
            held=Count("pk", filter=Q(state__in=HELD)),
            offered=Count("pk", filter=Q(state=State.OFFERED)),
            named=Count("pk", filter=Q(state__in=HELD, person__isnull=False)),
            kept=Count("pk", filter=Q(state=State.BOOKED, person=None)),
            waiting=Count("pk", filter=Q(state=State.WAITING)),
            requested=Count("pk", filter=Q(state=State.REQUESTED)),
            provision=Count("provision", filter=Q(state__in=HELD)),
        )

    @property
    def words(self) -> str:
        return in_numbers(self.session, Taken(self._counts["held"], self._counts["waiting"]))

    @property
    def counts(self) -> dict:
        return self._counts

    @cached_property
    def keeps_names(self) -> bool:
        """Whether names stand here, and lists and papers of them: not where heads are counted."""
        return keeps_names(self.session)

    @cached_property
    def dates(self) -> list[dict]:
        return [
            {
                "date": date,
                "meeting": date.of(self.session),
                "over": date.ends_at <= self.now,
                "not_closed": self.keeps_names and date.ends_at <= self.now and not date.list_closed_at,
            }
            for date in self.session.dates.all()
        ]

    @property
    def over(self) -> bool:
        return bool(self.session.ends_at and self.session.ends_at <= self.now)

    @cached_property
    def _people(self) -> QuerySet[Booking]:
        people = self.session.bookings.held().filter(person__isnull=False)
        if not self.keeps_names:
            return people.none()
        if self.unplaced:
            people = people.filter(breakout=None)
        for word in self.q.split()[:5]:
            people = people.filter(
                Q(person__first_name__icontains=word)
                | Q(person__last_name__icontains=word)
                | Q(person__email__icontains=word)
                | Q(person__team__name__icontains=word)
            )
        return people.select_related("person__team", "breakout").order_by(
            "person__last_name", "person__first_name", "pk"
        )

    @cached_property
    def found(self) -> int:
        return self._people.count() if self.q or self.unplaced else self._counts["named"]

    @cached_property
    def pages(self):
        last = max(1, -(-self.found // ON_A_PAGE))
        base = reverse("desk", args=[self.session.key])
        return page_numbers(
            min(self.number, last), last, lambda n: base + query_string({**self._asked, "page": [n if n > 1 else ""]})
        )

    @property
    def _asked(self) -> dict[str, list]:
        return {"q": [self.q], "breakout": ["none" if self.unplaced else ""]}

    @cached_property
    def people(self) -> list[Booking]:
        start = (self.pages.number - 1) * ON_A_PAGE
        return list(self._people[start : start + ON_A_PAGE])

    @cached_property
    def queue(self) -> list[Booking]:
        """Whoever is next first; the first hundred."""
        waiting = self.session.bookings.waiting().select_related("person__team")
        return list(waiting[:MOST_WAITING]) if self._counts["waiting"] and self.keeps_names else []

    @cached_property
    def requests(self) -> list[dict]:
        """Who asks, who is to answer, and whether it is the organiser's own request: somebody else answers that."""
        if not self._counts["requested"] or not self.keeps_names:
            return []
        asked = self.session.bookings.filter(state=State.REQUESTED).order_by("queued_at")
        asked = list(asked.select_related("person__team", "session__organiser")[:MOST_WAITING])
        answers = who_answers(asked, self.now)
        return [
            {"booking": one, "asked": names_of(answers[one.pk].people), "own": one.person_id == self.person.pk}
            for one in asked
        ]

    @cached_property
    def kept(self) -> list[dict]:
        """Places that managers keep without a name: by whom and how many."""
        if not self._counts["kept"] or not self.keeps_names:
            return []
        kept = self.session.bookings.filter(state=State.BOOKED, person=None, reserved_by__isnull=False)
        rows = kept.order_by().values("reserved_by__first_name", "reserved_by__last_name").annotate(places=Count("pk"))
        return [
            {"name": f"{row['reserved_by__first_name']} {row['reserved_by__last_name']}", "places": row["places"]}
            for row in rows
        ]

    @cached_property
    def seats_of_nobody(self) -> int:
        """Seats of accounts that are deleted: the clock frees them within minutes, an organiser at once."""
        return of_nobody(self.session.bookings.all(), self.now).count() if self._counts["kept"] else 0

    @cached_property
    def breakouts(self) -> list[dict]:
        held = Q(bookings__state__in=HELD)
        rooms = self.session.breakouts.annotate(taken=Count("bookings", filter=held))
        return [{"pk": one.pk, "title": one.title, "taken": one.taken, "capacity": one.capacity} for one in rooms]

    @property
    def without_breakout(self) -> int:
        """How many have a place, and no breakout yet."""
        return self._counts["named"] - sum(one["taken"] for one in self.breakouts)

    @cached_property
    def changes(self) -> list[BookingChange]:
        if not self.keeps_names:
            return []
        latest = BookingChange.objects.filter(booking__session=self.session).select_related("person", "by")
        return list(latest.order_by("-pk")[:20])


def date_of(session: Session, key) -> SessionDate | None:
    return next((date for date in session.dates.all() if date.key == key), None)
