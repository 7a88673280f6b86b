"""Protected time: written by its person or by what they attended, and read a month at a time.

A room that knows of learning (an event, say) calls `record` when somebody books, comes or is told that it is off, and
`remove` when there is nothing left to count. Both may be called again and again with the same `source`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Subquery, Sum, Value

from learning.models import LONGEST_DAY, LearningSettings, TimeEntry, TimeState
from learning.months import first_of, month_after, named
from learning.permissions import may_change, may_see_team_totals
from learning.wording import length, of
from people.models import User

PARTS = (TimeState.TAKEN, TimeState.PLANNED, TimeState.LOST)
FEWEST_IN_A_TEAM = 5
"""Totals of fewer people would tell what one of them did."""


class NotYet(Exception):
    """Time that is still to come cannot have been taken."""


@dataclass(frozen=True)
class Month:
    """The protected time of one month in minutes, of a person or of a team, and what they can count on."""

    first: date
    taken: int
    planned: int
    lost: int
    target: int

    @property
    def words(self) -> str:
        """1.5 of 2 hours."""
        return of(self.taken, self.target)

    @property
    def title(self) -> str:
        """November 2026."""
        return named(self.first)

    @property
    def parts(self) -> list[dict]:
        """What the bar is made of, in order: words for each, and where it lies on a track that is 100 wide."""
        whole = max(self.target, self.taken + self.planned + self.lost, 1)
        parts, x = [], 0.0
        for state in PARTS:
            minutes = getattr(self, state.value)
            if minutes:
                width = round(100 * minutes / whole, 2)
                words = f"{length(minutes)} {state.label.lower()}"
                parts.append({"state": state.value, "words": words, "x": f"{x:g}", "width": f"{width:g}"})
                x = round(x + width, 2)
        return parts


@dataclass(frozen=True)
class TeamTotals:
    """How many people a manager has, and their month together; `month` is None where the team is too small to say."""

    people: int
    month: Month | None


def record(*, person: User, on: date, minutes: int, state: TimeState, what: str, source: str = "") -> TimeEntry | None:
    """Write down protected time. A second call with the same source changes what the first one wrote.

    Nothing is kept of no time at all, and what was kept of that source goes.
    """
    if minutes < 1:
        remove(person=person, source=source)
        return None
    said = {
        "on": on,
        "minutes": min(minutes, LONGEST_DAY),
        "state": state,
        "what": what[: TimeEntry._meta.get_field("what").max_length],
    }
    if not source:
        return TimeEntry.objects.create(person=person, **said)
    return TimeEntry.objects.update_or_create(person=person, source=source, defaults=said)[0]


def remove(*, person: User, source: str) -> None:
    """Take out what that source wrote, if it wrote anything."""
    if source:
        TimeEntry.objects.filter(person=person, source=source).delete()


def remove_of_all(*, people: Sequence[int], source: str) -> None:
    """Take out what that source wrote for these people, by their numbers."""
    TimeEntry.objects.filter(person__in=people, source=source).delete()


def mark(*, entry: TimeEntry, state: TimeState, by: User, today: date) -> None:
    """Say what became of it. Raises NotYet for time that is still to come and said to be taken."""
    if not may_change(by, entry):
        raise PermissionDenied
    if state == TimeState.TAKEN and entry.on > today:
        raise NotYet
    entry.state = state
    entry.save(update_fields=["state"])


def delete(*, entry: TimeEntry, by: User) -> None:
    if not may_change(by, entry):
        raise PermissionDenied
    entry.delete()


def entries(person: User, month: date) -> list[TimeEntry]:
    """A person's own entries of the month in which that day lies, in order."""
    return list(TimeEntry.objects.filter(person=person, **_within(month)))


def month(person: User, month: date) -> Month:
    """A person's month, whichever day of it is given."""
    return _sums(TimeEntry.objects.filter(person=person), month, people=1)


def month_parts(person: User, month: date) -> list[Subquery]:
    """A person's month as parts of a larger query, for `month_of`: the landing page asks all it needs at once."""
    found = TimeEntry.objects.filter(person=person, **_within(month)).order_by()
    sums = [
        Subquery(found.filter(state=state).values("state").annotate(sum=Sum("minutes")).values("sum"))
        for state in PARTS
    ]
    return [*sums, Subquery(LearningSettings.objects.values("protected_minutes")[:1])]


def month_of(month: date, values: Sequence[int | None]) -> Month:
    """The month that the values of `month_parts` tell of."""
    *sums, protected = values
    minutes = {state.value: found or 0 for state, found in zip(PARTS, sums, strict=True)}
    return Month(first=first_of(month), target=protected or LearningSettings().protected_minutes, **minutes)


def team_totals(manager: User, month: date) -> TeamTotals:
    """The month of all whom this manager manages now, as one. No names, no numbers of one person, ever."""
    if not may_see_team_totals(manager):
        raise PermissionDenied
    people = manager.reports.filter(is_active=True).count()
    if people < FEWEST_IN_A_TEAM:
        return TeamTotals(people, None)
    theirs = TimeEntry.objects.filter(person__manager=manager, person__is_active=True)
    return TeamTotals(people, _sums(theirs, month, people=people))


def _within(month: date) -> dict:
    first = first_of(month)
    return {"on__gte": first, "on__lt": month_after(first)}


def _sums(found, month: date, *, people: int) -> Month:
    # One question for the sums and for what is protected: this stands on the landing page.
    protected = LearningSettings.objects.values_list(Value("protected", output_field=CharField()), "protected_minutes")
    sums = found.filter(**_within(month)).order_by().values_list("state").annotate(Sum("minutes"))
    said = dict(sums.union(protected, all=True))
    return Month(
        first=first_of(month),
        taken=said.get(TimeState.TAKEN, 0),
        planned=said.get(TimeState.PLANNED, 0),
        lost=said.get(TimeState.LOST, 0),
        target=people * said.get("protected", LearningSettings().protected_minutes),
    )
