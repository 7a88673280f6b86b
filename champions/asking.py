"""Asking a champion, and answering. A question that may name a child never arrives here: the form stops it first."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse_lazy

from champions.models import ChampionPage, ChampionQuestion
from champions.permissions import may_answer
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.editing.once import SENT_BEFORE
from pages.models import HubPage
from people.models import User
from people.refusals import NotPossible, NotThere

OPEN_OF_ONE_PERSON = 3
"""Of one person to one champion: others have questions too."""
MINE = reverse_lazy("my_questions")
ASKED = kind("question", "A question to a champion")
ANSWERED = kind("answer", "An answer of a champion")


def open_questions(page: ChampionPage) -> int:
    """How many wait for this champion, or for who stands in for them."""
    return ChampionQuestion.objects.filter(champion=page, state=ChampionQuestion.State.OPEN).count()


def ask(
    *, champion: ChampionPage, asker: User, text: str, key: UUID, now: datetime, about: HubPage | None = None
) -> ChampionQuestion:
    """Send a question. The same form sent twice is one question.

    Raises NotPossible: full, too-many, nobody (the champion has left), oneself; sent, for other words in that form.
    """
    with transaction.atomic():
        champion = ChampionPage.objects.select_for_update(of=("self",)).select_related("person").get(pk=champion.pk)
        if before := ChampionQuestion.objects.filter(key=key, asker=asker).first():
            if before.text != text:
                raise NotPossible(SENT_BEFORE, code="sent")
            return before
        person = champion.person
        if not person or not person.is_active:
            raise NotPossible("Nobody answers for this profile at present.", code="nobody")
        if person == asker:
            raise NotPossible("This is your own profile.", code="oneself")
        theirs = ChampionQuestion.objects.filter(
            champion=champion, asker=asker, state=ChampionQuestion.State.OPEN
        ).count()
        if theirs >= OPEN_OF_ONE_PERSON:
            words = f"You have {theirs} questions here that wait for an answer. Wait for one, or close one yourself."
            raise NotPossible(words, code="too-many")
        if open_questions(champion) >= champion.most_open:
            raise NotPossible("There are as many questions as one champion can answer at once.", code="full")
        question = ChampionQuestion.objects.create(
            key=key, asker=asker, answerer=person, champion=champion, about=about, text=text, asked_at=now
        )
        _tell_answerer(question)
        return question


def answer(*, question: ChampionQuestion, by: User, words: str, now: datetime) -> ChampionQuestion:
    """Answer, or put an answer right. Whoever asked is told that it is there."""
    with transaction.atomic():
        question = _mine(question, by)
        if question.state == ChampionQuestion.State.CLOSED:
            raise NotPossible("This question was closed meanwhile. Your answer was not sent.", code="closed")
        first = question.state == ChampionQuestion.State.OPEN
        question.answer, question.state, question.closed_at = words, ChampionQuestion.State.ANSWERED, now
        question.save()
        if first:
            _tell_asker(question, "Your question is answered", f"{by} has answered your question.")
        return question


def pass_on(*, question: ChampionQuestion, by: User, now: datetime) -> ChampionQuestion:
    """Hand an open question to the stand-in, who can hand it back."""
    with transaction.atomic():
        question = _mine(question, by)
        _refuse_unless_open(question)
        other = other_answerer(question)
        if other is None:
            raise NotPossible("There is no stand-in who could answer. Ask an editor to name one.", code="nobody")
        question.answerer, question.passed_on = other, True
        question.save(update_fields=["answerer", "passed_on"])
        _tell_answerer(question)
        return question


def pass_to(*, question: ChampionQuestion, other: User | None, now: datetime) -> ChampionQuestion:
    """Who was to answer has left the service: somebody else does, or it is closed; whoever asked is told which."""
    with transaction.atomic():
        question = _fresh(question)
        if question.state != ChampionQuestion.State.OPEN:
            return question
        if other is None:
            question.state, question.closed_at = ChampionQuestion.State.CLOSED, now
            question.save(update_fields=["state", "closed_at"])
            words = "Who was to answer it has left the service. Ask another champion, or your manager."
            _tell_asker(question, "Your question is closed", words)
            return question
        question.answerer, question.passed_on = other, True
        question.save(update_fields=["answerer", "passed_on"])
        _tell_answerer(question)
        letter = Letter(
            subject="Somebody else answers your question",
            paragraphs=[f"Who was to answer it has left the service. {other} reads it now. You can close it any time."],
            link=f"{MINE}{question.key}/",
            link_title="Read it",
        )
        tell(question.asker, letter, kind=ANSWERED, about=question)
        return question


def close(*, question: ChampionQuestion, by: User, now: datetime) -> ChampionQuestion:
    """Not for me, or no longer needed. Closing twice is closing once."""
    if by.pk not in (question.asker_id, question.answerer_id):
        raise NotThere
    with transaction.atomic():
        question = _fresh(question)
        if question.state == ChampionQuestion.State.OPEN:
            question.state, question.closed_at = ChampionQuestion.State.CLOSED, now
            question.save(update_fields=["state", "closed_at"])
            if by.pk == question.answerer_id:
                words = f"{by} cannot answer this one. Ask another champion, or your manager."
                _tell_asker(question, "Your question is closed", words)
        return question


def other_answerer(question: ChampionQuestion) -> User | None:
    """The stand-in, or the champion where the stand-in has it."""
    page = question.champion
    if page is None:
        return None
    others = [person for person in (page.person, page.deputy) if person and person.is_active]
    return next((person for person in others if person.pk not in (question.answerer_id, question.asker_id)), None)


def _fresh(question: ChampionQuestion) -> ChampionQuestion:
    return (
        ChampionQuestion.objects.select_for_update(of=("self",)).select_related("asker", "champion").get(pk=question.pk)
    )


def _mine(question: ChampionQuestion, by: User) -> ChampionQuestion:
    question = _fresh(question)
    if not may_answer(by, question):
        raise NotThere
    return question


def _refuse_unless_open(question: ChampionQuestion) -> None:
    if question.state != ChampionQuestion.State.OPEN:
        raise NotPossible(f"This was settled meanwhile: {question.get_state_display().lower()}.", code="closed")


def _tell_answerer(question: ChampionQuestion) -> None:
    letter = Letter(
        subject="A question waits for you",
        paragraphs=["A colleague has asked you something. By the next working day is soon enough."],
        link=f"{MINE}{question.key}/",
        link_title="Read and answer it",
    )
    tell(question.answerer, letter, kind=ASKED, about=question)


def _tell_asker(question: ChampionQuestion, subject: str, words: str) -> None:
    if question.asker.is_active:
        letter = Letter(subject=subject, paragraphs=[words], link=f"{MINE}{question.key}/", link_title="Read it")
        tell(question.asker, letter, kind=ANSWERED, about=question)
