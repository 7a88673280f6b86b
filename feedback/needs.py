"""What people want to learn next, by name and by choice: those on the list hear first when there is a date."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet

from feedback.models import LearningNeed, NeedInterest
from people.models import User


def want_to_learn(*, person: User, needs: Iterable[int], today: date) -> None:
    """Make this person's list exactly these needs. What stood there before keeps its day, and so its turn."""
    wanted = list(LearningNeed.objects.filter(pk__in=needs, active=True).values_list("pk", flat=True))
    with transaction.atomic():
        NeedInterest.objects.filter(person=person, need__active=True).exclude(need__in=wanted).delete()
        rows = (NeedInterest(person=person, need_id=need, since=today) for need in wanted)
        NeedInterest.objects.bulk_create(rows, ignore_conflicts=True)


def wanted_by(person: User) -> list[int]:
    """The needs on this person's list."""
    return list(NeedInterest.objects.filter(person=person, need__active=True).values_list("need", flat=True))


def wanted() -> QuerySet[LearningNeed]:
    """Needs that at least five people wait for, the most wanted first, with `wanting` people.

    Counted in fives: people put themselves down right after a form, one by one, and nobody shall be able to tell from
    a number that moved what a colleague has just asked for.
    """
    fewest = settings.HUB_FEWEST_ANSWERS
    people = Count("interests")
    waiting = LearningNeed.objects.annotate(wanting=people - people % fewest)
    return waiting.filter(wanting__gt=0).order_by("-wanting", "order")
