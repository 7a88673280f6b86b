"""Papers that take too long to be drawn while somebody waits: badges and lists to sign, for hundreds."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.session import Session, SessionDate


class Paper(models.Model):
    """One paper that was asked for. A job draws it (`events/papers/drawing.py`); it is deleted after a day.

    It is kept in the database and not as a file, so that whoever may not see the desk can reach it nowhere.
    """

    class Kind(models.TextChoices):
        SHEET = "sheet", "Attendance sheet"
        BADGES = "badges", "Badges"

    class State(models.TextChoices):
        ASKED = "asked", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be made"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="papers")
    date = models.ForeignKey(
        SessionDate, null=True, blank=True, on_delete=models.CASCADE, related_name="papers", help_text="Of a sheet."
    )
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    # Set by whoever draws it now: a job that was killed leaves it behind, and the next one takes over.
    begun_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    file = models.BinaryField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "kind"], condition=Q(date__isnull=False), name="one_sheet_of_a_date"
            ),
            models.UniqueConstraint(fields=["session", "kind"], condition=Q(date=None), name="one_paper_of_a_session"),
            models.CheckConstraint(
                condition=(Q(kind="sheet") & Q(date__isnull=False)) | (~Q(kind="sheet") & Q(date=None)),
                name="a_sheet_is_of_a_date",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
