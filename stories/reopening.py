"""A story whose consent ended stays closed, whatever is said of whose it is, until a second person opens it.

One editor alone who calls it a colleague's changes nothing: somebody who is told why it was closed has to agree.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from people.models import User
from people.refusals import NotPossible
from stories import clearing, consent
from stories.models.consent import StoryConsent, StoryReopening

CLOSED = (
    "The person whose story this was no longer agrees, so it stays closed whoever is said to tell it. Ask for a new "
    "consent, or let a second person open it: see “Consent” in the menu of the page. Nothing you wrote is lost."
)


def closed_by(page, on: date) -> StoryConsent | None:
    """The agreement that ended and so closed this story, or the one that it is a copy of; None where none did."""
    last = consent.ended_last(page) if page.pk else None
    return None if last is None or consent.holds(page.pk, on) else last


def is_reopened(page, told: Mapping[str, str]) -> bool:
    """Whether a second person has opened exactly these words, and nobody has withdrawn since."""
    opened = StoryReopening.objects.filter(page=page.pk, undone_at=None)
    return not told["voice"] and opened.filter(fingerprint=clearing.fingerprint(told)).exists()


def why_closed(page, told: Mapping[str, str], on: date) -> str:
    """Why a story that is said to be a colleague's may not go live; empty where nothing ever closed it."""
    return CLOSED if closed_by(page, on) and not is_reopened(page, told) else ""


def may_reopen(*, page, by: User, on: date) -> bool:
    """A reviewer who neither took the consent back nor wrote at the story since."""
    closing = closed_by(page, on)
    if closing is None or not clearing.may_approve(by):
        return False
    since = page.revisions.all()
    if closing.ended_at:
        since = since.filter(created_at__gte=closing.ended_at)
    return by.pk != closing.ended_by_id and not since.filter(user=by).exists()


def end_if_other_words(page, now: datetime) -> None:
    """A new draft with other words: what was opened was not this, so somebody has to open it anew."""
    told = clearing.fingerprint(clearing.words_of_page(page))
    page.reopenings.filter(undone_at=None).exclude(fingerprint=told).update(undone_at=now)


def reopen(*, page, by: User, because: str, now: datetime, on: date) -> StoryReopening:
    """Say that it is nobody's own story any more, as it reads now. `page` is the newest text."""
    with transaction.atomic():
        if not may_reopen(page=page, by=by, on=on):
            raise PermissionDenied
        told = clearing.words_of_page(page)
        if told["voice"]:
            raise NotPossible("It is still said to be somebody’s own. That takes their consent.")
        log(instance=page, action="stories.consent.reopen", user=by)
        return StoryReopening.objects.create(
            page_id=page.pk, fingerprint=clearing.fingerprint(told), because=because, by=by, at=now
        )
