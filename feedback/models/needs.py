"""Who would like to learn what next: a list of names beside the answers, never made of them."""

from django.conf import settings
from django.db import models

from feedback.models.questions import LearningNeed


class NeedInterest(models.Model):
    """Somebody who asked to be told when there is a date for this need. It holds a day and no time: nobody can be
    matched with an anonymous answer that came in at the same minute."""

    need = models.ForeignKey(LearningNeed, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="need_interests")
    since = models.DateField()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["need", "person"], name="one_interest_in_a_need")]

    def __str__(self):
        return f"{self.person}: {self.need}"
