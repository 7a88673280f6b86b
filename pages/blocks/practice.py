"""Blocks of direct work: words to try, steps to take, what to look out for."""

from wagtail import blocks


class WordsBlock(blocks.StructBlock):
    """Words that a worker could really say aloud."""

    lines = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("when", blocks.CharBlock(required=False, max_length=80, help_text="When, or to whom. May be empty.")),
                ("words", blocks.TextBlock(rows=2, help_text="Without quotation marks.")),
            ],
            icon="openquote",
            label="Words",
        ),
        min_num=1,
    )

    class Meta:
        icon = "openquote"
        label = "Words to try"
        description = "Sentences to say, each with when or to whom if that helps."
        template = "blocks/words.html"
        preview_value = {
            "lines": [
                {"when": "", "words": "You do not have to talk. I am going to sit here and draw for a bit."},
                {"when": "to a teenager", "words": "Shall we walk while we do this?"},
            ]
        }


class StepsBlock(blocks.StructBlock):
    """What to do, in order."""

    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("action", blocks.CharBlock(max_length=250)),
                ("detail", blocks.TextBlock(required=False, rows=2)),
            ],
            icon="tick",
            label="Step",
        ),
        min_num=1,
    )

    class Meta:
        icon = "list-ol"
        label = "Steps"
        description = "What to do, in order. Each step begins with a verb."
        template = "blocks/steps.html"
        preview_value = {
            "steps": [
                {"action": "Start something with your hands", "detail": "Fold paper, sort cards, draw a line."},
                {"action": "Offer two small choices", "detail": "Leave a pause after each."},
            ]
        }


class TipBlock(blocks.StructBlock):
    """A hint from practice."""

    text = blocks.TextBlock(rows=3)

    class Meta:
        icon = "help"
        label = "Tip"
        description = "A hint from somebody who has done it."
        template = "blocks/tip.html"
        preview_value = {"text": "Bring pens that the child may keep: it says that you will come again."}


class CautionBlock(blocks.StructBlock):
    """What could do harm, and what to do instead."""

    title = blocks.CharBlock(required=False, max_length=80)
    text = blocks.TextBlock(rows=3)

    class Meta:
        icon = "warning"
        label = "Caution"
        description = "What could do harm, and what to do instead. Use it rarely, so that it is read."
        template = "blocks/caution.html"
        preview_value = {"title": "", "text": "Leave no paper behind in a home where it could be found."}


class Sheet(blocks.StructValue):
    """A sheet as its template draws it."""

    @property
    def empty_rows(self) -> range:
        return range(self["rows"] or 0)


class SheetBlock(blocks.StructBlock):
    """A sheet that is printed empty and filled in by hand with a family: columns with a heading, and rows."""

    heading = blocks.CharBlock(max_length=80)
    columns = blocks.ListBlock(blocks.CharBlock(max_length=40), min_num=1, max_num=7)
    rows = blocks.IntegerBlock(min_value=1, max_value=12, default=6)

    class Meta:
        icon = "table"
        label = "Sheet to fill in"
        description = "A page of paper with columns and empty rows, for what is written with the family."
        template = "blocks/sheet.html"
        value_class = Sheet
        preview_value = {"heading": "Our plan", "columns": ["What", "Who", "By when"], "rows": 4}
