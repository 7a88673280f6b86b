"""Pictures and files of the hub."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class HubImage(AbstractImage):
    """A picture in the library. Its description is what somebody who cannot see it is told."""

    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made it and under which licence, for example: Our own drawing."
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")


class HubRendition(AbstractRendition):
    """A size of a picture, made on demand and served only to people who are signed in."""

    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class HubDocument(AbstractDocument):
    """A file that people can download, such as a printable sheet."""

    credit = models.CharField(max_length=200, blank=True, help_text="Who made it and under which licence.")

    admin_form_fields = (*Document.admin_form_fields, "credit")
