"""What goes for each kind of event: who learns who came, how feedback is given, how long names are kept."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from events.kinds import EventKind
from practice.editions import Kept


class KindRules(models.Model):
    """The rules of one kind of event, for a council to change in the CMS."""

    class Attendance(models.TextChoices):
        NAMED = "named", "By name: organisers and managers see who came"
        ORGANISER = "organiser", "By name, for organisers only"
        COUNTED = "counted", "Heads are counted, never names"

    class Feedback(models.TextChoices):
        NAMED = "named", "Named"
        CONFIDENTIAL = "confidential", "Confidential: organisers can see who wrote what"
        ANONYMOUS = "anonymous", "Anonymous: nobody can"

    kind = models.CharField("kind of event", max_length=20, choices=EventKind, unique=True)
    attendance = models.CharField("who came", max_length=10, choices=Attendance, default=Attendance.NAMED)
    feedback = models.CharField("feedback", max_length=12, choices=Feedback, default=Feedback.ANONYMOUS)
    closed_group = models.BooleanField(
        default=False, help_text="A small circle that stays the same: no percentages are published."
    )
    keep_months = models.PositiveSmallIntegerField(
        "months that names are kept",
        default=36,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="After the last date. Then the bookings stay as numbers, without people.",
    )

    class Meta:
        ordering = ["kind"]
        verbose_name = "rules of a kind of event"
        verbose_name_plural = "rules of kinds of event"

    def __str__(self):
        return self.get_kind_display()

    @property
    def counts_heads(self) -> bool:
        return self.attendance == self.Attendance.COUNTED

    @property
    def managers_see(self) -> bool:
        """Whether a manager may know that somebody of the team has booked or come."""
        return self.attendance == self.Attendance.NAMED


def kinds_managers_know() -> models.QuerySet:
    """The kinds of which a manager may know who has booked or come, for a query. A kind without rules is none of
    them: the one place that says so beside `KindRules.managers_see`."""
    return KindRules.objects.filter(attendance=KindRules.Attendance.NAMED).values("kind")


def rules_of(kind: str) -> KindRules:
    """The rules of that kind; the most private ones where none are written down."""
    return KindRules.objects.filter(kind=kind).first() or _private(kind)


def rules_as_drawn(kind: str, edition: int) -> KindRules:
    """The same for a page that is drawn: kept by the process until the content's edition changes, as these rules do."""
    return _kept.get(edition).get(kind) or _private(kind)


def _private(kind: str) -> KindRules:
    return KindRules(kind=kind, attendance=KindRules.Attendance.COUNTED, feedback=KindRules.Feedback.ANONYMOUS)


_kept = Kept(lambda: {rules.kind: rules for rules in KindRules.objects.all()})
