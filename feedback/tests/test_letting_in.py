"""Nothing that people wrote is lost or counted twice, whatever dies or happens at once between two commits."""

import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections
from django.utils import timezone

from feedback.answers import answering, letting_in
from feedback.answers.letting_in import let_in
from feedback.models import Answer, AnsweredMark, Response, SealedAnswers
from feedback.surveys import has_answered, open_for, response_of, unanswered
from feedback.tests.test_answering import make_survey, say
from people.models import User
from tests.harness.killing import after, die, killed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(hub):
    return User.objects.bulk_create(User(email=f"p{n}@hub.example", password="!") for n in range(24))


POINTS = {
    "when the box is written but not the mark": (answering, "tokens_of", lambda person: die()),
    "when all is written but not committed": (answering, "_seal", after(answering._seal)),
    "when an answer is in but not stirred": (letting_in, "stir_boxes", die),
    "while boxes are stirred": (letting_in, "_sealed_anew", die),
    "between boxes and marks": (letting_in, "stir_marks", die),
    "before it is noted who answered": (letting_in, "note_who_answered", die),
    "after it is noted who answered": (letting_in, "show_together", die),
    "when answers are written but boxes not gone": (
        letting_in,
        "_write_among_the_others",
        after(letting_in._write_among_the_others),
    ),
}


@pytest.mark.parametrize("point", POINTS)
def test_a_machine_that_dies_loses_nothing_and_counts_nothing_twice(point, people):
    survey, few = make_survey(people[:7]), people[:7]
    for person in few:
        assert killed(*POINTS[point], during=partial(everything, survey, person)) in (signal.SIGKILL, 0)
        everything(survey, person)
    assert sorted(Answer.objects.values_list("text", flat=True)) == sorted(person.email for person in few)
    assert (Response.objects.count(), SealedAnswers.objects.count()) == (7, 0)
    assert response_of([survey]).counts == "7 of 7"


def everything(survey, person: User) -> None:
    """Answer, and let the jobs run."""
    say(survey, person, One_thing_I_learned=person.email)
    let_in(now=timezone.now())


def test_pressing_twice_while_the_job_runs_is_one_answer(people):
    survey = make_survey(people)

    def press(person):
        try:
            if person is None:
                return let_in(now=timezone.now())
            return say(survey, person, One_thing_I_learned=person.email)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        # Everybody twice, and the job in between, by two workers.
        answered = list(pool.map(press, [one for person in people for one in (person, person, None, None)]))
    let_in(now=survey.closes_at + timedelta(hours=1))
    assert sum(map(bool, answered)) == len(people)
    assert sorted(Answer.objects.values_list("text", flat=True)) == sorted(person.email for person in people)


def test_who_answered_is_asked_no_more_whether_noted_by_a_mark_or_by_name(people):
    survey, now = make_survey(people[:12]), timezone.now()
    for number in range(6):
        say(survey, people[number], It_was_worth=[4])
        assert has_answered(survey, people[number])
        assert not open_for(people[number], now).exists()
        assert people[number] not in unanswered(survey)
        if number != 2:
            let_in(now=now)
    assert open_for(people[6], now).get() == survey
    assert unanswered(survey).count() == 6
    # Five were noted by name together; the sixth waits for others.
    assert (survey.invitations.filter(answered=True).count(), AnsweredMark.objects.count()) == (5, 1)
    people[5].delete()
    assert response_of([survey]).counts == "6 of 12"
