"""What people mean to do, what the hub did with what they said, and figures that are quoted from elsewhere."""

import uuid

from django.conf import settings
from django.db import models

from feedback.models.surveys import Survey


class Pledge(models.Model):
    """Something a person means to do. Private; on the wall only if they share it and an organiser has read it."""

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        PART = "part", "Partly done"
        NOT_YET = "not-yet", "Not yet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pledges")
    survey = models.ForeignKey(Survey, null=True, blank=True, on_delete=models.SET_NULL, related_name="pledges")
    text = models.CharField(max_length=280)
    shared = models.BooleanField("show it on the pledge wall", default=False)
    show_name = models.BooleanField("with my name", default=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField("how is it going?", max_length=10, choices=Outcome, blank=True)
    declined_because = models.CharField("why it is not on the wall", max_length=200, blank=True)
    made_on = models.DateField()
    asked_back_at = models.DateTimeField("given back after six weeks", null=True, blank=True)
    asked_again_at = models.DateTimeField("asked after twelve weeks", null=True, blank=True)

    class Meta:
        ordering = ["-made_on", "id"]

    def __str__(self):
        return self.text


class YouSaid(models.Model):
    """What people said and what was done about it: shown beside the results."""

    survey = models.ForeignKey(
        Survey,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="you_said",
        help_text="Who may read the page of the event reads this, partners too. Without a form: council staff alone.",
    )
    said = models.CharField("you said", max_length=300)
    did = models.CharField("we did", max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField("date")

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "you said, we did"
        verbose_name_plural = "you said, we did"

    def __str__(self):
        return self.said


class Claim(models.Model):
    """A figure as it was reported elsewhere: quoted with its source, never worked out anew."""

    figure = models.CharField(max_length=40, help_text="As it was reported, such as 94%.")
    words = models.CharField(max_length=250, help_text="What it says, in the words of the source.")
    source = models.CharField(max_length=200)
    base = models.CharField(max_length=120, blank=True, help_text="Of how many. Empty: the base was not recorded.")
    reported_on = models.DateField("date")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["-reported_on", "pk"]

    def __str__(self):
        return f"{self.figure}: {self.words}"

    @property
    def base_in_words(self) -> str:
        return self.base or "as reported at the time; base not recorded"
