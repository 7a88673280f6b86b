"""Blocks that only this section has."""

from wagtail import blocks
from wagtail.blocks import PageChooserBlock

LONGEST_LINE = 300


class NewsItemBlock(blocks.StructBlock):
    """A page of an issue, with a line of the editor's own where the page's purpose does not say why now."""

    page = PageChooserBlock(label="Page")
    line = blocks.TextBlock(
        required=False,
        max_length=LONGEST_LINE,
        rows=2,
        label="Your line",
        help_text="Why it is worth reading this month. Without one, the page's own purpose stands there.",
    )

    class Meta:
        icon = "doc-empty-inverse"
        label = "Page with a line"


IN_AN_ISSUE = [("item", NewsItemBlock()), ("page", PageChooserBlock(label="Page without a line"))]
