"""A piece of research as a practitioner can use it: what it says, what it means on a visit, how far to trust it."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import PROSE, RELATED, WordsBlock
from pages.editing import panels
from pages.models import EvidenceBasis, HubPage
from practice.models import Vocabulary

RATING = {
    "rating": "Copy the rating as it was published.",
    "rating_scale": "Say on which scale: without it nobody knows whether 3 is much.",
    "rating_source": "Say who rated it.",
    "rated_on": "Put in the day on which the rating was published.",
}
"""The four parts of a published rating, and what is said where one is missing."""


class ResearchPage(HubPage):
    """What was found, what it means on a visit, what was tested, and what that cannot tell us.

    The evidence basis is always named, and "tested, no clear benefit" is one of its values: a finding, not a gap.
    """

    plain_summary = StreamField(
        PROSE, blank=True, verbose_name="in plain words", help_text="What it says, for somebody with two minutes."
    )
    on_a_visit = StreamField(
        [*PROSE, ("words", WordsBlock())],
        blank=True,
        verbose_name="so what on a visit",
        help_text="What to do, say or stop doing because of it.",
    )
    tested = StreamField(
        PROSE, blank=True, verbose_name="what was tested", help_text="Who took part, what was compared, and how."
    )
    limits = StreamField(
        PROSE,
        blank=True,
        verbose_name="what it cannot tell us",
        help_text="Where it may not hold: other families, other places, what was not measured.",
    )
    evidence_basis = models.CharField("what it rests on", max_length=20, choices=EvidenceBasis, blank=True)

    authors = models.CharField(
        max_length=250, blank=True, help_text="As a report would name them: Wilkins, D. and others."
    )
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    source_title = models.CharField("title of the original", max_length=250, blank=True)
    published_in = models.CharField(
        max_length=250, blank=True, help_text="Journal with volume and pages, or who published it."
    )
    link = models.URLField("link to the original", max_length=500, blank=True)
    link_checked_on = models.DateField(
        "link checked on", null=True, blank=True, help_text="The day on which you last opened it and it worked."
    )
    login_note = models.CharField(
        "signing in there",
        max_length=200,
        blank=True,
        help_text="What a reader needs to get in, for example: Free with our library subscription; ask the library.",
    )
    rating = models.CharField(
        "published rating",
        max_length=120,
        blank=True,
        help_text="Word for word, such as: Tested, no clear benefit. Leave all four empty where nobody has rated it.",
    )
    rating_scale = models.CharField(
        "on which scale", max_length=160, blank=True, help_text="Its name and its ends, such as: 0 to 5, five is best."
    )
    rating_source = models.CharField("who rated it", max_length=160, blank=True)
    rated_on = models.DateField("rating published on", null=True, blank=True)
    related = StreamField(
        RELATED,
        blank=True,
        max_num=6,
        verbose_name="put it to use",
        help_text="Tools and other pages that build on it.",
    )

    kind, kind_slug, kind_plural = "Research", "research", "Research"
    reading_class = "research.reading.ResearchReading"
    read_late = ("plain_summary", "on_a_visit", "tested", "limits", "related")
    parent_page_types = ["research.ResearchIndexPage"]
    subpage_types = []
    required_to_publish = (
        "summary",
        "plain_summary",
        "on_a_visit",
        "tested",
        "limits",
        "evidence_basis",
        "source_title",
        "items",
        "steward",
        "deputy",
        "reviewed_on",
        "next_review",
    )

    search_fields = HubPage.search_fields + [
        index.SearchField(name)
        for name in ("plain_summary", "on_a_visit", "tested", "limits", "authors", "source_title", "published_in")
    ]

    content_panels = [
        TitleFieldPanel("title", help_text="The question or topic, in the words people use. Sentence case."),
        FieldPanel(
            "summary",
            heading="Purpose",
            help_text="One sentence of at most 160 characters that begins with a verb: See what helps children talk.",
        ),
        FieldPanel("evidence_basis"),
        FieldPanel("plain_summary"),
        FieldPanel("on_a_visit"),
        FieldPanel("tested"),
        FieldPanel("limits"),
        FieldPanel("related"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("authors"), FieldPanel("year")]),
                FieldPanel("source_title"),
                FieldPanel("published_in"),
                FieldRowPanel([FieldPanel("link"), FieldPanel("link_checked_on")]),
                FieldPanel("login_note"),
            ],
            heading="The original",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("rating"), FieldPanel("rating_scale")]),
                FieldRowPanel([FieldPanel("rating_source"), FieldPanel("rated_on")]),
            ],
            heading="Rating that somebody published",
        ),
    ]
    edit_handler = panels.tabs(
        "The research",
        content_panels,
        fitting=panels.fits(Vocabulary.NEED, Vocabulary.METHOD, Vocabulary.WITH, Vocabulary.STAGE, Vocabulary.THEME),
    )

    class Meta:
        verbose_name = "research summary"

    def clean(self):
        super().clean()
        errors = {}
        if self.link and not self.link_checked_on:
            errors["link_checked_on"] = "Open the link, and put in the day on which you did."
        elif self.link_checked_on and self.link_checked_on > timezone.localdate():
            errors["link_checked_on"] = "That day has not come yet. Put in the day on which you last opened the link."
        errors |= self._rating_errors()
        if self.year and self.year > timezone.localdate().year + 1:
            errors["year"] = "That year has not come yet."
        if errors:
            raise ValidationError(errors)

    def _rating_errors(self) -> dict[str, str]:
        """A rating is copied whole or not at all: without its scale, its source and its day it says nothing."""
        told = {name: getattr(self, name) for name in RATING}
        errors = {}
        if any(told.values()):
            errors = {name: RATING[name] for name, value in told.items() if not value}
        if self.rated_on and self.rated_on > timezone.localdate():
            errors["rated_on"] = "That day has not come yet."
        return errors
