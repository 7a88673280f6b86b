"""The mail of a booking's life: one letter for each line of its log, with the calendar entry that belongs to it.

The line is written by the gate in the transaction of the change. This job turns it into a letter in the outbox and
ticks it off in one transaction, so a crash at any point loses nothing and sends nothing twice. What a letter says comes
from two owners, as things are when it is written: `sayings.py` (what happened, how you stand) and `where_when.py`.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from events.booking.answering import request_in_words, who_answers
from events.booking.noting import known_of
from events.dates.changes import Change, Known, changes, dates_to_send, head
from events.dates.where_when import Meeting, WhereWhen
from events.dates.wording import day_and_time
from events.mail.calendars import invites, withdrawals
from events.mail.sayings import LEADS_TO, happened, is_told, next_step, reason
from events.models import Booking, BookingChange, What
from events.states import LIVE, State
from notices.kinds import kind
from notices.outbox import Letter, tell
from people.answering import Answers

AT_ONCE = 200
"""Lines in one go; the next run takes the rest."""
KEPT = timedelta(days=45)
"""A line is ticked off when it is told, so who was told is not kept for long: some bookings are nobody's business."""
OF_A_LINE = {what: kind(f"booking-{what}", f"A booking: {what.label.lower()}", kept=KEPT) for what in What}
TO_APPROVE = kind("booking-to-approve", "Somebody asks to come and needs a yes", kept=KEPT)

ADDS = {What.BOOKED, What.NAMED, What.HANDED_TO}
REMOVES = {What.CANCELLED, What.CALLED_OFF, What.HANDED_OVER, What.LAPSED}
OF_THE_SESSION = {What.MOVED, What.DATE_CANCELLED}
"""What happened to the session, not to the booking: it concerns whoever is still in it."""


def tell_due(*, now: datetime) -> None:
    """Write a letter for every line that nobody has been told of."""
    for pk in list(BookingChange.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            untold = BookingChange.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, told_at=None)
            change = untold.select_related(
                "booking__session__event", "booking__session__organiser", "person__manager", "date", "of", "by"
            ).first()
            if change and not _others(change).filter(pk__lt=pk, what=What.MOVED).exists():
                _tell(change, now)
                change.told_at = now
                change.save(update_fields=["told_at"])


def _others(change: BookingChange) -> QuerySet[BookingChange]:
    """What else this person has not been told of the booking."""
    untold = BookingChange.objects.filter(booking=change.booking_id, person=change.person_id, told_at=None)
    return untold.exclude(pk=change.pk)


def _tell(change: BookingChange, now: datetime) -> None:
    person, what = change.person, What(change.what)
    written = letter(change, now) if person and person.is_active and not _is_overtaken(change) else None
    if written:
        tell(person, written, kind=OF_A_LINE[what], about=change, occurrence="", now=now)
    if what == What.MOVED:
        # One letter says all that is other than the person knew it; what was changed and changed back is not said.
        _others(change).filter(pk__gt=change.pk, what=What.MOVED).update(told_at=now)
    if what == What.ASKED and person and person.is_active and change.booking.state == State.REQUESTED:
        tell(person, asked_letter(change.booking, now), kind=TO_APPROVE, about=change, occurrence="", now=now)
    if what == What.LAPSED and person and change.by is None:
        answers = who_answers([change.booking], now)[change.booking_id]
        lapsed = Letter(
            subject=f"A request of {person} has lapsed",
            paragraphs=[f"{person} asked to come to {change.booking.session}. Nobody answered in time."],
            facts=change.booking.session.where_when.facts,
            link=_where_to_answer(change.booking, answers),
            link_title="See the bookings",
        )
        for one in answers.people:
            tell(one, lapsed, kind=OF_A_LINE[what], about=change, occurrence="", now=now)


def _is_overtaken(change: BookingChange) -> bool:
    """Whether the letter of a later line says more, so that this one would say what is no longer so.

    Written already or still to be: of two workers the one with the later line may be the quicker.
    """
    booking, what = change.booking, What(change.what)
    later = booking.changes.filter(pk__gt=change.pk, person=change.person_id)
    gone = booking.person_id != change.person_id or booking.state not in LIVE
    if what in OF_THE_SESSION:
        return gone or any(is_told(What(one)) for one in _steps(later))
    if what == What.BREAKOUT:
        # Somebody who has gone has none, and of two the last is so.
        return gone or later.filter(what=What.BREAKOUT).exists()
    leads_to = LEADS_TO.get(what)
    stands_elsewhere = leads_to and (booking.state != leads_to or booking.person_id != change.person_id)
    return bool(stands_elsewhere and any(is_told(What(one)) for one in _steps(later)))


def _steps(lines: QuerySet[BookingChange]) -> QuerySet:
    return lines.exclude(what__in=(*OF_THE_SESSION, What.BREAKOUT)).values_list("what", flat=True)


