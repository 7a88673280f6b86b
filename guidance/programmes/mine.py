"""A person's own programmes: those they are on, with the steps of each, and those they have left."""

from functools import cached_property

from guidance.models import ProgrammePage
from learning.checklists import Checklist, checklists
from learning.models import Enrolment
from pages.models import HubPage
from people.models import User


class MyProgrammes:
    """All of it in a fixed number of queries."""

    def __init__(self, person: User, hub):
        self.person, self.hub = person, hub

    @cached_property
    def _enrolments(self) -> list[Enrolment]:
        return list(Enrolment.objects.filter(person=self.person).order_by("-joined_on", "-pk"))

    @cached_property
    def _pages(self) -> dict[int, ProgrammePage]:
        """The programmes that this person may open today."""
        ids = [enrolment.programme_id for enrolment in self._enrolments if enrolment.programme_id]
        return {page.pk: page for page in self.hub.readable(ProgrammePage.objects.filter(pk__in=ids))}

    @cached_property
    def _lists(self) -> list[Checklist]:
        return checklists(self._enrolments, {key: page.steps() for key, page in self._pages.items()})

    @cached_property
    def _events(self) -> dict[int, dict]:
        ids = {row.step.page_id for one in self._lists for row in one.rows if row.step.page_id}
        pages = self.hub.readable(HubPage.objects.filter(pk__in=ids)) if ids else ()
        return {page.pk: {"title": page.title, "url": page.address} for page in pages}

    def _seen(self, one: Checklist) -> dict:
        rows = [{"step": row.step, "done": row, "event": self._events.get(row.step.page_id)} for row in one.rows]
        return {"checklist": one, "page": self._pages.get(one.enrolment.programme_id), "rows": rows}

    @cached_property
    def current(self) -> list[dict]:
        return [self._seen(one) for one in self._lists if one.enrolment.left_on is None]

    @cached_property
    def left(self) -> list[dict]:
        """Programmes that were left, with what was done there; nothing is shown of one that was left at once."""
        return [self._seen(one) for one in self._lists if one.enrolment.left_on is not None]
