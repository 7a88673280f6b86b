"""The demo's sessions and who has booked them, made through the gate as people would have."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.utils import timezone

from demo.planting import Tell
from events.booking.approving import approve
from events.booking.organising import cancel_session
from events.booking.verbs import book
from events.mail.feedback_forms import people_who_came, survey_of
from events.models import (
    Attendance,
    BookingChange,
    Breakout,
    BriefingRequest,
    Came,
    EventPage,
    Session,
    SessionDate,
    rules_of,
)
from feedback.answers.answering import answer
from feedback.answers.letting_in import let_in
from feedback.models import LearningNeed, Question, QuestionSet
from feedback.needs import want_to_learn, wanted_by
from feedback.surveys import invite
from learning.models import TimeState
from learning.programmes import attended
from learning.time import record
from people.models import Team, User
from people.roles import Role

FILE = Path(__file__).parent / "sessions.toml"
LONDON = ZoneInfo("Europe/London")
FIRST = ["Aisha", "Ben", "Carys", "Dev", "Eilidh", "Femi", "Gareth", "Hana"]
LAST = ["Okafor", "Price", "Nowak", "Begum", "Stirling", "Chen", "Whitlock", "Adeola"]
BOOKED_BEFORE = timedelta(days=30)
OF_ONE_MANAGER = 6


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Make the sessions of events that have none yet; returns how many were new."""
    told = tomllib.loads(FILE.read_text())
    rows = told["sessions"]
    planned = {slug for slug in {row["event"] for row in rows} if not Session.objects.filter(event__slug=slug).exists()}
    crowd = _crowd()
    made = [_make(row, today, crowd) for row in rows if row["event"] in planned]
    # Nobody is written to about what is made up.
    BookingChange.objects.filter(booking__session__in=made, told_at=None).update(told_at=timezone.now())
    let_in(now=timezone.now())
    if made:
        _asked_for(told, today, crowd)
    tell(f"  {len(made)} sessions, with {sum(session.bookings.count() for session in made)} bookings")
    return len(made)


def _asked_for(told: dict, today: date, crowd: list[User]) -> None:
    """Briefings that teams ask for, and what people want to learn next."""
    for row in told["briefings"]:
        BriefingRequest.objects.get_or_create(
            event=EventPage.objects.get(slug=row["event"]),
            team=Team.objects.get(name=row["team"]),
            asked_by=User.objects.get(email=row["by"]),
            defaults={"people": row["people"], "wanted": row["wanted"], "asked_at": timezone.now() - timedelta(days=3)},
        )
    for row in told["needs"]:
        need = LearningNeed.objects.get(label=row["label"])
        if "event" in row:
            event = EventPage.objects.get(slug=row["event"])
            event.needs.add(need)
            event.save()
        cast = User.objects.filter(email__in=row["people"])
        for person in [*cast, *crowd[: row.get("others", 0)]]:
            needs = {*wanted_by(person), need.pk}
            want_to_learn(person=person, needs=needs, today=today - timedelta(days=9))


def _crowd() -> list[User]:
    """Sixty-four invented colleagues who cannot sign in."""
    teams, manager = list(Team.objects.all()), User.objects.get(email="manager@hub.example")
    people = []
    for number, (first, last) in enumerate((first, last) for first in FIRST for last in LAST):
        who = {"first_name": first, "last_name": last, "team": teams[number % len(teams)]}
        # A few of them make a team of the size that a manager has.
        who["manager"] = manager if number < OF_ONE_MANAGER else None
        person, new = User.objects.get_or_create(email=f"{first}.{last}@colleagues.example".lower(), defaults=who)
        if new:
            person.set_unusable_password()
            person.save()
            person.groups.add(Group.objects.get(name=Role.PRACTITIONER))
        people.append(person)
    return people


def _moment(today: date, days: int, start: str) -> datetime:
    day = today + timedelta(days=days)
    day += timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)
    return datetime.combine(day, time.fromisoformat(start), tzinfo=LONDON)


