"""Blocks that only guidance has."""

from wagtail import blocks


class MilestoneBlock(blocks.StructBlock):
    """One thing that is done, and about when."""

    when = blocks.CharBlock(max_length=80, help_text="Such as: Month 3.")
    title = blocks.CharBlock(max_length=120, help_text="What has been done by then. Begins with a verb.")
    detail = blocks.TextBlock(required=False, rows=2, help_text="Who helps, and what to bring.")
    event = blocks.PageChooserBlock(
        page_type="events.EventPage",
        required=False,
        help_text="If the milestone is to come to an event: it is done as soon as somebody is marked as having come.",
    )

    class Meta:
        icon = "date"
        label = "Milestone"
        description = "What has been done by when, in a programme of learning."
        template = "blocks/milestone.html"
        preview_value = {
            "when": "Month 3",
            "title": "Meet for the first review",
            "detail": "With your practice educator and your manager. Bring two pieces of direct observation.",
        }
