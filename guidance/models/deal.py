"""The deal between the service and the people who work in it, for one year."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from guidance.models.text import TEXT, GuidanceText, editor


class DealPage(GuidanceText):
    """What is expected and what is offered, side by side. A new year's deal is a page of its own."""

    version = models.CharField(max_length=40, blank=True, help_text="The year it is for, such as: 2026 to 2027.")
    valid_from = models.DateField("holds from", null=True, blank=True)
    valid_to = models.DateField("holds until", null=True, blank=True)
    expected = StreamField(TEXT, blank=True, verbose_name="what we expect")
    offered = StreamField(TEXT, blank=True, verbose_name="what we offer")

    kind, kind_plural = "The deal", "The deal"
    template = "guidance/deal_page.html"
    read_late = (*GuidanceText.read_late, "expected", "offered")
    required_to_publish = (*GuidanceText.required_to_publish, "version", "valid_from", "expected", "offered")
    search_fields = [*GuidanceText.search_fields, index.SearchField("expected"), index.SearchField("offered")]
    reading_class = "guidance.reading.DealReading"
    edit_handler = editor(
        "The deal",
        FieldRowPanel([FieldPanel("version"), FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("expected"),
        FieldPanel("offered"),
    )

    class Meta:
        verbose_name = "deal"

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "The last day cannot come before the first."})
