"""Closing the list of who came: one press, after the day, for all who were not ticked. Then each is asked, no blame.

People check themselves in, so what is written down by itself tells only of those who came. Until an organiser closes
the list nobody is counted as missing, and figures say that it is open. Opening it again takes back what the closing
wrote and nothing else: what somebody has said of it since is kept. Each press is kept.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from events.attendance.attending import refuse_unless_names_are_ticked
from events.attendance.planned_time import source_of
from events.booking.answering import organisers
from events.booking.lock import locked, patiently
from events.models import Attendance, Booking, Came, ListClosing, Session, SessionDate
from events.models.booking import placed_at
from events.models.rules import KindRules
from learning.time import remove_of_all
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.wording import day
from people.models import User
from people.refusals import NotAllowed, NotPossible

MISSED = kind("missed", "Somebody who had a place is not on the list of those who came")
WAS_THERE = kind("was-there", "Somebody who is down as missing says that they were there")


@patiently
def close_list(*, date: SessionDate, by: User, now: datetime) -> int:
    """All others did not come: returns how many. Twice is once. Raises NotPossible before the date is over."""
    refuse_unless_names_are_ticked(date, by, now)
    if now < date.ends_at:
        raise NotPossible("It is not over yet. Close the list when nobody can come any more.", code="too-early")
    with locked(date.session_id) as session:
        date = session.dates.get(pk=date.pk)
        if date.list_closed_at:
            return 0
        missing = list(session.bookings.expected_at(date).exclude(attendance__date=date).select_related("person"))
        Attendance.objects.bulk_create(
            Attendance(booking=one, date=date, came=Came.NO, minutes=0, how=Attendance.How.CLOSING, at=now)
            for one in missing
        )
        remove_of_all(people=[one.person_id for one in missing], source=source_of(date))
        _note(date, by, now, closed_at=now, others=len(missing))
        for one in date.attendance.filter(came=Came.NO, why="").select_related("booking__person"):
            _ask(one, session, date)
        return len(missing)


@patiently
def open_list(*, date: SessionDate, by: User, now: datetime) -> None:
    """Take the closing back: nobody is missing any more whom only the closing had called so. Twice is once."""
    refuse_unless_names_are_ticked(date, by, now)
    with locked(date.session_id) as session:
        date = session.dates.get(pk=date.pk)
        if date.list_closed_at:
            taken_back, _ = date.attendance.filter(how=Attendance.How.CLOSING, why="").delete()
            _note(date, by, now, closed_at=None, others=taken_back)


def _note(date: SessionDate, by: User, now: datetime, *, closed_at: datetime | None, others: int) -> None:
    date.list_closed_at = closed_at
    SessionDate.objects.filter(pk=date.pk).update(list_closed_at=closed_at)
    ListClosing.objects.create(date=date, closed=closed_at is not None, others=others, by=by, at=now)


def asked_until(date: SessionDate) -> datetime:
    """Until when somebody may say what happened, and change it."""
    return date.ends_at + asked_for()


def asked_for() -> timedelta:
    return timedelta(days=settings.HUB_MISSED_DAYS)


@patiently
def say_what_happened(*, attendance: Attendance, by: User, why: str, now: datetime, words: str = "") -> Attendance:
    """Somebody who is down as missing says why, or that they were there: then the organiser is asked to look again.

    Raises NotPossible when it is too late, and when the list says meanwhile that they came, or nothing any more.
    """
    if attendance.booking.person_id != by.pk:
        raise NotAllowed("Only who is named can say what happened.")
    if now >= asked_until(attendance.date):
        raise NotPossible(f"This could be said until {day(asked_until(attendance.date))}.", code="too-late")
    with locked(attendance.date.session_id):
        found = Attendance.objects.select_related("booking__person", "date__session__event").filter(pk=attendance.pk)
        attendance = found.first()
        if attendance is None:
            raise NotPossible(
                "The list does not call you missing any more, so there is nothing to explain.", code="gone"
            )
        if attendance.came != Came.NO:
            raise NotPossible("The list says that you came, so there is nothing to explain.", code="came")
        attendance.why, attendance.why_words = why, words
        attendance.save(update_fields=["why", "why_words"])
        if why == Attendance.Why.THERE:
            _tell_organiser(attendance)
    return attendance


def missed_by(person: User, now: datetime) -> QuerySet[Attendance]:
    """Dates at which this person is down as missing on a closed list, and has not said what happened."""
    closed = Attendance.objects.filter(date__list_closed_at__isnull=False, date__ends_at__gt=now - asked_for())
    return closed.filter(booking__person=person, came=Came.NO, why="")


def open_lists(now: datetime) -> QuerySet[SessionDate]:
    """Dates that are over and whose list is not closed: of kinds that keep names, with somebody on the list."""
    counted = KindRules.objects.filter(attendance=KindRules.Attendance.COUNTED).values("kind")
    known = KindRules.objects.values("kind")
    placed = Booking.objects.filter(placed_at(OuterRef("ends_at")), session=OuterRef("session"), person__isnull=False)
    over = SessionDate.objects.filter(ends_at__lte=now, cancelled_at=None, list_closed_at=None)
    named = over.filter(session__event__event_kind__in=known).exclude(session__event__event_kind__in=counted)
    return named.filter(Exists(placed))


def _ask(attendance: Attendance, session: Session, date: SessionDate) -> None:
    person = attendance.booking.person
    if person is None or not person.is_active:
        return
    letter = Letter(
        subject=f"We missed you: {session}"[:250],
        paragraphs=[
            "You had a place and are not on the list of those who came. Work comes first, and nobody is blamed: "
            "what happened helps us to choose better days. If you were there, say so and the list is put right."
        ],
        facts=date.meeting.facts,
        link=reverse("missed", args=[attendance.booking.key, date.key]),
        link_title="Say what happened",
    )
    # Once for a date: a list that is opened and closed again asks nobody twice.
    tell(person, letter, kind=MISSED, about=date, occurrence="")


def _tell_organiser(attendance: Attendance) -> None:
    date = attendance.date
    session = date.session
    letter = Letter(
        subject=f"{attendance.booking.person} was there: {session}"[:250],
        paragraphs=[
            f"The list says that {attendance.booking.person} did not come. They say that they were there. "
            "Please look again and put the list right."
        ],
        facts=date.meeting.facts,
        link=reverse("attendance", args=[session.key, date.key]) + f"?q={attendance.booking.person.last_name}",
        link_title="Who came",
    )
    for organiser in [session.current_organiser] if session.current_organiser else organisers():
        tell(organiser, letter, kind=WAS_THERE, about=attendance, occurrence=attendance.at.isoformat())