def letter(change: BookingChange, now: datetime) -> Letter | None:
    """What the person is told of one line of the log; nothing where it is for the log alone."""
    booking, what = change.booking, What(change.what)
    if not is_told(what):
        return None
    found = _found(change)
    if what == What.MOVED and not found:
        return None
    first, said = happened(what, change.was, change.whose, by=str(change.by or ""))
    plan = booking.session.where_when
    first = head(found) if found else first
    paragraphs = [
        _who_is_asked(booking, what, now),
        *(one.sentence for one in found),
        said,
        _which_fell(change, plan, now),
        reason(what, change.whose, change.words),
        next_step(
            what,
            booking.state,
            until=booking.offered_until,
            now=now,
            walked_in=booking.walked_in,
            goes_on=_goes_on(plan, now),
        ),
    ]
    method, files = _calendar(change, found)
    return Letter(
        subject=f"{first}: {_about(change, found, plan, now)}",
        paragraphs=[words for words in paragraphs if words],
        facts=_facts(change, plan),
        link=booking.session.event.address if what in _LEAD_TO_EVENT else reverse("my_booking", args=[booking.key]),
        link_title=_link_title(booking, what),
        calendar_method=method,
        calendar_files=files,
    )


_LEAD_TO_EVENT = {What.CALLED_OFF, What.QUEUE_CLOSED, What.HANDED_OVER, What.DECLINED, What.LAPSED}


def _link_title(booking: Booking, what: What) -> str:
    if what in _LEAD_TO_EVENT:
        return "The event and its other dates"
    return "See or change your booking" if booking.state in LIVE else "Your booking, and what became of it"


def _who_is_asked(booking: Booking, what: What, now: datetime) -> str:
    if what != What.REQUESTED or booking.state != State.REQUESTED:
        return ""
    return request_in_words(booking, who_answers([booking], now)[booking.pk])


def _found(change: BookingChange) -> list[Change]:
    """What is other now than the person knew it, for a line that tells of the session."""
    if change.what != What.MOVED or not change.of:
        return []
    return changes(Known.from_json(change.of.before), known_of(change.booking.session), at=change.at)


def _about(change: BookingChange, found: list[Change], plan: WhereWhen, now: datetime) -> str:
    """What it is about, with the date that it is about: the first that fell or moved, else the one that comes next."""
    keys = {key for one in found for key in one.dates} if found else _fallen(change)
    own = [date for date in plan.dates if date.key in keys]
    date = own[0] if own else plan.next(now)
    return _with_date(plan, date)


def _with_date(plan: WhereWhen, date: Meeting | None) -> str:
    return f"{plan.title}, {date.begins}" if date else plan.title


def _fallen(change: BookingChange) -> set[str]:
    """The dates that fell with this line: one, or of a session that was called off all that were left of it."""
    if change.date:
        return {str(change.date.key)}
    session = change.booking.session
    if change.what != What.CALLED_OFF or not session.cancelled_at:
        return set()
    return {
        str(one.key) for one in session.dates.all() if one.cancelled_at and one.cancelled_at >= session.cancelled_at
    }


def _goes_on(plan: WhereWhen, now: datetime) -> bool:
    return any(date.ends > now for date in plan.to_come)


def _which_fell(change: BookingChange, plan: WhereWhen, now: datetime) -> str:
    if change.what != What.DATE_CANCELLED or not change.date:
        return ""
    turn = plan.turn_of(str(change.date.key))
    rest = "The other dates stay." if _goes_on(plan, now) else "No other date is still to come."
    return f"{change.date.meeting.when} is cancelled{f' ({turn})' if turn else ''}. {rest}"


def asked_letter(booking: Booking, now: datetime) -> Letter:
    """To whoever answers: somebody would like to come."""
    person, plan, answers = booking.person, booking.session.where_when, who_answers([booking], now)[booking.pk]
    return Letter(
        subject=f"{person} asks to come: {_with_date(plan, plan.next(now))}",
        paragraphs=[f"{person} would like to come and needs your yes. A no needs a reason, which {person} can read."],
        facts=[*plan.facts, *([("Answer by", day_and_time(booking.answer_by))] if booking.answer_by else [])],
        link=_where_to_answer(booking, answers),
        link_title="Answer",
    )


def _where_to_answer(booking: Booking, answers: Answers) -> str:
    """The page of whoever leads a team, or the desk of the organiser."""
    return reverse("team_bookings") if answers.why else reverse("desk", args=[booking.session.key])


def _facts(change: BookingChange, plan: WhereWhen) -> list[tuple[str, str]]:
    facts, booking = plan.facts, change.booking
    if booking.breakout and _still_theirs(change):
        facts = [*facts, ("Breakout", booking.breakout.title)]
    organiser = booking.session.current_organiser
    if organiser and booking.state in LIVE:
        facts = [*facts, ("Organiser", f"{organiser}, {organiser.email}")]
    return facts


def _calendar(change: BookingChange, found: list[Change]) -> tuple[str, list[str]]:
    """The calendar files that go with it, and what they ask of a calendar."""
    booking, what, session = change.booking, What(change.what), change.booking.session
    # What is over stays in a calendar as it was.
    held = [date for date in session.held_dates if date.ends_at > change.at]
    if what == What.MOVED:
        keys = dates_to_send(found, session.where_when, at=change.at)
        held = [date for date in held if str(date.key) in keys]
    if (what in ADDS or what == What.MOVED) and held and _still_theirs(change):
        return "REQUEST", invites(booking, change.person, held)
    if what in REMOVES or what == What.DATE_CANCELLED:
        left = [date for date in session.dates.all() if date.ends_at > change.at]
        fell = [change.date] if what == What.DATE_CANCELLED else left
        files = withdrawals(booking, change.person, [date for date in fell if date])
        return ("CANCEL" if files else ""), files
    return "", []


def _still_theirs(change: BookingChange) -> bool:
    """Whether the person has the place at this moment: a move that was undone must not put it back."""
    booking = change.booking
    return booking.person_id == change.person_id and booking.state == State.BOOKED
