"""The demo's research summaries."""

from datetime import date, timedelta

from demo.planting import Tell, files, plant_missing
from research.models import ResearchIndexPage, ResearchPage

FIELDS = {
    "In plain words": "plain_summary",
    "On a visit": "on_a_visit",
    "What was tested": "tested",
    "Limits": "limits",
}
"""Heading in the file to field of the page."""


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Publish the research summaries that are missing; returns how many were new."""
    return plant_missing(
        files("research"),
        ResearchIndexPage.objects.get(),
        ResearchPage,
        fields=FIELDS,
        today=today,
        tell=tell,
        own=_own,
    )


def _own(facts: dict, today: date) -> dict:
    original = facts["original"]
    return {
        "evidence_basis": facts["evidence"],
        "authors": original["authors"],
        "year": original["year"],
        "source_title": original["title"],
        "published_in": original["published_in"],
        "link": original["link"],
        "link_checked_on": today - timedelta(days=original["checked_days_ago"]),
        "login_note": original["login_note"],
    }
