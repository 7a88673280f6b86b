"""The versions of policies: kept as they are published, told to those who follow, listed for everybody."""

from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

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


def keep_version(page, *, now: datetime) -> None:
    """Write down the version that readers see now. A text that is put right within a version changes its note."""
    first = not _versions().filter(page=page.pk).exists()
    said = {"effective_on": page.effective_on, "change_note": page.change_note}
    revision = page.live_revision
    _versions().update_or_create(
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
    return _versions().filter(page__in=readable.values("pk")).select_related("page").defer(*late)


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
            facts = [("Version", version.version)]
            facts += [("In force from", day(version.effective_on))] if version.effective_on else []
            letter = Letter(
                subject=f"New version: {page.title}",
                paragraphs=[version.change_note or "A new version is published."],
                facts=facts,
                link=page.address,
                link_title="Read it",
            )
            tell(follower.person, letter, kind=NEW_VERSION, about=version, occurrence="")
