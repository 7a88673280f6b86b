"""Bite-size reminders: a line or two for some people, for some days, shown one at a time."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

LONGEST = 200
link_is_safe = RegexValidator(
    r"^(/(?![/\\])|https?://)\S*$", "Write an address of the hub that begins with /, or one that begins with https://."
)


class ReminderQuerySet(models.QuerySet):
    def showing(self, today: date):
        """Begun and not over on that day."""
        return self.filter(starts_on__lte=today, ends_on__gte=today)

    def meant_for(self, person):
        """Those whose audience this person belongs to: a role of theirs where roles are named, their team likewise."""
        roles = Q(roles=None) | Q(roles__name__in=person.roles)
        teams = Q(teams=None) | Q(teams=person.team_id) if person.team_id else Q(teams=None)
        return self.filter(roles).filter(teams).distinct()


class Reminder(models.Model):
    """One thing to keep in mind, such as: Add one note to your CPD record before Friday."""

    text = models.CharField(max_length=LONGEST, help_text=f"At most {LONGEST} characters. Nothing about a child.")
    link = models.CharField(max_length=500, blank=True, validators=[link_is_safe], help_text="Where to do it.")
    link_words = models.CharField("words of the link", max_length=60, blank=True, help_text="Such as: My CPD record.")
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    roles = models.ManyToManyField(
        "auth.Group", blank=True, related_name="+", help_text="Nobody chosen: people of every role."
    )
    teams = models.ManyToManyField(
        "people.Team",
        blank=True,
        related_name="+",
        help_text="None chosen: every team. With roles as well: people of these roles in these teams.",
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="reminder_ends_after_it_starts")
        ]

    def __str__(self):
        return self.text

    def clean(self):
        errors = {}
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = "The last day cannot come before the first."
        if self.link_words and not self.link:
            errors["link"] = "Write where the link leads, or take out its words."
        if errors:
            raise ValidationError(errors)

    def state(self, today: date) -> str:
        """Planned, showing or over."""
        if today < self.starts_on:
            return "Planned"
        return "Over" if today > self.ends_on else "Showing"


class PutAway(models.Model):
    """That somebody has read a reminder and does not want to see it again."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="put_away")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "put away"
        constraints = [models.UniqueConstraint(fields=["reminder", "person"], name="put_away_once")]

    def __str__(self):
        return str(self.reminder)
