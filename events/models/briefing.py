"""What a manager asks of organisers: somebody who comes and briefs the team."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from events.models.session import Session


class BriefingRequest(models.Model):
    """One team's wish for a briefing, from the asking to the answer (`events/briefings/briefing.py`)."""

    class State(models.TextChoices):
        ASKED = "asked", "Waiting for an answer"
        ACCEPTED = "accepted", "There is a date"
        DECLINED = "declined", "Not possible"
        WITHDRAWN = "withdrawn", "Withdrawn"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey("events.EventPage", on_delete=models.CASCADE, related_name="briefing_requests")
    team = models.ForeignKey("people.Team", on_delete=models.CASCADE, related_name="briefing_requests")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    wanted = models.CharField("dates that suit", max_length=500)
    people = models.PositiveSmallIntegerField(
        "how many people", validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField("what the organiser answered", max_length=300, blank=True)
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="briefing_requests"
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "team"], condition=Q(state="asked"), name="a_team_asks_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None) | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="what_is_answered_says_when",
            ),
        ]

    def __str__(self):
        return f"{self.event.title}, for {self.team}"
