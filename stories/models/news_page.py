"""A newsletter: a short text round the pages that it is made of."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.editing import panels
from pages.models import HubPage
from practice.models import Vocabulary
from stories.blocks import IN_AN_ISSUE
from stories.text import TEXT, head

MOST_ITEMS = 24


class NewsPage(HubPage):
    """One issue. What it points to stays where it is: the issue says why it is worth reading this month."""

    issued_on = models.DateField("sent out on", null=True, blank=True)
    body = StreamField(TEXT, blank=True, verbose_name="to begin with", help_text="A greeting, and what matters most.")
    related = StreamField(
        IN_AN_ISSUE,
        blank=True,
        max_num=MOST_ITEMS,
        verbose_name="in this issue",
        help_text="Stories, tools, events: any pages. Title and purpose are always those that the page has now.",
    )
    closing = StreamField(TEXT, blank=True, verbose_name="to end with", help_text="Thanks, you said and we did.")

    kind, kind_slug = "Newsletter", "story"
    reading_class = "stories.newsletters.reading.NewsReading"
    read_late = ("body", "related", "closing")
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types = []
    required_to_publish = ("summary", "issued_on", "related", "steward")
    search_fields = [*HubPage.search_fields, index.SearchField("body"), index.SearchField("closing")]

    edit_handler = panels.tabs(
        "The issue",
        [
            *head("Catch up on what is new in five minutes."),
            FieldPanel("issued_on"),
            FieldPanel("body"),
            FieldPanel("related"),
            FieldPanel("closing"),
        ],
        fitting=panels.fits(Vocabulary.NEED, Vocabulary.METHOD),
    )

    class Meta:
        verbose_name = "newsletter"

    def chosen(self) -> list[tuple[int, str]]:
        """Key and line of every page of the issue, in order, whether readers may see it or not."""
        rows = []
        for block in self.related.raw_data:
            value = block["value"]
            key, line = (value.get("page"), value.get("line", "")) if block["type"] == "item" else (value, "")
            if key:
                rows.append((key, line or ""))
        return rows
