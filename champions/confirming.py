"""Whether what a champion says of themselves still holds: asked, confirmed, or the profile hides."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from champions.models import ChampionPage
from champions.models.champion_page import STALE_AFTER
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.visibility.readers import reader_of
from pages.wording import day
from people.models import User
from people.refusals import NotThere
from practice import editions

REMINDED_BEFORE = (30, 7)
"""Days before a profile hides on which its champion is asked whether it still holds."""
STILL_RIGHT = kind("profile", "A champion’s profile that soon hides")


def still_right(*, page: ChampionPage, by: User, now: datetime) -> ChampionPage:
    """The champion, or who stands in, says that the profile holds: it stays, or comes back, for half a year."""
    is_theirs = by.pk in {page.person_id, page.steward_id, page.deputy_id}
    if not (by.is_active and is_theirs and reader_of(by).may_open(page)):
        raise NotThere
    with transaction.atomic():
        page = ChampionPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        page.reviewed_on = timezone.localdate(now)
        if page.next_review and page.next_review <= page.reviewed_on:
            page.next_review = page.reviewed_on + STALE_AFTER
        if page.has_unpublished_changes:
            # Somebody is writing a draft: what readers see is confirmed, and the draft stays a draft.
            page.save()
        else:
            page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    editions.bump(editions.CONTENT)
    return page


def remind(*, now: datetime) -> None:
    """A job: ask champions whose profile soon hides whether it still holds, once at each of two days."""
    today = timezone.localdate(now)
    for before in REMINDED_BEFORE:
        confirmed = today + timedelta(days=before) - STALE_AFTER
        due = ChampionPage.objects.live().filter(reviewed_on__lte=confirmed, withdrawn_on__gt=today)
        for page in due.filter(person__is_active=True).select_related("person"):
            _ask(page, before, now)


def _ask(page: ChampionPage, before: int, now: datetime) -> None:
    letter = Letter(
        subject="Does your champion’s profile still hold?",
        paragraphs=[
            f"Nobody has confirmed it since {day(page.reviewed_on)}. It hides on {day(page.withdrawn_on)} unless you "
            "say that it still holds: one press is enough."
        ],
        link=page.address,
        link_title="Read it and confirm",
    )
    occurrence = f"{before} days, confirmed on {page.reviewed_on}"
    tell(page.person, letter, kind=STILL_RIGHT, about=page, occurrence=occurrence, now=now)
