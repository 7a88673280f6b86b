"""The list of events."""

from dataclasses import replace
from functools import cached_property

from django.db.models import Count

from events.kinds import LearningMode
from events.reading import facts
from pages.cards import Card
from pages.listing import Listing


class EventListing(Listing):
    """Events, narrowed by how people learn there; a card says what kind of event it is and for whom."""

    narrowed_by = ("learning", "Learning")

    @cached_property
    def _kinds(self) -> dict:
        return {mode.value: (mode.value, mode) for mode in LearningMode}

    @cached_property
    def _readable(self):
        # Asked of the tree, since the module of the page type imports this one.
        (event_page,) = type(self.page).allowed_subpage_models()
        return self.hub.readable(event_page.objects.child_of(self.page)).defer(*event_page.read_late)

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
