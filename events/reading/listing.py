"""The list of events."""

from dataclasses import replace
from functools import cached_property

from django.db.models import Count

from events.kinds import LearningMode
from events.reading.event import facts
from pages.lists.address import Address
from pages.lists.cards import Card
from pages.lists.listing import Listing
from pages.lists.standards import StandardChoice


class EventListing(Listing):
    """Events, narrowed by how people learn there and by a standard; a card says what kind it is and for whom."""

    narrowed_by = ("learning", "Learning")

    def __init__(self, page, request):
        super().__init__(page, request)
        # What it cannot understand is said by the diary above the list, which is asked the same.
        self.standard = StandardChoice(self.hub, Address(dict(request.GET.lists())))
        self.kept = {"standard": self.standard.code}

    @cached_property
    def _kinds(self) -> dict:
        return {mode.value: (mode.value, mode) for mode in LearningMode}

    @cached_property
    def _readable(self):
        # Asked of the tree, since the module of the page type imports this one.
        (event_page,) = type(self.page).allowed_subpage_models()
        events = self.standard.narrow(event_page.objects.child_of(self.page))
        return self.hub.readable(events).defer(*event_page.read_late)

    @cached_property
    def _totals(self) -> dict[str, int]:
        return dict(self._readable.order_by().values_list("learning_mode").annotate(Count("pk")))

    @property
    def total(self) -> int:
        return self._totals.get(self.kind, 0) if self.kind else sum(self._totals.values())

    @property
    def _chosen(self):
        return self._readable.filter(learning_mode=self.kind) if self.kind else self._readable

    @property
    def show_kind(self) -> bool:
        return True

    def told(self, card: Card, page) -> Card:
        return replace(
            card, kind=page.get_event_kind_display() or card.kind, facts=facts(page, "for", "held", "length")
        )
