"""The demo's stories, its newsletter and its film."""

from datetime import date, timedelta

from django.utils import timezone

from demo.planting import Tell, files, plant_missing
from pages.wording import day
from people.models import User
from stories import clearing, consent
from stories.models import FilmPage, NewsPage, StoryIndexPage, StoryPage
from stories.models.story_page import Voice

STORY = {
    "What was going on": "situation",
    "What we did": "what_we_did",
    "What happened then": "what_happened",
    "What made the difference": "what_made_it",
    "What I do now": "what_next",
    "Take it to your own work": "try_this",
}
CONSENT_DAYS = 200
"""How much longer a story is shown that somebody tells of themselves."""
NEWS = {"Text": "body", "To end with": "closing"}
FILM = {"What it shows": "body", "Talk about it in your team": "talk", "Transcript": "transcript"}
"""Heading in the file to field of the page, for each kind."""


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Publish the stories, the newsletter and the film that are missing; returns how many were new."""
    index, made = StoryIndexPage.objects.get(), 0
    for pattern, page_type, fields, own, before in (
        ("s*.md", StoryPage, STORY, _story, _clear),
        ("n*.md", NewsPage, NEWS, _news, lambda page: None),
        ("f*.md", FilmPage, FILM, _film, lambda page: None),
    ):
        made += plant_missing(
            files("stories", pattern),
            index,
            page_type,
            fields=fields,
            today=today,
            tell=tell,
            own=own,
            before=before,
        )
    return made


def _story(facts: dict, today: date) -> dict:
    # Not live before two people have read it.
    given = {"lesson": facts["lesson"], "told_by": facts["told_by"], "live": False}
    return {**given, "voice": facts.get("voice", Voice.COLLEAGUE)}


def _clear(page: StoryPage) -> None:
    """The editor has gone through the checklist, and the reviewer has approved; whose own story it is has agreed."""
    editor, reviewer = (User.objects.get(email=f"{name}@hub.example") for name in ("editor", "reviewer"))
    clearing.check(page=page, by=editor, ticked=clearing.QUESTIONS, now=timezone.now())
    clearing.approve(page=page, by=reviewer, judged=True, now=timezone.now())
    if page.needs_consent:
        today = timezone.localdate()
        consent.record(
            page=page,
            by=editor,
            given_by="care-leaver",
            agreed_on=today - timedelta(days=30),
            ends_on=today + timedelta(days=CONSENT_DAYS),
            kept_at="Demo: participation team’s folder, form 31",
            now=timezone.now(),
        )


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
