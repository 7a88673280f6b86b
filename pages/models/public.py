"""Which pages somebody may read without signing in, by whom and when that was approved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Revision

from pages.models.hub_page import HubPage


class PublicApproval(models.Model):
    """That this page, as it reads in this revision, may be read by anybody. A changed text is approved anew.

    Nothing is overwritten: an approval that ended stays, with who ended it.
    """

    page = models.ForeignKey(HubPage, on_delete=models.CASCADE, related_name="public_approvals")
    # A revision that was purged can vouch for no text any more; that somebody approved it stays to be seen.
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-approved_at", "-pk"]
        default_permissions = ()
        permissions = [("approve_public", "Approve pages for everybody")]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(ended_at=None), name="one_public_approval_of_a_page")
        ]

    def __str__(self):
        return f"{self.page.title}, public since {timezone.localdate(self.approved_at)}"


class PublicFile(models.Model):
    """A picture or document of the approved text: it was seen with it, so it is let through with it.

    `file_hash` is that of the file that was seen. Another file under the same number has not been approved.
    """

    approval = models.ForeignKey(PublicApproval, on_delete=models.CASCADE, related_name="files")
    image = models.ForeignKey("assets.HubImage", null=True, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey("assets.HubDocument", null=True, on_delete=models.CASCADE, related_name="+")
    file_hash = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(image=None, document__isnull=False) | Q(image__isnull=False, document=None),
                name="a_public_file_is_one_thing",
            )
        ]

    def __str__(self):
        return str(self.image or self.document)
