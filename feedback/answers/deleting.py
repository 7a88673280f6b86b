"""Answers that somebody asks to have deleted, where the form kept their name; words that name somebody, anywhere."""

import logging
from random import SystemRandom

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from feedback.models import Answer, Mode, Response, Survey
from feedback.permissions import may_see_names, may_see_results
from feedback.surveys import locked
from people.models import User

audit = logging.getLogger("hub.audit")


def delete_answers(*, response: Response, by: User) -> None:
    """Delete all that one person said in one form. They count as asked, and as not having answered.

    Raises PermissionDenied where this person may not know whose answers they are: always for anonymous ones.
    """
    if not response.person_id or not may_see_names(by, response.survey):
        raise PermissionDenied
    with transaction.atomic():
        survey = locked(response.survey)
        survey.invitations.filter(person=response.person_id).update(answered=False)
        Response.objects.filter(pk=response.pk).delete()
        if response.counted and survey.mode == Mode.CONFIDENTIAL:
            _take_others_out_with_it(survey)
    audit.info("answers deleted survey=%s by=%s", survey.pk, by.pk)


def _take_others_out_with_it(survey: Survey) -> None:
    """Who sees the figures without the names would tell by the difference what the one said who is gone. Some others
    wait again, and come back with the next that may be shown together."""
    counted = list(survey.responses.filter(counted=True).values_list("pk", flat=True))
    others = SystemRandom().sample(counted, min(settings.HUB_FEWEST_ANSWERS - 1, len(counted)))
    survey.responses.filter(pk__in=others).update(counted=False)


def redact(*, answer: Answer, by: User, reason: str) -> None:
    """Take away words that name somebody. What they were is not kept; why is."""
    if not may_see_results(by):
        raise PermissionDenied
    with transaction.atomic():
        # Answers are written anew when others join them.
        locked(answer.response.survey)
        Answer.objects.filter(pk=answer.pk).update(text="", redacted_because=reason)
    audit.info("redact answer=%s by=%s", answer.pk, by.pk)
