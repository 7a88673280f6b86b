"""What the hub tells people, kept until it has been told."""

from datetime import timedelta

from django.db import models

from notices.reminder_models import PutAway, Reminder
from notices.told_models import Told

__all__ = ["OutgoingMail", "OutgoingMailQuerySet", "PutAway", "Reminder", "Told"]


CLAIM = timedelta(minutes=5)
"""How long a letter is in the hands of whoever is sending it; after that they must have died."""


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, now):
        """Not sent yet, not given up, its next try not in the future, and in nobody's hands."""
        # A claim of a day that is still to come (`run_jobs --at`, killed) holds nobody up today.
        another_day = now + timedelta(days=1)
        free = models.Q(claimed_until=None) | models.Q(claimed_until__lte=now) | models.Q(claimed_until__gt=another_day)
        return self.filter(free, state=OutgoingMail.State.WAITING, next_try__lte=now)

    def not_sent(self):
        """Still here with its words: waiting for its next try, or given up."""
        return self.exclude(state=OutgoingMail.State.SENT)


class OutgoingMail(models.Model):
    """One e-mail, written in the same transaction as the thing it tells of, and sent after the commit."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent"
        GIVEN_UP = "given-up", "Given up after several tries"

    kind = models.CharField(max_length=60, help_text="What the message is about, such as password_reset_key.")
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True, help_text="REQUEST or CANCEL, where files go along.")
    calendar_files = models.JSONField(default=list, blank=True, help_text="Each a whole iCalendar file of one date.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(
        default=0, help_text="Tries after which the mail server had the letter and did not say that it took it."
    )
    next_try = models.DateTimeField()
    gives_up_at = models.DateTimeField(null=True, blank=True, help_text="When trying ends; set by the first failure.")
    claimed_until = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True, help_text="Of whoever is sending it at this moment.")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "next_try"], name="mail_due")]

    def __str__(self):
        return f"{self.kind} ({self.get_state_display()})"
