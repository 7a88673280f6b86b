"""Which text of a page somebody has approved for everybody to read, without signing in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class PublicApproval(models.Model):
    """One "yes, the public may read this": of one text, by one person, on one day.

    It names the published revision that was read. Another text has another revision, so the approval lapses by itself
    the moment a change is published; nothing has to notice.
    """

    page = models.ForeignKey("pages.HubPage", on_delete=models.CASCADE, related_name="public_approvals")
    # A purged revision can vouch for nothing: without one the approval holds for no text.
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("approve_public", "Approve pages for the public")]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(ended_at=None), name="one_approval_for_the_public_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.page_id} for the public, {self.approved_at:%Y-%m-%d}"


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
