"""The demo's champions: three people of the cast."""

from datetime import date, timedelta

from champions.models import ChampionIndexPage, ChampionPage
from home.demo.planting import Tell, files, plant_missing
from people.models import User

FIELDS = {"What to ask me": "ask_me", "How I can help": "about"}
"""Heading in the file to field of the page."""


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Publish the profiles that are missing; returns how many were new."""
    return plant_missing(
        files("champions"),
        ChampionIndexPage.objects.get(),
        ChampionPage,
        fields=FIELDS,
        today=today,
        tell=tell,
        own=_own,
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
