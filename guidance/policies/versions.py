"""The versions of policies: kept as they are published, told to those who follow, listed for everybody."""

from datetime import date, datetime

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.signals import page_published

from guidance.policies import in_force
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.wording import day
from people.models import User

IN_ONE_GO = 50
NEW_VERSION = kind("policy", "A new version of a policy")


def _versions() -> QuerySet:
    # By name, since the page type keeps its versions and so imports this module.
    return apps.get_model("guidance", "PolicyVersion").objects.all()


def _followers() -> QuerySet:
    return apps.get_model("guidance", "PolicyFollower").objects.all()


def of(page) -> list:
    """Every version of a policy, without its text, the newest first; read once a page."""
    if not hasattr(page, "_versions_read"):
        page._versions_read = list(_versions().filter(page=page.pk).defer("text")) if page.pk else []
        for one in page._versions_read:
            one.page = page
    return page._versions_read


def objection(page, *, version: str, effective_on: date | None, change_note: str) -> dict[str, str]:
    """What keeps this version of a policy from being published, by field."""
    given = {"version": version, "effective_on": effective_on, "change_note": change_note}
    return in_force.objection(_versions().filter(page=page.pk).defer("text"), on=page.today(), **given)


def show_what_holds(page, *, on: date) -> None:
    """Before a page is read: its text is that of the version whose day has come, even if no job has run since."""
    held = in_force.holding(of(page), on)
    if held and held.version != page.version and held.text:
        in_force.put(page, held.text)


def leave_what_holds(page, *, on: date) -> None:
    """Before a page is saved as published: a version that is still to come does not take the place of what holds."""
    held = in_force.holding(_versions().filter(page=page.pk), on)
    if held and held.version != page.version and held.text:
        in_force.put(page, held.text)
        # What a reader sees and what somebody approved for the public are one revision.
        page.live_revision_id = held.revision_id
        page.has_unpublished_changes = True


def bring_into_force(*, now: datetime) -> None:
    """A job: what has come into force since becomes the text of its page, for lists and for search too."""
    today = timezone.localdate(now)
    for page in apps.get_model("guidance", "PolicyPage").objects.live():
        held = in_force.holding(of(page), today)
        if held and held.version != page.version and held.text:
            in_force.put(page, held.text)
            page.live_revision_id = held.revision_id
            page.has_unpublished_changes = page.latest_revision_id != held.revision_id
            page.save()
            page_published.send(sender=type(page), instance=page, revision=page.live_revision)


def keep_version(page, *, now: datetime, again: bool = True) -> None:
    """Write down the version that is published. A text that is put right within a version changes what is kept of it.

    `again` false: only if it is not written down yet.
    """
    first = not _versions().filter(page=page.pk).exists()
    if not again and not first:
        return
    revision = page.live_revision
    said = {
        "effective_on": page.effective_on,
        "change_note": page.change_note,
        "text": in_force.text_of(page),
        "revision": revision,
    }
    kept, _ = _versions().update_or_create(
        page_id=page.pk,
        version=page.version,
        defaults=said,
        create_defaults={
            **said,
            "published_at": now,
            "published_by": revision.user if revision else None,
            "told_at": now if first else None,
        },
    )
    # Its pictures and documents open to whoever may read it, at once.
    ReferenceIndex.create_or_update_for_object(kept)


def follow(*, page, person: User) -> None:
    """Hear of the next version. Twice is once."""
    _followers().get_or_create(page_id=page.pk, person=person)


def stop_following(*, page, person: User) -> None:
    _followers().filter(page=page.pk, person=person).delete()


def follows(person: User, page) -> bool:
    return _followers().filter(page=page.pk, person=person).exists()


def changes(readable: QuerySet) -> QuerySet:
    """What changed in the policies that somebody may read, the newest first."""
    late = ("page__body", "page__related")
    return _versions().filter(page__in=readable.values("pk")).select_related("page").defer("text", *late)


def tell_due(*, now: datetime) -> None:
    """A job: write to the followers of each version that nobody was told of, once."""
    for pk in list(_versions().filter(told_at=None).order_by("pk").values_list("pk", flat=True)[:IN_ONE_GO]):
        with transaction.atomic():
            untold = _versions().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, told_at=None)
            version = untold.select_related("page").defer("page__body", "page__related").first()
            if version:
                _tell(version)
                version.told_at = now
                version.save(update_fields=["told_at"])


def _tell(version) -> None:
    page = version.page
    for follower in _followers().filter(page=page, person__is_active=True).select_related("person"):
        if page.live and type(page).objects.filter(pk=page.pk).visible_to(follower.person).exists():
            to_come = bool(version.effective_on and version.effective_on > page.today())
            facts = [("Version", version.version)]
            facts += [("In force from", day(version.effective_on))] if version.effective_on else []
            letter = Letter(
                subject=f"New version: {page.title}",
                paragraphs=[version.change_note or "A new version is published."],
                facts=facts,
                link=version.address if to_come else page.address,
                link_title="Read it",
            )
            tell(follower.person, letter, kind=NEW_VERSION, about=version, occurrence="")
