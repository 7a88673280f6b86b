"""How far people are on a programme: each person's checklist, and for several people a count for each step.

Which steps a programme has is told by its page, as `Step`s; what was done is looked up for all the people at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from learning.models import Attended, Enrolment, StepDone


@dataclass(frozen=True)
class Step:
    """A milestone as it stands on the programme's page now. `page_id` is the event that it is tied to, if any."""

    key: str
    when: str
    title: str
    detail: str = ""
    page_id: int | None = None


@dataclass(frozen=True)
class CheckedStep:
    """One step of one person: when it was done, and whether an event said so or they ticked it."""

    step: Step
    on: date | None
    ticked: bool = False

    @property
    def is_done(self) -> bool:
        return self.on is not None


@dataclass(frozen=True)
class Checklist:
    """One person on one programme. `gone` is what they did of milestones that the programme no longer has."""

    enrolment: Enrolment
    rows: list[CheckedStep]
    gone: list[StepDone]

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def steps(self) -> int:
        return len(self.rows)

    @property
    def is_complete(self) -> bool:
        return bool(self.rows) and self.done == self.steps

    @property
    def next_step(self) -> Step | None:
        return next((row.step for row in self.rows if not row.is_done), None)


def checklists(enrolments: Iterable[Enrolment], steps_of: Mapping[int, Sequence[Step]]) -> list[Checklist]:
    """The checklist of each enrolment, in two queries however many there are. `steps_of` is by the programme's key."""
    enrolments = list(enrolments)
    if not enrolments:
        return []
    ticks: dict[int, dict[str, StepDone]] = defaultdict(dict)
    for tick in StepDone.objects.filter(enrolment__in=[enrolment.pk for enrolment in enrolments]):
        ticks[tick.enrolment_id][tick.milestone] = tick
    came = _first_days(enrolments, {step.page_id for steps in steps_of.values() for step in steps if step.page_id})
    made = []
    for enrolment in enrolments:
        own, rows = ticks[enrolment.pk], []
        for step in steps_of.get(enrolment.programme_id, ()):
            tick, attended_on = own.pop(step.key, None), came.get((enrolment.person_id, step.page_id))
            rows.append(CheckedStep(step, tick.on if tick else attended_on, ticked=tick is not None))
        made.append(Checklist(enrolment, rows, list(own.values())))
    return made


def _first_days(enrolments: Sequence[Enrolment], pages: set[int]) -> dict[tuple[int, int], date]:
    """Person and page to the first day on which they came to what the page tells of."""
    if not pages:
        return {}
    people = {enrolment.person_id for enrolment in enrolments}
    rows = Attended.objects.filter(person__in=people, page__in=pages).order_by("-on")
    return {(person, page): on for person, page, on in rows.values_list("person_id", "page_id", "on")}


def counts(lists: Sequence[Checklist]) -> list[tuple[Step, int]]:
    """How many of these people have done each step of the programme that they are all on."""
    done: dict[str, int] = defaultdict(int)
    for checklist in lists:
        for row in checklist.rows:
            done[row.step.key] += row.is_done
    return [(row.step, done[row.step.key]) for row in lists[0].rows] if lists else []
