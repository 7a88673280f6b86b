"""How far people are on programmes: a manager's own team by name, and for principal social workers counts of all."""

from collections import defaultdict
from functools import cached_property

from guidance.models import ProgrammePage
from guidance.programmes.progress import Progress
from learning.checklists import Checklist, checklists
from learning.models import Enrolment
from learning.permissions import leads_a_team, may_see_all_programmes
from people.models import User


def may_see_programmes_of_others(person: User) -> bool:
    return may_see_all_programmes(person) or leads_a_team(person)


class ProgrammesOfOthers:
    """For one manager or principal social worker, in a fixed number of queries."""

    def __init__(self, reader: User, hub):
        self.reader, self.hub = reader, hub

    @property
    def sees_all(self) -> bool:
        return may_see_all_programmes(self.reader)

    @cached_property
    def programmes(self):
        return self.hub.readable(ProgrammePage.objects.all()).order_by("title")

    @cached_property
    def _lists(self) -> dict[int, list[Checklist]]:
        current = Enrolment.objects.filter(left_on=None, programme__isnull=False, person__is_active=True)
        if not self.sees_all:
            current = current.filter(person__manager=self.reader)
        by_programme: dict[int, list[Checklist]] = defaultdict(list)
        current = current.select_related("person").order_by("person__first_name", "person__last_name", "pk")
        for one in checklists(current, {page.pk: page.steps() for page in self.programmes}):
            by_programme[one.enrolment.programme_id].append(one)
        return by_programme

    @cached_property
    def team(self) -> list[Progress]:
        """Programmes that somebody of the reader's own team is on: with names."""
        made = []
        for page in self.programmes:
            own = [one for one in self._lists[page.pk] if one.enrolment.person.manager_id == self.reader.pk]
            if own:
                made.append(Progress(page, own))
        return made

    @cached_property
    def everybody(self) -> list[Progress]:
        """Every programme, for those who see all: shown as counts, never with names."""
        return [Progress(page, self._lists[page.pk]) for page in self.programmes] if self.sees_all else []
