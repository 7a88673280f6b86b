"""Noticing what changed of a session, whoever changed it and wherever: everyone with a booking is told of it, once.

A verb works inside `noting`, which compares before with after under the gate's lock. A job (`notice`) compares what
people know with what is, for all that changes elsewhere: the event's page, a fixture, a hand in the database. So no way
to change a session can forget to tell.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from events.booking.lock import locked
from events.dates.changes import Known, changes
from events.models import Booking, BookingChange, Session, SessionChange, SessionDate, What
from events.states import Whose
from people.models import User

SETTLED = timedelta(minutes=15)
"""An editor who publishes a page three times in a row writes to people once."""


def known_of(session: Session) -> Known:
    """Everything that people act on, as it is in the database now."""
    return _known(_whole().get(pk=session.pk))


def _known(session: Session) -> Known:
    event, organiser = session.event, session.current_organiser
    return Known(
        plan=session.where_when,
        way_in=hashlib.sha256(session.way_in.encode()).hexdigest()[:16] if session.way_in else "",
        contact=f"{organiser}, {organiser.email}" if organiser else "",
        before=" ".join(" ".join(event.before.stream_block.get_searchable_content(event.before)).split()),
    )


def _whole() -> QuerySet[Session]:
    return Session.objects.select_related("event", "organiser").prefetch_related("dates", "organiser__groups")


@contextmanager
def noting(session: Session, *, by: User | None, now: datetime, words: str = "") -> Iterator[None]:
    """Tell everyone with a booking of what is done inside. Called under the lock."""
    was = known_of(session)
    yield
    note(session, was=was, by=by, now=now, words=words)


def note(session: Session, *, was: Known, by: User | None, now: datetime, words: str = "") -> None:
    """Keep what is known of a session from now on, with a line for everybody of all that is other than it was."""
    known = known_of(session)
    if known == was:
        return
    kept = SessionChange.objects.create(session=session, before=was.as_json(), after=known.as_json(), at=now)
    found = changes(was, known, at=now)
    if found:
        summary = " ".join(change.sentence for change in found)
        log_for_all(session, What.MOVED, by=by, now=now, words=summary[:300], of=kept)
    held = {date.key for date in was.plan.to_come}
    for date in session.dates.all():
        if date.cancelled_at and str(date.key) in held:
            log_for_all(session, What.DATE_CANCELLED, by=by, now=now, words=words, date=date, of=kept)


def log_for_all(
    session: Session,
    what: What,
    *,
    by: User | None,
    now: datetime,
    words: str = "",
    date: SessionDate | None = None,
    of: SessionChange | None = None,
) -> None:
    """A line in the log of everyone with a place, an offer, a request or a turn in the queue, written at once."""
    live = list(session.bookings.live().values_list("pk", "person_id"))
    last = Booking.objects.filter(pk__in=[pk for pk, _ in live]).annotate(last=Max("changes__number"))
    numbers = dict(last.order_by().values_list("pk", "last"))
    BookingChange.objects.bulk_create(
        BookingChange(
            booking_id=pk,
            person_id=person,
            number=(numbers[pk] or 0) + 1,
            what=what,
            whose=Whose.ORGANISER if by else Whose.CLOCK,
            date=date,
            of=of,
            by=by,
            words=words,
            at=now,
        )
        for pk, person in live
    )


def notice(*, now: datetime) -> None:
    """Tell of what changed outside the gate's verbs, once it has settled. Read from rows: twice is once."""
    coming = list(_whole().upcoming(now).filter(cancelled_at=None))
    known = dict(SessionChange.objects.filter(session__in=coming).order_by("pk").values_list("session", "after"))
    for session in coming:
        published = session.event.last_published_at
        settled = not published or published <= now - SETTLED
        if session.pk not in known:
            SessionChange.objects.create(session=session, after=_known(session).as_json(), at=now)
        elif settled and _known(session).as_json() != known[session.pk]:
            _note_what_is_new(session, now)


def _note_what_is_new(session: Session, now: datetime) -> None:
    """Asked again under the lock: a verb may have told of it meanwhile."""
    with locked(session.pk) as fresh:
        last = fresh.changes.last()
        note(fresh, was=Known.from_json(last.after), by=None, now=now)
