"""The standing pages of a new hub, and which roles may work on pages. Creates what is missing, changes nothing else."""

import tomllib
from html import escape
from pathlib import Path
from string import Template

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, GroupPagePermission, Locale, Site, Workflow

from champions.models import ChampionIndexPage
from events.models import EventIndexPage
from guidance.models import GuidanceIndexPage
from home.models import HomePage
from home.privacy_words import in_words
from pages.models import HubPage, PlainPage, PracticeIndexPage, PracticeModelPage
from people.roles import Role
from practice.models import PracticeModel, ShownModelSettings
from research.models import ResearchIndexPage
from stories.models import StoryIndexPage
from toolkits.models import ToolkitIndexPage

PAGE_PERMISSIONS = {
    Role.EDITOR: ("add", "change", "publish", "lock", "unlock"),
    Role.PSW: ("add", "change", "publish"),
    Role.REVIEWER: ("change",),
    Role.ORGANISER: ("add",),
    Role.ADMINISTRATOR: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
}
SECTION_PERMISSIONS = {
    # Organisers write drafts anywhere, and look after the events themselves.
    Role.ORGANISER: (EventIndexPage, ("add", "change", "publish")),
}
SECTIONS = [
    (ResearchIndexPage, "research"),
    (ChampionIndexPage, "champions"),
    (EventIndexPage, "events"),
    (GuidanceIndexPage, "guidance"),
    (StoryIndexPage, "stories"),
]
"""The sections after the practice model, in the order of the menu."""


def plant() -> HomePage:
    """Make the page tree as far as it is missing; returns the home page."""
    texts = tomllib.loads((Path(__file__).parent / "standing_pages.toml").read_text())
    Locale.objects.get_or_create(language_code="en-gb")
    root = HubPage.get_first_root_node() or HubPage.add_root(instance=HubPage(title="Root", slug="root"))
    home = HomePage.objects.first() or _first_home(root, texts["home"]["question"])
    site, made = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Strengths Hub"}
    )
    if not made and site.root_page_id != home.pk:
        site.root_page = home
        site.save()
    _standing(home, ToolkitIndexPage, "toolkits", texts["toolkits"], show_in_menus=True)
    practice = _standing(home, PracticeIndexPage, "practice", texts["practice"], show_in_menus=True)
    for model in PracticeModel.objects.all():
        _standing(practice, PracticeModelPage, model.slug, texts.get(model.slug, {"title": model.name}), model=model)
    for page_type, slug in SECTIONS:
        _standing(home, page_type, slug, texts[slug], show_in_menus=True)
    for slug in ("accessibility", "privacy"):
        _standing(home, PlainPage, slug, texts[slug])
    if not ShownModelSettings.objects.filter(site=site).exists():
        ShownModelSettings.objects.create(site=site, model=PracticeModel.objects.first())
    _grant(root)
    _name_the_reviewers()
    return home


def _first_home(root: HubPage, question: str) -> HomePage:
    """The home page in place of the welcome page that Wagtail's own migrations leave behind."""
    for welcome in HubPage.objects.child_of(root).exact_type(HubPage):
        welcome.delete()
    return _add(
        HubPage.get_first_root_node(),
        HomePage(title="Home", slug="home", question=question, audience=HubPage.Audience.PARTNER),
    )


def _add(parent: HubPage, page: HubPage) -> HubPage:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _standing(parent: HubPage, page_type, slug: str, text: dict, **fields) -> HubPage:
    """The page with that address below `parent`, made with the text given when it is not there."""
    found = page_type.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found
    summary = text.get("summary", "")
    page = page_type(title=text["title"], slug=slug, summary=summary, audience=HubPage.Audience.PARTNER, **fields)
    body = [
        {"type": "paragraph", "value": f"<p>{escape(part, quote=False)}</p>"} for part in _paragraphs(text.get("intro"))
    ]
    promises = in_words()
    for section in text.get("body", []):
        body.append({"type": "heading", "value": {"text": section["heading"]}})
        paragraphs = [Template(part).substitute(promises) for part in section["paragraphs"]]
        body += [{"type": "paragraph", "value": f"<p>{escape(part, quote=False)}</p>"} for part in paragraphs]
    if hasattr(page_type, "body"):
        page.body = body
    return _add(parent, page)


def _paragraphs(intro) -> list[str]:
    return [part for part in (intro or "").split("\n\n") if part.strip()]


def _name_the_reviewers() -> None:
    """Give the workflow that Wagtail's migrations leave with nobody in it to the hub's reviewers."""
    for task in GroupApprovalTask.objects.filter(groups=None):
        task.groups.set(Group.objects.filter(name__in=(Role.REVIEWER, Role.PSW)))
    Workflow.objects.filter(name="Moderators approval").update(name="Review before publishing")


def _grant(root: HubPage) -> None:
    for role, permissions in PAGE_PERMISSIONS.items():
        _allow(role, root, permissions)
    for role, (page_type, permissions) in SECTION_PERMISSIONS.items():
        for section in page_type.objects.all():
            _allow(role, section, permissions)


def _allow(role: Role, page: HubPage, permissions: tuple[str, ...]) -> None:
    group = Group.objects.get(name=role)
    for name in permissions:
        codename = f"{name}_hubpage"
        if not GroupPagePermission.objects.filter(group=group, page=page, permission__codename=codename).exists():
            GroupPagePermission.objects.create(group=group, page=page, permission_type=name)
