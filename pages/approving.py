"""To open a page to the public, and to close it again: somebody says so, it is logged, and the owner is told."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from assets.models import HubDocument, HubImage
from notices.outbox import Letter, tell
from pages.models import HubPage, PublicApproval, PublicFile
from pages.permissions import had_a_hand_in, may_approve_public, may_close_to_public
from people.models import User
from practice import editions

APPROVED, CLOSED = "pages.public.approve", "pages.public.close"


class NotForThePublic(Exception):
    """Why the page stays as it is, in words for whoever asked."""


def obstacle(page: HubPage, by: User) -> str:
    """What stands against this person opening this page to the public, in words; empty where nothing does."""
    if not may_approve_public(by):
        return "Principal social workers and administrators approve pages for the public."
    if page.specific_class is None or not page.specific_class.may_be_public or page.alias_of_id:
        return "Pages of this kind are for people of the hub only."
    if not HubPage.objects.in_use(timezone.localdate()).filter(pk=page.pk).exists() or page.live_revision_id is None:
        return "It is not published at the moment. Only what is published can be approved."
    if page.audience != HubPage.Audience.PUBLIC:
        return "Nobody has asked for it. First an editor chooses everybody as its audience and publishes it."
    if page.get_view_restrictions().exists():
        return "It lies in a section that is for some groups only. Open the section first, under Privacy."
    if had_a_hand_in(by, page):
        return "You wrote it or asked for it. Somebody else has to approve it."
    return ""


def approve_public(*, page: HubPage, by: User, revision: int, now: datetime) -> PublicApproval:
    """Let everybody read the text of this revision, the one that was read by whoever approves.

    Raises `NotForThePublic` in words. Approving twice changes nothing.
    """
    with transaction.atomic():
        # Whoever publishes a change writes this row: from here on the text stays what it is.
        page = HubPage.objects.select_for_update().get(pk=page.pk)
        if words := obstacle(page, by):
            raise NotForThePublic(words)
        if page.live_revision_id != revision:
            raise NotForThePublic("It was changed while you were reading. Read it again as it stands now.")
        standing = PublicApproval.objects.filter(page=page, ended_at=None).first()
        if standing and standing.revision_id == revision:
            return standing
        PublicApproval.objects.filter(page=page, ended_at=None).update(ended_at=now)
        approval = PublicApproval.objects.create(page=page, revision_id=revision, approved_by=by, approved_at=now)
        PublicFile.objects.bulk_create(
            PublicFile(approval=approval, file_hash=file.get_file_hash(), **{kind: file})
            for kind, files in files_of(page).items()
            for file in files
        )
        log(instance=page, action=APPROVED, user=by, revision=page.live_revision)
        editions.bump(editions.CONTENT)
        _tell(page, by, approval, "is public now", f"{by} has approved it. Everybody can read it without signing in.")
    return approval


def close_to_public(*, page: HubPage, by: User, now: datetime) -> None:
    """Take a page back behind sign-in, at once. Closing what is closed changes nothing."""
    with transaction.atomic():
        page = HubPage.objects.select_for_update().get(pk=page.pk)
        if not may_close_to_public(by, page):
            raise NotForThePublic("Approvers close pages to the public, and whoever may publish the page.")
        standing = PublicApproval.objects.filter(page=page, ended_at=None).first()
        if standing is None:
            return
        PublicApproval.objects.filter(pk=standing.pk).update(ended_at=now, ended_by=by)
        log(instance=page, action=CLOSED, user=by)
        editions.bump(editions.CONTENT)
        _tell(page, by, standing, "is no longer public", f"{by} has closed it. People of the hub read it as before.")


def files_of(page: HubPage) -> dict[str, list]:
    """The pictures and documents that the published text shows or links to, by kind."""
    found: dict[int, set[str]] = {}
    # Wagtail's index of references may lag behind or follow a draft; the text itself does neither.
    for content_type, key, *_ in ReferenceIndex._extract_references_from_object(page.specific):
        found.setdefault(content_type, set()).add(key)

    def of(model):
        return list(model.objects.filter(pk__in=found.get(ReferenceIndex._get_base_content_type(model).pk, ())))

    return {"image": of(HubImage), "document": of(HubDocument)}


def _tell(page: HubPage, by: User, approval: PublicApproval, what: str, words: str) -> None:
    writer = page.live_revision and page.live_revision.user
    letter = Letter(
        subject=f"“{page.title}” {what}",
        paragraphs=[words],
        link=page.address,
        link_title="See the page",
    )
    for person in {person for person in (page.steward, writer) if person and person.is_active and person != by}:
        tell(person, letter, kind="public-page", dedupe_key=f"public:{approval.pk}:{what}")
