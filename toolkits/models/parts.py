"""What goes with a tool: its languages, its files, other tools."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from toolkits.models.choices import Format, Language
from toolkits.models.tool_page import ToolPage


class ToolLanguage(Orderable):
    """A language that the tool's words for families come in, and whether a person has checked them."""

    page = ParentalKey(ToolPage, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField("language", max_length=2, choices=Language)
    human_checked = models.BooleanField("checked by a person", default=False)
    checked_on = models.DateField("checked on", null=True, blank=True)

    panels = [FieldRowPanel([FieldPanel("code"), FieldPanel("human_checked"), FieldPanel("checked_on")])]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "code"], name="one_row_for_a_language")]

    def __str__(self):
        return self.get_code_display()


class ToolDownload(Orderable):
    """A file that goes with the tool, such as a sheet to print."""

    page = ParentalKey(ToolPage, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey("assets.HubDocument", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=120, help_text="What it is, for example: Six feelings cards to cut out.")
    file_format = models.CharField("format", max_length=12, choices=Format, default=Format.PDF)
    language = models.CharField(max_length=2, choices=Language, default=Language.EN)

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("label"), FieldPanel("file_format"), FieldPanel("language")]),
    ]

    def __str__(self):
        return self.label


class RelatedTool(Orderable):
    """Another tool that goes well with this one."""

    page = ParentalKey(ToolPage, on_delete=models.CASCADE, related_name="related_tools")
    tool = models.ForeignKey(ToolPage, on_delete=models.CASCADE, related_name="+")
    panels = [PageChooserPanel("tool")]

    def __str__(self):
        return str(self.tool)
