"""How far several people are on one programme, as counts with their base."""

from functools import cached_property

from feedback.honest_numbers import Share
from learning.checklists import Checklist, counts
from pages.models import HubPage


class Progress:
    """One programme: who of the team is on it and how far, and how many of all have done each step."""

    def __init__(self, page: HubPage, lists: list[Checklist]):
        self.page, self.lists = page, lists

    @property
    def people(self) -> int:
        return len(self.lists)

    @cached_property
    def steps(self) -> list[dict]:
        """Each step with how many of these people have done it."""
        return [{"step": step, "share": Share(n, self.people)} for step, n in counts(self.lists)]

    @cached_property
    def complete(self) -> Share:
        """How many have done every step."""
        return Share(sum(one.is_complete for one in self.lists), self.people)

    @cached_property
    def steps_done(self) -> Share:
        """All ticks together, of all that there could be: moves with every tick."""
        return Share(sum(one.done for one in self.lists), sum(one.steps for one in self.lists))
