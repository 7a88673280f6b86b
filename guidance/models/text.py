"""What every kind of guidance has: a text, pages that go well with it, and readers who rely on its owner."""

from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import PROSE, RELATED, StepsBlock, WordsBlock
from pages.editing import panels
from pages.models import HubPage
from practice.models import Vocabulary

TEXT = [*PROSE, ("steps", StepsBlock()), ("words", WordsBlock())]
KEPT = ("steward", "deputy", "reviewed_on", "next_review")
"""What somebody must answer for before a text that people rely on is published."""


class GuidanceText(HubPage):
    """A text that people work by. Its kinds say what else they have."""

    body = StreamField(TEXT, blank=True, verbose_name="text")
    related = StreamField(RELATED, blank=True, max_num=6, verbose_name="goes well with this")

    kind_slug = "guidance"
    read_late = ("body", "related")
    subpage_types = []
    parent_page_types = ["guidance.GuidanceIndexPage"]
    required_to_publish = ("summary", "body", *KEPT)
    search_fields = [*HubPage.search_fields, index.SearchField("body")]
    reading_class = "guidance.reading.GuidanceReading"

    class Meta:
        abstract = True


HEAD = [
    TitleFieldPanel("title", help_text="What it is called, in the words people use. Sentence case."),
    FieldPanel("summary", heading="Purpose"),
]


def editor(name: str, *own, **kwargs):
    """The editor of one kind of guidance: its head, what only it has, its text, what goes with it."""
    content = [*HEAD, *own, FieldPanel("body"), FieldPanel("related")]
    fitting = panels.fits(Vocabulary.NEED, Vocabulary.METHOD, Vocabulary.STAGE, Vocabulary.ROLE, Vocabulary.THEME)
    return panels.tabs(name, content, fitting=fitting, **kwargs)
