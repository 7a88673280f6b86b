"""Taking an answer: once a person, all of it or nothing, and without the person where that was promised."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from feedback.answers.sealing import seal, tokens_of
from feedback.models import Answer, AnsweredMark, Mode, Pledge, Question, Response, SealedAnswers, Survey
from feedback.surveys import has_answered, locked
from people.models import User
from people.refusals import NotPossible

ASKED_BACK_AFTER = timedelta(weeks=6)


def answer(*, survey: Survey, person: User, given: dict[int, dict], now: datetime) -> bool:
    """Write down what was said; False if this person had answered before (twice is once).

    `given` is question id to {"boxes": [int], "text": str, "not_applicable": bool}, as the form has checked it.
    Raises NotPossible: not asked, not open yet, closed, nothing said.
    """
    with transaction.atomic():
        # The form is locked and never the person's own row: a database notes on a row who locked it last.
        survey = locked(survey)
        if not survey.invitations.filter(person=person).exists():
            raise NotPossible("This form is for those who came.", code="not-asked")
        if has_answered(survey, person):
            return False
        if now < survey.opens_at:
            raise NotPossible("This form opens when the session has ended.", code="not-open")
        if now >= survey.closes_at:
            raise NotPossible("This form has closed. Tell the organiser what you wanted to say.", code="closed")
        kinds = dict(survey.question_set.questions.values_list("pk", "kind"))
        said = {question: one for question, one in given.items() if question in kinds and any(one.values())}
        if not said:
            raise NotPossible("Answer at least one question. Nothing was sent.", code="nothing-said")
        pledged = {question for question in said if kinds[question] == Question.Kind.PLEDGE}
        for question in pledged:
            _pledge(survey, person, said[question], now)
        others = [{"question_id": key, **one} for key, one in said.items() if key not in pledged]
        write = _seal if survey.mode == Mode.ANONYMOUS else _write
        write(survey, person, others, now)
        return True


def _seal(survey: Survey, person: User, said: list[dict], now: datetime) -> None:
    """What was said goes into a sealed box; who it was is noted apart, as a sign that names nobody."""
    SealedAnswers.objects.create(survey=survey, box=seal(said, form=survey.pk))
    AnsweredMark.objects.create(survey=survey, token=tokens_of(person.pk)[0])


def _write(survey: Survey, person: User, said: list[dict], now: datetime) -> None:
    """With the name, as the form has said. A confidential answer waits before others than organisers see it counted."""
    response = Response.objects.create(
        survey=survey,
        mode=survey.mode,
        person=person,
        answered_on=timezone.localdate(now),
        counted=survey.mode == Mode.NAMED,
    )
    Answer.objects.bulk_create(Answer(response=response, **one) for one in said)
    survey.invitations.filter(person=person).update(answered=True)


def _pledge(survey: Survey, person: User, said: dict, now: datetime) -> None:
    """A record of its own, named and private: it belongs to the person, not to the answers."""
    Pledge.objects.create(person=person, survey=survey, text=said["text"], made_on=timezone.localdate(now))
