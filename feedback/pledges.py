"""Pledges: read before they are shown, given back to their makers after six weeks and asked after at twelve."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from feedback.models import Pledge
from feedback.permissions import may_see_results
from notices.kinds import kind
from notices.outbox import Letter, tell
from people.models import User

GIVEN_BACK = timedelta(weeks=6)
ASKED_AGAIN = timedelta(weeks=12)
IN_ONE_GO = 500
PLEDGE = kind("pledge", "What somebody meant to do")


def approve(*, pledges: Iterable[Pledge], by: User, now: datetime) -> int:
    """Show these on the wall; returns how many. One that its maker no longer shares stays where it is."""
    _refuse_others(by)
    chosen = Pledge.objects.filter(pk__in=[pledge.pk for pledge in pledges], shared=True, approved_at=None)
    return chosen.update(approved_at=now, approved_by=by, declined_because="")


def to_read() -> QuerySet[Pledge]:
    """Pledges that their makers would show, and that nobody has read yet."""
    return Pledge.objects.filter(shared=True, approved_at=None)


def decline(*, pledge: Pledge, by: User, reason: str) -> Pledge:
    """Keep it off the wall, or take it down, with words for its maker. It stays theirs, unchanged."""
    _refuse_others(by)
    with transaction.atomic():
        pledge = Pledge.objects.select_for_update(of=("self",)).select_related("person").get(pk=pledge.pk)
        if pledge.shared:
            pledge.shared, pledge.approved_at, pledge.approved_by = False, None, None
            pledge.declined_because = reason
            pledge.save()
            words = f"It is not on the pledge wall. The reason: {reason} It stays yours, and you can share it anew."
            _tell(pledge, "Your pledge is not on the wall", words, "See your pledges")
        return pledge


def _refuse_others(by: User) -> None:
    if not may_see_results(by):
        raise PermissionDenied


def give_back(*, now: datetime) -> None:
    """A job: remind people of what they meant to do, once after six weeks and, if it is not done, once after twelve.

    The mail does not say what it was: it is private, and a mailbox may be looked after by somebody else.
    """
    _ask(Pledge.objects.filter(asked_back_at=None), "asked_back_at", "Six", now - GIVEN_BACK, now)
    open_still = Pledge.objects.exclude(outcome=Pledge.Outcome.DONE).filter(asked_again_at=None)
    given_back = open_still.filter(asked_back_at__lte=now - (ASKED_AGAIN - GIVEN_BACK))
    _ask(given_back, "asked_again_at", "Twelve", now - ASKED_AGAIN, now)


def _ask(pledges: QuerySet[Pledge], field: str, weeks: str, before: datetime, now: datetime) -> None:
    due = pledges.filter(made_on__lte=timezone.localdate(before)).values_list("pk", flat=True)
    for pk in list(due[:IN_ONE_GO]):
        with transaction.atomic():
            free = Pledge.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
            pledge = free.filter(pk=pk, **{field: None}).first()
            if pledge:
                words = f"{weeks} weeks ago you wrote down what you meant to do. How is it going?"
                _tell(pledge, "What you meant to do", words, "Read it and say how it is going", f"{weeks} weeks")
                setattr(pledge, field, now)
                pledge.save(update_fields=[field])


def _tell(pledge: Pledge, subject: str, words: str, link_title: str, occurrence: str | None = None) -> None:
    """`occurrence` says what is told only once; without it each time is news."""
    if pledge.person.is_active:
        letter = Letter(subject=subject, paragraphs=[words], link=reverse("my_pledges"), link_title=link_title)
        tell(pledge.person, letter, kind=PLEDGE, about=pledge, occurrence=occurrence)
