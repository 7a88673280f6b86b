"""What a child, a young person or a care leaver agreed to when they let us tell their story."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class StoryConsent(models.Model):
    """One agreement, outside the page and its drafts: going back to an older draft never brings one back.

    It holds no name. Who agreed stands on the signed form; here is where that form is kept.
    """

    class GivenBy(models.TextChoices):
        """Who agreed, and so how."""

        YOUNG_PERSON = "young-person", "The young person, who understands what it means"
        BOTH = "both", "The child, and somebody with parental responsibility"
        CARE_LEAVER = "care-leaver", "The care leaver, as an adult"

    page = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="consents")
    given_by = models.CharField("who agreed", max_length=12, choices=GivenBy)
    agreed_on = models.DateField()
    ends_on = models.DateField()
    kept_at = models.CharField("where the signed form is kept", max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(ended_at=None), name="one_consent_of_a_story"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("agreed_on")), name="consent_ends_after_it_began"),
        ]

    def __str__(self):
        return f"{self.get_given_by_display()}, until {self.ends_on}"


class StoryReopening(models.Model):
    """A second person's word that a story whose consent ended is not that person's any more, as it reads now.

    It holds for exactly these words, and until somebody withdraws again.
    """

    page = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="reopenings")
    fingerprint = models.CharField(max_length=64)
    because = models.CharField("why it may be shown", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.page.title}, opened again on {timezone.localdate(self.at)}"
