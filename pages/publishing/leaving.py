"""What becomes of pages when who answers for them leaves the service: the deputy takes over, else editors are told."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import APIToken, PageSubscription, Revision

from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.models import HubPage
from pages.publishing.put_right import put_right, write_into
from pages.visibility.readers import reader_of
from people.duties import caretakers
from people.models import User
from people.roles import Role
from practice import editions
from practice.models import GlossaryTerm

PASSED_ON = "hub.passed_on"
MOST_NAMED = 50
HAS_LEFT = kind("left", "Somebody has left the service, and what was theirs is yours")


def pass_on_pages(*, person: User, by: User | None, now: datetime) -> None:
    """Each page goes to its deputy; where there is none, it is told to who names owners."""
    told = defaultdict(list)
    for page in HubPage.objects.filter(Q(steward=person) | Q(deputy=person)).select_related("steward", "deputy"):
        owner = _takes_over(page) if page.steward_id == person.pk else page.steward
        owner = owner if owner and owner.is_active else None
        put_right(page, HubPage, steward=owner, deputy=None)
        log(instance=page, action=PASSED_ON, user=by, data={"to": str(owner or "")})
        told[owner, page.steward_id == person.pk].append(page)
    _forget_in_drafts(person)
    for (owner, was_theirs), pages in told.items():
        _tell(owner, pages, person, now, was_theirs=was_theirs)
    HubPage.objects.filter(locked_by=person).update(locked=False, locked_by=None, locked_at=None)
    PageSubscription.objects.filter(user=person).delete()
    APIToken.objects.filter(user=person).delete()
    GlossaryTerm.objects.filter(owner=person).update(owner=None)
    editions.bump(editions.CONTENT)


def _takes_over(page: HubPage) -> User | None:
    """The deputy, unless they may not even read it by now, such as who went to a partner agency."""
    deputy = page.deputy
    return deputy if deputy and reader_of(deputy).may_open(page) else None


def _forget_in_drafts(person: User) -> None:
    """Drafts that name somebody whom the published page does not name yet."""
    drafts = Revision.page_revisions.filter(
        pk__in=HubPage.objects.filter(has_unpublished_changes=True).values("latest_revision")
    )
    for name in ("steward", "deputy"):
        for revision in drafts.filter(**{f"content__{name}": person.pk}):
            write_into(revision, {name: None})


def _who_names_owners() -> list[User]:
    """Editors, and where there is none, those who look after the hub."""
    return list(User.objects.filter(is_active=True, groups__name=Role.EDITOR).distinct()) or caretakers()


def _tell(owner: User | None, pages: list[HubPage], person: User, now: datetime, *, was_theirs: bool) -> None:
    names = [(page.specific_class.kind if page.specific_class else "Page", page.title) for page in pages[:MOST_NAMED]]
    if owner and was_theirs:
        subject, words = "Pages that are yours now", "You were their deputy, so you answer for them from today."
    elif owner:
        subject, words = "Your pages need a deputy", "Nobody stands in for you on these pages any more. Name somebody."
    else:
        subject, words = "Pages without an owner", "Nobody answers for these pages now. Please name an owner for each."
    letter = Letter(
        subject=subject,
        paragraphs=[f"{person} has left the service.", words],
        facts=names,
        link=reverse("my_pages"),
        link_title="See the pages",
    )
    for one in [owner] if owner else _who_names_owners():
        tell(one, letter, kind=HAS_LEFT, about=person, now=now)
