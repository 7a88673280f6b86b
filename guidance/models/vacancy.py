"""A post that is open until its closing date, and then gone from every list without anybody doing anything."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from guidance.models.text import GuidanceText, editor
from pages.editing import panels
from pages.editing.forms import HubPageForm
from pages.models import HubPage
from pages.publishing.stewardship import ReviewState
from pages.wording import day

ONE_DAY = timedelta(days=1)


class VacancyForm(HubPageForm):
    """A vacancy is not published on a day on which nobody would see it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("closing_date"):
            field.error_messages["required"] = "Choose the last day to apply. The vacancy goes by itself."

    def clean(self):
        cleaned = super().clean()
        closing = cleaned.get("closing_date")
        if closing and closing < timezone.localdate() and not self.is_deferred_validation:
            self.add_error("closing_date", "That day has passed, so nobody would see the vacancy. Choose a later one.")
        return cleaned


class VacancyPage(GuidanceText):
    """One vacancy. The day after it closes it is withdrawn, so that lists and search need no rule of their own."""

    closing_date = models.DateField(
        "closes on", null=True, blank=True, help_text="The last day to apply. The day after, the page is on no list."
    )
    interviews_on = models.DateField("interviews on", null=True, blank=True)
    team_name = models.CharField("team", max_length=120, blank=True)
    pay = models.CharField(max_length=120, blank=True, help_text="Grade, and pay as it will be advertised.")
    hours = models.CharField(max_length=120, blank=True, help_text="Such as: Full time, 37 hours; part time welcome.")
    apply_url = models.URLField("where to apply", max_length=500, blank=True)

    kind, kind_plural = "Vacancy", "Vacancies"
    can_be_public = True
    template = "guidance/vacancy_page.html"
    required_to_publish = ("summary", "body", "closing_date", "steward")
    reading_class = "guidance.vacancy_reading.VacancyReading"
    edit_handler = editor(
        "The vacancy",
        FieldRowPanel([FieldPanel("closing_date"), FieldPanel("interviews_on")]),
        FieldRowPanel([FieldPanel("team_name"), FieldPanel("pay"), FieldPanel("hours")]),
        FieldPanel("apply_url"),
        # Without the panel to withdraw it by hand: its closing date does that.
        keeping=[panel for panel in panels.keeping_panels if panel is not panels.withdrawal],
        form=VacancyForm,
    )

    class Meta:
        verbose_name = "vacancy"
        verbose_name_plural = "vacancies"

    def serve(self, request, *args, **kwargs):
        if self.state(self.today()).slug == "withdrawn" and not getattr(request, "is_preview", False):
            return self.read(request).closed(request)
        return super().serve(request, *args, **kwargs)

    def clean(self):
        self._gone_after_closing()
        super().clean()

    def save(self, *args, **kwargs):
        self._gone_after_closing()
        return super().save(*args, **kwargs)

    def _gone_after_closing(self) -> None:
        self.withdrawn_on = self.closing_date + ONE_DAY if self.closing_date else None

    def state(self, today: date) -> ReviewState:
        return self.state_on_card(self, today)

    @staticmethod
    def state_on_card(page: HubPage, today: date) -> ReviewState:
        """Open until when, or closed since when, in place of a review."""
        if page.withdrawn_on is None:
            return ReviewState("current", "No closing date set")
        closes_on = page.withdrawn_on - ONE_DAY
        if closes_on < today:
            return ReviewState("withdrawn", f"Closed on {day(closes_on)}")
        return ReviewState("due", "Closes today" if closes_on == today else f"Closes on {day(closes_on)}")
