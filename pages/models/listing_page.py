from pages.models.hub_page import HubPage


class ListingPage(HubPage):
    """The index of a section: the pages straight below it as cards, by kind and in a chosen order."""

    # Wagtail gives each type a template of its own name, so that the type itself must say otherwise.
    TEMPLATE = "pages/listing_page.html"

    # What the pages are called when they are counted: one, many.
    counted_as = ("page", "pages")
    empty_title = "Nothing here yet"
    empty_text = "Pages appear here as soon as an editor publishes the first one."

    reading_class = "pages.lists.listing.Listing"
    read_as = "listing"
    max_count = 1
    show_in_menus_default = True

    class Meta:
        abstract = True
