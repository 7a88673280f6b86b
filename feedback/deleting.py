"""Answers that somebody asks to have deleted: where the form kept their name, and nowhere else."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction

from feedback.models import Response
from feedback.permissions import may_see_names
from people.models import User

audit = logging.getLogger("hub.audit")


def delete_answers(*, response: Response, by: User) -> None:
    """Delete all that one person said in one form. They count as asked, and as not having answered.

    Raises PermissionDenied where this person may not know whose answers they are: always for anonymous ones.
    """
    if not response.person_id or not may_see_names(by, response.survey):
        raise PermissionDenied
    with transaction.atomic():
        response.survey.invitations.filter(person=response.person_id).update(answered=False)
        survey = response.survey_id
        response.delete()
    audit.info("answers deleted survey=%s by=%s", survey, by.pk)
