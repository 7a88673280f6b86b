"""A programme of learning: who it is for, and the milestones on the way."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from guidance.blocks import MilestoneBlock
from guidance.models.text import GuidanceText, editor
from learning.checklists import Step


class ProgrammePage(GuidanceText):
    """The first year, the first step as a manager: what happens when, and who helps."""

    who_for = models.CharField("who it is for", max_length=120, blank=True)
    length = models.CharField("how long it takes", max_length=80, blank=True, help_text="Such as: Twelve months.")
    # Each milestone keeps the id of its block, by which somebody's own progress can point to it.
    milestones = StreamField([("milestone", MilestoneBlock())], blank=True)

    kind = "Programme"
    template = "guidance/programme_page.html"
    required_to_publish = (*GuidanceText.required_to_publish, "who_for", "milestones")
    search_fields = [*GuidanceText.search_fields, index.SearchField("who_for"), index.SearchField("milestones")]
    reading_class = "guidance.programmes.reading.ProgrammeReading"
    edit_handler = editor(
        "The programme", FieldRowPanel([FieldPanel("who_for"), FieldPanel("length")]), FieldPanel("milestones")
    )

    class Meta:
        verbose_name = "programme"

    def steps(self) -> list[Step]:
        """Its milestones in order, as checklists know them."""
        return [
            Step(
                key=str(block.get("id") or f"new-{place}"),
                when=block["value"].get("when", ""),
                title=block["value"].get("title", ""),
                detail=block["value"].get("detail", ""),
                page_id=block["value"].get("event"),
            )
            for place, block in enumerate(self.milestones.raw_data)
        ]
