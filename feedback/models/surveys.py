"""A form that is open for a time, who was asked, and what they said. An anonymous answer carries no person at all."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from feedback.models.questions import Question, QuestionSet


class Mode(models.TextChoices):
    """Who can tell who wrote what. The form says it at the top."""

    NAMED = "named", "Named"
    CONFIDENTIAL = "confidential", "Confidential"
    ANONYMOUS = "anonymous", "Anonymous"


class Survey(models.Model):
    """One form about one thing, such as a date of an event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.CharField(max_length=80, unique=True, help_text="What it is about, for programs: session:12.")
    title = models.CharField(max_length=250)
    page = models.ForeignKey(
        "pages.HubPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Of what it is about. Who may read the page may read what came of the answers.",
    )
    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="surveys")
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.ANONYMOUS)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    held_on = models.DateField()
    closed_group = models.BooleanField(default=False)
    summary = models.TextField(
        "summary that the group agreed", max_length=2000, blank=True, help_text="Instead of numbers, for closed groups."
    )

    class Meta:
        ordering = ["-held_on", "title"]

    def __str__(self):
        return self.title


class Invitation(models.Model):
    """Somebody who may answer, and whether they have. There is no time here: it would tell who wrote what.

    A person may go (they leave the council, or names have been kept long enough); the row stays, since it is counted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitations_to_answer"
    )
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="one_invitation_to_a_survey")]

    def __str__(self):
        return f"{self.survey} ({'answered' if self.answered else 'not answered'})"


class Response(models.Model):
    """What one person said. In anonymous surveys it names nobody, knows only the day, and stands in no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="responses")
    mode = models.CharField(max_length=12, choices=Mode)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="responses"
    )
    # The day of the survey, not of the answer, where answers are anonymous.
    answered_on = models.DateField()
    # False while an anonymous answer waits until enough wait together (see `feedback.answers.answering`).
    counted = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(mode="anonymous") | Q(person=None), name="an_anonymous_answer_names_nobody"
            )
        ]

    def __str__(self):
        return f"An answer to {self.survey}"


class Answer(models.Model):
    """What was said to one question: boxes by number from 1, or words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    boxes = models.JSONField(default=list, blank=True)
    not_applicable = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    redacted_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="one_answer_to_a_question")]

    def __str__(self):
        return self.text[:40] or str(self.boxes)
