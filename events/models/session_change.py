"""What people know of a session, and how that came: every line of a booking that tells of a change leads here."""

from django.db import models

from events.models.session import Session


class SessionChange(models.Model):
    """A change of what people go by: a date moved or added, another room, another name, another way in.

    The last one of a session holds what people know of it; the first may have no `before`, and tells nobody.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField(null=True)
    after = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Change of {self.session}"
