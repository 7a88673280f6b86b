"""Public pages: internal unless approved, as they read at that moment, by somebody other than who published them.

The hub's front door stays closed. Only the exact address of an approved page opens without sign-in, in a plain frame of
its own: no search, no menu, no pictures (those need consent), nothing of the pages around it.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from pages.models import HubPage, PublicApproval
from pages.query import closed_sections
from people.models import User
from people.roles import Role


class NotPossible(Exception):
    """Why a page cannot be made public, in words."""

    def __init__(self, words: str):
        super().__init__(words)
        self.words = words


class NotAllowed(Exception):
    """This person may not."""


def may_approve(person: User) -> bool:
    """Who opens pages to everybody: principal social workers and administrators."""
    return person.is_active and (person.is_superuser or person.has_role(Role.PSW, Role.ADMINISTRATOR))


def approved(today: date) -> QuerySet[HubPage]:
    """Every page that anybody may read on that day, as it was approved."""
    pages = HubPage.objects.in_use(today).filter(
        audience=HubPage.Audience.PUBLIC,
        public_approvals__ended_at=None,
        public_approvals__revision=F("live_revision"),
    )
    for path, _ in closed_sections():
        pages = pages.exclude(path__startswith=path)
    return pages


def public_page(address: str, root_path: str) -> HubPage | None:
    """The page that anybody may read at exactly this address; None for every other address."""
    if not root_path or not address.endswith("/"):
        return None
    page = approved(timezone.localdate()).filter(url_path=root_path + address[1:]).first()
    return page if page and page.specific_class and page.specific_class.can_be_public else None


def standing(page: HubPage) -> PublicApproval | None:
    """The approval that was not ended, whether or not it still fits what readers see."""
    return page.public_approvals.filter(ended_at=None).select_related("approved_by").first()


def approve(*, page: HubPage, by: User, now: datetime) -> PublicApproval:
    """Open the page, as it reads now, to everybody. Approving what is approved changes nothing. Raises NotPossible."""
    if not may_approve(by):
        raise NotAllowed
    with transaction.atomic():
        page = HubPage.objects.select_for_update(of=("self",)).select_related("live_revision").get(pk=page.pk)
        _refuse_what_cannot_be_public(page, by)
        before = standing(page)
        if before and before.revision_id == page.live_revision_id:
            return before
        if before:
            _end(before, by, now)
        return PublicApproval.objects.create(page=page, revision=page.live_revision, approved_by=by, approved_at=now)


def make_internal(*, page: HubPage, by: User, now: datetime) -> None:
    """Close the page at once. Closing twice is closing once. Whoever looks after pages may close."""
    if not (may_approve(by) or page.permissions_for_user(by).can_edit()):
        raise NotAllowed
    if before := standing(page):
        _end(before, by, now)


def _refuse_what_cannot_be_public(page: HubPage, by: User) -> None:
    if page.specific_class is None or not page.specific_class.can_be_public:
        raise NotPossible("Pages of this kind stay inside the hub.")
    if not page.live or page.live_revision is None:
        raise NotPossible("Publish the page first: only what is published can be approved.")
    if page.audience != HubPage.Audience.PUBLIC:
        raise NotPossible("The page is marked for colleagues. Its editor has to choose “May be public” first.")
    if page.withdrawn_on and page.withdrawn_on <= timezone.localdate():
        raise NotPossible("The page is withdrawn.")
    if any(page.path.startswith(path) for path, _ in closed_sections()):
        raise NotPossible("The page lies in a section that is for some groups alone.")
    if page.live_revision.user_id == by.pk:
        raise NotPossible("You wrote what is published. Somebody else has to read and approve it.")


def _end(approval: PublicApproval, by: User, now: datetime) -> None:
    approval.ended_at, approval.ended_by = now, by
    approval.save(update_fields=["ended_at", "ended_by"])
