"""Asking colleagues before a policy is decided: a window with a first and a last day, and what came of it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from guidance.models.comment import PolicyComment
from pages.public.permissions import looks_after
from people.models import User
from people.refusals import NotPossible
from people.roles import Role

LONGEST_COMMENT = 4000
KEPT = timedelta(days=366)
"""So long a comment is kept: by then the policy is decided, and says what people said."""


def is_open(page, on: date) -> bool:
    """Whether comments are taken on that day. The last day is a whole day."""
    return bool(page.comments_from and page.comments_until and page.comments_from <= on <= page.comments_until)


def open_on(pages: QuerySet, on: date) -> QuerySet:
    """Of these policies, those that take comments on that day; the one that closes first is first."""
    return pages.filter(comments_from__lte=on, comments_until__gte=on).order_by("comments_until", "pk")


def closed_before(pages: QuerySet, on: date) -> QuerySet:
    """Those whose window has closed, the last first."""
    return pages.filter(comments_until__lt=on).order_by("-comments_until", "pk")


def unanswered(pages: QuerySet, person: User, on: date) -> QuerySet:
    """Open for comment, and this person has said nothing yet."""
    said = PolicyComment.objects.filter(person=person, page=OuterRef("pk"), opened_on=OuterRef("comments_from"))
    return open_on(pages, on).filter(~Exists(said)).order_by()


def not_answered_for(pages: QuerySet, on: date) -> QuerySet:
    """Closed with comments, and nothing said yet of what came of them; what was said of an earlier window is not it."""
    made = PolicyComment.objects.filter(page=OuterRef("pk"), opened_on=OuterRef("comments_from"))
    nothing_said = Q(you_said="") | Q(said_of=None) | ~Q(said_of=F("comments_from"))
    return closed_before(pages, on).filter(nothing_said, Exists(made)).order_by()


def window_answered_by(page) -> date | None:
    """The first day of the window that "what you said" is about: the one it had when those words were last changed."""
    if not page.you_said.strip():
        return None
    known = type(page).objects.filter(pk=page.pk).values("you_said", "comments_from", "said_of").first()
    if known is None:
        return page.comments_from
    is_new = known["you_said"] != page.you_said and known["comments_from"] in (None, page.comments_from)
    return page.comments_from if is_new else known["said_of"]


def comment(*, page, person: User, text: str, now: datetime):
    """Say something, or say it better: until the last day it replaces what was said. Raises `NotPossible`."""
    with transaction.atomic():
        # What readers see now, not what was on the screen: the window may have been closed meanwhile.
        page = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
        if not is_open(page, timezone.localdate(now)):
            raise NotPossible(
                "The window has closed, so this was not sent. Your words are below: take them to the owner."
            )
        return PolicyComment.objects.update_or_create(
            page=page, person=person, opened_on=page.comments_from, defaults={"text": text, "said_at": now}
        )[0]


def take_back(*, page, person: User, now: datetime) -> None:
    """While the window is open: afterwards it is part of what was decided on."""
    if is_open(page, timezone.localdate(now)):
        PolicyComment.objects.filter(page=page, person=person, opened_on=page.comments_from).delete()


def mine(page, person: User):
    """What this person has said in the newest window."""
    return PolicyComment.objects.filter(page=page.pk, person=person, opened_on=page.comments_from).first()


def may_read(person: User, page) -> bool:
    """Who reads what was said, with names: the owner, the deputy, principal social workers and administrators."""
    leads = person.acts_as(Role.PSW, Role.ADMINISTRATOR)
    return leads or looks_after(person, page)


def said(page) -> QuerySet:
    """All comments of the newest window, the last first."""
    return PolicyComment.objects.filter(page=page.pk, opened_on=page.comments_from).select_related("person__team")


def forget(*, now: datetime) -> None:
    """A job: comments are deleted after a year; “what you said” stays on the policy."""
    PolicyComment.objects.filter(said_at__lt=now - KEPT).delete()
