"""What somebody was asked, has asked, and the tips that wait for them."""

from functools import cached_property

from django.db.models import Q, QuerySet

from champions.models import ChampionQuestion, Tip
from champions.permissions import may_take_back
from pages.models import HubPage
from pages.public.permissions import pages_of
from people.models import User

LATELY = 50
LATE = ("champion__ask_me", "champion__about", "champion__related")


def waiting_for(person: User) -> QuerySet[ChampionQuestion]:
    """Questions that this person has not answered yet."""
    return ChampionQuestion.objects.filter(answerer=person, state=ChampionQuestion.State.OPEN)


def tips_to_read(person: User) -> QuerySet[Tip]:
    """Tips for pages that this person looks after."""
    return Tip.objects.filter(tool__in=pages_of(person).values("pk"), state=Tip.State.OFFERED).exclude(by=person)


class Inbox:
    """A person's questions, both ways."""

    def __init__(self, person: User):
        self.person = person

    @cached_property
    def waiting(self) -> list[ChampionQuestion]:
        return list(self._told(waiting_for(self.person))[:LATELY])

    @cached_property
    def answered(self) -> list[ChampionQuestion]:
        mine = ChampionQuestion.objects.filter(answerer=self.person).exclude(state=ChampionQuestion.State.OPEN)
        return list(self._told(mine).order_by("-closed_at", "-pk")[:LATELY])

    @cached_property
    def asked(self) -> list[ChampionQuestion]:
        return list(
            self._told(ChampionQuestion.objects.filter(asker=self.person)).order_by("-asked_at", "-pk")[:LATELY]
        )

    @staticmethod
    def _told(questions):
        return questions.select_related("asker", "answerer", "champion", "about").defer(*LATE)


class Tips:
    """Tips that wait for this person to read, those on pages they look after, and their own."""

    def __init__(self, person: User):
        self.person = person

    @cached_property
    def waiting(self) -> list[Tip]:
        return list(tips_to_read(self.person).select_related("tool", "by")[:LATELY])

    @cached_property
    def others(self) -> list[dict]:
        seen = HubPage.objects.visible_to(self.person).values("pk")
        looked_after = Q(tool__in=seen) & (Q(tool__steward=self.person) | Q(tool__deputy=self.person))
        tips = Tip.objects.filter(looked_after | Q(by=self.person)).exclude(pk__in=[tip.pk for tip in self.waiting])
        return [
            {"tip": tip, "may_take_back": tip.state == Tip.State.SHOWN and may_take_back(self.person, tip)}
            for tip in tips.select_related("tool", "by")[:LATELY]
        ]
