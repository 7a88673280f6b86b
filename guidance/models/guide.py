"""A guide, alone or as a chapter of a handbook."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from guidance.models.text import GuidanceText, editor


class ReadIn(models.TextChoices):
    """When somebody new reads a chapter."""

    FIRST_DAY = "first-day", "First day"
    FIRST_WEEK = "first-week", "First week"
    FIRST_MONTH = "first-month", "First month"


class GuidePage(GuidanceText):
    """How something is done here. Below a handbook it is a chapter, with the one before and the one after."""

    read_in = models.CharField(
        "when a new starter reads it",
        max_length=12,
        choices=ReadIn,
        blank=True,
        help_text="For chapters of a handbook: puts this one on the new starters' path.",
    )

    kind = "Guide"
    can_be_public = True
    template = "guidance/guide_page.html"
    parent_page_types = ["guidance.GuidanceIndexPage", "guidance.HandbookPage"]
    reading_class = "guidance.reading.GuideReading"
    edit_handler = editor("The guide", FieldPanel("read_in"))

    class Meta:
        verbose_name = "guide"
