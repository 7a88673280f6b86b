"""A film that everybody can follow: with captions, with a transcript, and never starting by itself."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages import panels
from pages.blocks import RELATED
from pages.models import HubPage
from practice.models import Vocabulary
from stories.reading import FilmReading
from stories.text import TEXT, head


class FilmPage(HubPage):
    """One film: what it shows, where to watch it, what to talk about, and a transcript that stands for it."""

    watch_at = models.URLField(
        "where to watch it", max_length=500, blank=True, help_text="The film opens there; it never starts by itself."
    )
    length = models.CharField(max_length=40, blank=True, help_text="Such as: 4 minutes.")
    captions = models.CharField(
        max_length=200, blank=True, help_text="Such as: In English, checked by a person. Burned in, so always on."
    )
    consent = models.CharField(
        "who is seen, and what they agreed to",
        max_length=250,
        blank=True,
        help_text="Such as: Four colleagues, who agreed to use inside the council until June 2028. No families.",
    )
    body = StreamField(TEXT, blank=True, verbose_name="what it shows")
    talk = StreamField(
        TEXT, blank=True, verbose_name="talk about it in your team", help_text="Two or three questions for a team."
    )
    transcript = StreamField(
        TEXT, blank=True, help_text="All that is said, and what is seen where that matters. Without it: no film."
    )
    related = StreamField(RELATED, blank=True, max_num=6, verbose_name="goes well with this")

    kind, kind_slug = "Film", "story"
    read_late = ("body", "talk", "transcript", "related")
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types = []
    required_to_publish = (
        "summary",
        "length",
        "captions",
        "consent",
        "body",
        "transcript",
        "items",
        "steward",
        "deputy",
        "reviewed_on",
        "next_review",
    )
    search_fields = [*HubPage.search_fields, *(index.SearchField(name) for name in ("body", "talk", "transcript"))]

    edit_handler = panels.tabs(
        "The film",
        [
            *head("Show a team what the approach looks like."),
            FieldPanel("watch_at"),
            FieldRowPanel([FieldPanel("length"), FieldPanel("captions")]),
            FieldPanel("consent"),
            FieldPanel("body"),
            FieldPanel("talk"),
            FieldPanel("transcript"),
            FieldPanel("related"),
        ],
        fitting=panels.fits(Vocabulary.NEED, Vocabulary.METHOD),
    )

    class Meta:
        verbose_name = "film"

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "reading": FilmReading(self, request)}
