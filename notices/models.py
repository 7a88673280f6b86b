"""What the hub tells people, kept until it has been told."""

from django.db import models

from notices.reminder_models import PutAway, Reminder

__all__ = ["OutgoingMail", "OutgoingMailQuerySet", "PutAway", "Reminder"]


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, now):
        """Not sent yet, not given up, and its next try is not in the future."""
        return self.filter(state=OutgoingMail.State.WAITING, next_try__lte=now)

    def not_sent(self):
        """Still here with its words: waiting for its next try, or given up."""
        return self.exclude(state=OutgoingMail.State.SENT)


class OutgoingMail(models.Model):
    """One e-mail, written in the same transaction as the thing it tells of, and sent after the commit.

    `dedupe_key` is unique, so that a retry or a second worker cannot send the same message twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent"
        GIVEN_UP = "given-up", "Given up after several tries"

    kind = models.CharField(max_length=60, help_text="What the message is about, such as password_reset_key.")
    dedupe_key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True, help_text="REQUEST or CANCEL, where files go along.")
    calendar_files = models.JSONField(default=list, blank=True, help_text="Each a whole iCalendar file of one date.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "next_try"], name="mail_due")]

    def __str__(self):
        return f"{self.kind} ({self.get_state_display()})"
