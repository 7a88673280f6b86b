from pages.models import ListingPage


class ResearchIndexPage(ListingPage):
    """Every summary of research, each in plain words and with what it means on a visit."""

    kind = "Research"
    template = ListingPage.TEMPLATE
    reading_class = "research.listing.ResearchListing"
    counted_as = ("research summary", "research summaries")
    empty_title = "No research summaries yet"
    subpage_types = ["research.ResearchPage"]

    class Meta:
        verbose_name = "research index"
