"""Puts the demo content into the hub: people, tools. Safe to run twice: what is there already is left as it is."""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from demo import writing
from demo.planting import LICENCES, save
from home.models import ChosenPage, HomePage
from people.models import Team, User
from people.roles import Role
from practice.models import Item, Standard, Term, Vocabulary
from toolkits.models import RelatedTool, ToolkitIndexPage, ToolLanguage, ToolPage

FOLDER = Path(__file__).parent
ON_HOME = [
    "when-a-child-does-not-want-to-talk",
    "feelings-faces-and-weather-cards",
    "draw-the-family-tree-together",
    "worries-good-things-and-hopes",
    "walk-and-talk-teenagers",
    "why-i-am-here",
]


def load_people() -> int:
    """Create the cast; returns how many people were new. Passwords are `HUB_DEMO_PASSWORD`."""
    cast = tomllib.loads((FOLDER / "people.toml").read_text())
    teams = {row["name"]: Team.objects.get_or_create(name=row["name"], defaults=row)[0] for row in cast["teams"]}
    made = 0
    for row in cast["people"]:
        if User.objects.filter(email=row["email"]).exists():
            continue
        create = User.objects.create_superuser if row.get("superuser") else User.objects.create_user
        person = create(
            row["email"],
            settings.HUB_DEMO_PASSWORD,
            first_name=row["first_name"],
            last_name=row["last_name"],
            team=teams.get(row.get("team")),
            manager=User.objects.filter(email=row.get("manager", "")).first(),
        )
        groups = [*(Role[role].value for role in row["roles"]), *row.get("groups", [])]
        person.groups.set(Group.objects.filter(name__in=groups))
        made += 1
    return made


def tool_files() -> list[Path]:
    return sorted((FOLDER / "tools").glob("t*.md"))


def load_tools(*, today: date, tell: Callable[[str], None] = lambda line: None) -> int:
    """Publish the tools that are missing, and then link those that go together; returns how many were new."""
    index = ToolkitIndexPage.objects.get()
    by_id, related, made = {}, {}, 0
    for path in tool_files():
        facts, sections = writing.read(path)
        page = ToolPage.objects.child_of(index).filter(slug=facts["slug"]).first()
        if page is None:
            tell(f"  {facts['id']} {facts['title']}")
            with transaction.atomic():
                page = _publish(index, facts, sections, today)
            made += 1
        related[facts["id"]] = facts["related"]
        by_id[facts["id"]] = page
    for key, page in by_id.items():
        if not page.related_tools.exists():
            _relate(page, [by_id[other] for other in related[key] if other in by_id])
    return made


def choose_for_home() -> None:
    """Put a handful of tools on the landing page, where editors have chosen none yet."""
    home = HomePage.objects.get()
    if home.chosen_pages.exists():
        return
    found = {page.slug: page for page in ToolPage.objects.filter(slug__in=ON_HOME)}
    chosen = [found[slug] for slug in ON_HOME if slug in found]
    home.chosen_pages = [ChosenPage(page=page.hubpage_ptr, sort_order=place) for place, page in enumerate(chosen)]
    save(home)


def _publish(index: ToolkitIndexPage, facts: dict, sections: dict, today: date) -> ToolPage:
    reviewed_on = today - timedelta(days=facts["reviewed_days_ago"])
    page = ToolPage(
        title=facts["title"],
        slug=facts["slug"],
        summary=facts["purpose"],
        age_min=facts.get("age_min"),
        age_max=facts.get("age_max"),
        for_adults=facts["adults"],
        minutes_min=facts.get("minutes_min"),
        minutes_max=facts.get("minutes_max"),
        several_sessions=facts["several_sessions"],
        intensity=facts["intensity"],
        aftercare=facts["aftercare"],
        to_fill_in=[{"type": "sheet", "value": facts["sheet"]}] if "sheet" in facts else [],
        skill=facts["skill"],
        evidence_basis=facts["evidence"],
        evidence_note=facts["evidence_note"],
        source_statement=facts["source"],
        licence_statement=LICENCES[facts["licence"]],
        printable=facts["printable"],
        works_offline=facts["works_offline"],
        also_typed="\n".join(facts["also_typed"]),
        steward=User.objects.get(email=facts["owner"]),
        deputy=User.objects.get(email=facts["deputy"]),
        reviewed_on=reviewed_on,
        next_review=today + timedelta(days=facts["next_review_days"]),
        audience=ToolPage.Audience.PARTNER,
        **sections,
    )
    page.items = Item.objects.filter(code__in=facts["items"])
    page.standards = Standard.objects.filter(code__in=facts["standards"])
    page.terms = [
        Term.objects.get(vocabulary=vocabulary, slug=slug)
        for vocabulary in Vocabulary
        for slug in facts.get(vocabulary.value, [])
    ]
    page.tags.add(*facts["tags"])
    page.languages = [
        ToolLanguage(
            code=row["code"],
            human_checked=row["checked"],
            checked_on=today - timedelta(days=row.get("days_ago", 0)) if row["checked"] else None,
        )
        for row in facts["languages"]
    ]
    index.add_child(instance=page)
    save(page)
    return page


def _relate(page: ToolPage, others: list[ToolPage]) -> None:
    page.related_tools = [RelatedTool(tool=other, sort_order=place) for place, other in enumerate(others)]
    save(page)
