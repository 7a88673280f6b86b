"""What a reader of a programme sees: for whom it is, their own checklist if they are on it, and the way to join."""

from functools import cached_property

from guidance.programmes.progress import Progress
from guidance.reading import GuidanceReading
from learning.checklists import Checklist, checklists
from learning.models import Enrolment
from learning.permissions import may_see_all_programmes
from pages.lists.cards import Fact, filled
from pages.models import HubPage
from people.roles import Role

SAID = {
    "joined": "You are on the programme. Tick each step when it is done.",
    "ticked": "Done, and written down.",
    "unticked": "The tick is taken back.",
    "left": "You have left the programme. What you did is kept, and is here again if you come back.",
}


class ProgrammeReading(GuidanceReading):
    """One programme for one reader."""

    related_title = "On the way"

    @cached_property
    def facts(self) -> list[Fact]:
        return filled(
            ("for", "users", "Who it is for", self.page.who_for), ("length", "clock", "How long", self.page.length)
        )

    @cached_property
    def steps(self) -> list:
        return self.page.steps()

    @cached_property
    def checklist(self) -> Checklist | None:
        """The reader's own, if they are on the programme. A draft in the preview has nobody on it."""
        if self.hub.is_preview or not self.hub.user.is_authenticated or self.withdrawn:
            return None
        mine = Enrolment.objects.filter(person=self.hub.user, programme=self.page.pk, left_on=None)
        found = checklists(mine, {self.page.pk: self.steps})
        return found[0] if found else None

    @property
    def may_join(self) -> bool:
        return not self.withdrawn and not self.hub.is_preview and self.checklist is None

    @cached_property
    def events(self) -> dict[int, dict]:
        """The events to which milestones are tied, as far as this reader may open them: title and address."""
        ids = {step.page_id for step in self.steps if step.page_id}
        if not ids:
            return {}
        pages = self.hub.readable(HubPage.objects.filter(pk__in=ids)).only("title", "url_path")
        return {page.pk: {"title": page.title, "url": page.address} for page in pages}

    @cached_property
    def rows(self) -> list[dict]:
        """Each milestone with what a reader can do about it."""
        done = {row.step.key: row for row in self.checklist.rows} if self.checklist else {}
        return [{"step": s, "done": done.get(s.key), "event": self.events.get(s.page_id)} for s in self.steps]

    @property
    def said(self) -> str:
        """What has just been done, for who comes back from doing it."""
        return SAID.get(self.hub.request.GET.get("done", ""), "")

    @cached_property
    def progress(self) -> Progress | None:
        """How far everybody on it is, for those who see all; for managers, how far their own team is."""
        if not self.sees_totals or self.hub.is_preview:
            return None
        on_it = Enrolment.objects.filter(programme=self.page.pk, left_on=None, person__is_active=True)
        if not self.sees_everybody:
            on_it = on_it.filter(person__manager=self.hub.user)
        found = checklists(on_it, {self.page.pk: self.steps})
        return Progress(self.page, found) if found else None

    @property
    def sees_everybody(self) -> bool:
        return may_see_all_programmes(self.hub.user)

    @property
    def sees_totals(self) -> bool:
        """Whether to offer the way to the team's and everybody's progress; the page there asks again, and exactly."""
        user = self.hub.user
        return user.is_authenticated and (self.sees_everybody or user.has_role(Role.MANAGER))
