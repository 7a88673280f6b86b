"""That two people have read a story for anybody who might be recognised, before it goes live."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class StoryCheck(models.Model):
    """One reading of one text. The fingerprint is of the words: a changed story is read anew, a moved one is not."""

    page = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="checks")
    fingerprint = models.CharField(max_length=64)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "fingerprint"], name="one_check_of_a_text"),
            models.CheckConstraint(condition=~Q(approved_by=F("checked_by")), name="two_people_read_a_story"),
        ]

    def __str__(self):
        return f"{self.page.title}, checked on {timezone.localdate(self.checked_at)}"
