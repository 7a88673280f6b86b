from pages.models import ListingPage


class StoryIndexPage(ListingPage):
    """What colleagues tell each other: stories of practice, newsletters, films; narrowed by which of them."""

    kind = "Stories"
    template = "stories/story_index_page.html"
    reading_class = "stories.reading.NewestFirst"
    counted_as = ("story, newsletter or film", "stories, newsletters and films")
    empty_title = "No stories yet"
    subpage_types = ["stories.StoryPage", "stories.NewsPage", "stories.FilmPage"]

    class Meta:
        verbose_name = "story index"
