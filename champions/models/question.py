"""What people ask champions, and what becomes a tip on a tool."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from champions.models.champion_page import ChampionPage

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_TIP = 1500, 4000, 300


class ChampionQuestion(models.Model):
    """One question to one champion. Seen by whoever asked and by whoever answers, and by nobody else."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for an answer"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="questions_asked")
    # Who answers now: the champion, or the stand-in once it was passed on.
    # Nobody once that account was deleted: the answer stays with who asked.
    answerer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="questions_to_answer"
    )
    champion = models.ForeignKey(ChampionPage, null=True, on_delete=models.SET_NULL, related_name="questions")
    about = models.ForeignKey("pages.HubPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=LONGEST_QUESTION)
    answer = models.TextField(max_length=LONGEST_ANSWER, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    passed_on = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["answerer", "state"], name="questions_of_an_answerer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="a_closed_question_says_when",
            )
        ]

    def __str__(self):
        return f"Question of {timezone.localdate(self.asked_at)}"


class Tip(models.Model):
    """A champion's line on a tool: offered by the champion, shown once the tool's owner has read it."""

    class State(models.TextChoices):
        OFFERED = "offered", "Waiting for the tool’s owner"
        SHOWN = "shown", "On the tool"
        DECLINED = "declined", "Not taken"
        TAKEN_BACK = "taken-back", "Taken back"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    tool = models.ForeignKey("pages.HubPage", on_delete=models.CASCADE, related_name="tips")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="tips")
    question = models.OneToOneField(ChampionQuestion, null=True, on_delete=models.SET_NULL, related_name="tip")
    text = models.CharField(max_length=LONGEST_TIP)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    reason = models.CharField(max_length=200, blank=True)
    offered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-offered_at", "-pk"]

    def __str__(self):
        return self.text
