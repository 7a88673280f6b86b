"""A manager's view: who of the team asks, who is where when, and places kept for the team."""

from collections import defaultdict
from datetime import datetime
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from events.booking.answering import answered_by
from events.dates.wording import day_and_time
from events.models import Booking, Session, kinds_managers_know
from events.states import State
from people.models import StandIn, User
from people.standing_in import stood_in_for

MOST = 200
NAMES_SHOWN = 8


def answerable(person: User, now: datetime) -> QuerySet[Booking]:
    """Bookings of people for whom this person says yes or no: their own team, teams whose manager is away, and people
    without a manager as long as it is theirs to answer (`people/answering.py`)."""
    theirs = Booking.objects.filter(of_own_teams(person, now) | Q(pk__in=answered_by(person, now)))
    return theirs.filter(session__event__event_kind__in=kinds_managers_know())


def of_own_teams(person: User, now: datetime) -> Q:
    """Bookings of those whom this person manages, or whose manager they stand in for."""
    away = stood_in_for(person, timezone.localdate(now)).values("pk")
    return Q(person__manager=person) | (Q(person__manager__in=away) & ~Q(person=person))


def _some(people: set[User]) -> list[str]:
    """Names, the first few of many: twelve of a team away at once need no list to be noticed."""
    names = sorted(map(str, people))
    more = len(names) - NAMES_SHOWN
    return [*names[:NAMES_SHOWN], *([f"and {more} more"] if more > 0 else [])]


class TeamBookings:
    """All of it in a fixed number of queries."""

    def __init__(self, manager: User, now: datetime):
        self.manager, self.now = manager, now

    @cached_property
    def requests(self) -> list[dict]:
        """Who waits for a yes or no, the most urgent first, with what else they have on that day."""
        asked = answerable(self.manager, self.now).filter(state=State.REQUESTED).order_by("answer_by")
        asked = asked.told().select_related("person__manager")[:MOST]
        return [
            {
                "booking": booking,
                **self._where_when(booking),
                "answer_by": day_and_time(booking.answer_by),
                "away": self._away_with(booking),
                "instead_of": self._instead_of(booking.person),
            }
            for booking in asked
        ]

    def _instead_of(self, asks: User) -> str:
        """Why this person is asked, where it is not their own team."""
        if asks.manager_id == self.manager.pk:
            return ""
        away = asks.manager and asks.manager.is_active
        return f"in place of {asks.manager}, who is away" if away else "since no manager of theirs is known here"

    @cached_property
    def stand_in(self) -> StandIn | None:
        """Who answers while the manager is away; nothing once they are back."""
        stand_in = StandIn.objects.select_related("deputy").filter(manager=self.manager).first()
        return stand_in if stand_in and stand_in.until_day >= timezone.localdate(self.now) else None

    @property
    def _sessions(self) -> QuerySet:
        """Not over yet: those that have no date yet too."""
        return Session.objects.upcoming(self.now).values("pk")

    @cached_property
    def _placed(self) -> list[Booking]:
        placed = Booking.objects.filter(
            person__manager=self.manager,
            state__in=(State.BOOKED, State.OFFERED, State.WAITING),
            session__in=self._sessions,
            session__event__event_kind__in=kinds_managers_know(),
        )
        return list(placed.told().select_related("person").order_by("session__starts_at", "pk")[:MOST])

    @cached_property
    def placed(self) -> list[dict]:
        """Who is where when. Kinds where a manager may not know are left out altogether."""
        return [{"booking": booking, **self._where_when(booking)} for booking in self._placed]

    @cached_property
    def _by_day(self) -> dict:
        away = defaultdict(set)
        for booking in self._placed:
            if booking.state == State.BOOKED:
                for date in booking.session.held_dates:
                    away[timezone.localdate(date.starts_at)].add(booking.person)
        return away

    @cached_property
    def together(self) -> list[str]:
        """Days on which two or more of the team are away: a warning for the duty rota."""
        lines = []
        for day, people in sorted(self._by_day.items()):
            if len(people) > 1 and day >= timezone.localdate(self.now):
                lines.append(f"{day:%A} {day.day} {day:%B %Y}: {', '.join(_some(people))}")
        return lines

    def _away_with(self, booking: Booking) -> list[str]:
        days = [timezone.localdate(date.starts_at) for date in booking.session.held_dates]
        people = {person for day in days for person in self._by_day.get(day, ()) if person != booking.person}
        return _some(people)

    @cached_property
    def kept(self) -> list[dict]:
        """Places kept without a name."""
        kept = Booking.objects.filter(
            reserved_by=self.manager, person=None, state=State.BOOKED, session__in=self._sessions
        )
        return [
            {
                "booking": booking,
                **self._where_when(booking),
                "until": day_and_time(booking.session.queue_closes) if booking.session.queue_closes else "",
            }
            for booking in kept.told().order_by("session__starts_at", "pk")[:MOST]
        ]

    @staticmethod
    def _where_when(booking: Booking) -> dict:
        plan = booking.session.where_when
        return {"when": plan.in_short, "where": plan.venue_in_short}
