"""Putting a newsletter together: from what is new since the last issue, each step kept as a draft."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import get_page_models

from language.texts import paragraphs
from pages.models import HubPage
from pages.wording import counted
from people.refusals import NotPossible, NotThere
from stories.models import NewsPage, StoryIndexPage
from stories.models.news_page import MOST_ITEMS

FIRST_ISSUE_LOOKS_BACK = timedelta(days=60)
MOST_SHOWN = 60
LONGEST_SUMMARY = 160


@dataclass
class Issue:
    """What an editor has put together so far. `items` is key of a page and the editor's line, in order."""

    title: str
    issued_on: date | None
    summary: str = ""
    intro: str = ""
    items: list[tuple[int, str]] = field(default_factory=list)


def may_start(person) -> bool:
    """Whether this person may make a newsletter: who may add pages among the stories."""
    index = StoryIndexPage.objects.first()
    return bool(index and person.is_active and index.permissions_for_user(person).can_add_subpage())


def may_change(page: NewsPage, person) -> bool:
    return person.is_active and page.permissions_for_user(person).can_edit()


@transaction.atomic
def start(*, by, now: datetime) -> NewsPage:
    """A draft of this month's issue, to be filled; its title can be changed."""
    if not may_start(by):
        raise NotThere
    index = StoryIndexPage.objects.select_for_update(of=("self",)).get()
    today = timezone.localdate(now)
    title = f"Practice newsletter: {today:%B %Y}"
    page = NewsPage(
        title=title,
        issued_on=today,
        steward=by,
        owner=by,
        audience=HubPage.Audience.PARTNER,
        live=False,
    )
    index.add_child(instance=page)
    page.save_revision(user=by)
    return page


@transaction.atomic
def keep(*, page: NewsPage, issue: Issue, by) -> NewsPage:
    """Keep what there is as a draft; readers see no change."""
    if not may_change(page, by):
        raise NotThere
    draft = page.get_latest_revision_as_object()
    draft.title, draft.issued_on, draft.summary = issue.title, issue.issued_on, issue.summary
    if is_plain(draft):
        draft.body = paragraphs(issue.intro)
    draft.related = [{"type": "item", "value": {"page": pk, "line": line}} for pk, line in issue.items[:MOST_ITEMS]]
    # A draft may lack anything; what it must have is asked for when it is published.
    draft.save_revision(user=by, clean=False)
    return draft


@transaction.atomic
def publish(*, page: NewsPage, issue: Issue, by, now: datetime) -> NewsPage:
    """Publish the issue; without a purpose it gets one that counts what is in it. Raises `NotPossible`."""
    if not page.permissions_for_user(by).can_publish():
        raise NotThere
    in_use = HubPage.objects.in_use(timezone.localdate(now))
    there = in_use.in_bulk([pk for pk, _ in issue.items])
    if not there:
        raise NotPossible("Put at least one page in the issue before you publish it.")
    if issue.issued_on is None:
        raise NotPossible("Give the day on which the issue is sent out.")
    issue.summary = issue.summary or suggested_summary([there[pk] for pk, _ in issue.items if pk in there])
    draft = keep(page=page, issue=issue, by=by)
    draft.steward = draft.steward or by
    try:
        draft.full_clean()
    except ValidationError as error:
        raise NotPossible(" ".join(error.messages)) from error
    draft.save_revision(user=by).publish(user=by)
    return NewsPage.objects.get(pk=page.pk)


def suggested_summary(pages: list[HubPage]) -> str:
    """Catch up in five minutes: 1 story, 2 tools. No titles: the purpose is read by all, and outlives what is named."""
    counts: dict[type[HubPage], int] = {}
    for page in pages:
        counts[page.specific_class] = counts.get(page.specific_class, 0) + 1
    words = [counted(number, kind.kind.lower(), kind.kinds().lower()) for kind, number in counts.items()]
    return f"Catch up in five minutes: {', '.join(words)}."[:LONGEST_SUMMARY]


def last_issue_before(page: NewsPage) -> NewsPage | None:
    """The issue whose readers know already what came before it."""
    return NewsPage.objects.live().exclude(pk=page.pk).exclude(issued_on=None).order_by("-issued_on").first()


def new_since(page: NewsPage, today: date) -> date:
    """From which day on pages are new to the readers of this issue."""
    last = last_issue_before(page)
    return last.issued_on if last else today - FIRST_ISSUE_LOOKS_BACK


def candidates(hub, *, since: date, words: str, leave_out: list[int]) -> list[HubPage]:
    """Pages to choose from, the newest of each kind first: new since that day or, with words, any that have them all.

    Only what the editor may read themselves; each reader's issue shows what that reader may.
    """
    # Not earlier issues, and not the standing pages of the hub itself, which are all in the pages room.
    kinds = [
        model
        for model in get_page_models()
        if model.kind_slug and model is not NewsPage and model._meta.app_label != HubPage._meta.app_label
    ]
    types = [content_type.pk for content_type in ContentType.objects.get_for_models(*kinds).values()]
    pages = hub.readable_once(HubPage.objects.filter(content_type__in=types)).exclude(pk__in=leave_out)
    if words:
        for word in words.split()[:8]:
            pages = pages.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    else:
        pages = pages.filter(first_published_at__date__gte=since)
    found = list(pages.order_by("-first_published_at")[:MOST_SHOWN])
    return sorted(found, key=lambda page: (page.specific_class.kind, -page.first_published_at.timestamp()))


def is_plain(page: NewsPage) -> bool:
    """Whether the text at the beginning is paragraphs without links: then it can be changed outside the CMS."""
    return all(
        block["type"] == "paragraph" and not _MARKED.intersection(_tags(block["value"])) for block in page.body.raw_data
    )


_MARKED = {"a", "b", "ul", "ol", "li", "i", "embed"}


def _tags(html: str) -> set[str]:
    return {piece.split(">")[0].split()[0].strip("/").lower() for piece in html.split("<")[1:] if piece[:1] not in "> "}
