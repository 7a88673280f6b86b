"""How a practice change stands in each district and team: said by its owner, dated, kept as a history."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from guidance.models import AreaStatus
from pages.public.permissions import looks_after
from people.models import Team, User
from practice import editions


def areas() -> list[str]:
    """Districts first, then teams, as administrators have named them."""
    teams = list(Team.objects.values_list("name", "district"))
    districts = sorted({district for _, district in teams if district})
    return [*districts, *sorted(name for name, _ in teams if name not in districts)]


def standing(page) -> list:
    """How it stands now: the newest row of each area, by area."""
    newest: dict[str, object] = {}
    for row in AreaStatus.objects.filter(page=page.pk).order_by("said_at", "pk"):
        newest[row.area] = row
    return [newest[area] for area in sorted(newest, key=str.casefold)]


def history(page) -> QuerySet:
    return AreaStatus.objects.filter(page=page.pk).select_related("said_by")


def may_say(person: User, page) -> bool:
    """The owner, the deputy, and whoever may edit the page."""
    return person.is_active and (looks_after(person, page) or page.permissions_for_user(person).can_edit())


def say(*, page, by: User, area: str, status: str, since: date, note: str, now: datetime):
    """Say how it stands in one area. Saying the same again changes nothing. Raises `PermissionDenied`."""
    if not may_say(by, page):
        raise PermissionDenied
    with transaction.atomic():
        # Two who press at once meet at the page.
        type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
        before = AreaStatus.objects.filter(page=page.pk, area=area).first()
        if before and (before.status, before.since, before.note) == (status, since, note):
            return before
        row = AreaStatus.objects.create(
            page_id=page.pk, area=area, status=status, since=since, note=note, said_by=by, said_at=now
        )
        editions.bump(editions.CONTENT)
    return row
