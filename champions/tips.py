"""Tips: a good answer becomes a line on a tool, once the tool's owner has read it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse_lazy

from champions.models import ChampionQuestion, Tip
from champions.permissions import may_answer, may_decide, may_take_back
from notices.kinds import kind
from notices.outbox import Letter, tell
from people.models import User
from people.refusals import NotPossible, NotThere
from practice import editions

MINE = reverse_lazy("my_tips")
TIP = kind("tip", "A tip of a champion for a page")


def offer(*, question: ChampionQuestion, by: User, text: str, now: datetime) -> Tip:
    """Offer a line of an answer for the tool that the question was about. Once a question."""
    if not may_answer(by, question):
        raise NotThere
    with transaction.atomic():
        question = ChampionQuestion.objects.select_for_update(of=("self",)).select_related("about").get(pk=question.pk)
        if question.state != ChampionQuestion.State.ANSWERED or question.about is None:
            raise NotPossible("A tip comes from an answered question about a tool.", code="no-tool")
        tip, is_new = Tip.objects.get_or_create(
            question=question, defaults={"tool": question.about, "by": by, "text": text, "offered_at": now}
        )
        if not is_new:
            raise NotPossible("A tip was offered from this question already.", code="offered")
        _tell_owner(tip)
        return tip


def show(*, tip: Tip, by: User, text: str, now: datetime) -> Tip:
    """Put it on the tool, as offered or as its owner words it."""
    return _decide(tip, by, Tip.State.SHOWN, now, text=text)


def decline(*, tip: Tip, by: User, reason: str, now: datetime) -> Tip:
    """Not on the tool, and why: the champion reads it."""
    return _decide(tip, by, Tip.State.DECLINED, now, reason=reason)


def take_back(*, tip: Tip, by: User, now: datetime) -> Tip:
    """Gone from the tool at once."""
    if not may_take_back(by, tip):
        raise NotThere
    Tip.objects.filter(pk=tip.pk).update(state=Tip.State.TAKEN_BACK, decided_at=now, decided_by=by)
    editions.bump(editions.CONTENT)
    return tip


def _decide(tip: Tip, by: User, state: Tip.State, now: datetime, **changed) -> Tip:
    if not may_decide(by, tip):
        raise NotThere
    with transaction.atomic():
        tip = Tip.objects.select_for_update(of=("self",)).select_related("tool", "by").get(pk=tip.pk)
        if tip.state != Tip.State.OFFERED:
            raise NotPossible(f"This was settled meanwhile: {tip.get_state_display().lower()}.", code="settled")
        tip.state, tip.decided_at, tip.decided_by = state, now, by
        for name, value in changed.items():
            setattr(tip, name, value)
        tip.save()
        _tell_champion(tip)
    editions.bump(editions.CONTENT)
    return tip


def _tell_owner(tip: Tip) -> None:
    for person in {tip.tool.steward or tip.tool.deputy} - {None, tip.by}:
        letter = Letter(
            subject=f"A champion’s tip for {tip.tool.title}",
            paragraphs=[f"{tip.by or 'A champion'} offers a line for your page. It is shown once you have read it."],
            link=MINE,
            link_title="Read it",
        )
        tell(person, letter, kind=TIP, about=tip)


def _tell_champion(tip: Tip) -> None:
    shown = tip.state == Tip.State.SHOWN
    words = "It is on the page now. Thank you." if shown else f"It was not taken: {tip.reason}"
    letter = Letter(
        subject=f"Your tip for {tip.tool.title}", paragraphs=[words], link=tip.tool.address, link_title="See the page"
    )
    if tip.by and tip.by.is_active:
        tell(tip.by, letter, kind=TIP, about=tip)
