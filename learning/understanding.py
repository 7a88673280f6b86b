"""Read and understood: one tick of one person for one version of a page, or for a chapter, which has no version."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from learning.models import Understood
from pages.models import HubPage
from people.models import User

CHAPTER = ""
"""The version of what has none: a chapter is read, whatever it says later."""


def understand(*, person: User, page: HubPage, version: str, today: date) -> Understood:
    """Say that this version was read and understood. Twice keeps the first day."""
    said = {"title": page.title[:255], "on": today}
    return Understood.objects.get_or_create(person=person, page_id=page.pk, version=version, defaults=said)[0]


def take_back(*, person: User, page: HubPage, version: str) -> None:
    """A slip of the finger is undone."""
    Understood.objects.filter(person=person, page_id=page.pk, version=version).delete()


def understood_on(person: User, page: HubPage, version: str) -> date | None:
    """The day on which this person said so of this version."""
    return Understood.objects.filter(person=person, page=page.pk, version=version).values_list("on", flat=True).first()


def read_of(person: User, pages: Iterable[int]) -> set[int]:
    """Which of these pages this person has ticked as read."""
    return set(Understood.objects.filter(person=person, page__in=pages, version=CHAPTER).values_list("page", flat=True))


def how_many(people: QuerySet[User], page: HubPage, version: str) -> tuple[int, int]:
    """How many of these people have said so, and how many they are: never who."""
    people = people.filter(is_active=True)
    said = Understood.objects.filter(page=page.pk, version=version, person__in=people.values("pk"))
    return said.count(), people.count()
