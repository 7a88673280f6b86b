"""What colleagues say of a policy while it is open for comment."""

import uuid

from django.conf import settings
from django.db import models


class PolicyComment(models.Model):
    """One person's comment on what a policy proposes. It can be changed until the window closes.

    `opened_on` is the first day of the window it was made in, so that a window may be made longer and a later one of
    the same policy begins anew.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("guidance.PolicyPage", on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="policy_comments")
    opened_on = models.DateField()
    text = models.TextField("your comment")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "person", "opened_on"], name="one_comment_of_a_person_in_a_window")
        ]

    def __str__(self):
        return f"{self.person} on {self.page_id}"
