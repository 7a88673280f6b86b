"""The demo's stories, its newsletter and its film."""

from datetime import date, timedelta

from home.demo.planting import Tell, files, plant_missing
from pages.wording import day
from stories.models import FilmPage, NewsPage, StoryIndexPage, StoryPage

STORY = {
    "What was going on": "situation",
    "What we did": "what_we_did",
    "What happened then": "what_happened",
    "What made the difference": "what_made_it",
    "What I do now": "what_next",
    "Take it to your own work": "try_this",
}
NEWS = {"Text": "body", "To end with": "closing"}
FILM = {"What it shows": "body", "Talk about it in your team": "talk", "Transcript": "transcript"}
"""Heading in the file to field of the page, for each kind."""


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Publish the stories, the newsletter and the film that are missing; returns how many were new."""
    index, made = StoryIndexPage.objects.get(), 0
    for pattern, page_type, fields, own in (
        ("s*.md", StoryPage, STORY, _story),
        ("n*.md", NewsPage, NEWS, _news),
        ("f*.md", FilmPage, FILM, _film),
    ):
        made += plant_missing(
            files("stories", pattern), index, page_type, fields=fields, today=today, tell=tell, own=own
        )
    return made


def _story(facts: dict, today: date) -> dict:
    return {"lesson": facts["lesson"], "told_by": facts["told_by"]}


def _news(facts: dict, today: date) -> dict:
    # The last time that this month began.
    month = facts["issued_month"]
    return {"issued_on": date(today.year if today.month >= month else today.year - 1, month, 1)}


def _film(facts: dict, today: date) -> dict:
    until = today + timedelta(days=facts["consent_days"])
    return {
        "length": facts["length"],
        "captions": facts["captions"],
        "consent": facts["consent"].format(until=day(until)),
        "consent_until": until,
    }
