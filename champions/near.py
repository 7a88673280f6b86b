"""Whom to ask about a page."""

from django.db.models import Count, F, Q

from champions.models import ChampionPage
from pages.models import HubPage

SHOWN = 6


def champions_near(page: HubPage | None, hub) -> list[ChampionPage]:
    """The champions who share most with that page (practice items, methods, needs), the nearest first; else all."""
    champions = hub.readable_once(ChampionPage.objects.exclude(person=None)).defer(*ChampionPage.read_late)
    if page is not None:
        items = Count("items", filter=Q(items__in=page.items.all()), distinct=True)
        terms = Count("terms", filter=Q(terms__in=page.terms.all()), distinct=True)
        near = champions.annotate(shared=items + terms).filter(shared__gt=0)
        if found := list(near.order_by(F("shared").desc(), "title")[:SHOWN]):
            return found
    return list(champions.order_by("title")[:SHOWN])
