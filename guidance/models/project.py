"""A project or pilot of the programme of change: how it stands, who owns it, when that was last said."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from guidance.models.text import GuidanceText, editor
from pages.editing import panels
from pages.models import HubPage
from pages.publishing.stewardship import ReviewState
from pages.wording import day


class Status(models.TextChoices):
    """Where a project stands."""

    PLANNED = "planned", "Planned"
    UNDER_WAY = "under-way", "Under way"
    PAUSED = "paused", "Paused"
    FINISHED = "finished", "Finished"


KEEPING = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("steward"), FieldPanel("deputy")]),
            FieldPanel("audience"),
            FieldPanel("source_statement"),
            FieldPanel("licence_statement"),
        ],
        heading="Kept up to date by",
    ),
    *(panel for panel in panels.keeping_panels if panel is not panels.stewardship),
]
"""As for every page, without the days of a review: the last update and how often it is promised make them."""


class ProjectPage(GuidanceText):
    """One project. Its next update is due so many days after the last, and what is overdue is marked everywhere."""

    status = models.CharField("how it stands", max_length=10, choices=Status, blank=True)
    updated_on = models.DateField("last update on", null=True, blank=True)
    update = models.TextField(
        "last update", max_length=600, blank=True, help_text="What has happened, what comes next, what gets in the way."
    )
    update_every = models.PositiveSmallIntegerField(
        "days until the next update",
        default=30,
        validators=[MinValueValidator(7), MaxValueValidator(180)],
        help_text="Later than this, the page is marked as overdue. Nothing is due of what is finished.",
    )

    kind = "Project"
    template = "guidance/project_page.html"
    required_to_publish = ("summary", "body", "status", "updated_on", "update", "steward", "deputy")
    search_fields = [*GuidanceText.search_fields, index.SearchField("update")]
    reading_class = "guidance.project_reading.ProjectReading"
    edit_handler = editor(
        "The project",
        FieldPanel("status"),
        FieldRowPanel([FieldPanel("updated_on"), FieldPanel("update_every")]),
        FieldPanel("update"),
        keeping=KEEPING,
    )

    class Meta:
        verbose_name = "project"

    def clean(self):
        self._due_after_the_last_update()
        super().clean()
        if self.updated_on and self.updated_on > timezone.localdate():
            raise ValidationError({"updated_on": "This day is still to come. When was it last said how it stands?"})

    def save(self, *args, **kwargs):
        self._due_after_the_last_update()
        return super().save(*args, **kwargs)

    def _due_after_the_last_update(self) -> None:
        """The dates of the base page, by which lists, cards and reports tell what is overdue."""
        goes_on = self.updated_on and self.status != Status.FINISHED
        self.reviewed_on = self.updated_on
        self.next_review = self.updated_on + timedelta(days=self.update_every) if goes_on else None

    def state(self, today: date) -> ReviewState:
        return self.state_on_card(self, today)

    @staticmethod
    def state_on_card(page: HubPage, today: date) -> ReviewState:
        """As of every page, in the words of a project: an update is due, not a review."""
        found = HubPage.state(page, today)
        if found.slug in ("withdrawn", "archived"):
            return found
        if page.next_review is None:
            return ReviewState("current", "No update is due")
        if found.slug == "overdue":
            return ReviewState("overdue", f"Update was due on {day(page.next_review)}")
        # Every update is due within a month or so: to say so on every card would say nothing.
        return ReviewState("current", f"Next update by {day(page.next_review)}")
