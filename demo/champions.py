"""The demo's champions: three people of the cast."""

from datetime import date, timedelta

from django.utils import timezone

from champions.models import ChampionIndexPage, ChampionPage, ChampionQuestion, Tip
from demo.planting import Tell, files, plant_missing
from pages.models import HubPage
from people.models import User

FIELDS = {"What to ask me": "ask_me", "How I can help": "about"}
"""Heading in the file to field of the page."""


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Publish the profiles that are missing; returns how many were new."""
    made = plant_missing(
        files("champions"),
        ChampionIndexPage.objects.get(),
        ChampionPage,
        fields=FIELDS,
        today=today,
        tell=tell,
        own=_own,
    )
    if not ChampionQuestion.objects.exists():
        _ask()
    return made


def _ask() -> None:
    """One question that waits, one that was answered and became a tip. Nobody is written to about what is made up."""
    now, champion = timezone.now(), ChampionPage.objects.get(slug="amina-k-direct-work-champion")
    leila, tom = (User.objects.get(email=f"{name}@hub.example") for name in ("practitioner", "practitioner2"))
    ChampionQuestion.objects.create(
        asker=tom,
        answerer=champion.person,
        champion=champion,
        text="I have a first visit with a child of five who hides behind her mother. How long would you wait before "
        "you take out the paper?",
        asked_at=now - timedelta(days=1),
    )
    tool = HubPage.objects.get(slug="when-a-child-does-not-want-to-talk")
    answered = ChampionQuestion.objects.create(
        asker=leila,
        answerer=champion.person,
        champion=champion,
        about=tool,
        text="He answers every question with a shrug. Is it wrong to stop asking?",
        answer="No, it is the best thing you can do. Say that you will not ask for a while, sit where he can see your "
        "hands, and draw something badly. Most children cannot leave a bad drawing alone.",
        state=ChampionQuestion.State.ANSWERED,
        asked_at=now - timedelta(days=12),
        closed_at=now - timedelta(days=11),
    )
    Tip.objects.create(
        tool=tool,
        by=champion.person,
        question=answered,
        text="Say that you will not ask for a while, and draw something badly: most children cannot leave it alone.",
        state=Tip.State.SHOWN,
        offered_at=now - timedelta(days=11),
        decided_at=now - timedelta(days=9),
        decided_by=tool.steward,
    )


def _own(facts: dict, today: date) -> dict:
    return {
        "person": User.objects.get(email=facts["person"]),
        "topics": "\n".join(facts["topics"]),
        "team_name": facts["team"],
        "hours": facts["hours"],
        "term_ends": _term_ends(facts, today),
        "age_min": facts.get("age_min"),
        "age_max": facts.get("age_max"),
    }


def _term_ends(facts: dict, today: date) -> date:
    """So many days from the loading day, or the end of the next month of that number: March of this year or next."""
    if "term_ends_days" in facts:
        return today + timedelta(days=facts["term_ends_days"])
    month = facts["term_ends_month"]
    ends = date(today.year, month + 1, 1) - timedelta(days=1)
    return ends if ends > today else date(today.year + 1, month + 1, 1) - timedelta(days=1)
