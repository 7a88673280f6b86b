"""The versions of policies: kept as they are published, told to those who follow, listed for everybody."""

from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from guidance.models.policy_version import PolicyFollower, PolicyVersion
from guidance.policies import in_force
from notices.kinds import kind
from notices.outbox import Letter, tell
from notices.told_models import Told, about_of
from pages.wording import day
from people.models import User
from practice import editions

IN_ONE_GO = 50
NEW_VERSION = kind("policy", "A new version of a policy")
CALLED_OFF = "guidance.version.call_off"


def of(page) -> list:
    """Every version of a policy, without its text, the newest first; read once a page."""
    if not hasattr(page, "_versions_read"):
        page._versions_read = list(PolicyVersion.objects.filter(page=page.pk).defer("text")) if page.pk else []
        for one in page._versions_read:
            one.page = page
    return page._versions_read


def objection(page, *, version: str, effective_on: date | None, change_note: str) -> dict[str, str]:
    """What keeps this version of a policy from being published, by field."""
    given = {"version": version, "effective_on": effective_on, "change_note": change_note}
    return in_force.objection(PolicyVersion.objects.filter(page=page.pk).defer("text"), on=page.today(), **given)


def show_what_holds(page, *, on: date) -> None:
    """Before a page is read: its text is that of the version whose day has come, even if no job has run since."""
    held = in_force.holding(of(page), on)
    if held and held.version != page.version and held.text:
        in_force.put(page, held.text)


def holds(page, *, on: date) -> bool:
    """Whether the text of the page in memory is that of the version that holds on that day."""
    held = in_force.holding(of(page), on)
    return held is None or held.version == page.version


def leave_what_holds(page, *, on: date) -> None:
    """Before a page is saved as published: a version that is still to come does not take the place of what holds."""
    held = in_force.holding(PolicyVersion.objects.filter(page=page.pk), on)
    if held and held.version != page.version and held.text:
        in_force.put(page, held.text)
        # What a reader sees and what somebody approved for the public are one revision.
        page.live_revision_id = held.revision_id
        page.has_unpublished_changes = True


def keep_version(page, *, now: datetime, again: bool = True) -> None:
    """Write down the version that is published. A text that is put right within a version changes what is kept of it.

    `again` false: only if it is not written down yet.
    """
    first = not PolicyVersion.objects.filter(page=page.pk).exists()
    if not again and not first:
        return
    revision = page.live_revision
    said = {
        "effective_on": page.effective_on,
        "change_note": page.change_note,
        "text": in_force.text_of(page),
        "revision": revision,
    }
    kept, _ = PolicyVersion.objects.update_or_create(
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


def follow(*, page, person: User, now: datetime) -> None:
    """Hear of the next version, and of those that the page names already on their day. Twice is once."""
    PolicyFollower.objects.get_or_create(page_id=page.pk, person=person)
    for one in in_force.to_come(of(page), timezone.localdate(now)):
        Told.objects.note(NEW_VERSION, about_of(one), _to_come(one), person, now)


def stop_following(*, page, person: User) -> None:
    PolicyFollower.objects.filter(page=page.pk, person=person).delete()


def follows(person: User, page) -> bool:
    return PolicyFollower.objects.filter(page=page.pk, person=person).exists()


def changes(readable: QuerySet) -> QuerySet:
    """What changed in the policies that somebody may read, the newest first."""
    late = ("page__body", "page__related")
    return PolicyVersion.objects.filter(page__in=readable.values("pk")).select_related("page").defer("text", *late)


def tell_due(*, now: datetime) -> None:
    """A job: tell followers of each version twice at most: that it is to come, and on its day that it holds."""
    today = timezone.localdate(now)
    begun = Q(effective_on=None) | Q(effective_on__lte=today)
    untold = PolicyVersion.objects.filter(told_at=None).order_by("pk")
    for pk in list(untold.filter(begun).values_list("pk", flat=True)[:IN_ONE_GO]):
        with transaction.atomic():
            of_one = untold.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
            version = of_one.select_related("page").defer("page__body", "page__related").first()
            if version:
                _tell_that_it_holds(version, today, now)
                version.told_at = now
                version.save(update_fields=["told_at"])
    for version in untold.exclude(begun).select_related("page").defer("page__body", "page__related"):
        with transaction.atomic():
            _tell_that_it_is_to_come(version, today, now)


def _tell_that_it_holds(version, on: date, now: datetime) -> None:
    was_to_come = version.effective_on and version.effective_on > timezone.localdate(version.published_at)
    if was_to_come and in_force.holding(of(version.page), on) != version:
        # A higher number came first: this one never holds.
        return
    subject = "Now in force" if was_to_come else "New version"
    for person in _who_follow(version.page, on):
        tell(person, _letter(version, subject), kind=NEW_VERSION, about=version, occurrence="", now=now)


def _tell_that_it_is_to_come(version, on: date, now: datetime) -> None:
    # Another day that was told of holds no longer: should it come back, that is news too.
    Told.objects.filter(kind=NEW_VERSION.name, about=about_of(version)).exclude(occurrence=_to_come(version)).delete()
    known = Told.objects.of(NEW_VERSION, version, _to_come(version)).values("person")
    for person in _who_follow(version.page, on).exclude(pk__in=known):
        letter = _letter(version, f"New version from {day(version.effective_on)}")
        tell(person, letter, kind=NEW_VERSION, about=version, occurrence=_to_come(version), now=now)


def _to_come(version) -> str:
    """Its day is moved: that is news."""
    return f"to come on {version.effective_on}"


def _who_follow(page, on: date) -> QuerySet[User]:
    """Whoever follows it and may read it; what was withdrawn has no news."""
    people = User.objects.filter(is_active=True, policies_followed__page=page).order_by("pk")
    readable = type(page).objects.in_use(on).filter(pk=page.pk)
    return people.filter(pk__in=[one.pk for one in people if readable.visible_to(one).exists()])


def _letter(version, subject: str) -> Letter:
    facts = [("Version", version.version)]
    facts += [("In force from", day(version.effective_on))] if version.effective_on else []
    return Letter(
        subject=f"{subject}: {version.page.title}",
        paragraphs=[version.change_note or "A new version is published."],
        facts=facts,
        # Its own address, which leads to this text for good.
        link=version.address,
        link_title="Read it",
    )


def may_call_off(person: User, page) -> bool:
    """Whoever may publish it may also say that it is not to come."""
    return page.permissions_for_user(person).can_publish()


def call_off(*, page, number: str, by: User, now: datetime) -> bool:
    """A version that waits for its day is not to come after all. Its text stays a draft; who were told of it hear it.

    False where no such version waits, since its day has come or somebody was quicker. Raises `PermissionDenied`.
    """
    if not may_call_off(by, page):
        raise PermissionDenied
    with transaction.atomic():
        # Whoever publishes a version writes this row.
        page = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
        today = timezone.localdate(now)
        waiting = [one for one in in_force.to_come(of(page), today) if one.version == number != page.version]
        for version in waiting:
            told = Told.objects.of(NEW_VERSION, version, _to_come(version)).values("person")
            for person in _who_follow(page, today).filter(pk__in=told).exclude(pk=by.pk):
                letter = _letter(version, "Does not come into force")
                letter = replace(letter, paragraphs=["This version was called off."], link=page.address)
                tell(person, letter, kind=NEW_VERSION, about=page, now=now)
            log(instance=page, action=CALLED_OFF, user=by, data={"version": number})
            version.delete()
        if waiting:
            editions.bump(editions.CONTENT)
    return bool(waiting)
