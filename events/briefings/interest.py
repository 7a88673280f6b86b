"""People who would come if there were a date: what to run next, and whom to tell first."""

from datetime import datetime

from django.db import transaction

from events.booking.permissions import is_for, may_read
from events.booking.times import refuse_if_gone
from events.dates.wording import day_and_time
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
            session = fresh and _first_for(interest.person, coming.filter(event=interest.event), now)
            if session:
                words = "You asked for a date. There is one now."
                _write(interest.person, session, words, of=interest, now=now)
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
            session = wish and _first_for(wish.person, coming.filter(event__needs=wish.need), now)
            if session:
                words = f"You asked to be told of “{wish.need}”. There is a date now."
                _write(wish.person, session, words, of=wish, now=now)
                wish.delete()


def _first_for(person: User, sessions, now: datetime) -> Session | None:
    """The first session that this person could book."""
    for session in sessions.select_related("event").order_by("starts_at", "pk"):
        try:
            refuse_if_gone(session, now)
        except NotPossible:
            continue
        if is_for(person, session) and may_read(person, session):
            return session
    return None


def _write(person: User, session: Session, words: str, *, of: Interest | NeedInterest, now: datetime) -> None:
    opens = session.opens_at and session.opens_at > now
    when = f"Booking opens on {day_and_time(session.opens_at)}." if opens else "You can book now."
    letter = Letter(
        subject=f"A date for what you asked for: {session.event.title}",
        paragraphs=[f"{words} {when}"],
        facts=session.where_when.facts,
        link=session.event.address,
        link_title="See it and book",
    )
    tell(person, letter, kind=DATE_FOUND, about=of, occurrence="")
