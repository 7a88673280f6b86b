"""The mail of a booking's life: one letter for each line of its log, with the calendar entry that belongs to it.

The line is written by the gate in the transaction of the change. This job turns it into a letter in the outbox and
ticks it off in one transaction, so a crash at any point loses nothing and sends nothing twice.
"""

from datetime import datetime

from django.db import transaction

from events.answering import request_in_words, who_answers
from events.calendars import invites, withdrawals
from events.models import Booking, BookingChange, What
from events.states import State
from events.wording import day_and_time, span
from notices.outbox import Letter, tell
from people.answering import Answers

AT_ONCE = 200
"""Lines in one go; the next run takes the rest."""

ADDS = {What.BOOKED, What.MOVED}
REMOVES = {What.CANCELLED, What.CALLED_OFF, What.HANDED_OVER, What.DATE_CANCELLED, What.LAPSED}

SAYS = {
    What.REQUESTED: (
        "You have asked to come",
        "Your turn counts from the moment you asked. We write as soon as there is an answer.",
    ),
    What.BOOKED: ("You have a place", "You have a place. If you cannot come, give it up: somebody else is glad of it."),
    What.WAITING: (
        "You are in the queue",
        "All places are taken. You are in the queue, and we write as soon as a "
        "place is yours. You can leave the queue with one press.",
    ),
    What.OFFERED: ("A place is offered to you", "A place has come free and is kept for you. Take it or pass it on."),
    What.PASSED: (
        "The offer has ended",
        "The offer ended without an answer, so the place went to the next in line. "
        "You are still in the queue, but get no further offer until you ask for one.",
    ),
    What.DECLINED: ("The answer is no", "Your request was not approved."),
    What.LAPSED: ("Your request has lapsed", "Your request has lapsed."),
    What.QUEUE_CLOSED: ("The waiting list has closed", "No place came free in time, and the waiting list has closed."),
    What.CANCELLED: ("Your booking is cancelled", "Your booking is cancelled, and the place goes to somebody else."),
    What.CALLED_OFF: ("Cancelled", "We are sorry: this session is cancelled."),
    What.MOVED: (
        "New time or place",
        "A date you booked has a new time or place. Your place stays yours. If it does "
        "not suit you, give it up or hand it to a colleague.",
    ),
    What.DATE_CANCELLED: ("One date is cancelled", "One date of this session is cancelled. The others stay."),
    What.BREAKOUT: ("Your breakout", "You have another breakout. Your place in the session stays as it was."),
    What.HANDED_OVER: ("Your place is handed over", "Your colleague has the place now."),
}
"""What happened to subject and first words. What is not here is told to nobody."""


def tell_due(*, now: datetime) -> None:
    """Write a letter for every line that nobody has been told of."""
    for pk in list(BookingChange.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            untold = BookingChange.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, told_at=None)
            change = untold.select_related("booking__session__event", "person__manager", "date", "by").first()
            if change:
                _tell(change, now)
                change.told_at = now
                change.save(update_fields=["told_at"])


def _tell(change: BookingChange, now: datetime) -> None:
    person, what = change.person, What(change.what)
    if person and person.is_active and what in SAYS:
        tell(
            person,
            letter(change, now),
            kind=f"booking-{what}",
            dedupe_key=f"booking:{change.booking_id}:{change.number}",
        )
    if what == What.ASKED and person and person.is_active and change.booking.state == State.REQUESTED:
        key = f"approve:{change.booking_id}:{change.number}"
        tell(person, asked_letter(change.booking, now), kind="booking-to-approve", dedupe_key=key)
    if what == What.LAPSED and person and change.by is None:
        answers = who_answers([change.booking], now)[change.booking_id]
        lapsed = Letter(
            subject=f"A request of {person} has lapsed",
            paragraphs=[f"{person} asked to come to {change.booking.session}. Nobody answered in time."],
            link=_where_to_answer(change.booking, answers),
            link_title="See the bookings",
        )
        for one in answers.people:
            tell(one, lapsed, kind="booking-lapsed", dedupe_key=f"lapsed:{change.booking_id}")


def letter(change: BookingChange, now: datetime) -> Letter:
    """What the person is told of one line of the log."""
    booking, what = change.booking, What(change.what)
    head, first = SAYS[what]
    paragraphs = [first, *([_sentence(change.words)] if change.words else [])]
    if what == What.REQUESTED and booking.state == State.REQUESTED:
        paragraphs.insert(0, request_in_words(booking, who_answers([booking], now)[booking.pk]))
    method, files = _calendar(change)
    return Letter(
        subject=f"{head}: {_about(booking)}",
        paragraphs=paragraphs,
        facts=_facts(booking, what),
        link=booking.session.event.address if what in _LEAD_TO_EVENT else f"/me/bookings/{booking.key}/",
        link_title="The event and its other dates" if what in _LEAD_TO_EVENT else "See or change your booking",
        calendar_method=method,
        calendar_files=files,
    )


_LEAD_TO_EVENT = {What.CALLED_OFF, What.QUEUE_CLOSED, What.HANDED_OVER, What.DECLINED, What.LAPSED}


def asked_letter(booking: Booking, now: datetime) -> Letter:
    """To whoever answers: somebody would like to come."""
    person, answers = booking.person, who_answers([booking], now)[booking.pk]
    return Letter(
        subject=f"{person} asks to come: {_about(booking)}",
        paragraphs=[f"{person} would like to come and needs your yes. A no needs a reason, which {person} can read."],
        facts=[*_when(booking), ("Answer by", day_and_time(booking.answer_by))]
        if booking.answer_by
        else _when(booking),
        link=_where_to_answer(booking, answers),
        link_title="Answer",
    )


def _where_to_answer(booking: Booking, answers: Answers) -> str:
    """The page of whoever leads a team, or the desk of the organiser."""
    return "/events/team/" if answers.why else f"/events/desk/{booking.session.key}/"


def _about(booking: Booking) -> str:
    first = booking.session.starts_at
    return f"{booking.session}, {day_and_time(first)}" if first else str(booking.session)


def _when(booking: Booking) -> list[tuple[str, str]]:
    session = booking.session
    return [
        ("When", span(date.starts_at, date.ends_at) + (f", {date.place}" if date.place else ""))
        for date in session.held_dates
    ] + [("Where", session.place or session.get_held_display())]


def _facts(booking: Booking, what: What) -> list[tuple[str, str]]:
    facts = _when(booking)
    if what == What.OFFERED and booking.offered_until:
        facts.append(("Answer by", day_and_time(booking.offered_until)))
    if what == What.BOOKED and booking.breakout:
        facts.append(("Breakout", booking.breakout.title))
    return facts


def _calendar(change: BookingChange) -> tuple[str, list[str]]:
    """The calendar files that go with it, and what they ask of a calendar."""
    booking, what = change.booking, What(change.what)
    dates = [change.date] if change.date else booking.session.held_dates
    if what in ADDS and _still_theirs(change):
        return "REQUEST", invites(booking, change.person, dates)
    if what in REMOVES:
        files = withdrawals(booking, change.person, [change.date] if change.date else list(booking.session.dates.all()))
        return ("CANCEL" if files else ""), files
    return "", []


def _still_theirs(change: BookingChange) -> bool:
    """Whether the person has the place at this moment: a move that was undone must not put it back."""
    booking = change.booking
    return booking.person_id == change.person_id and booking.state == State.BOOKED


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
