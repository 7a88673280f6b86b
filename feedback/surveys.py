"""Opening a form and asking people. Called by rooms above (an event that ends), again and again without harm."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from feedback.answers.sealing import tokens_of
from feedback.honest_numbers import Share
from feedback.models import AnsweredMark, Invitation, QuestionSet, Survey
from feedback.wording import promise
from pages.models import HubPage
from people.models import User


def open_survey(
    *,
    about: str,
    title: str,
    question_set: QuestionSet,
    mode: str,
    opens_at: datetime,
    closes_at: datetime,
    held_on: date,
    page: HubPage | None = None,
    closed_group: bool = False,
) -> Survey:
    """The survey about that thing; made the first time, left as it is afterwards."""
    survey, _ = Survey.objects.get_or_create(
        about=about,
        defaults={
            "title": title,
            "page_id": page and page.pk,
            "question_set": question_set,
            "mode": mode,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "held_on": held_on,
            "closed_group": closed_group,
        },
    )
    return survey


def invite(*, survey: Survey, people: Iterable[User]) -> int:
    """Ask people, each once; returns how many there are now. Who is asked is the base of every figure."""
    Invitation.objects.bulk_create(
        (Invitation(survey=survey, person=person) for person in people), ignore_conflicts=True
    )
    return survey.invitations.count()


def asked_others(meant: dict[int, QuerySet]) -> set[int]:
    """Of these forms, each with the people whom it is for by number: those of which somebody else was asked too."""
    beyond = Q(pk=None)
    for survey, people in meant.items():
        beyond |= Q(survey=survey) & ~Q(person__in=people)
    return set(Invitation.objects.filter(beyond, person__isnull=False).values_list("survey", flat=True))


def locked(survey: Survey) -> Survey:
    """The survey, held until the transaction ends: answering and letting in go one after another."""
    return Survey.objects.select_for_update(no_key=True, of=("self",)).select_related("question_set").get(pk=survey.pk)


def promise_of(survey: Survey) -> dict[str, str]:
    """What this form says of itself: who sees what, and how long it is kept."""
    return promise(survey.mode, months=settings.HUB_FEEDBACK_KEEP_MONTHS, fewest=settings.HUB_FEWEST_ANSWERS)


def has_answered(survey: Survey, person: User) -> bool:
    """Whether this person has sent the form already, by name or by a mark that stands for them."""
    marked = survey.marks.filter(token__in=tokens_of(person.pk)).exists()
    return marked or survey.invitations.filter(person=person, answered=True).exists()


def asked_of(person: User) -> QuerySet[Survey]:
    """The forms that this person was asked to fill in, open or not."""
    return Survey.objects.filter(invitations__person=person)


def open_for(person: User, now: datetime) -> QuerySet[Survey]:
    """What this person may answer at this moment and has not."""
    unanswered = Invitation.objects.filter(person=person, answered=False).values("survey")
    marked = AnsweredMark.objects.filter(token__in=tokens_of(person.pk)).values("survey")
    asked = Survey.objects.filter(pk__in=unanswered, opens_at__lte=now, closes_at__gt=now)
    return asked.exclude(pk__in=marked)


def unanswered(survey: Survey) -> QuerySet[User]:
    """Who has not answered: for one reminder, never for a list."""
    asked = User.objects.filter(
        invitations_to_answer__survey=survey, invitations_to_answer__answered=False, is_active=True
    )
    return asked.exclude(pk__in=marked_people(survey))


def marked_people(survey: Survey) -> list[int]:
    """Who has answered and is noted by a mark alone, of those who were asked."""
    marks = set(survey.marks.values_list("token", flat=True))
    if not marks:
        return []
    asked = survey.invitations.filter(answered=False).exclude(person=None).values_list("person", flat=True)
    return [person for person in asked if not marks.isdisjoint(tokens_of(person))]


def with_response(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """Surveys with how many were `asked` and how many `answered`."""
    asked = Count("invitations", distinct=True)
    noted = Count("invitations", filter=Q(invitations__answered=True), distinct=True)
    return surveys.annotate(asked=asked, answered=noted + Count("marks", distinct=True))


def response_of(surveys: QuerySet[Survey]) -> Share:
    """How many answered of all who were asked in these forms together."""
    rows = Invitation.objects.filter(survey__in=surveys)
    counts = rows.aggregate(asked=Count("pk"), answered=Count("pk", filter=Q(answered=True)))
    return Share(counts["answered"] + AnsweredMark.objects.filter(survey__in=surveys).count(), counts["asked"])
