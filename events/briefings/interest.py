"""People who would come if there were a date: what to run next, and whom to tell first."""

from datetime import datetime

from django.db import transaction

from events.booking.discretion import asks_approval
from events.booking.permissions import is_for, may_read
from events.booking.steps import fullness
from events.booking.times import queue_is_open, refuse_unless_open
from events.models import EventPage, Interest, Session
from feedback.models import NeedInterest
from notices.kinds import kind
from notices.outbox import Letter, tell
from people.models import User
from people.refusals import NotPossible

DATE_FOUND = kind("interest", "A date for what somebody asked for")


def ask_for_a_date(*, event: EventPage, person: User, now: datetime) -> Interest:
    """Remember that somebody would come. Twice is once."""
    interest, _ = Interest.objects.get_or_create(event=event, person=person, defaults={"since": now})
    return interest


def no_longer(*, event: EventPage, person: User) -> None:
    Interest.objects.filter(event=event, person=person).delete()


def tell_due(*, now: datetime) -> None:
    """Tell those who asked for a date, the first who asked first, and once: then they are off the list."""
    coming = Session.objects.upcoming(now).filter(starts_at__isnull=False, cancelled_at=None)
    waiting = Interest.objects.filter(told_at=None, event__in=coming.values("event"))
    for interest in waiting.select_related("event", "person").order_by("since", "pk")[:500]:
        with transaction.atomic():
            fresh = Interest.objects.select_for_update(skip_locked=True).filter(pk=interest.pk, told_at=None).first()
            found = fresh and _first_for(interest.person, coming.filter(event=interest.event), now)
            if found:
                _write(interest.person, *found, "You asked for a date. There is one now.", of=interest)
                fresh.delete()


def tell_of_needs(*, now: datetime) -> None:
    """Tell those who asked to learn something, once an event that meets it has a date that they could book."""
    coming = Session.objects.upcoming(now).filter(starts_at__isnull=False, cancelled_at=None)
    met = coming.filter(event__needs__isnull=False)
    waiting = NeedInterest.objects.filter(need__in=met.values("event__needs"))
    for pk in list(waiting.order_by("since", "pk").values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            free = NeedInterest.objects.select_for_update(skip_locked=True, of=("self",))
            wish = free.select_related("need", "person").filter(pk=pk).first()
            found = wish and _first_for(wish.person, coming.filter(event__needs=wish.need), now)
            if found:
                words = f"You asked to be told of “{wish.need}”. There is a date now."
                _write(wish.person, *found, words, of=wish)
                wish.delete()


def _first_for(person: User, sessions, now: datetime) -> tuple[Session, str] | None:
    """The first session that this person could book, and what they can do there."""
    for session in sessions.select_related("event").order_by("starts_at", "pk"):
        way_in = _way_in(session, now)
        if way_in and is_for(person, session) and may_read(person, session):
            return session, way_in
    return None


def _way_in(session: Session, now: datetime) -> str:
    """What somebody can do who would like to come, in words; nothing where there is no way in."""
    try:
        refuse_unless_open(session, now)
    except NotPossible as error:
        return error.words if error.code == "not-open" else ""
    full, queue = fullness(session), queue_is_open(session, now)
    if full.held < session.capacity and not (full.line and queue):
        return "You can ask to come now." if asks_approval(session) else "You can book now."
    takes_more = queue and session.waiting_rule != Session.WaitingRule.NONE
    return "All places are taken, but you can join the queue." if takes_more else ""


def _write(person: User, session: Session, way_in: str, words: str, *, of: Interest | NeedInterest) -> None:
    letter = Letter(
        subject=f"A date for what you asked for: {session.event.title}",
        paragraphs=[f"{words} {way_in}"],
        facts=session.where_when.facts,
        link=session.event.address,
        link_title="See it and book",
    )
    tell(person, letter, kind=DATE_FOUND, about=of, occurrence="")
