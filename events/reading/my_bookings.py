"""A person's own bookings: what comes, what waits for an answer, what is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from events.attendance.closing import missed_by
from events.booking.answering import who_answers
from events.booking.times import refuse_if_gone
from events.dates.where_when import NO_DATE
from events.dates.wording import day_and_time
from events.models import Attendance, Booking, CalendarFeed, EventPage, SessionDate
from events.reading.availability import in_words
from events.reading.clashes import booked_dates, clashes
from events.states import LIVE, State
from people.answering import Answers
from people.models import User
from people.refusals import NotPossible

JOIN_FROM = timedelta(hours=1)
PAST_SHOWN = 20
MOST_READ = 200


@dataclass(frozen=True)
class MyBooking:
    """One booking as its person sees it."""

    booking: Booking
    words: str
    when: list[str]
    where: str
    clashes: list[str]

    @property
    def title(self) -> str:
        return str(self.booking.session)

    @property
    def state(self) -> str:
        return self.booking.state

    @property
    def key(self):
        return self.booking.key


class MyBookings:
    """All of it in a fixed number of queries."""

    def __init__(self, person: User, now: datetime):
        self.person, self.now = person, now

    @cached_property
    def _all(self) -> list[Booking]:
        return list(Booking.objects.filter(person=self.person).told().order_by("-pk")[:MOST_READ])

    @cached_property
    def _turns(self) -> dict[int, tuple[int, int]]:
        """Turn and length of every queue this person stands in, in one query."""
        waiting = [booking.session_id for booking in self._all if booking.state == State.WAITING]
        lines: dict[int, list[int]] = {}
        for session, pk in Booking.objects.filter(session__in=waiting).waiting().values_list("session", "pk"):
            lines.setdefault(session, []).append(pk)
        return {pk: (turn, len(line)) for line in lines.values() for turn, pk in enumerate(line, 1)}

    @cached_property
    def _answers(self) -> dict[int, Answers]:
        asked = [booking for booking in self._all if booking.state == State.REQUESTED]
        return who_answers(asked, self.now) if asked else {}

    @cached_property
    def _dates(self) -> list[SessionDate]:
        return booked_dates(self.person, self.now)

    def _seen(self, booking: Booking) -> MyBooking:
        session, plan = booking.session, booking.session.where_when
        return MyBooking(
            booking=booking,
            words=in_words(booking, self.now, turn=self._turns.get(booking.pk), answers=self._answers.get(booking.pk)),
            when=[date.line if date.cancelled or not plan.one_venue else date.when for date in plan.dates] or [NO_DATE],
            where=plan.one_venue,
            clashes=clashes(session, self._dates) if booking.state in LIVE else [],
        )

    def _is_over(self, booking: Booking) -> bool:
        last = booking.session.ends_at
        return bool(booking.state not in LIVE or (last and last <= self.now))

    @cached_property
    def coming(self) -> list[MyBooking]:
        """Booked, offered, waiting and asked for, soonest first."""
        live = [booking for booking in self._all if not self._is_over(booking)]
        never = datetime.max.replace(tzinfo=self.now.tzinfo)
        return [self._seen(one) for one in sorted(live, key=lambda one: one.session.starts_at or never)]

    @cached_property
    def past(self) -> list[MyBooking]:
        return [self._seen(one) for one in self._all if self._is_over(one)][:PAST_SHOWN]

    @cached_property
    def missed(self) -> list[Attendance]:
        """Dates of which the list says that they did not come, and nobody knows why."""
        late = [f"date__session__event__{name}" for name in EventPage.read_late]
        missed = missed_by(self.person, self.now).select_related("booking", "date__session__event").defer(*late)
        return list(missed.order_by("-date__starts_at")[:PAST_SHOWN])

    @cached_property
    def feed(self) -> CalendarFeed | None:
        return CalendarFeed.objects.filter(person=self.person).first()


def next_date(person: User, now: datetime) -> SessionDate | None:
    """The next date at which somebody has a place, for the home page."""
    dates = SessionDate.objects.filter(
        cancelled_at=None, ends_at__gt=now, session__bookings__person=person, session__bookings__state=State.BOOKED
    )
    return dates.select_related("session__event").order_by("starts_at").first()


def join_address(booking: Booking, now: datetime) -> str:
    """Where to join online. Raises NotPossible except for somebody with a place, from an hour before until the end."""
    session = booking.session
    if booking.state != State.BOOKED:
        raise NotPossible("You have no place in this session, so there is nothing to join.", code="no-place")
    refuse_if_gone(session, now)
    if not session.way_in:
        raise NotPossible(f"This session meets in person: {session.where_when.venue_in_short}.", code="in-person")
    date = next((date for date in session.held_dates if date.ends_at > now), None)
    if not date:
        words = "No date is set yet. You are told of it, and the way in opens an hour before it starts."
        raise NotPossible(words, code="too-early")
    if now < date.starts_at - JOIN_FROM:
        opens = day_and_time(date.starts_at - JOIN_FROM)
        raise NotPossible(f"The way in opens an hour before it starts: {opens}. Come back then.", code="too-early")
    return session.way_in
