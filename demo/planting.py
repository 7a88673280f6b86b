"""Demo pages of every type that is a text: what their files have in common, and which pages go well together."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import PageViewRestriction

from demo import writing
from pages.models import HubPage
from people.models import User
from practice.models import Item, Standard, Term, Vocabulary

FOLDER = Path(__file__).parent
LICENCES = {"own": "Written by us for this hub. Free to use and adapt in our services and with partners."}
Tell = Callable[[str], None]


def files(room: str, pattern: str = "*.md") -> list[Path]:
    """The demo texts of a room, in the order of their ids."""
    return sorted((FOLDER / room).glob(pattern))


def plant_missing(
    paths: list[Path],
    parent: HubPage,
    page_type: type[HubPage],
    *,
    fields: Mapping[str, str],
    today: date,
    tell: Tell,
    own: Callable[[dict, date], dict] = lambda facts, today: {},
    before: Callable[[HubPage], None] = lambda page: None,
) -> int:
    """Publish the texts that are not there yet below `parent`; returns how many were new.

    `fields` is heading to field of the page; `own` makes the values of fields that only this type has; `before` does
    what has to be done before such a page is published.
    """
    made = 0
    for path in paths:
        facts, sections = writing.read(path, fields)
        if HubPage.objects.child_of(parent).filter(slug=facts["slug"]).exists():
            continue
        tell(f"  {facts['id']} {facts['title']}")
        with transaction.atomic():
            _plant(parent, page_type(**_of_every_page(facts, today), **own(facts, today), **sections), facts, before)
        made += 1
    return made


def _of_every_page(facts: dict, today: date) -> dict:
    """The fields of the base page, from a file's front matter. Some pages have other dates than those of a review."""
    return {
        **_dates(facts, today),
        "title": facts["title"],
        "slug": facts["slug"],
        "summary": facts["purpose"],
        "also_typed": "\n".join(facts["also_typed"]),
        "steward": User.objects.get(email=facts["owner"]),
        "deputy": User.objects.get(email=facts["deputy"]),
        "audience": facts.get("audience", HubPage.Audience.PARTNER),
        "source_statement": facts["source"],
        "licence_statement": LICENCES[facts["licence"]],
    }


def _dates(facts: dict, today: date) -> dict:
    dates = {}
    if "reviewed_days_ago" in facts:
        dates["reviewed_on"] = today - timedelta(days=facts["reviewed_days_ago"])
        dates["next_review"] = today + timedelta(days=facts["next_review_days"])
    if "archived_days_ago" in facts:
        dates["archived_on"] = today - timedelta(days=facts["archived_days_ago"])
        dates["archived_why"] = facts["archived_why"]
    return dates


def _close_to_others(page: HubPage, groups: list[str]) -> None:
    """Let only these groups open the page and all below it: in the CMS, the page's "Privacy"."""
    closed = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    closed.groups.set(Group.objects.filter(name__in=groups))


def _plant(parent: HubPage, page: HubPage, facts: dict, before: Callable[[HubPage], None]) -> None:
    page.items = Item.objects.filter(code__in=facts["items"])
    page.standards = Standard.objects.filter(code__in=facts["standards"])
    page.terms = [
        Term.objects.get(vocabulary=vocabulary, slug=slug)
        for vocabulary in Vocabulary
        for slug in facts.get(vocabulary.value, [])
    ]
    page.tags.add(*facts["tags"])
    parent.add_child(instance=page)
    if facts.get("for_groups"):
        _close_to_others(page, facts["for_groups"])
    before(page)
    save(page)


def save(page: HubPage) -> None:
    """Publish as the editor of the cast, so that the page's history reads as it would in use."""
    editor = User.objects.get(email="editor@hub.example")
    page.save_revision(user=editor).publish(user=editor)


def link_related() -> None:
    """Show with each text the pages that its file names, whatever their rooms; what is linked already stays."""
    facts = {}
    for path in FOLDER.rglob("*.md"):
        front = tomllib.loads(path.read_text().split("+++\n", 2)[1])
        facts[front["id"]] = front
    pages = {page.title: page for page in HubPage.objects.filter(title__in=[row["title"] for row in facts.values()])}
    for row in facts.values():
        page = pages[row["title"]].specific if row["title"] in pages else None
        if page is None or not hasattr(page, "related") or page.related:
            continue
        others = [(key, facts[key]["title"]) for key in row.get("related", ()) if key in facts]
        chosen = [_beside(pages[title].pk, row.get("lines", {}).get(key)) for key, title in others if title in pages]
        if chosen:
            page.related = chosen
            save(page)


def _beside(key: int, line: str | None) -> dict:
    """A page shown with another; a newsletter says in a line of its own why it is worth reading."""
    return {"type": "item", "value": {"page": key, "line": line}} if line else {"type": "page", "value": key}
