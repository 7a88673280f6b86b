"""What somebody who has not signed in may open: pages as they were approved, and the files approved with them.

The hub's front door stays closed (decisions 3 and 14). Only the exact address of an approved page opens, in a plain
frame of its own, and of the files only those that stand in an approved text.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pages.models import HubPage, PublicApproval
from pages.visibility.files import document_for, picture_for
from pages.wording import day

LONGEST_NUMBER = 18
"""In figures. A longer number no row can have, and SQLite does not take the question."""


def approved(today: date) -> QuerySet[HubPage]:
    """Every page that anybody may read on that day, as it was approved."""
    return HubPage.objects.in_use(today).open_to_the_public()


def to_be_named(today: date) -> list[HubPage]:
    """Those whose address opens on that day, for lists that outsiders and search engines read, by their place.

    Of a policy another text may hold since midnight that nobody has approved: its address is shut before a job runs.
    """
    return [page for page in approved(today).order_by("url_path").specific() if page.holds(today)]


def waiting_for_approval(today: date) -> QuerySet[HubPage]:
    """Published pages that are to be public and whose present text nobody has approved."""
    asking = HubPage.objects.in_use(today).asking_to_be_public().exclude(live_revision=None)
    return asking.exclude(pk__in=HubPage.objects.approved_for_the_public().values("pk"))


def may_be_read(page: HubPage, today: date) -> bool:
    """Whether anybody may read this text: the one in memory, not what may have been published since.

    Long fields are fetched first. The question asks for the very revision that they are of, so a change published in
    between is refused rather than shown.
    """
    if page.live_revision_id is None or not type(page).can_be_public:
        return False
    page.read_late_fields()
    if not page.holds(today):
        # A newer version holds since midnight, and nobody has approved that.
        return False
    return approved(today).filter(pk=page.pk, live_revision=page.live_revision_id).exists()


def is_open(request, address: str, *args, **kwargs) -> bool:
    """Whether the view of that name may serve this request to somebody who has not signed in."""
    rule = RULES.get(address)
    return rule is not None and request.method in ("GET", "HEAD") and rule(request, *args, **kwargs)


def _page(request, path: str = "") -> bool:
    found = HubPage.route_for_request(request, path)
    # The page itself and no address inside it: what stands there is made for people of the hub.
    if found is None or request.path != found.page.address or not may_be_read(found.page, request.hub.today):
        return False
    request.opened_to_the_public = found.page.pk
    return True


def _picture(request, path: str) -> bool:
    return picture_for(request.user, path, today=request.hub.today) is not None


def _document(request, filename: str, **which) -> bool:
    return document_for(request.user, **which, today=request.hub.today) is not None


RULES = {"wagtail_serve": _page, "media": _picture, "document": _document, "numbered_document": _document}


@dataclass(frozen=True)
class PublicState:
    """Where a page stands with the public: `internal`, `waiting`, `lapsed` (was approved, has changed), `public`."""

    slug: str
    words: str
    approval: PublicApproval | None = None


def standing(page: HubPage) -> PublicApproval | None:
    """The approval that was not ended, whether or not it still fits what readers see."""
    return page.public_approvals.filter(ended_at=None).select_related("approved_by").first()


def public_state(page: HubPage, today: date) -> PublicState:
    """Where this page stands with the public on that day, in words for its editors."""
    page = HubPage.objects.get(pk=page.pk)
    if page.audience != HubPage.Audience.PUBLIC:
        return PublicState("internal", "This page is internal: people sign in to read it.")
    approval = standing(page)
    if approval is None:
        return PublicState("waiting", "This page is internal until somebody approves that everybody may read it.")
    said = f"{approval.approved_by or 'Somebody who has left'} approved it on {day(approval.approved_at)}"
    if approved(today).filter(pk=page.pk).exists():
        return PublicState("public", f"Everybody can read this page without signing in. {said}.", approval)
    if approval.revision_id is None or approval.revision_id != page.live_revision_id:
        words = f"{said}. The text has changed since, so it is internal until somebody approves it anew."
        return PublicState("lapsed", words, approval)
    return PublicState("lapsed", f"{said}, but it is withdrawn or in a closed section, and so internal.", approval)
