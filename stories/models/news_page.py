"""A newsletter: a short text round the pages that it is made of."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages import panels
from pages.blocks import RELATED
from pages.models import HubPage
from practice.models import Vocabulary
from stories.reading import NewsReading
from stories.text import TEXT, head


class NewsPage(HubPage):
    """One issue. What it points to stays where it is: the issue says why it is worth reading this month."""

    issued_on = models.DateField("sent out on", null=True, blank=True)
    body = StreamField(TEXT, blank=True, verbose_name="text", help_text="What is new, in a few lines about each.")
    related = StreamField(
        RELATED, blank=True, max_num=12, verbose_name="in this issue", help_text="Stories, tools, events: any pages."
    )

    kind, kind_slug = "Newsletter", "story"
    read_late = ("body", "related")
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types = []
    required_to_publish = ("summary", "issued_on", "body", "related", "steward")
    search_fields = [*HubPage.search_fields, index.SearchField("body")]

    edit_handler = panels.tabs(
        "The issue",
        [
            *head("Catch up on what is new in five minutes."),
            FieldPanel("issued_on"),
            FieldPanel("body"),
            FieldPanel("related"),
        ],
        fitting=panels.fits(Vocabulary.NEED, Vocabulary.METHOD),
    )

    class Meta:
        verbose_name = "newsletter"

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "reading": NewsReading(self, request)}
