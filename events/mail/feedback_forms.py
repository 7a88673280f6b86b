"""Feedback of events: a form opens when a session ends, for those who came; weeks later, what became of it.

Read from rows: running twice asks nobody twice.
"""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from events.attendance.closing import open_lists
from events.models import Attendance, Came, Session, rules_of
from events.models.rules import KindRules
from feedback.models import QuestionSet, Survey
from feedback.surveys import asked_others, invite, open_survey, unanswered
from feedback.wording import in_one_sentence
from notices.kinds import Kind, kind
from notices.models import Told
from notices.outbox import Letter, tell
from people.models import User

LOOKS_BACK = timedelta(days=120)
FIRST_MAIL = timedelta(hours=1)
REMINDER = timedelta(days=3)
OPEN_FOR = timedelta(days=28)
LISTS_ARE_LATE = timedelta(days=1)
"""After this, everyone with a place is asked where nobody has said who came."""

ASKED = timedelta(days=60)
"""How long the hub knows whom it asked: longer than a form is open, and no longer."""
FORM = kind("feedback", "A form asks what an event was worth", kept=ASKED)
REMINDED = kind("feedback-reminder", "The reminder of a form", kept=ASKED)
WEEKS_ON = {
    QuestionSet.Purpose.SIX_WEEKS: kind("feedback-six-weeks", "A form six weeks on", kept=ASKED),
    QuestionSet.Purpose.TWELVE_WEEKS: kind("feedback-twelve-weeks", "A form twelve weeks on", kept=ASKED),
}
LATER = {QuestionSet.Purpose.SIX_WEEKS: timedelta(weeks=6), QuestionSet.Purpose.TWELVE_WEEKS: timedelta(weeks=12)}


def ask(*, now: datetime) -> None:
    """Open what is due, ask who came, remind once."""
    ended = Session.objects.filter(ends_at__lte=now, ends_at__gt=now - LOOKS_BACK, cancelled_at=None)
    for session in ended.select_related("event", "question_set"):
        rules = rules_of(session.event.event_kind)
        _after_the_event(session, rules, now)
        for purpose, later in LATER.items():
            if session.ends_at + later <= now:
                _later(session, rules, purpose, later, now)


def people_who_came(session: Session, rules: KindRules, now: datetime) -> list[User]:
    """Who is asked: those who came; where heads are counted, or nobody has said who came, those with a place."""
    booked = User.objects.filter(bookings__in=session.bookings.on_the_list(), is_active=True)
    said = Attendance.objects.filter(booking__session=session)
    if rules.counts_heads or (not said.exists() and now >= session.ends_at + LISTS_ARE_LATE):
        return list(booked.distinct())
    came = said.filter(came__in=(Came.YES, Came.PART)).values("booking__person")
    return list(booked.filter(pk__in=came).distinct())


HEADS_ONLY = "Heads are counted there and no names, so everybody with a place was asked."
LIST_OPEN = (
    "The list of who came is not closed: some of those asked may not have come, and some who came may not have been "
    "asked."
)
CLOSED_LATE = "Some of those asked did not come: they were asked before the list of who came was closed."


def what_the_base_lacks(surveys: list[Survey], now: datetime) -> dict[int, str]:
    """Words for the results of forms of which those who were asked are not, or may not be, those who came."""
    numbers = {one.pk: number for one in surveys if (number := _session_of(one))}
    sessions = Session.objects.filter(pk__in=numbers.values()).select_related("event").in_bulk()
    still_open = set(open_lists(now).filter(session__in=sessions).values_list("session", flat=True))
    came = Attendance.objects.filter(came__in=(Came.YES, Came.PART)).exclude(booking__person=None)
    late = asked_others(
        {survey: came.filter(booking__session=at).values("booking__person") for survey, at in numbers.items()}
    )
    lacks = {}
    for survey, number in numbers.items():
        if number in sessions and rules_of(sessions[number].event.event_kind).counts_heads:
            lacks[survey] = HEADS_ONLY
        elif number in still_open:
            lacks[survey] = LIST_OPEN
        elif survey in late:
            lacks[survey] = CLOSED_LATE
    return lacks


def _session_of(survey: Survey) -> int | None:
    about, _, rest = survey.about.partition(":")
    return int(rest.partition(":")[0]) if about == "session" else None


def survey_of(session: Session, rules: KindRules, purpose: str, opens_at: datetime) -> Survey | None:
    """The form of a session for that purpose, made the first time; None where there are no questions."""
    chosen = session.question_set if purpose == QuestionSet.Purpose.REACTION else None
    question_set = chosen or QuestionSet.asked_for(purpose)
    if not question_set:
        return None
    head = {"reaction": "Feedback", "six-weeks": "Six weeks on", "twelve-weeks": "Twelve weeks on"}[purpose]
    return open_survey(
        about=f"session:{session.pk}:{purpose}",
        title=f"{head}: {session}"[:250],
        page=session.event,
        question_set=question_set,
        mode=rules.feedback,
        opens_at=opens_at,
        closes_at=opens_at + OPEN_FOR,
        held_on=timezone.localdate(opens_at),
        closed_group=rules.closed_group,
    )


def _after_the_event(session: Session, rules: KindRules, now: datetime) -> None:
    survey = survey_of(session, rules, QuestionSet.Purpose.REACTION, session.ends_at)
    if not survey or now >= survey.closes_at:
        return
    invite(survey=survey, people=people_who_came(session, rules, now))
    if now >= session.ends_at + FIRST_MAIL:
        first = (
            "Thank you for coming. What was it worth to you? It takes three minutes, and it changes what we do next."
        )
        _write(survey, FORM, first, now)
    if now >= session.ends_at + REMINDER:
        _write(survey, REMINDED, "A reminder, the only one: the form is still open.", now)


def _later(session: Session, rules: KindRules, purpose: str, later: timedelta, now: datetime) -> None:
    survey = survey_of(session, rules, purpose, session.ends_at + later)
    if not survey or now >= survey.closes_at:
        return
    invite(survey=survey, people=people_who_came(session, rules, now))
    first = "What became of it? Two or three questions about what you have used since."
    _write(survey, WEEKS_ON[purpose], first, now)


def _write(survey: Survey, kind: Kind, first: str, now: datetime) -> None:
    """One mail to everybody who has not answered and was not written to of it."""
    known = set(Told.objects.of(kind, survey).values_list("person", flat=True))
    for person in unanswered(survey):
        if person.pk not in known:
            letter = Letter(
                subject=survey.title,
                paragraphs=[first, in_one_sentence(survey.mode)],
                link=reverse("feedback_form", args=[survey.pk]),
                link_title="Answer",
            )
            tell(person, letter, kind=kind, about=survey, occurrence="", now=now)
