"""What every page of this section is written with."""

from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from pages.blocks import PROSE, StepsBlock, WordsBlock

TEXT = [*PROSE, ("steps", StepsBlock()), ("words", WordsBlock())]


def head(purpose: str) -> list:
    """Title and purpose; `purpose` is an example of one."""
    return [
        TitleFieldPanel("title", help_text="What it is called, in the words people use. Sentence case."),
        FieldPanel(
            "summary",
            heading="Purpose",
            help_text=f"One sentence of at most 160 characters that begins with a verb: {purpose}",
        ),
    ]
