"""What somebody who has not signed in may open: approved pages, and the pictures and documents approved with them.

Everything else of the hub stays behind sign-in (decision 3); this is the one list of exceptions that are content.
"""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from assets.models import HubImage
from pages.models import BrandSettings, HubPage, PublicApproval, PublicFile
from pages.wording import day

LONGEST_NUMBER = 18
"""In figures. A longer number no row can have, and SQLite does not take the question."""


def is_open(request, address: str, *args, **kwargs) -> bool:
    """Whether that view, called by its name in the addresses, may serve this request to somebody not signed in."""
    rule = RULES.get(address)
    return rule is not None and request.method in ("GET", "HEAD") and rule(request, *args, **kwargs)


def may_be_read(page: HubPage) -> bool:
    """Whether the public may read this text: what is in memory, not what may have been published since.

    Long fields are fetched first. The question asks for the very revision that they are of, so a change published in
    between is refused rather than shown.
    """
    page.read_late_fields()
    same = HubPage.objects.in_use(timezone.localdate()).filter(pk=page.pk, live_revision=page.live_revision_id)
    return page.live_revision_id is not None and same.open_to_the_public().exists()


def open_files():
    """Files of the approved texts. The file must be the one that was seen, not another put in its place."""
    pages = HubPage.objects.in_use(timezone.localdate()).open_to_the_public()
    unchanged = Q(image__file_hash=F("file_hash")) | Q(document__file_hash=F("file_hash"))
    return PublicFile.objects.filter(unchanged, approval__ended_at=None, approval__page__in=pages)


def _page(request, path: str = "") -> bool:
    found = HubPage.route_for_request(request, path)
    # The page itself and no address inside it: what stands there is made for people of the hub.
    if found is None or request.path != found.page.address or found.page.audience != HubPage.Audience.PUBLIC:
        return False
    if not may_be_read(found.page):
        return False
    request.opened_to_the_public = found.page.pk
    return True


def _picture(request, path: str) -> bool:
    image = HubImage.objects.filter(renditions__file=path).first() if path.startswith("images/") else None
    if image is None:
        return False
    return BrandSettings.objects.filter(logo=image).exists() or open_files().filter(image=image).exists()


def _document(request, document_id: str, document_filename: str) -> bool:
    return len(document_id) <= LONGEST_NUMBER and open_files().filter(document_id=document_id).exists()


RULES = {"wagtail_serve": _page, "media": _picture, "wagtaildocs_serve": _document}


@dataclass(frozen=True)
class PublicState:
    """Where a page stands with the public: `internal`, `waiting`, `lapsed` (was approved, has changed), `public`."""

    slug: str
    words: str
    approval: PublicApproval | None = None


def public_state(page: HubPage) -> PublicState:
    """Where this page stands with the public, in words for its editors."""
    stored = HubPage.objects.filter(pk=page.pk).first()
    if stored is None or stored.audience != HubPage.Audience.PUBLIC:
        return PublicState("internal", "Only people who sign in can read it.")
    approval = PublicApproval.objects.filter(page=stored, ended_at=None).select_related("approved_by").first()
    if approval is None:
        return PublicState("waiting", "Only people who sign in can read it, until somebody else approves it.")
    by, on = approval.approved_by or "somebody", day(timezone.localdate(approval.approved_at))
    if approval.revision_id is None or approval.revision_id != stored.live_revision_id:
        words = f"It has changed since {by} approved it on {on}. Only people who sign in can read it now."
        return PublicState("lapsed", words, approval)
    if not HubPage.objects.in_use(timezone.localdate()).filter(pk=page.pk).open_to_the_public().exists():
        words = f"{by} approved it on {on}, but it is withdrawn or lies in a closed section: the public cannot read it."
        return PublicState("lapsed", words, approval)
    return PublicState("public", f"Everybody can read it without signing in. {by} approved it on {on}.", approval)


def waiting_for_approval():
    """Published pages that are to be public and whose present text nobody has approved."""
    asking = HubPage.objects.in_use(timezone.localdate()).asking_to_be_public().exclude(live_revision=None)
    return asking.exclude(pk__in=HubPage.objects.approved_for_the_public().values("pk"))
