"""Which pages somebody may read without signing in, by whom and when that was approved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Revision

from pages.models.hub_page import HubPage


class PublicApproval(models.Model):
    """That this page, as it reads in this revision, may be read by anybody. A changed text is approved anew.

    Nothing is overwritten: an approval that ended stays, with who ended it.
    """

    page = models.ForeignKey(HubPage, on_delete=models.CASCADE, related_name="public_approvals")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-approved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(ended_at=None), name="one_public_approval_of_a_page")
        ]

    def __str__(self):
        return f"{self.page.title}, public since {self.approved_at:%Y-%m-%d}"
