"""What managers and the principal social worker see: the hub's own figures live, the others as they were supplied."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Count, Q
from django.utils import timezone

from events.attendance.closing import open_lists
from events.booking.permissions import may_see_team
from events.briefings.coverage import Coverage
from events.models import Attendance, Booking, Came, SessionDate
from events.reading.team import answerable
from events.states import State
from feedback.honest_numbers import Share
from feedback.models import Survey
from feedback.surveys import response_of
from insight.models import FigureKind, SuppliedFigure
from insight.permissions import may_supply_figures
from learning.permissions import may_see_team_totals
from learning.time import TeamTotals, team_totals
from pages.models import HubPage
from pages.wording import counted
from people.models import User

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Live:
    """One figure that the hub counts itself, with what is counted in words."""

    label: str
    share: Share
    counted: str


@dataclass(frozen=True)
class Supplied:
    """The latest figure of one kind, or that nobody has supplied one."""

    kind: FigureKind
    figure: SuppliedFigure | None
    is_old: bool = False


class Dashboard:
    """Everything on `/insight/`, in a fixed number of queries."""

    def __init__(self, person: User, now: datetime):
        self.person, self.now, self.today = person, now, timezone.localdate(now)

    @cached_property
    def live(self) -> list[Live]:
        return [self._reviews, self._came, self._answered, *self._reached]

    @property
    def _reviews(self) -> Live:
        pages = HubPage.objects.in_use(self.today).once().filter(next_review__isnull=False)
        counts = pages.aggregate(all=Count("pk"), late=Count("pk", filter=Q(next_review__lt=self.today)))
        return Live("Pages past their review day", Share(counts["late"], counts["all"]), "Of pages with a review day.")

    @property
    def _came(self) -> Live:
        closed = SessionDate.objects.filter(starts_at__gt=self.now - YEAR, list_closed_at__isnull=False)
        said = Attendance.objects.filter(date__in=closed)
        counts = said.aggregate(all=Count("pk"), came=Count("pk", filter=Q(came__in=(Came.YES, Came.PART))))
        waiting = open_lists(self.now).filter(starts_at__gt=self.now - YEAR).count()
        words = "Of places on dates of the last 12 months whose list of who came is closed."
        if waiting:
            words += f" List not closed: {counted(waiting, 'date')}, left out."
        return Live("Places that were used", Share(counts["came"], counts["all"]), words)

    @property
    def _answered(self) -> Live:
        share = response_of(Survey.objects.filter(held_on__gt=self.today - YEAR, held_on__lte=self.today))
        words = "Of those who were asked after an event of the last 12 months."
        return Live("Feedback forms that were answered", share, words)

    @property
    def _reached(self) -> list[Live]:
        words = "Of all teams, in the last 12 months."
        return [
            Live(f"Teams with a {one['label'].lower()}", one["share"], words) for one in Coverage(self.now, {}).summary
        ]

    @cached_property
    def supplied(self) -> list[Supplied]:
        """Each kind with its latest figure: two queries."""
        latest: dict[int, SuppliedFigure] = {}
        for figure in SuppliedFigure.objects.filter(kind__active=True).select_related("kind").order_by("as_of", "pk"):
            latest[figure.kind_id] = figure
        return [
            Supplied(kind, found := latest.get(kind.pk), bool(found and found.is_old(self.today)))
            for kind in FigureKind.objects.filter(active=True)
        ]

    @cached_property
    def team_time(self) -> TeamTotals | None:
        return team_totals(self.person, self.today) if may_see_team_totals(self.person) else None

    @cached_property
    def requests(self) -> int | None:
        """How many of the team wait for a yes or no; None for who has no team."""
        if not may_see_team(self.person):
            return None
        waiting: Booking = answerable(self.person, self.now).filter(state=State.REQUESTED)
        return waiting.count()

    @property
    def may_supply(self) -> bool:
        return may_supply_figures(self.person)
