from stories.models.check import StoryCheck
from stories.models.consent import StoryConsent, StoryReopening
from stories.models.film_page import FilmPage
from stories.models.index_page import StoryIndexPage
from stories.models.news_page import NewsPage
from stories.models.story_page import StoryPage

__all__ = ["FilmPage", "NewsPage", "StoryCheck", "StoryConsent", "StoryIndexPage", "StoryPage", "StoryReopening"]
