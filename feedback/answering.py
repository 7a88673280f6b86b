"""Taking an answer: once a person, all of it or nothing, and without the person where that was promised."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from feedback.models import Answer, Invitation, Mode, Pledge, Question, Response, Survey
from people.models import User

ASKED_BACK_AFTER = timedelta(weeks=6)


class CannotAnswer(Exception):
    """Why not, in plain words; `code` for programs."""

    def __init__(self, code: str, words: str):
        super().__init__(words)
        self.code, self.words = code, words


def answer(*, survey: Survey, person: User, given: dict[int, dict], now: datetime) -> bool:
    """Write down what was said; False if this person had answered before (twice is once).

    `given` is question id to {"boxes": [int], "text": str, "not_applicable": bool}, as the form has checked it.
    Raises CannotAnswer: not asked, not open yet, closed, nothing said.
    """
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().filter(survey=survey, person=person).first()
        if not invitation:
            raise CannotAnswer("not-asked", "This form is for those who came.")
        if invitation.answered:
            return False
        if now < survey.opens_at:
            raise CannotAnswer("not-open", "This form opens when the session has ended.")
        if now >= survey.closes_at:
            raise CannotAnswer("closed", "This form has closed. Tell the organiser what you wanted to say.")
        kinds = dict(survey.question_set.questions.values_list("pk", "kind"))
        said = {question: one for question, one in given.items() if question in kinds and any(one.values())}
        if not said:
            raise CannotAnswer("nothing-said", "Answer at least one question. Nothing was sent.")
        response = _response(survey, person, now)
        for question, one in said.items():
            if kinds[question] == Question.Kind.PLEDGE:
                _pledge(survey, person, one, now)
            else:
                Answer.objects.create(response=response, question_id=question, **one)
        invitation.answered = True
        invitation.save(update_fields=["answered"])
        _count_together(survey)
        return True


def _count_together(survey: Survey) -> None:
    """Let waiting answers into the results when enough wait together.

    Somebody who looks before and after a colleague answers would otherwise read what just came in, and know from whom.
    """
    waiting = Response.objects.filter(survey=survey, counted=False)
    if waiting.count() >= settings.HUB_FEWEST_ANSWERS:
        waiting.update(counted=True)


def _response(survey: Survey, person: User, now: datetime) -> Response:
    anonymous = survey.mode == Mode.ANONYMOUS
    return Response.objects.create(
        survey=survey,
        mode=survey.mode,
        person=None if anonymous else person,
        answered_on=survey.held_on if anonymous else timezone.localdate(now),
        counted=not anonymous,
    )


def _pledge(survey: Survey, person: User, said: dict, now: datetime) -> None:
    """A record of its own, named and private: it belongs to the person, not to the answers."""
    Pledge.objects.create(person=person, survey=survey, text=said["text"], made_on=timezone.localdate(now))
