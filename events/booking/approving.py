"""Whoever answers a request is asked, and says yes or no."""

from datetime import datetime

from events.booking.answering import who_answers
from events.booking.lock import locked, patiently
from events.booking.permissions import may_approve
from events.booking.steps import enter, fullness, log, seat
from events.booking.times import refuse_if_gone, request_ends
from events.models import Booking, BookingChange, Session, What
from events.states import State
from people.models import User
from people.refusals import NotAllowed, NotPossible


@patiently
def approve(*, booking: Booking, by: User, now: datetime) -> Booking:
    """Yes: a place if one is free and nobody asked earlier, else the turn in the queue that the request has had.

    Approving twice is approving once. Raises NotPossible when it was declined, lapsed or was withdrawn meanwhile.
    """
    _refuse_others(by, booking, now)
    with locked(booking.session_id) as session:
        booking = _asked(booking, session, now)
        if booking.state != State.REQUESTED:
            if booking.state == State.DECLINED:
                raise NotPossible(
                    "Somebody has declined this request meanwhile, and the person is told.", code="answered"
                )
            return booking
        full = fullness(session)
        earlier = session.bookings.next_in_line().filter(queued_at__lt=booking.queued_at).exists()
        if full.held < session.capacity and not earlier:
            seat(booking, session, full, now=now, by=by)
        elif session.waiting_rule == Session.WaitingRule.NONE:
            words = "All places were taken before the request was approved, and there is no waiting list."
            enter(booking, State.EXPIRED, What.LAPSED, now=now, by=by, words=words)
        else:
            enter(booking, State.WAITING, What.WAITING, now=now, by=by)
        return booking


@patiently
def decline(*, booking: Booking, by: User, now: datetime, reason: str) -> Booking:
    """No, with a reason that the person can read. Twice is once; another reason comes too late and is refused."""
    _refuse_others(by, booking, now)
    if not reason.strip():
        raise NotPossible("Give a reason: the person who asked can read it.", code="no-reason")
    with locked(booking.session_id) as session:
        booking = _asked(booking, session, now)
        if booking.state == State.REQUESTED:
            booking.reason_words = reason.strip()
            enter(booking, State.DECLINED, What.DECLINED, now=now, by=by, words=reason.strip())
        elif (booking.state, booking.reason_words) != (State.DECLINED, reason.strip()):
            answer = booking.get_state_display().lower()
            raise NotPossible(
                f"This request has had its answer already: {answer}. Yours was not sent.", code="answered"
            )
        return booking


def ask_due(*, now: datetime) -> None:
    """Ask whoever answers each request now, each of them once.

    Who that is is worked out anew each time: a manager who changes, leaves or goes away while a request waits is
    followed by whoever answers then.
    """
    requests = Booking.objects.filter(state=State.REQUESTED, person__isnull=False)
    requests = list(requests.select_related("person", "session__organiser"))
    lines = BookingChange.objects.filter(what=What.ASKED, booking__in=requests)
    asked = set(lines.values_list("booking", "person"))
    answers = who_answers(requests, now)
    for booking in requests:
        people = answers[booking.pk].people
        new = [person for person in people if (booking.pk, person.pk) not in asked]
        if new:
            begun = any(pk == booking.pk for pk, _ in asked)
            _ask(booking, new, now, anew=begun and len(new) == len(people))


def _ask(booking: Booking, people: list[User], now: datetime, *, anew: bool) -> None:
    """A line in the log for each; where nobody who was asked answers any more, the time to answer begins again."""
    with locked(booking.session_id) as session:
        booking = session.bookings.get(pk=booking.pk)
        if booking.state != State.REQUESTED:
            return
        for person in people:
            log(booking, What.ASKED, now=now, tells=person)
        if anew:
            booking.answer_by = max(booking.answer_by, request_ends(session, now))
            booking.save(update_fields=["answer_by"])


def _refuse_others(by: User, booking: Booking, now: datetime) -> None:
    if booking.person_id == by.pk:
        raise NotAllowed("Nobody answers their own request. Ask another organiser.")
    if not may_approve(by, booking, now):
        raise NotAllowed("Only whoever answers for this person, or an organiser, can answer the request.")


def _asked(booking: Booking, session: Session, now: datetime) -> Booking:
    refuse_if_gone(session, now)
    booking = session.bookings.select_related("person").get(pk=booking.pk)
    if booking.state in (State.CANCELLED, State.EXPIRED):
        raise NotPossible("This request was withdrawn or has lapsed, so there is nothing to answer.", code="gone")
    return booking
