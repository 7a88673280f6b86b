"""What a reader of a career page sees: the text, and which posts are open today."""

from functools import cached_property

from django.contrib.contenttypes.models import ContentType

from guidance.reading import GuidanceReading
from pages.lists import cards
from pages.models import HubPage

MOST = 12


def open_vacancies(hub) -> list[HubPage]:
    """The posts that this reader may see and that are open today, the one that closes first at the top.

    As base pages: what a card shows is all in their one table, so nothing is asked twice.
    """
    kind = ContentType.objects.get_by_natural_key("guidance", "vacancypage")
    found = HubPage.objects.filter(content_type=kind)
    return list(hub.readable(found).order_by("withdrawn_on", "title")[:MOST])


class CareerReading(GuidanceReading):
    """One page about working here."""

    @cached_property
    def vacancies(self) -> list[cards.Card]:
        return [] if self.state.slug in ("archived", "withdrawn") else cards.cards(self.hub, open_vacancies(self.hub))
