"""Plain text: paragraphs, small headings, lists."""

from wagtail import blocks


class ParagraphBlock(blocks.RichTextBlock):
    """Running text. Bold and links only: italics are hard to read."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", ["bold", "link", "document-link", "ul", "ol"])
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Paragraph"
        description = "Running text in short sentences, with links where they help."
        template = "blocks/paragraph.html"
        preview_value = "<p>Choose a place where you can sit beside each other rather than opposite.</p>"


class HeadingBlock(blocks.StructBlock):
    """A small heading inside a section."""

    text = blocks.CharBlock(max_length=80)

    class Meta:
        icon = "title"
        label = "Small heading"
        description = "Parts a long section. Sentence case."
        template = "blocks/heading.html"
        preview_value = {"text": "Before you set off"}


class ChecklistBlock(blocks.StructBlock):
    """Things to have or to check, in no order."""

    items = blocks.ListBlock(blocks.CharBlock(max_length=250), min_num=1)

    class Meta:
        icon = "list-ul"
        label = "List"
        description = "Things to have or to check, one on each line, in no order."
        template = "blocks/checklist.html"
        preview_value = {"items": ["Two sheets of plain paper", "Pens that the child may keep", "A place to sit"]}
