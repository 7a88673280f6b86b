"""Opening a form and asking people. Called by rooms above (an event that ends), again and again without harm."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from feedback.models import Invitation, QuestionSet, Survey
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
    closed_group: bool = False,
) -> Survey:
    """The survey about that thing; made the first time, left as it is afterwards."""
    survey, _ = Survey.objects.get_or_create(
        about=about,
        defaults={
            "title": title,
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


def open_for(person: User, now: datetime) -> QuerySet[Survey]:
    """What this person may answer at this moment and has not."""
    unanswered = Invitation.objects.filter(person=person, answered=False).values("survey")
    return Survey.objects.filter(pk__in=unanswered, opens_at__lte=now, closes_at__gt=now)


def unanswered(survey: Survey) -> QuerySet[User]:
    """Who has not answered: for one reminder, never for a list."""
    return User.objects.filter(
        invitations_to_answer__survey=survey, invitations_to_answer__answered=False, is_active=True
    )
