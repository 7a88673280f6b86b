"""To open a page to everybody, and to close it again: somebody says so, it is logged, and its people are told."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from assets.models import HubDocument, HubImage
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.models import HubPage, PublicApproval, PublicFile
from pages.public.approved import standing
from pages.public.permissions import had_a_hand_in, may_approve, may_make_internal
from people.models import User
from people.refusals import NotAllowed, NotPossible
from practice import editions

OPENED, CLOSED = "pages.public.open", "pages.public.close"
PUBLIC = kind("public-page", "A page that is open to everybody, or no longer")


def approve(*, page: HubPage, by: User, now: datetime, read: int | None = None) -> PublicApproval:
    """Open the page, as it reads now, to everybody. Approving what is approved changes nothing.

    `read` is the revision that was on the screen: if another has been published since, that one has not been read.
    Raises `NotAllowed`, or `NotPossible` in words.
    """
    if not may_approve(by):
        raise NotAllowed
    with transaction.atomic():
        # Whoever publishes a change writes this row: from here on the text stays what it is.
        page = HubPage.objects.select_for_update(of=("self",)).select_related("live_revision").get(pk=page.pk)
        if words := obstacle(page, by, timezone.localdate(now)):
            raise NotPossible(words)
        if read is not None and read != page.live_revision_id:
            raise NotPossible("It was changed while you were reading. Read it again as it stands now.")
        before = standing(page)
        if before and before.revision_id == page.live_revision_id:
            return before
        if before:
            _end(before, by, now)
        approval = PublicApproval.objects.create(
            page=page, revision=page.live_revision, approved_by=by, approved_at=now
        )
        PublicFile.objects.bulk_create(
            PublicFile(approval=approval, file_hash=file.get_file_hash(), **{kind: file})
            for kind, files in files_of(page).items()
            for file in files
        )
        log(instance=page, action=OPENED, user=by, revision=page.live_revision)
        _tell(page, by, approval, "is public now", f"{by} has approved it. Everybody can read it without signing in.")
        editions.bump(editions.CONTENT)
    return approval


def make_internal(*, page: HubPage, by: User, now: datetime) -> None:
    """Close the page at once. Closing twice is closing once. Whoever looks after pages may close."""
    if not may_make_internal(by, page):
        raise NotAllowed
    with transaction.atomic():
        page = HubPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if before := standing(page):
            _end(before, by, now)
            log(instance=page, action=CLOSED, user=by)
            _tell(page, by, before, "is internal again", f"{by} has closed it. Colleagues read it as before.")
            editions.bump(editions.CONTENT)


def obstacle(page: HubPage, by: User, today: date) -> str:
    """What stands against this person opening this page to everybody, in words; empty where nothing does."""
    if page.specific_class is None or not page.specific_class.can_be_public or page.alias_of_id:
        return "Pages of this kind stay inside the hub."
    if not page.live or page.live_revision_id is None:
        return "Publish the page first: only what is published can be approved."
    if page.audience != HubPage.Audience.PUBLIC:
        return "The page is marked for colleagues. Its editor has to choose “May be public” first."
    if page.withdrawn_on and page.withdrawn_on <= today:
        return "The page is withdrawn."
    if page.get_view_restrictions().exists():
        return "The page lies in a section that is closed. Open the section first, under Privacy."
    if had_a_hand_in(by, page):
        return "You wrote it or asked for it. Somebody else has to read and approve it."
    return ""


def files_of(page: HubPage) -> dict[str, list]:
    """The pictures and documents that the published text shows or links to, by kind."""
    found: dict[int, set[str]] = {}
    # Wagtail's index of references is kept by a task and may lag; the text itself does not.
    for content_type, key, *_ in ReferenceIndex._extract_references_from_object(page.specific):
        found.setdefault(content_type, set()).add(key)

    def of(model):
        return list(model.objects.filter(pk__in=found.get(ReferenceIndex._get_base_content_type(model).pk, ())))

    return {"image": of(HubImage), "document": of(HubDocument)}


def _end(approval: PublicApproval, by: User, now: datetime) -> None:
    approval.ended_at, approval.ended_by = now, by
    approval.save(update_fields=["ended_at", "ended_by"])


def _tell(page: HubPage, by: User, approval: PublicApproval, what: str, words: str) -> None:
    """The owner, and whoever wrote what is published."""
    writer = page.live_revision and page.live_revision.user
    letter = Letter(subject=f"“{page.title}” {what}", paragraphs=[words], link=page.address, link_title="See the page")
    for person in {person for person in (page.steward, writer) if person and person.is_active and person != by}:
        tell(person, letter, kind=PUBLIC, about=approval)
