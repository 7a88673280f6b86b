"""What one reader sees of sessions: when and where, places left in words, their own booking, and how to book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q

from events.booking.answering import request_in_words, who_answers
from events.booking.discretion import asks_approval
from events.booking.permissions import is_for, organises_all
from events.booking.times import queue_is_open
from events.dates.where_when import NO_DATE, Meeting, WhereWhen
from events.dates.wording import day_and_time
from events.mail.sayings import Standing, stands
from events.models import Booking, Interest, Session, SessionDate
from events.reading.clashes import booked_dates, clashes
from events.reading.forms import BookingForm
from events.states import HELD, State
from pages.wording import counted
from people.answering import Answers
from people.models import User


@dataclass(frozen=True)
class Taken:
    """How full a session is, for showing; the gate counts again for itself."""

    held: int = 0
    line: int = 0


def taken(sessions: Iterable[Session]) -> dict[int, Taken]:
    """Of each session, in one query."""
    rows = (
        Booking.objects.filter(session__in=[session.pk for session in sessions])
        .order_by()
        .values_list("session")
        .annotate(
            held=Count("pk", filter=Q(state__in=HELD)),
            line=Count("pk", filter=Q(state=State.WAITING, passed=False)),
        )
    )
    return {pk: Taken(held, line) for pk, held, line in rows}


def position(booking: Booking) -> tuple[int, int]:
    """Somebody's turn in the queue and how many stand in it: 3 of 9. Those who passed come last."""
    turns = list(booking.session.bookings.waiting().values_list("pk", flat=True))
    return turns.index(booking.pk) + 1 if booking.pk in turns else len(turns), len(turns)


class SessionReading:
    """One session for one reader at one moment."""

    def __init__(
        self,
        session: Session,
        *,
        now: datetime,
        full: Taken,
        mine: Booking | None = None,
        clashes=(),
        allowed=True,
        has_manager=True,
    ):
        self.session, self.now, self.full, self.mine = session, now, full, mine
        self.clashes, self.allowed, self.has_manager = clashes, allowed, has_manager

    @property
    def key(self):
        return self.session.key

    @property
    def title(self) -> str:
        return self.session.title

    @cached_property
    def where_when(self) -> WhereWhen:
        return self.session.where_when

    @property
    def heading(self) -> str:
        """Its name, else the first date that takes place: one that fell names it only where all did."""
        dates = self.where_when.to_come or self.where_when.dates
        return self.title or (dates[0].when if dates else NO_DATE)

    @property
    def where(self) -> str:
        """Where all of it is; nothing where each date says its own."""
        return self.where_when.one_venue

    @property
    def dates(self) -> tuple[Meeting, ...]:
        """Each date in words; a cancelled one says so and why."""
        return self.where_when.dates

    @property
    def left(self) -> int:
        return max(self.session.capacity - self.full.held, 0)

    @property
    def is_open(self) -> bool:
        """Whether pressing now would do something."""
        session, now = self.session, self.now
        closed = session.booking_closes and now >= session.booking_closes
        early = session.opens_at and now < session.opens_at
        return not (session.cancelled_at or closed or early)

    @property
    def has_one(self) -> bool:
        """Whether the reader has a place, an offer, a request or a turn here."""
        return bool(self.mine and self.mine.is_live)

    @property
    def joins_queue(self) -> bool:
        return bool(self.left == 0 or (self.full.line and queue_is_open(self.session, self.now)))

    @property
    def can_book(self) -> bool:
        """Whether the button stands here."""
        if self.has_one or not self.allowed or not self.is_open:
            return False
        takes_queue = self.session.waiting_rule != Session.WaitingRule.NONE and queue_is_open(self.session, self.now)
        return not self.joins_queue or takes_queue

    @property
    def places(self) -> str:
        """38 of 550 places left · Full: 3 in the queue · Booking opens on Monday 30 November 2026, 9am."""
        session = self.session
        if session.cancelled_at:
            return f"Cancelled: {session.cancelled_because}"
        if session.ends_at and session.ends_at <= self.now:
            return "This session is over."
        if session.opens_at and self.now < session.opens_at:
            return f"{counted(session.capacity, 'place')}. Booking opens on {day_and_time(session.opens_at)}."
        if session.booking_closes and self.now >= session.booking_closes:
            return f"Booking closed on {day_and_time(session.booking_closes)}."
        if self.left and not self.joins_queue:
            return f"{self.left:,} of {counted(session.capacity, 'place')} left"
        queue = f"{counted(self.full.line, 'person', 'people')} in the queue"
        if self.left:
            return f"{counted(self.left, 'place')} being offered to the queue: {queue}"
        over = self.full.held - session.capacity
        full = f"Full: {self.full.held} of {session.capacity} places taken" if over > 0 else "Full"
        if session.waiting_rule == Session.WaitingRule.NONE:
            return f"{full}. There is no waiting list."
        if not queue_is_open(session, self.now):
            return f"{full}. The waiting list has closed."
        return f"{full}: {queue}"

    @property
    def button(self) -> str:
        """What pressing does, as a verb."""
        if asks_approval(self.session):
            return "Ask to come"
        return "Join the queue" if self.joins_queue else "Book a place"

    @property
    def who_answers(self) -> str:
        """Who says yes or no, before anybody asks."""
        if self.has_manager:
            return "Your manager, or whoever answers for them,"
        return "Whoever leads your team, or else the organiser,"

    @property
    def promise(self) -> str:
        """What happens after pressing, before anybody presses."""
        session = self.session
        if asks_approval(session):
            days = counted(session.approval_days, "working day")
            return f"{self.who_answers} answers within {days}. Your turn counts from the moment you ask."
        if not self.joins_queue:
            return ""
        rules = Session.WaitingRule
        answering = f"{counted(session.offer_days, 'working day')}, counted in office hours"
        return {
            rules.CLOSENESS: "If a place comes free more than five days before, it is yours at once and we tell you. "
            f"Later we offer it to you for {answering}. You can leave at any time.",
            rules.STRAIGHT: "If a place comes free it is yours at once and we tell you. You can leave at any time.",
            rules.OFFER: f"If a place comes free we offer it to you for {answering}.",
            rules.BY_HAND: "If a place comes free the organiser decides who comes. You can leave at any time.",
        }.get(rules(session.waiting_rule), "")

    @property
    def not_for_you(self) -> bool:
        return not self.allowed and not self.has_one and self.is_open

    @cached_property
    def form(self) -> BookingForm:
        return BookingForm(session=self.session, auto_id=f"s{self.session.pk}_%s")

    @property
    def stands(self) -> str:
        """The reader's own booking in a sentence."""
        return in_words(self.mine, self.now) if self.mine else ""


