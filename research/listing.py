"""The list of research: a card says what each piece rests on."""

from dataclasses import replace
from functools import cached_property

from pages.lists.cards import Card
from pages.lists.listing import Listing
from research.reading import basis


class ResearchListing(Listing):
    """Research summaries with their evidence basis."""

    @cached_property
    def _readable(self):
        # Asked of the tree, since the module of the page type imports this one.
        (research_page,) = type(self.page).allowed_subpage_models()
        return self.hub.readable(research_page.objects.child_of(self.page)).defer(*research_page.read_late)

    def told(self, card: Card, page) -> Card:
        return replace(card, facts=basis(page))
