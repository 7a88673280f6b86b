"""Letting sealed answers into the results: some together, in an order of chance, apart from who it was that answered.

A job. Each of its steps is a transaction of its own that leaves everything whole: a machine that dies between two of
them loses nothing and counts nothing twice (docs/decisions/0018).
"""

import logging
import uuid
from datetime import datetime, timedelta
from random import SystemRandom

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from feedback.answers.batches import may_enter
from feedback.answers.sealing import CannotOpen, seal, tokens_of, unseal
from feedback.models import Answer, AnsweredMark, Mode, Response, SealedAnswers, Survey
from feedback.surveys import locked, marked_people

logger = logging.getLogger(__name__)
chance = SystemRandom()

AFTER_CLOSING = timedelta(minutes=10)
"""What was sent in the last second has arrived by then."""


def let_in(*, now: datetime) -> None:
    """Whatever waits in any form: stir it, note who has answered, and show what may be shown."""
    sealed = SealedAnswers.objects.filter(survey=OuterRef("pk"))
    marks = AnsweredMark.objects.filter(survey=OuterRef("pk"))
    uncounted = Response.objects.filter(survey=OuterRef("pk"), counted=False)
    for survey in Survey.objects.filter(Q(Exists(sealed)) | Q(Exists(marks)) | Q(Exists(uncounted))):
        stir_boxes(survey)
        stir_marks(survey)
        note_who_answered(survey)
        show_together(survey, now)


def stir_boxes(survey: Survey) -> None:
    """Seal anew and write in an order of chance all that waits, so that no row tells when it came or with what."""
    if not survey.sealed.filter(stirred=False).exists():
        return
    with transaction.atomic():
        locked(survey)
        boxes = list(survey.sealed.all())
        fresh = [SealedAnswers(survey=survey, box=box, stirred=True) for box in map(_sealed_anew, boxes)]
        survey.sealed.all().delete()
        chance.shuffle(fresh)
        SealedAnswers.objects.bulk_create(fresh)


def _sealed_anew(one: SealedAnswers) -> bytes:
    try:
        return seal(unseal(one.box, form=one.survey_id), form=one.survey_id)
    except CannotOpen:
        return one.box


def stir_marks(survey: Survey) -> None:
    if not survey.marks.filter(stirred=False).exists():
        return
    with transaction.atomic():
        locked(survey)
        fresh = [AnsweredMark(survey=survey, token=mark.token, stirred=True) for mark in survey.marks.all()]
        survey.marks.all().delete()
        chance.shuffle(fresh)
        AnsweredMark.objects.bulk_create(fresh)


def note_who_answered(survey: Survey) -> None:
    """Turn marks into names, once enough people have answered: all of the form in one go, those of before as well."""
    if survey.marks.count() < settings.HUB_FEWEST_ANSWERS:
        return
    with transaction.atomic():
        locked(survey)
        people = marked_people(survey)
        noted = Q(answered=True) | Q(person__in=people)
        survey.invitations.filter(noted).update(answered=True)
        # Marks of people who have left the hub since stay: they are counted.
        survey.marks.filter(token__in=[token for person in people for token in tokens_of(person)]).delete()


def show_together(survey: Survey, now: datetime) -> None:
    """Let into the results as many as may be shown, and write all that were there before anew among them."""
    if not _how_many(survey, survey.sealed.count() + _uncounted(survey).count(), now):
        return
    with transaction.atomic():
        survey = locked(survey)
        opened = [(box, said) for box in survey.sealed.all() if (said := _opened(box)) is not None]
        waiting = [*opened, *_uncounted(survey)]
        chosen = chance.sample(waiting, _how_many(survey, len(waiting), now))
        late = [one.pk for one in chosen if isinstance(one, Response)]
        survey.responses.filter(pk__in=late).update(counted=True)
        boxes = [one for one in chosen if not isinstance(one, Response)]
        if survey.mode == Mode.ANONYMOUS and chosen:
            _write_among_the_others(survey, [said for _, said in boxes])
        SealedAnswers.objects.filter(pk__in=[box.pk for box, _ in boxes]).delete()


def _uncounted(survey: Survey) -> QuerySet[Response]:
    return survey.responses.filter(counted=False)


def _how_many(survey: Survey, waiting: int, now: datetime) -> int:
    return may_enter(
        waiting=waiting,
        shown=survey.responses.filter(counted=True).count(),
        asked=survey.invitations.count(),
        closed=now >= survey.closes_at + AFTER_CLOSING,
        fewest=settings.HUB_FEWEST_ANSWERS,
    )


def _opened(box: SealedAnswers) -> list[dict] | None:
    try:
        return unseal(box.box, form=box.survey_id)
    except CannotOpen:
        logger.error("A sealed answer cannot be opened: was the secret key changed without SECRET_KEY_FALLBACKS?")
        return None


def _write_among_the_others(survey: Survey, said: list[list[dict]]) -> None:
    """The new and the old in one order of chance, by one transaction.

    Answers to two questions do not stay together either: who is known by one of them (her words, or the needs that
    she has put on her list by name) is not known by the others. Nothing counts across questions.
    """
    # A question may have been taken out of its set since.
    asked = set(survey.question_set.questions.values_list("pk", flat=True))
    before = list(Answer.objects.filter(response__survey=survey))
    responses = list(survey.responses.all())
    for one in said:
        response = Response(id=uuid.uuid4(), survey=survey, mode=survey.mode, answered_on=survey.held_on)
        responses.append(response)
        before += [Answer(response=response, **answer) for answer in one if answer["question_id"] in asked]
    Answer.objects.filter(response__survey=survey).delete()
    survey.responses.all().delete()
    for rows in (responses, before):
        chance.shuffle(rows)
    for question in asked:
        theirs = [answer for answer in before if answer.question_id == question]
        for answer, response in zip(theirs, chance.sample(responses, len(theirs)), strict=True):
            answer.response = response
    Response.objects.bulk_create(responses)
    Answer.objects.bulk_create(before)
