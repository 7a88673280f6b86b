"""The page that others are compared with."""

from wagtail.fields import RichTextField

from pages.models import HubPage


class PageWithoutExtras(HubPage):
    """A page of Wagtail's as a beginner makes it: a title and a text, in a template of a few lines."""

    body = RichTextField()

    template = "bench/page_without_extras.html"
    is_creatable = False
