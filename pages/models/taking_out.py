"""That words about a child were taken out of the hub, without the words."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class TakingOut(models.Model):
    """Who took something out, when, why, and out of how many places of each kind. What it was is not kept."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    because = models.CharField("why", max_length=200)
    places = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.number} places on {timezone.localdate(self.at)}"

    @property
    def number(self) -> int:
        return sum(self.places.values())
