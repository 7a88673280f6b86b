"""Time that is planned because somebody booked: written in one go for everybody, from what is booked now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from learning.models import LONGEST_DAY, TimeEntry, TimeState

IN_ONE_GO = 500


@dataclass(frozen=True)
class Planned:
    """One person's planned time of one source, such as a date that they booked."""

    person_id: int
    source: str
    on: date
    minutes: int
    what: str


def plan(*, wanted: Iterable[Planned], sources: str, today: date) -> None:
    """Make what is planned from today on, by sources that begin so, exactly this. Running twice changes nothing.

    Time that its person has called taken or lost stays as they said: it is planned no longer.
    """
    wanted = {(one.person_id, one.source, one.on, min(one.minutes, LONGEST_DAY)): one for one in wanted if one.minutes}
    with transaction.atomic():
        ours = TimeEntry.objects.filter(source__startswith=sources, state=TimeState.PLANNED, on__gte=today)
        kept, stale = set(), []
        for pk, *key in ours.values_list("pk", "person_id", "source", "on", "minutes"):
            kept.add(tuple(key)) if tuple(key) in wanted else stale.append(pk)
        for start in range(0, len(stale), IN_ONE_GO):
            TimeEntry.objects.filter(pk__in=stale[start : start + IN_ONE_GO]).delete()
        most = TimeEntry._meta.get_field("what").max_length
        new = [
            TimeEntry(
                person_id=one.person_id,
                source=one.source,
                on=one.on,
                minutes=minutes,
                what=one.what[:most],
                state=TimeState.PLANNED,
            )
            for (*_, minutes), one in wanted.items()
            if (one.person_id, one.source, one.on, minutes) not in kept
        ]
        TimeEntry.objects.bulk_create(new, batch_size=IN_ONE_GO, ignore_conflicts=True)
