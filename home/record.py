"""A person's own learning record, to take along to a review: time, what they came to, steps of programmes.

Only what the person may see of themselves anyway, put together. No scores, and nothing that others wrote of them.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from events.models import Attendance, Came
from learning.models import Enrolment, StepDone, TimeEntry, Understood
from learning.wording import length
from pages.wording import day
from people.models import User


@dataclass(frozen=True)
class Section:
    """One part of the record as a table."""

    slug: str
    title: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    empty: str


class LearningRecord:
    """Everything of one person, in a fixed number of queries, the newest first."""

    def __init__(self, person: User, now: datetime):
        self.person, self.now = person, now

    @property
    def made_on(self) -> str:
        return day(timezone.localdate(self.now))

    @cached_property
    def time(self) -> Section:
        entries = TimeEntry.objects.filter(person=self.person).order_by("-on", "-pk")
        rows = [(day(entry.on), entry.what, length(entry.minutes), entry.get_state_display()) for entry in entries]
        return Section("time", "Time for learning", ("Day", "What for", "How long", "State"), rows, "No time yet.")

    @cached_property
    def came(self) -> Section:
        there = Attendance.objects.filter(booking__person=self.person).exclude(came=Came.NO)
        there = there.select_related("date", "booking__session__event").order_by("-date__starts_at", "-pk")
        rows = [
            (day(timezone.localdate(one.date.starts_at)), str(one.booking.session), length(one.minutes))
            for one in there
        ]
        return Section("events", "Events I came to", ("Day", "Event", "How long"), rows, "No event yet.")

    @cached_property
    def steps(self) -> Section:
        done = StepDone.objects.filter(enrolment__person=self.person).select_related("enrolment").order_by("-on", "-pk")
        rows = [(day(step.on), step.enrolment.title, step.title) for step in done]
        begun = Enrolment.objects.filter(person=self.person, done=None)
        rows += [(day(one.joined_on), one.title, "Joined; no step ticked yet") for one in begun]
        head = ("Day", "Programme", "Step")
        return Section("programmes", "Steps of programmes", head, rows, "No programme yet.")

    @cached_property
    def understood(self) -> Section:
        said = Understood.objects.filter(person=self.person)
        rows = [(day(one.on), one.title, f"Version {one.version}") for one in said]
        return Section("deal", "Read and understood", ("Day", "What", "Version"), rows, "Nothing yet.")

    @cached_property
    def sections(self) -> list[Section]:
        return [self.time, self.came, self.steps, self.understood]

    @property
    def as_rows(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Head and rows of one list for a spreadsheet: every section in the same columns."""
        rows = []
        for section in self.sections:
            for when, what, *rest in section.rows:
                rows.append((section.title, when, what, *rest, *[""] * (2 - len(rest))))
        return ("Part", "Day", "What", "How long or which step", "State"), rows
