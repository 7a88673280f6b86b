"""What colleagues suggest for the library: a tool they use, a story others could learn from."""

import uuid

from django.conf import settings
from django.db import models


class Suggestion(models.Model):
    """One suggestion, in its sender's words, with the draft that editors have of it.

    The words are kept here as well as in the draft: whoever wrote them can read them whatever becomes of it.
    """

    class Whose(models.TextChoices):
        """The question that has to be answered before anything of it may be published."""

        OURS = "ours", "I made it, or we in my team did"
        ADAPTED = "adapted", "We have changed something that somebody else made"
        PUBLISHED = "published", "Somebody else has published it"
        UNSURE = "unsure", "I do not know"

    class Credit(models.TextChoices):
        """Who is named on the page."""

        NAME = "name", "My name"
        TEAM = "team", "My team"
        NOBODY = "nobody", "Nobody"

    class State(models.TextChoices):
        WAITING = "waiting", "With the editors"
        PUBLISHED = "published", "On the hub"
        DECLINED = "declined", "Not taken"
        TAKEN_BACK = "taken-back", "Taken back"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suggestions")
    page = models.ForeignKey("pages.HubPage", null=True, on_delete=models.SET_NULL, related_name="suggestions")
    kind = models.CharField("what it is", max_length=20)
    title = models.CharField(max_length=120)
    purpose = models.CharField("what it is good for", max_length=160)
    words = models.JSONField(default=dict)
    whose = models.CharField("whose work it is", max_length=10, choices=Whose)
    source = models.CharField("where it comes from", max_length=250, blank=True)
    credit = models.CharField("who is named", max_length=10, choices=Credit)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField("why not", max_length=500, blank=True)
    sent_at = models.DateTimeField("sent")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["state", "sent_at"], name="suggestions_by_state")]

    def __str__(self):
        return self.title

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING
