"""What waits for somebody on the landing page: counted in two queries, whatever their roles, the first by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from home.duties.telling import all_duties
from notices.duties import Duty
from people.models import User


@dataclass(frozen=True)
class Due:
    """What waits of one kind: in words with its number and where to go; the first by name, with the way to it."""

    name: str
    count: int
    words: str
    url: str
    first: str = ""
    first_url: str = ""


def duties_for(person: User) -> list[Duty]:
    """What may wait for somebody of these roles, each once."""
    return [duty for duty in all_duties() if not duty.roles or person.has_role(*duty.roles)]


def due_items(person: User, now: datetime, beside: Sequence[Combinable] = ()) -> tuple[list[Due], list]:
    """What waits for this person now, without what there is none of; and the values of `beside`.

    One query, and one more for the names where something waits. A caller who wants to know more of the same person puts
    it beside, and asks nothing more.
    """
    duties = duties_for(person)
    found = _ask(person, [*(_count(duty.of(person, now)) for duty in duties), *beside])
    counts = {duty: number for duty, number in zip(duties, found, strict=False) if number}
    firsts = _ask(person, [part for duty in counts for part in _first(duty, person, now)]) if counts else []
    named = zip(counts.items(), firsts[::2], firsts[1::2], strict=True)
    return [_due(duty, number, first, key) for (duty, number), first, key in named], found[len(duties) :]


def _ask(person: User, parts: list[Combinable]) -> list:
    return list(User.objects.filter(pk=person.pk).values_list(*parts).get())


def _due(duty: Duty, number: int, first: str, key) -> Due:
    words, link = duty.words(number), duty.address(key)
    if number == 1:
        return Due(duty.name, number, f"{words}: {first}" if first else words, link)
    return Due(duty.name, number, words, duty.url, first, link if first else "")


def _first(duty: Duty, person: User, now: datetime) -> list[Subquery]:
    """The name of the thing that has waited longest, and what leads to it."""
    rows = duty.of(person, now).order_by("pk")
    name = rows.annotate(first_one=Cast(duty.name_of_thing, CharField())).values("first_one")[:1]
    return [Subquery(name, output_field=CharField()), Subquery(rows.values(duty.key)[:1])]


def _count(rows: QuerySet) -> Subquery:
    """How many rows, as a part of a larger query."""
    one = rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them")
    return Subquery(one.annotate(number=Count("pk", distinct=True)).values("number"), output_field=IntegerField())
