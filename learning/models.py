"""What a person did with the hub: the time that the service protects for learning, and the steps of a programme."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from learning.wording import length

LONGEST_DAY = 24 * 60
"""Minutes that one entry can have: nobody learns for longer than a day."""


class TimeState(models.TextChoices):
    """What became of protected time. Lost is said without blame: it tells the service what gets in the way."""

    PLANNED = "planned", "Planned"
    TAKEN = "taken", "Taken"
    LOST = "lost", "Lost to work"


class TimeEntry(models.Model):
    """One piece of protected time of one person. Only they see it; managers see sums of a whole team.

    `source` names what wrote the row, such as "session-date:12", so that the same thing is never counted twice.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="time_entries")
    on = models.DateField("day")
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=TimeState)
    what = models.CharField(max_length=120)
    source = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "time entries"
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["person", "on"], name="time_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source"], condition=~Q(source=""), name="one_time_entry_of_a_source"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & Q(minutes__lte=LONGEST_DAY), name="time_entry_is_within_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.what}, {self.on}"

    @property
    def length(self) -> str:
        """1.5 hours."""
        return length(self.minutes)


class Enrolment(models.Model):
    """Somebody on a programme. Who leaves keeps what was done, and finds it again on coming back.

    The programme is a page; should it be deleted, the person still has its title and their own steps.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    programme = models.ForeignKey("pages.HubPage", null=True, on_delete=models.SET_NULL, related_name="enrolments")
    title = models.CharField(max_length=255)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["joined_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "programme"], name="one_enrolment_in_a_programme")]

    def __str__(self):
        return self.title


class StepDone(models.Model):
    """One milestone that somebody says they have done. `milestone` is the id of its block on the programme's page.

    The title is kept as it read then: editors may move, reword or take out a milestone, and nobody loses what they did.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="done")
    milestone = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    on = models.DateField("done on")
    ticked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "steps done"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "milestone"], name="one_tick_of_a_milestone")]

    def __str__(self):
        return self.title


class Attended(models.Model):
    """That somebody came to what a page tells of: an event writes it, a milestone that is tied to the page reads it.

    `source` names what wrote the row, such as "session-date:12", so that a correction takes it back.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attended")
    page = models.ForeignKey("pages.HubPage", on_delete=models.CASCADE, related_name="+")
    on = models.DateField("day")
    source = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "attended"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "source"], name="one_attended_of_a_source")]

    def __str__(self):
        return f"{self.page_id}, {self.on}"


class Understood(models.Model):
    """That somebody says they have read and understood one version of a page, such as this year's deal.

    A new version is asked anew; what was said of the one before stays on the person's record.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="understood")
    page = models.ForeignKey("pages.HubPage", null=True, on_delete=models.SET_NULL, related_name="understood")
    title = models.CharField(max_length=255)
    version = models.CharField(max_length=40)
    on = models.DateField("day")

    class Meta:
        verbose_name_plural = "understood"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "page", "version"], name="a_version_is_understood_once")
        ]

    def __str__(self):
        return f"{self.title}, {self.version}"


@register_setting(icon="time", order=130)
class LearningSettings(BaseGenericSetting):
    """How much time the service protects for each person's learning."""

    protected_minutes = models.PositiveSmallIntegerField(
        "protected minutes a month",
        default=120,
        validators=[MinValueValidator(15), MaxValueValidator(6000)],
        help_text="What each person can count on for learning and reflection, such as 120 for two hours.",
    )

    class Meta:
        verbose_name = "protected time"
