"""What becomes of a champion's profile and of their questions when they leave the service."""

from datetime import datetime, timedelta

from django.utils import timezone

from champions.asking import other_answerer, pass_to
from champions.models import ChampionPage, ChampionQuestion
from pages.publishing.put_right import put_right
from people.models import User
from people.roles import Role


def close_profiles(*, person: User, by: User | None, now: datetime) -> None:
    """The offer ends today: the profile is on no list, and neither a drop-in nor "ask me" stands on it any more."""
    today = timezone.localdate(now)
    for page in ChampionPage.objects.filter(person=person):
        ended = min(filter(None, (page.term_ends, today - timedelta(days=1))))
        gone = min(filter(None, (page.withdrawn_on, today)))
        put_right(page, ChampionPage, term_ends=ended, withdrawn_on=gone, hours="")


def pass_on_questions(*, person: User, by: User | None, now: datetime) -> None:
    """Open questions go to the stand-in, else to who runs champions; whoever asked is told. Their own end."""
    for question in ChampionQuestion.objects.filter(answerer=person, state=ChampionQuestion.State.OPEN).select_related(
        "asker"
    ):
        pass_to(question=question, other=other_answerer(question) or _who_runs_champions(question), now=now)
    mine = ChampionQuestion.objects.filter(asker=person, state=ChampionQuestion.State.OPEN)
    mine.update(state=ChampionQuestion.State.CLOSED, closed_at=now)


def _who_runs_champions(question: ChampionQuestion) -> User | None:
    """The principal social worker, else an editor: never who asked."""
    for role in (Role.PSW, Role.EDITOR):
        people = User.objects.filter(groups__name=role, is_active=True).exclude(pk=question.asker_id)
        if found := people.order_by("pk").first():
            return found
    return None
