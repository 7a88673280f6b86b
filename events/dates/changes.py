"""What changed of a session between two moments, in words: what it was and what it is. Pure: no database.

Whatever somebody with a place would act on stands in `Known`; two of them are compared date by date. The words come
from the comparison alone, so a letter that is written late compares with what is true when it is written.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self

from events.dates.where_when import Meeting, WhereWhen
from events.kinds import Held


@dataclass(frozen=True)
class Known:
    """All that people act on: where and when, the way in, whom to ask, what to bring."""

    plan: WhereWhen
    # Not the address itself, which is in no mail: enough to know that it is another one.
    way_in: str = ""
    contact: str = ""
    # What to think about or bring, as the event's page says it.
    before: str = ""

    def as_json(self) -> dict:
        """As a row keeps it."""
        return {**asdict(self), "plan": self.plan.as_json()}

    @classmethod
    def from_json(cls, kept: dict) -> Self:
        return cls(**{**kept, "plan": WhereWhen.from_json(kept["plan"])})


@dataclass(frozen=True)
class Change:
    """One thing that is other than it was. `dates` names the dates that it is about, where it is about some."""

    kind: str
    sentence: str
    dates: tuple[str, ...] = ()


def changes(was: Known, now: Known, *, at: datetime) -> list[Change]:
    """Everything that is different, dates first; what is over at that moment is nobody's business any more."""
    return [*_of_dates(was.plan, now.plan, at), *_of_the_rest(was, now)]


ON_DATES = {"moved", "venue", "added", "taken-away"}
IN_CALENDARS = {"title", "held"}
"""Kinds that every entry in a calendar shows, beside those of its own date."""


def dates_to_send(found: list[Change], plan: WhereWhen, *, at: datetime) -> set[str]:
    """The dates whose entry in a calendar has to change: all to come where every entry shows it, else their own."""
    if any(change.kind in IN_CALENDARS for change in found):
        return {date.key for date in plan.to_come if date.ends > at}
    return {key for change in found for key in change.dates}


def head(found: list[Change]) -> str:
    """The first words of a subject: what sort of change it is."""
    kinds = {change.kind for change in found}
    if kinds == {"added"}:
        return "A new date"
    if kinds & ON_DATES:
        return "New time or place"
    one = next(iter(kinds)) if len(kinds) == 1 else ""
    return {
        "title": "New name",
        "held": "New way of meeting",
        "way-in": "New way in",
        "contact": "New organiser",
        "before": "What to bring or think about",
    }.get(one, "Something has changed")


def _of_dates(was: WhereWhen, now: WhereWhen, at: datetime) -> Iterator[Change]:
    before = {date.key: date for date in was.to_come}
    pairs = [(before.get(date.key), date) for date in now.to_come]
    moved = [(old, new) for old, new in pairs if old and old.when != new.when and _to_come(at, old, new)]
    elsewhere = [
        (old, new) for old, new in pairs if old and old.when == new.when and old.where != new.where and new.ends > at
    ]
    for old, new in moved:
        yield Change("moved", f"A date has moved. It was {_told(old, new)}. It is now {_told(new, old)}.", (new.key,))
    yield from _of_venues(elsewhere, now, at)
    for old, new in pairs:
        if not old and new.ends > at:
            yield Change("added", f"Added: {new.when_and_where}.", (new.key,))
    kept = {date.key for date in now.dates}
    for old in was.to_come:
        if old.key not in kept and old.ends > at:
            yield Change("taken-away", f"Taken away: {old.when_and_where}.", (old.key,))


def _of_venues(pairs: list[tuple[Meeting, Meeting]], now: WhereWhen, at: datetime) -> Iterator[Change]:
    """One sentence where every date that is to come moves from the same place to the same place."""
    ways = {(old.where, new.where) for old, new in pairs}
    everything = len(pairs) == len([date for date in now.to_come if date.ends > at])
    if len(pairs) > 1 and len(ways) == 1 and everything:
        ((old, new),) = ways
        moved = tuple(date.key for _, date in pairs)
        yield Change("venue", f"All dates have a new place: it was {old}, it is {new}.", moved)
        return
    for old, new in pairs:
        yield Change("venue", f"{new.when} has a new place: it was {old.where}, it is {new.where}.", (new.key,))


def _of_the_rest(was: Known, now: Known) -> Iterator[Change]:
    if was.plan.title != now.plan.title:
        yield Change("title", f"It has a new name: it was “{was.plan.title}”, it is “{now.plan.title}”.")
    if was.plan.held != now.plan.held:
        held = (Held(was.plan.held).label.lower(), Held(now.plan.held).label.lower())
        yield Change("held", "How you take part has changed: it was {}, it is {}.".format(*held))
    if now.way_in and was.way_in and was.way_in != now.way_in:
        yield Change("way-in", "The way in online has changed. Use the one on your booking, not an older address.")
    if was.contact != now.contact and now.contact:
        was_asked = f": it was {was.contact}, it is {now.contact}" if was.contact else f": {now.contact}"
        yield Change("contact", f"There is a new organiser to ask{was_asked}.")
    if was.before != now.before:
        yield Change("before", _of_before(was.before, now.before))


def _of_before(was: str, now: str) -> str:
    if not now:
        return f"There is nothing to bring or think about any more. The page said: “{_short(was)}”"
    said = f" Before, it said: “{_short(was)}”" if was else ""
    return f"What to bring or think about before you come is new: “{_short(now)}”{said}"


LONGEST = 400


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def _told(one: Meeting, other: Meeting) -> str:
    """With the place where that changes too."""
    return one.when if one.where == other.where else one.when_and_where


def _to_come(at: datetime, *dates: Meeting) -> bool:
    return any(date.ends > at for date in dates)
