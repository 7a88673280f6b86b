from pages.models import ListingPage


class ChampionIndexPage(ListingPage):
    """Everybody who offers help with a part of practice, for as long as they offer it."""

    kind = "Champions"
    template = ListingPage.TEMPLATE
    reading_class = "champions.listing.ChampionListing"
    counted_as = ("champion", "champions")
    empty_title = "No champions yet"
    empty_text = "Champions appear here as soon as an editor publishes their profile. Until then, ask your manager."
    subpage_types = ["champions.ChampionPage"]

    class Meta:
        verbose_name = "champion index"