def in_words(
    booking: Booking, now: datetime, *, turn: tuple[int, int] | None = None, answers: Answers | None = None
) -> str:
    """How somebody stands, in a sentence or two. `turn` and `answers` are looked up where they are not known yet."""
    session = booking.session
    waits = booking.state == State.WAITING and not booking.passed
    turn = turn or (position(booking) if waits else (0, 0))
    called_off = session.cancelled_at and booking.cancelled_at and booking.cancelled_at >= session.cancelled_at
    return stands(
        Standing(
            state=booking.state,
            came_from=booking.came_from,
            whose=booking.moved_by,
            reason=booking.reason_words,
            breakout=str(booking.breakout or ""),
            until=booking.offered_until,
            asked=_asked_in_words(booking, now, answers),
            turn=turn[0],
            line=turn[1],
            passed=booking.passed,
            over=bool(session.ends_at and session.ends_at <= now),
            called_off=session.cancelled_because if called_off else "",
        )
    )


def _asked_in_words(booking: Booking, now: datetime, answers: Answers | None) -> str:
    if booking.state != State.REQUESTED:
        return ""
    return request_in_words(booking, answers or who_answers([booking], now)[booking.pk])


class EventSessions:
    """The sessions of one event for one reader: six queries, whatever their number."""

    def __init__(self, page, person: User, now: datetime):
        self.page, self.person, self.now = page, person, now

    @cached_property
    def _sessions(self) -> list[Session]:
        sessions = self.page.sessions.prefetch_related("dates", "breakouts")
        far = datetime.max.replace(tzinfo=self.now.tzinfo)
        return sorted(sessions, key=lambda session: (session.starts_at or far, session.pk))

    @cached_property
    def _mine(self) -> dict[int, Booking]:
        # Whoever gave up a place and came back has two: the one that lives counts, which may be the older one where a
        # colleague handed it over, else the last.
        own = Booking.objects.filter(person=self.person, session__in=self._sessions).select_related("breakout")
        by_pk = {session.pk: session for session in self._sessions}
        found = {booking.session_id: booking for booking in sorted(own, key=lambda one: (one.is_live, one.pk))}
        for booking in found.values():
            booking.session = by_pk[booking.session_id]
        return found

    @cached_property
    def _elsewhere(self) -> list[SessionDate]:
        return booked_dates(self.person, self.now)

    @cached_property
    def all(self) -> list[SessionReading]:
        full = taken(self._sessions)
        return [
            SessionReading(
                session,
                now=self.now,
                full=full.get(session.pk, Taken()),
                mine=self._mine.get(session.pk),
                clashes=clashes(session, self._elsewhere),
                allowed=is_for(self.person, session),
                has_manager=self.person.manager_id is not None,
            )
            for session in self._sessions
        ]

    @property
    def upcoming(self) -> list[SessionReading]:
        return [one for one in self.all if not one.session.ends_at or one.session.ends_at > self.now]

    @property
    def nothing_to_book(self) -> bool:
        """Whether asking for a date is all that this reader can do here."""
        return not any(one.can_book or one.has_one for one in self.upcoming)

    @cached_property
    def wants_a_date(self) -> bool:
        return Interest.objects.filter(event=self.page.pk, person=self.person).exists()

    @cached_property
    def how_many_want_a_date(self) -> int:
        return Interest.objects.filter(event=self.page.pk).count() if organises_all(self.person) else 0

    @property
    def past(self) -> list[SessionReading]:
        return [one for one in self.all if one not in self.upcoming]
