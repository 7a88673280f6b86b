from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey

from events.models.session import Session


class Breakout(models.Model):
    """A smaller room of a session, with places of its own; people rank those they would like."""

    session = ParentalKey(Session, on_delete=models.CASCADE, related_name="breakouts")
    title = models.CharField(max_length=120)
    capacity = models.PositiveIntegerField("places", validators=[MinValueValidator(1), MaxValueValidator(5000)])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "title"], name="one_breakout_of_a_title"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="breakout_has_a_place"),
        ]

    def __str__(self):
        return self.title
