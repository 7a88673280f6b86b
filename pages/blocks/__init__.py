"""Blocks that editors build pages from; one family a file. `PROSE` is what any text may hold."""

from wagtail.blocks import PageChooserBlock

from pages.blocks.media import PictureBlock
from pages.blocks.practice import CautionBlock, SheetBlock, StepsBlock, TipBlock, WordsBlock
from pages.blocks.text import ChecklistBlock, HeadingBlock, ParagraphBlock

PROSE = [
    ("paragraph", ParagraphBlock()),
    ("heading", HeadingBlock()),
    ("checklist", ChecklistBlock()),
    ("tip", TipBlock()),
    ("caution", CautionBlock()),
    ("picture", PictureBlock()),
]

RELATED = [("page", PageChooserBlock(label="Page"))]
"""Pages to show with a page, of any type."""

__all__ = [
    "PROSE",
    "RELATED",
    "CautionBlock",
    "ChecklistBlock",
    "HeadingBlock",
    "ParagraphBlock",
    "PictureBlock",
    "SheetBlock",
    "StepsBlock",
    "TipBlock",
    "WordsBlock",
]
