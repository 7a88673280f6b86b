"""The training plan: what is held in the coming 12 months and for whom, and where the practice model has no event.

Read from the events and their dates as they stand, so nobody writes it and it is never out of date.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone

from events.models import EventPage, SessionDate
from feedback.honest_numbers import Share
from pages.lists.cards import Chip, chip
from pages.lists.carried import carried_by
from pages.wording import counted, day
from people.roles import Role
from practice.models import Item

YEAR = timedelta(days=365)
EVERYBODY = "Everybody"


@dataclass
class PlannedEvent:
    """One event within the plan: its dates to come within the year, and its last one within the year before."""

    page: EventPage
    dates: list[datetime] = field(default_factory=list)
    last: datetime | None = None
    roles: set[str] = field(default_factory=set)

    @property
    def when(self) -> str:
        """3 March 2027 · 3 March 2027, and 4 more dates."""
        more = len(self.dates) - 1
        first = day(timezone.localdate(self.dates[0]))
        return f"{first}, and {counted(more, 'more date')}" if more else first


@dataclass(frozen=True)
class PlannedItem:
    """One practice item, the events of the coming year that serve it, and when it was last served."""

    chip: Chip
    coming: list[PlannedEvent]
    last: datetime | None

    @property
    def is_gap(self) -> bool:
        return not self.coming

    @property
    def last_words(self) -> str:
        """When it was last served within the past 12 months, so that a gap that is new is told from an old one."""
        if self.last is None:
            return "None"
        return f"Last on {day(timezone.localdate(self.last))}"


class TrainingPlan:
    """The plan as one reader may see it: of the events that they may open."""

    def __init__(self, hub, now: datetime):
        self.hub, self.now = hub, now

    @cached_property
    def _held(self) -> list[PlannedEvent]:
        """Events that have a date within a year of now, before or after, the next ones first."""
        pages = self.hub.readable(EventPage.objects.defer(*EventPage.read_late)).in_bulk()
        dates = SessionDate.objects.filter(
            session__event__in=pages,
            session__cancelled_at=None,
            cancelled_at=None,
            starts_at__gt=self.now - YEAR,
            starts_at__lte=self.now + YEAR,
        )
        found: dict[int, PlannedEvent] = {}
        rows = dates.order_by("starts_at").values_list("session__event_id", "session__for_roles", "starts_at")
        for event_id, for_roles, starts_at in rows:
            held = found.setdefault(event_id, PlannedEvent(pages[event_id]))
            if starts_at > self.now:
                held.dates.append(starts_at)
                held.roles |= set(for_roles) or {EVERYBODY}
            else:
                held.last = starts_at
        return sorted(found.values(), key=lambda held: (held.dates[:1] or [self.now + YEAR], held.page.title))

    @cached_property
    def by_role(self) -> list[dict]:
        """Who each coming event is for: everybody first, then role by role."""
        groups = [(EVERYBODY, EVERYBODY), *((role.value, role.value) for role in Role)]
        made = []
        for name, title in groups:
            events = [held for held in self._held if held.dates and name in held.roles]
            if events:
                made.append({"title": title, "events": events})
        return made

    @cached_property
    def rows(self) -> list[PlannedItem]:
        """Every current item of the model that is shown, those without a coming event first."""
        atlas, model = self.hub.atlas, self.hub.shown_model
        if model is None:
            return []
        serving: dict[int, list[PlannedEvent]] = defaultdict(list)
        carried = carried_by([held.page.pk for held in self._held]) if self._held else {}
        for held in self._held:
            for item in atlas.answers_to(carried[held.page.pk].items, model) if held.page.pk in carried else ():
                serving[item.pk].append(held)
        items = [item for item in atlas.items_of_model(model) if item.is_current(self.hub.today)]
        made = [self._row(item, serving[item.pk]) for item in items]
        return sorted(made, key=lambda row: not row.is_gap)

    def _row(self, item: Item, serving: list[PlannedEvent]) -> PlannedItem:
        family = self.hub.atlas.families[item.family_id]
        past = [held.last for held in serving if held.last]
        return PlannedItem(
            chip=chip(item, family, self.hub.shown_model),
            coming=[held for held in serving if held.dates],
            last=max(past, default=None),
        )

    @cached_property
    def gaps(self) -> list[PlannedItem]:
        return [row for row in self.rows if row.is_gap]

    @property
    def served(self) -> list[PlannedItem]:
        return [row for row in self.rows if not row.is_gap]

    @property
    def covered(self) -> Share:
        """How many items have at least one event in the coming 12 months."""
        return Share(len(self.served), len(self.rows))
