"""Clearing a story: a checklist by one person, approval by a second, of exactly the words that go live."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from language.careful import found_in
from language.personal_details import Clue
from pages.publishing.refusals import NotPublished
from people.models import User
from people.refusals import NotPossible
from people.roles import Role
from stories.models.check import StoryCheck

QUESTIONS = {
    "names": "No names, initials or nicknames of children, family members or neighbours",
    "dates": "No dates of birth, exact ages or dates that point to an event in the news or in court",
    "places": "No addresses, schools, workplaces or small places",
    "rare": "Nothing so rare that somebody here would know whom it is about: an illness, a job, a large family",
    "later": "The child could read it in ten years and not feel shown",
    "family": "The family would find it fair, or has agreed to it",
}
"""What the first reader goes through, line by line."""

SHORT = ("title", "summary", "told_by")
COLLEAGUE = "colleague"
STREAMS = ("situation", "what_we_did", "what_happened", "what_made_it", "what_next", "try_this")


class NotCleared(NotPublished):
    """Somebody tried to put a story live, by whatever way, that two people have not read as it is now."""


def words_of(values: Mapping) -> dict[str, str]:
    """Field to its plain words, from a page's fields or from what was typed into its form."""
    told = {name: str(values.get(name) or "").strip() for name in SHORT}
    # Whose story it is counts like a word: two people agree to that as well. A colleague's is the rule.
    told["voice"] = "" if values.get("voice") == COLLEAGUE else str(values.get("voice") or "")
    for name in STREAMS:
        stream = values.get(name)
        found = stream.stream_block.get_searchable_content(stream) if stream else []
        told[name] = "\n".join(str(part).strip() for part in found)
    return told


def words_of_page(page) -> dict[str, str]:
    page.read_late_fields()
    return words_of({name: getattr(page, name) for name in (*SHORT, "voice", *STREAMS)})


def fingerprint(told: Mapping[str, str]) -> str:
    """The same for the same words, whatever the order of saving, the pictures or the blocks' numbers."""
    names = (*SHORT, *STREAMS, "voice") if told["voice"] else (*SHORT, *STREAMS)
    whole = "\x1e".join(f"{name}\x1f{told[name]}" for name in names)
    return sha256(whole.encode()).hexdigest()


def seen_in(told: Mapping[str, str]) -> dict[str, list[Clue]]:
    """Field to what in it might point to somebody; fields without a clue are left out. Who told it may be named."""
    found = {name: found_in(text) for name, text in told.items() if name not in ("told_by", "voice")}
    return {name: one for name, one in found.items() if one}


def is_cleared(pk: int | None, told: Mapping[str, str]) -> bool:
    """Whether two people have read exactly these words of that page, as the story of whom it is."""
    cleared = StoryCheck.objects.filter(page=pk, fingerprint=fingerprint(told), approved_at__isnull=False)
    return pk is not None and cleared.exists()


def to_approve(person: User) -> QuerySet[StoryCheck]:
    """Stories that somebody else has gone through, and that wait for a second reader: the newest reading of each."""
    newest = StoryCheck.objects.filter(page=OuterRef("page")).values("pk")[:1]
    waiting = StoryCheck.objects.filter(pk=Subquery(newest), approved_at=None)
    return waiting.exclude(checked_by=person)


def may_approve(person: User) -> bool:
    """The second reader: reviewers, principal social workers and administrators."""
    return person.acts_as(Role.REVIEWER, Role.PSW, Role.ADMINISTRATOR)


def check(*, page, by: User, ticked: Iterable[str], now: datetime) -> StoryCheck:
    """Say that the newest text was read line by line. `page` is the newest text (`get_latest_revision_as_object`)."""
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    if missing := [words for name, words in QUESTIONS.items() if name not in set(ticked)]:
        raise NotPossible(f"Every line has to be ticked before somebody approves. Missing: {'; '.join(missing)}.")
    made, _ = StoryCheck.objects.update_or_create(
        page_id=page.pk,
        fingerprint=fingerprint(words_of_page(page)),
        defaults={"checked_by": by, "checked_at": now, "approved_by": None, "approved_at": None},
    )
    return made


def approve(*, page, by: User, judged: bool, now: datetime) -> StoryCheck:
    """The second person clears the newest text. `judged`: they looked at each clue, and none points to anybody."""
    if not may_approve(by):
        raise PermissionDenied
    told = words_of_page(page)
    with transaction.atomic():
        found = StoryCheck.objects.select_for_update().filter(page=page.pk, fingerprint=fingerprint(told)).first()
        if not found:
            raise NotPossible("Nobody has gone through the checklist for this text yet.")
        revision = page.latest_revision
        if by.pk in (found.checked_by_id, revision.user_id if revision else None):
            raise NotPossible("You have written or checked this text. A second person has to approve it.")
        if seen_in(told) and not judged:
            raise NotPossible("Look at each of the places listed, and tick that none of them points to anybody.")
        found.approved_by, found.approved_at = by, now
        found.save(update_fields=["approved_by", "approved_at"])
    return found
