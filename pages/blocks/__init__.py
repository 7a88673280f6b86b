"""Blocks that editors build pages from; one family a file. `PROSE` is what any text may hold."""

from pages.blocks.media import PictureBlock
from pages.blocks.practice import CautionBlock, StepsBlock, TipBlock, WordsBlock
from pages.blocks.text import ChecklistBlock, HeadingBlock, ParagraphBlock

PROSE = [
    ("paragraph", ParagraphBlock()),
    ("heading", HeadingBlock()),
    ("checklist", ChecklistBlock()),
    ("tip", TipBlock()),
    ("caution", CautionBlock()),
    ("picture", PictureBlock()),
]

__all__ = [
    "PROSE",
    "CautionBlock",
    "ChecklistBlock",
    "HeadingBlock",
    "ParagraphBlock",
    "PictureBlock",
    "StepsBlock",
    "TipBlock",
    "WordsBlock",
]
