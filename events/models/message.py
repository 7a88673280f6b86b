"""What an organiser writes to everybody of a session."""

import uuid

from django.conf import settings
from django.db import models

from events.models.session import Session
from events.states import HELD, State


class SessionMessage(models.Model):
    """One message to many: a job writes each person's mail. The key comes from the form, so twice is once."""

    class To(models.TextChoices):
        PLACED = "placed", "Everyone with a place"
        QUEUE = "queue", "Everyone in the queue"
        ALL = "all", "Both"

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="messages")
    to = models.CharField(max_length=10, choices=To, default=To.PLACED)
    subject = models.CharField(max_length=150)
    text = models.TextField(max_length=5000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.subject

    @property
    def states(self) -> tuple[str, ...]:
        """The states of a booking that it goes to."""
        return {self.To.PLACED: HELD, self.To.QUEUE: (State.WAITING,), self.To.ALL: (*HELD, State.WAITING)}[self.to]
