"""A film that everybody can follow: with captions, with a transcript, and never starting by itself."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import RELATED
from pages.editing import panels
from pages.models import HubPage
from practice.models import Vocabulary
from stories.films.forms import FilmForm
from stories.films.needed import NotEverybodyCouldFollow, lacking
from stories.text import TEXT, head


class FilmPage(HubPage):
    """One film: what it shows, where to watch it, what to talk about, and a transcript that stands for it."""

    recording = models.ForeignKey(
        "assets.HubDocument",
        null=True,
        blank=True,
        # A film that is shown must not lose its file or its captions behind its editor's back.
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="the film",
        help_text="An MP4 or WebM file of at most 200 MB. It plays on the page and never starts by itself.",
    )
    captions_file = models.ForeignKey(
        "assets.HubDocument",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="A WebVTT file (.vtt) with all that is said and heard. With a film on the hub it is a must.",
    )
    captions_language = models.CharField(
        "language of the captions",
        max_length=12,
        default="en",
        validators=[RegexValidator(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z", "Give the code of one language, such as en.")],
        help_text="As a code: en for English, cy for Welsh, bfi for British Sign Language.",
    )
    poster = models.ForeignKey(
        "assets.HubImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="picture before it starts",
        help_text="Decoration only: choose one without words.",
    )
    watch_at = models.URLField(
        "where to watch it",
        max_length=500,
        blank=True,
        help_text="For a film on another site. It opens there, with captions of its own.",
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
    consent_until = models.DateField(
        "consent ends on",
        null=True,
        blank=True,
        help_text="After this day the film no longer plays here; its transcript stays. Empty if nobody is seen.",
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
    reading_class = "stories.films.reading.FilmReading"
    # They play at an address that asks for the consent of the people on it as well.
    served_apart = ("recording", "captions_file")
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
            MultiFieldPanel(
                [
                    FieldPanel("recording"),
                    FieldPanel("captions_file"),
                    FieldPanel("captions_language"),
                    FieldPanel("poster"),
                    FieldPanel("watch_at"),
                ],
                heading="The film itself",
                help_text="A file on the hub, or a link to where the film is. A file needs captions.",
            ),
            FieldRowPanel([FieldPanel("length"), FieldPanel("captions")]),
            FieldRowPanel([FieldPanel("consent"), FieldPanel("consent_until")]),
            FieldPanel("body"),
            FieldPanel("talk"),
            FieldPanel("transcript"),
            FieldPanel("related"),
        ],
        fitting=panels.fits(Vocabulary.NEED, Vocabulary.METHOD),
        form=FilmForm,
    )

    class Meta:
        verbose_name = "film"

    def clean(self):
        super().clean()
        if self.consent_until and self.consent_until < self.today() and self._is_new_day():
            raise ValidationError({"consent_until": "This day is past. Ask again, or leave the film out."})

    def _is_new_day(self) -> bool:
        """Whether the end of the consent is being set: one that has run out meanwhile keeps nobody from editing."""
        return not FilmPage.objects.filter(pk=self.pk, consent_until=self.consent_until).exists()

    def may_play(self, on: date) -> bool:
        """Whether the people on it still agree on that day."""
        return self.consent_until is None or on <= self.consent_until

    def why_not_live(self):
        return " ".join(lacking(self).values())

    def publish(self, revision, *args, **kwargs):
        """As Wagtail's, whoever asks for it and from where: raises `NotEverybodyCouldFollow`."""
        film = revision.as_object()
        if lacks := lacking(film):
            raise NotEverybodyCouldFollow(film.title, lacks)
        return super().publish(revision, *args, **kwargs)
