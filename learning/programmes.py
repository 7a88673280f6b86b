"""Programmes: joining one, leaving it, and saying which of its milestones are done.

A milestone is known by the id of its block on the programme's page, so that editors may move or reword it and every
tick stays with its person. A milestone that is tied to an event is done when that event calls `attended`.
"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse_lazy

from learning.models import Attended, Enrolment, StepDone
from learning.permissions import may_enrol, may_tick
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.models import HubPage
from people.models import User
from people.refusals import NotPossible

LOOKING_BACK = timedelta(days=3 * 365)
"""A step that was done longer ago than this is a slip of the pen."""
MINE = reverse_lazy("my_programmes")
ENROLLED = kind("enrolled", "Somebody was put on a programme")


def join(*, person: User, programme: HubPage, by: User, today: date) -> Enrolment:
    """Put somebody on a programme; whoever was put on it by another is told. Twice is once.

    Raises NotPossible for a programme that is not there, or not there for this person.
    """
    if not may_enrol(by, person):
        raise PermissionDenied
    if not HubPage.objects.in_use(today).visible_to(person).filter(pk=programme.pk).exists():
        raise NotPossible(f"{person} cannot open this programme on the hub, so they cannot be put on it.")
    with transaction.atomic():
        begun = {"title": programme.title, "joined_on": today, "enrolled_by": by}
        enrolment, is_new = Enrolment.objects.select_for_update().get_or_create(
            person=person, programme=programme, defaults=begun
        )
        if not is_new and enrolment.left_on is None:
            return enrolment
        if not is_new:
            enrolment.left_on, enrolment.enrolled_by = None, by
            enrolment.save(update_fields=["left_on", "enrolled_by"])
        if by != person:
            _tell_of(enrolment, by)
    return enrolment


def _tell_of(enrolment: Enrolment, by: User) -> None:
    letter = Letter(
        subject=f"You are on a programme: {enrolment.title}",
        paragraphs=[
            f"{by} has put you on {enrolment.title}.",
            "Your steps are on the hub, and you tick each one when it is done. Your manager sees which are done. "
            "The principal social worker sees how many people have done each step, without names.",
            "If this is not for you, you can leave it on the same page.",
        ],
        link=MINE,
        link_title="My programmes",
    )
    tell(enrolment.person, letter, kind=ENROLLED, about=enrolment)


def leave(*, enrolment: Enrolment, by: User, today: date) -> None:
    """Take somebody off a programme. What they did stays theirs, and is there again if they come back."""
    if not may_enrol(by, enrolment.person):
        raise PermissionDenied
    Enrolment.objects.filter(pk=enrolment.pk, left_on=None).update(left_on=today)


def tick(*, enrolment: Enrolment, milestone: str, title: str, on: date, by: User, today: date) -> StepDone:
    """Say that a milestone is done. Said again with another day, the day is corrected.

    Raises NotPossible for a day that is still to come or too long ago, and after leaving the programme.
    """
    if not may_tick(by, enrolment):
        raise PermissionDenied
    if enrolment.left_on:
        raise NotPossible("You have left this programme. Join it again to go on.")
    if on > today:
        raise NotPossible("This day is still to come. Tick the step when it is done.")
    if on < today - LOOKING_BACK:
        raise NotPossible("This day is more than three years ago. Check the year.")
    said = {"title": title[: StepDone._meta.get_field("title").max_length], "on": on}
    return StepDone.objects.update_or_create(enrolment=enrolment, milestone=milestone, defaults=said)[0]


def untick(*, enrolment: Enrolment, milestone: str, by: User) -> None:
    """Take a tick back."""
    if not may_tick(by, enrolment):
        raise PermissionDenied
    StepDone.objects.filter(enrolment=enrolment, milestone=milestone).delete()


def attended(*, person: User, page_id: int, on: date, source: str) -> None:
    """Write down that somebody came to what that page tells of. A second call with the same source corrects it."""
    Attended.objects.update_or_create(person=person, source=source, defaults={"page_id": page_id, "on": on})


def not_attended(*, person: User, source: str) -> None:
    """Take out what that source wrote, if it wrote anything."""
    Attended.objects.filter(person=person, source=source).delete()