def _make(row: dict, today: date, crowd: list[User]) -> Session:
    now = timezone.now()
    opens = row.get("opens_in_days")
    session = Session.objects.create(
        event=EventPage.objects.get(slug=row["event"]),
        title=row.get("title", ""),
        held=row["held"],
        place=row.get("place", ""),
        join_link=row.get("join_link", ""),
        capacity=row["capacity"],
        needs_approval=row.get("needs_approval", False),
        opens_at=_moment(today, opens, "09:00") if opens else None,
        for_roles=[Role[role].value for role in row.get("for_roles", [])],
        organiser=User.objects.get(email="organiser@hub.example"),
    )
    session.teams.set(Team.objects.filter(name__in=row.get("teams", [])))
    for days in row["days"]:
        starts = _moment(today, days, row["start"])
        SessionDate.objects.create(
            session=session, starts_at=starts, ends_at=starts + timedelta(hours=row["hours"]), heads=row.get("heads")
        )
    for title, places in row.get("breakouts", {}).items():
        Breakout.objects.create(session=session, title=title, capacity=places)
    _book(session, row, crowd, min(now, session.starts_at) - BOOKED_BEFORE)
    if row.get("came"):
        _attended(session, row["came"])
    if row.get("answers"):
        _answered(session, row["answers"])
    if row.get("cancelled"):
        cancel_session(session=session, by=session.organiser, now=now, reason=row["cancelled"])
    return session


def _book(session: Session, row: dict, crowd: list[User], now: datetime) -> None:
    cast = list(User.objects.filter(email__in=row.get("people", [])))
    people = [*cast, *crowd][: row.get("booked", 0) + row.get("waiting", 0)]
    for number, person in enumerate(people):
        booking, _ = book(key=session.key, person=person, now=now + timedelta(minutes=number))
        if session.needs_approval:
            approve(booking=booking, by=session.organiser, now=now + timedelta(minutes=number))
    for email in row.get("requests", []):
        book(key=session.key, person=User.objects.get(email=email), now=timezone.now())


def _attended(session: Session, came: int) -> None:
    date = session.dates.get()
    booked = list(session.bookings.booked().select_related("person").order_by("pk"))
    Attendance.objects.bulk_create(
        Attendance(
            booking=booking,
            date=date,
            came=Came.YES if number < came else Came.NO,
            minutes=date.minutes if number < came else 0,
            how=Attendance.How.SELF,
            at=date.starts_at,
        )
        for number, booking in enumerate(booked)
    )
    SessionDate.objects.filter(pk=date.pk).update(list_closed_at=date.ends_at)
    named = rules_of(session.event.event_kind).managers_see
    for booking in booked[:came]:
        if named:
            attended(
                person=booking.person,
                page_id=session.event_id,
                on=timezone.localdate(date.starts_at),
                source=f"session-date:{date.pk}",
            )
        record(
            person=booking.person,
            on=timezone.localdate(date.starts_at),
            minutes=date.minutes,
            state=TimeState.TAKEN,
            what=str(session),
            source=f"session-date:{date.pk}",
        )


LEARNED = [
    "To ask what went well before asking what is wrong.",
    "Silence is not a no. I wait longer now.",
    "That a plan made at the kitchen table is kept more often than one made at ours.",
    "How much a family tree tells when the family draws it.",
    "Two questions that I can use tomorrow.",
    "That other teams get stuck at the same point.",
]


def _answered(session: Session, number: int) -> None:
    """Some of those who came fill in the form on the day after."""
    rules = rules_of(session.event.event_kind)
    day_after = session.ends_at + timedelta(days=1)
    survey = survey_of(session, rules, QuestionSet.Purpose.REACTION, session.ends_at)
    people = people_who_came(session, rules, day_after)
    invite(survey=survey, people=people)
    needs = list(LearningNeed.objects.values_list("pk", flat=True))
    asked = list(survey.question_set.questions.all())
    for place, person in enumerate(people[:number]):
        given = {}
        for question in asked:
            if question.kind == Question.Kind.SCALE:
                given[question.pk] = {
                    "boxes": [(3, 4, 5, 5, 4, 4, 5, 2)[(place * (question.sort_order + 1) + question.sort_order) % 8]]
                }
            elif question.kind == Question.Kind.NEED:
                given[question.pk] = {"boxes": [needs[place % 5], needs[5 + place % 3]]}
            elif question.kind == Question.Kind.TEXT and place % 2:
                given[question.pk] = {"text": LEARNED[place // 2 % len(LEARNED)]}
            elif question.kind == Question.Kind.PLEDGE and place < 3:
                given[question.pk] = {"text": "Draw one family tree with a family before the end of the month."}
        answer(survey=survey, person=person, given=given, now=day_after)
