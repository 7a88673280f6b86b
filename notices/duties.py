"""Duties: what waits for somebody to act. One table serves the landing page and the letters that say so, once.

A room says in `Duty` what waits, for whom, and where it is settled. The landing page counts it and names the first; the
job here writes to whoever must act, unless another letter of the hub has told them already.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable

from notices.kinds import Kind
from notices.outbox import Letter, write
from notices.told_models import Told, about_of

MOST_NAMED = 10


@dataclass(frozen=True)
class Duty:
    """A kind of thing that waits until somebody acts.

    `of` gives what waits for a person at a moment; `roles` empty: it may wait for anybody. `title` is the field by
    which a thing is called (none where its words are private), `key` and `link` lead to the thing itself. Either `kind`
    is the letter that says so, or `told_by` names another letter that does, or says why there is none.
    """

    name: str
    of: Callable[..., QuerySet]
    words: Callable[[int], str]
    url: str
    roles: tuple[str, ...] = ()
    title: str | Combinable = ""
    key: str = "pk"
    link: Callable[[object], str] | None = None
    kind: Kind | None = None
    told_by: str = ""
    concerned: Callable[[datetime], QuerySet] | None = None

    @property
    def name_of_thing(self) -> Combinable:
        """What a thing is called, as a part of a query."""
        return (F(self.title) if isinstance(self.title, str) else self.title) if self.title else Value("")

    def address(self, key) -> str:
        """Where a thing is settled."""
        return self.link(key) if self.link else self.url

    def people(self, now: datetime) -> QuerySet:
        """Whom it may wait for: to be written to."""
        people = get_user_model().objects.filter(is_active=True)
        if self.concerned:
            return people.filter(pk__in=self.concerned(now))
        return people.filter(groups__name__in=self.roles).distinct()


def number(one: str, many: str) -> Callable[[int], str]:
    """Words with a number: one thing, or several."""
    return lambda count: one if count == 1 else many.format(count)


def tell_of(duties: Iterable[Duty], *, now: datetime) -> None:
    """Write to whoever must act, once for as long as a thing waits. If it comes back, that is news."""
    for duty in duties:
        if duty.kind:
            _tell_of(duty, now)


def _tell_of(duty: Duty, now: datetime) -> None:
    told = {(one.about, one.person_id): one.pk for one in Told.objects.filter(kind=duty.kind.name)}
    for person in duty.people(now):
        things = list(duty.of(person, now).order_by("pk").values_list("pk", duty.name_of_thing, duty.key))
        about = _about(duty, person, now) if things else ""
        new = [thing for thing in things if told.pop((f"{about}:{thing[0]}", person.pk), None) is None]
        with transaction.atomic():
            new = [thing for thing in new if Told.objects.note(duty.kind, f"{about}:{thing[0]}", "waits", person, now)]
            if new:
                write(person, letter(duty, new), kind=duty.kind)
    # What waits no longer is forgotten: should it wait again, that is another occurrence.
    Told.objects.filter(pk__in=told.values()).delete()


def _about(duty: Duty, person, now: datetime) -> str:
    return about_of(duty.of(person, now).model()).rsplit(":", 1)[0]


def letter(duty: Duty, things: list[tuple]) -> Letter:
    """What waits, by name where it has one, with the way to the thing itself, or to the list of several."""
    words, (_, name, key) = duty.words(len(things)), things[0]
    names = [name for _, name, _ in things if name]
    more = f"; and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    one = len(things) == 1
    return Letter(
        subject=f"{words}: {name}" if one and name else words,
        paragraphs=[f"{words}{': ' if names else '.'}{'; '.join(names[:MOST_NAMED])}{more}"],
        link=duty.address(key) if one else duty.url,
        link_title="Open it" if one else "See them",
    )
