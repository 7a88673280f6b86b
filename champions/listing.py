"""The list of champions."""

from dataclasses import replace
from functools import cached_property

from champions.reading import facts
from pages.lists.cards import Card
from pages.lists.listing import Listing


class ChampionListing(Listing):
    """Champions whose term runs; a card says which team they are in and when they can be reached."""

    @cached_property
    def _readable(self):
        # Asked of the tree, since the module of the page type imports this one.
        (champion_page,) = type(self.page).allowed_subpage_models()
        return self.hub.readable(champion_page.objects.child_of(self.page)).defer(*champion_page.read_late)

    def told(self, card: Card, page) -> Card:
        return replace(card, facts=facts(page, "topics", "team", "hours"))
