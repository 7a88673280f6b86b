"""The landing page: one question, the practice model, tools, and what the reader has coming up."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from home.jobs.models import JobTurn
from pages.editing import panels
from pages.models import HubPage

__all__ = ["ChosenPage", "HomePage", "JobTurn"]


class HomePage(HubPage):
    """The first page after signing in."""

    question = models.CharField(
        max_length=80, default="What do you need today?", help_text="The heading over the search box."
    )

    kind = "Home"
    reading_class = "home.shelves.HomeReading"
    read_as = "home"
    max_count = 1
    parent_page_types = ["pages.HubPage"]
    content_panels = [
        *panels.content_panels,
        FieldPanel("question"),
        InlinePanel("chosen_pages", heading="Pages to start from", label="Page", max_num=6),
    ]

    class Meta:
        verbose_name = "home page"


class ChosenPage(Orderable):
    """A page that editors put on the landing page."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="chosen_pages")
    page = models.ForeignKey(HubPage, on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("page")]

    def __str__(self):
        return str(self.page)
