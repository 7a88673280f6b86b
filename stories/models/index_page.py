from pages.lists.listing import Listing
from pages.models import ListingPage


class NewestFirst(Listing):
    """What is told stands in the order in which it was told, the last first."""

    first_sort = "newest"


class StoryIndexPage(ListingPage):
    """What colleagues tell each other: stories of practice, newsletters, films; narrowed by which of them."""

    kind = "Stories"
    template = "stories/story_index_page.html"
    listing_class = NewestFirst
    counted_as = ("story, newsletter or film", "stories, newsletters and films")
    empty_title = "No stories yet"
    subpage_types = ["stories.StoryPage", "stories.NewsPage", "stories.FilmPage"]

    class Meta:
        verbose_name = "story index"
