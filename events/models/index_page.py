from pages.models import ListingPage


class EventIndexPage(ListingPage):
    """Every learning event, narrowed by how people learn there."""

    kind = "Events"
    template = "events/event_index_page.html"
    reading_class = "events.reading.listing.EventListing"
    counted_as = ("event", "events")
    empty_title = "No events yet"
    subpage_types = ["events.EventPage"]

    class Meta:
        verbose_name = "event index"
