"""What is forgotten, and when: names and what people wrote, after the months in settings. Counts stay."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from feedback.models import Answer, AnsweredMark, Invitation, Mode, Question, Response, SealedAnswers, Survey
from people.retention import months_before


def forget(*, now: datetime) -> None:
    """A job: take people and their words out of surveys that closed long enough ago."""
    before = months_before(now, settings.HUB_FEEDBACK_KEEP_MONTHS)
    old = Survey.objects.filter(closes_at__lt=before).values("pk")
    with transaction.atomic():
        Invitation.objects.filter(survey__in=old).exclude(person=None).update(person=None)
        Response.objects.filter(survey__in=old).exclude(person=None).update(person=None)
        # What was held back is never shown, and so never needed again. Whoever is noted by a mark counts as answered.
        SealedAnswers.objects.filter(survey__in=old).delete()
        _count_marks(old)
        _let_go_of_the_few(old)
        # An answer that was nothing but words is nothing without them.
        Answer.objects.filter(response__survey__in=old, question__kind=Question.Kind.TEXT).delete()


def _let_go_of_the_few(old) -> None:
    """Confidential answers of fewer than are ever shown: without the names nobody may read them any more."""
    responses = Response.objects.filter(survey__in=old, mode=Mode.CONFIDENTIAL)
    for row in responses.order_by().values("survey").annotate(number=Count("pk")):
        if row["number"] < settings.HUB_FEWEST_ANSWERS:
            responses.filter(survey=row["survey"]).delete()


def _count_marks(old) -> None:
    """Marks stand for people: they go as names do, and the number of those who answered stays as it was."""
    for survey in Survey.objects.filter(pk__in=old, marks__isnull=False).distinct():
        number = survey.marks.count()
        ids = list(survey.invitations.filter(answered=False).values_list("pk", flat=True)[:number])
        survey.invitations.filter(pk__in=ids).update(answered=True)
        AnsweredMark.objects.filter(survey=survey).delete()
