"""The demo's policies, guides, programmes, handbook, deal and careers."""

from datetime import date, timedelta

from django.utils import timezone

from demo import writing
from demo.planting import Tell, files, plant_missing, save
from events.models import EventPage
from guidance import rolling_out
from guidance.models import (
    CareerPage,
    DealPage,
    GuidanceIndexPage,
    GuidePage,
    HandbookPage,
    PolicyPage,
    PracticeChangePage,
    ProgrammePage,
    ProjectPage,
    VacancyPage,
)
from pages.models import HubPage
from pages.public.approving import approve
from people.models import User

PUBLIC = ["career-routes", "social-worker-assessment-team"]
TEXT = {"Text": "body"}
KINDS = {
    "policy": (PolicyPage, TEXT),
    "guide": (GuidePage, TEXT),
    "programme": (ProgrammePage, TEXT),
    "handbook": (HandbookPage, TEXT),
    "deal": (DealPage, {"We expect": "expected", "We offer": "offered", **TEXT}),
    "career": (CareerPage, TEXT),
    "vacancy": (VacancyPage, TEXT),
    "project": (ProjectPage, TEXT),
    "practice-change": (PracticeChangePage, TEXT),
}
"""Folder to page type, and heading in the file to field of the page."""


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Publish the guidance that is missing, and then the chapters of the handbook; returns how many were new."""
    index, made = GuidanceIndexPage.objects.get(), 0
    for folder, (page_type, fields) in KINDS.items():
        made += plant_missing(
            files(f"guidance/{folder}"), index, page_type, fields=fields, today=today, tell=tell, own=OWN[page_type]
        )
    for path in files("guidance/practice-change"):
        _roll_out(writing.read(path, TEXT)[0], today)
    for handbook in HandbookPage.objects.child_of(index):
        chapters = files(f"guidance/chapters/{handbook.slug}")
        made += plant_missing(chapters, handbook, GuidePage, fields=TEXT, today=today, tell=tell, own=_guide)
    for path in files("guidance/policy"):
        _replace(writing.read(path, TEXT)[0])
    return made


def _replace(facts: dict) -> None:
    """Say at a policy that was withdrawn what is used instead, unless an editor has said."""
    page = PolicyPage.objects.filter(slug=facts["slug"], replaced_by=None).first()
    # Somebody may have moved, copied or renamed either of them since the first load.
    instead = HubPage.objects.filter(slug=facts.get("replaced_by", "")).first()
    if page and instead:
        page.replaced_by = instead
        save(page)


def _roll_out(facts: dict, today: date) -> None:
    """How each change stands in each area, unless somebody has said already."""
    page, owner = PracticeChangePage.objects.get(slug=facts["slug"]), User.objects.get(email=facts["owner"])
    if not page.area_statuses.exists():
        for row in facts["areas"]:
            rolling_out.say(
                page=page,
                by=owner,
                area=row["area"],
                status=row["status"],
                since=today + timedelta(days=row["days"]),
                note=row.get("note", ""),
                now=timezone.now(),
            )


def open_to_everybody() -> None:
    """Approve the career routes and the open post as public, once nothing in them changes any more."""
    psw = User.objects.get(email="psw@hub.example")
    for page in HubPage.objects.live().filter(slug__in=PUBLIC, public_approvals=None):
        approve(page=page, by=psw, now=timezone.now())


def _policy(facts: dict, today: date) -> dict:
    return {
        "version": facts["version"],
        "effective_on": today - timedelta(days=facts["effective_days_ago"]),
        "change_note": facts["change_note"],
        **_window(facts, today),
        **_withdrawal(facts, today),
    }


def _window(facts: dict, today: date) -> dict:
    """When people may comment on it, for a policy that asks."""
    if "proposal" not in facts:
        return {}
    return {
        "proposal": facts["proposal"],
        "comments_from": today - timedelta(days=7),
        "comments_until": today + timedelta(days=facts["comments_for_days"]),
    }


def _withdrawal(facts: dict, today: date) -> dict:
    """When and why a policy was taken out of use; what came in its place is chosen once all pages are there."""
    if "withdrawn_days_ago" not in facts:
        return {}
    return {
        "withdrawn_on": today - timedelta(days=facts["withdrawn_days_ago"]),
        "withdrawn_reason": facts["withdrawn_reason"],
    }


def _guide(facts: dict, today: date) -> dict:
    return {"read_in": facts.get("read_in", "")}


def _programme(facts: dict, today: date) -> dict:
    slugs = [row["event"] for row in facts["milestones"] if "event" in row]
    events = dict(EventPage.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    milestones = [
        {"type": "milestone", "value": {"detail": "", **row, "event": events.get(row.get("event"))}}
        for row in facts["milestones"]
    ]
    return {"who_for": facts["who_for"], "length": facts["length"], "milestones": milestones}


def _deal(facts: dict, today: date) -> dict:
    # A year of the deal runs from April to March.
    first = today.year if today.month >= 4 else today.year - 1
    return {
        "version": f"{first} to {first + 1}",
        "valid_from": date(first, 4, 1),
        "valid_to": date(first + 1, 3, 31),
    }


def _vacancy(facts: dict, today: date) -> dict:
    return {
        "closing_date": today + timedelta(days=facts["closes_in_days"]),
        "interviews_on": today + timedelta(days=facts["interviews_in_days"]),
        "team_name": facts["team"],
        "pay": facts["pay"],
        "hours": facts["hours"],
    }


def _project(facts: dict, today: date) -> dict:
    return {
        "status": facts["status"],
        "updated_on": today - timedelta(days=facts["updated_days_ago"]),
        "update_every": facts["update_every"],
        "update": facts["update"],
    }


OWN = {
    PolicyPage: _policy,
    GuidePage: _guide,
    ProgrammePage: _programme,
    HandbookPage: lambda facts, today: {},
    DealPage: _deal,
    CareerPage: lambda facts, today: {},
    VacancyPage: _vacancy,
    ProjectPage: _project,
    PracticeChangePage: lambda facts, today: {},
}
