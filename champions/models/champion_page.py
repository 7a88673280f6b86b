"""A champion's profile: an offer of help with one part of practice, by a named colleague, until a named day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import PROSE, RELATED, WordsBlock
from pages.editing import panels
from pages.editing.forms import HubPageForm
from pages.models import HubPage
from pages.publishing.stewardship import DUE_SOON, ReviewState, review_state
from pages.wording import day
from practice.models import Vocabulary

ONE_DAY = timedelta(days=1)
STALE_AFTER = timedelta(days=183)
"""A profile that nobody has confirmed for half a year hides: an offer that does not hold costs trust."""
TEXT = [*PROSE, ("words", WordsBlock())]

ages = MultiFieldPanel([FieldRowPanel([FieldPanel("age_min"), FieldPanel("age_max")])], heading="Ages they know best")

keeping_panels = [
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("steward", help_text="Who answers for the profile being right: as a rule the champion."),
                    FieldPanel("deputy", heading="Stand-in", help_text="Whom to ask when the champion is away."),
                ]
            ),
            FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review")]),
            FieldPanel("audience"),
        ],
        heading="Kept up to date by",
    ),
    MultiFieldPanel([FieldPanel("tags"), FieldPanel("also_typed")], heading="Finding it"),
]
"""As for every page, without the panel to withdraw it by hand: the end of the term does that."""


class ChampionForm(HubPageForm):
    """A profile is not published when its term is over: nobody would find it."""

    def clean(self):
        cleaned = super().clean()
        ends = cleaned.get("term_ends")
        if ends and ends < timezone.localdate() and not self.is_deferred_validation:
            self.add_error("term_ends", "That day has passed, so nobody would see the profile. Choose a later one.")
        return cleaned


class ChampionPage(HubPage):
    """One champion. The day after the term is the day the page is withdrawn, so that lists and search need no rule."""

    person = models.ForeignKey(
        "people.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="champion_profiles",
        verbose_name="account",
        help_text="Readers of the profile see the work e-mail address of this account, so that they can ask.",
    )
    topics = models.TextField(
        blank=True, help_text="What they know well, one topic on each line, in a few words: Children under 8."
    )
    team_name = models.CharField("team", max_length=120, blank=True)
    most_open = models.PositiveSmallIntegerField(
        "questions at once",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text="With so many unanswered, the form sends people to the stand-in and says when there is room again.",
    )
    away_from = models.DateField("away from", null=True, blank=True, help_text="The stand-in is shown on these days.")
    away_until = models.DateField("away until", null=True, blank=True)
    hours = models.CharField(
        "when to reach them", max_length=160, blank=True, help_text="Such as: Drop-in on Tuesdays, 12.30pm to 1.30pm."
    )
    term_ends = models.DateField(
        "champion until", null=True, blank=True, help_text="The last day. The day after, the profile is on no list."
    )
    ask_me = StreamField(
        TEXT,
        blank=True,
        verbose_name="what to ask me",
        help_text="Questions that are welcome, as people would ask them.",
    )
    about = StreamField(
        TEXT, blank=True, verbose_name="how I can help", help_text="What happens when somebody asks, and what does not."
    )
    related = StreamField(RELATED, blank=True, max_num=6, verbose_name="what I use most")

    kind, kind_slug = "Champion", "champion"
    reading_class = "champions.reading.ChampionReading"
    read_late = ("ask_me", "about", "related")
    parent_page_types = ["champions.ChampionIndexPage"]
    subpage_types = []
    required_to_publish = (
        "summary",
        "person",
        "topics",
        "team_name",
        "hours",
        "term_ends",
        "ask_me",
        "about",
        "items",
        "steward",
        "deputy",
        "reviewed_on",
        "next_review",
    )
    search_fields = [
        *HubPage.search_fields,
        *(index.SearchField(name) for name in ("topics", "team_name", "hours", "ask_me", "about")),
    ]

    content_panels = [
        TitleFieldPanel("title", help_text="First name, initial and topic: Amina K., direct work champion (north)."),
        FieldPanel(
            "summary",
            heading="Offer",
            help_text="One sentence of at most 160 characters that begins with a verb: Ask about work with babies.",
        ),
        FieldPanel("person"),
        FieldPanel("topics"),
        FieldRowPanel([FieldPanel("team_name"), FieldPanel("hours")]),
        FieldPanel("term_ends"),
        MultiFieldPanel(
            [FieldPanel("most_open"), FieldRowPanel([FieldPanel("away_from"), FieldPanel("away_until")])],
            heading="Room for questions",
        ),
        FieldPanel("ask_me"),
        FieldPanel("about"),
        FieldPanel("related"),
    ]
    edit_handler = panels.tabs(
        "The champion",
        content_panels,
        fitting=[ages, *panels.fits(Vocabulary.METHOD, Vocabulary.NEED, Vocabulary.WITH, Vocabulary.ROLE)],
        keeping=keeping_panels,
        form=ChampionForm,
    )

    class Meta:
        verbose_name = "champion"

    def clean(self):
        self._hide_in_time()
        super().clean()
        if self.away_until and (not self.away_from or self.away_until < self.away_from):
            raise ValidationError({"away_until": "Give the first day too; the last cannot be before it."})
        if self.away_from and not self.away_until:
            raise ValidationError({"away_until": "Say until when, so that people know when to ask again."})

    def save(self, *args, **kwargs):
        self._hide_in_time()
        return super().save(*args, **kwargs)

    def _hide_in_time(self) -> None:
        """The profile hides by itself after the term, and when nobody has said for half a year that it still holds."""
        ends = self.term_ends + ONE_DAY if self.term_ends else None
        stale = self.reviewed_on + STALE_AFTER if self.reviewed_on else None
        self.withdrawn_on = min(filter(None, (ends, stale)), default=None)

    def is_away(self, today: date) -> bool:
        return bool(self.away_from and self.away_until and self.away_from <= today <= self.away_until)

    @property
    def topic_list(self) -> list[str]:
        return [line.strip() for line in self.topics.splitlines() if line.strip()]

    def state(self, today: date) -> ReviewState:
        return self.state_on_card(self, today)

    @staticmethod
    def state_on_card(page: HubPage, today: date) -> ReviewState:
        """That the term has ended or soon does, or that nobody has confirmed the profile; or else its review."""
        if page.withdrawn_on and page.reviewed_on and page.withdrawn_on == page.reviewed_on + STALE_AFTER:
            if page.withdrawn_on <= today:
                return ReviewState("withdrawn", f"Not confirmed since {day(page.reviewed_on)}")
            return review_state(next_review=page.next_review, withdrawn_on=None, today=today)
        if page.withdrawn_on and (ends_on := page.withdrawn_on - ONE_DAY) <= today + DUE_SOON:
            if ends_on < today:
                return ReviewState("withdrawn", f"Term ended on {day(ends_on)}")
            return ReviewState("due", "Term ends today" if ends_on == today else f"Term ends on {day(ends_on)}")
        return review_state(next_review=page.next_review, withdrawn_on=None, today=today)
