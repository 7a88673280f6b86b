"""Leaving the service: one event with one verb, whichever door it comes by.

Somebody who leaves takes nothing along and leaves nothing lying about: what is theirs in each room (a place, a page,
a question, a team) ends or passes on, and whoever takes it over is told. The rooms name in settings (`LEAVING`) what
ends with them; each can be done twice, so what failed half way is finished by the job (`finish_leaving`).
"""

import logging
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def leave_service(*, person, by, now: datetime) -> None:
    """End all that somebody is and has on the hub. `by` is who says so; nobody where it was found out by a job.

    Whoever comes back later is a colleague as any other: roles, places and pages are given anew, never by themselves.
    """
    people = type(person).objects.filter(pk=person.pk)
    people.update(is_active=False)
    person.is_active = False
    for part in settings.LEAVING:
        import_string(part)(person=person, by=by, now=now)
    _take_the_keys(person)
    people.update(left_at=now)
    person.left_at = now


def _take_the_keys(person) -> None:
    """No role, no password: a new password ends every session and every link to choose one."""
    person.groups.clear()
    person.user_permissions.clear()
    person.set_unusable_password()
    person.is_superuser = person.is_staff = False
    person.save(update_fields=["is_active", "password", "is_superuser", "is_staff"])


def takes_over_team(person, day: date):
    """Who answers for somebody's team from now on: who stands in on that day, else their own manager, else nobody.

    A team of the council never comes to somebody who works for a partner agency now.
    """
    stand_in = getattr(person, "stand_in", None)
    named = stand_in.deputy if stand_in and stand_in.is_on(day) else None
    might = [one for one in (named, person.manager) if one and one.is_active and one.pk != person.pk]
    return next((one for one in might if not one.is_partner), None)


def end_before_deleting(people) -> None:
    """Nobody is deleted with a place that nobody could free, or a question that nobody would answer."""
    for person in people:
        leave_service(person=person, by=None, now=timezone.now())


def finish_leaving(*, now: datetime) -> None:
    """The job: whoever was made inactive by another way than the verb leaves as everybody does.

    One failure stops nobody else's.
    """
    people = get_user_model().objects
    people.filter(is_active=True, left_at__isnull=False).update(left_at=None)
    for person in people.filter(is_active=False, left_at=None):
        try:
            leave_service(person=person, by=None, now=now)
        except Exception:
            logger.exception("What person %s has on the hub was not all ended; it is tried again.", person.pk)
