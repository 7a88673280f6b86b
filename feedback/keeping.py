"""What is forgotten, and when: names and what people wrote, after the months in settings. Counts stay."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from feedback.models import Answer, Invitation, Question, Response, Survey

DAYS_OF_A_MONTH = 30.44


def forget(*, now: datetime) -> None:
    """A job: take people and their words out of surveys that closed long enough ago."""
    before = now - timedelta(days=settings.HUB_FEEDBACK_KEEP_MONTHS * DAYS_OF_A_MONTH)
    old = Survey.objects.filter(closes_at__lt=before).values("pk")
    with transaction.atomic():
        Invitation.objects.filter(survey__in=old).exclude(person=None).update(person=None)
        Response.objects.filter(survey__in=old).exclude(person=None).update(person=None)
        # An answer that was nothing but words is nothing without them.
        Answer.objects.filter(response__survey__in=old, question__kind=Question.Kind.TEXT).delete()
