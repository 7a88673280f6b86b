"""Pictures and files of the hub."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index


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
    """A file that people can download, such as a printable sheet. It is searched by the words inside it as well."""

    class ReadingState(models.TextChoices):
        """How far the words inside have come into search."""

        WAITING = "waiting", "Waiting to be read"
        READ = "read", "Searchable inside"
        NOT_SEARCHABLE = "not-searchable", "Not searchable inside"

    credit = models.CharField(max_length=200, blank=True, help_text="Who made it and under which licence.")
    # Written by `assets.extraction` alone; `read_hash` is that of the file whose words these are.
    extracted_text = models.TextField(blank=True, editable=False)
    reading_state = models.CharField(max_length=16, choices=ReadingState, default=ReadingState.WAITING, editable=False)
    reading_note = models.CharField("why it is not searchable", max_length=200, blank=True, editable=False)
    read_hash = models.CharField(max_length=40, blank=True, editable=False)
    reading_since = models.DateTimeField(null=True, blank=True, editable=False)
    reading_tries = models.PositiveSmallIntegerField(default=0, editable=False)

    search_fields = [*AbstractDocument.search_fields, index.SearchField("extracted_text")]

    admin_form_fields = (*Document.admin_form_fields, "credit")
