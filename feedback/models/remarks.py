"""What a reader says of one page: that it was useful, or what is wrong with it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Remark(models.Model):
    """One reader's word to a page's owner. A second one of the same reader replaces the first while it is open."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for the page’s owner"
        PUT_RIGHT = "put-right", "Put right"
        NO_CHANGE = "no-change", "Left as it is"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("pages.HubPage", on_delete=models.CASCADE, related_name="remarks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="remarks")
    useful = models.BooleanField("was it useful?", null=True)
    wrong = models.CharField("what is wrong", max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reply = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "person"], condition=Q(state="open"), name="one_open_remark_of_a_reader"
            )
        ]

    def __str__(self):
        return self.wrong or ("Useful" if self.useful else "Not useful")

    @property
    def needs_an_answer(self) -> bool:
        return bool(self.wrong) and self.state == self.State.OPEN
