"""Pictures and files of the hub."""

import uuid
from datetime import date
from pathlib import PurePosixPath
from secrets import token_hex

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image, SourceImageIOError
from wagtail.search import index

from assets.consent import consent_state
from assets.picture_files import CleanPictureFile, clean_picture_file

RANDOM_BYTES = 8
LONGEST_NAME = 90
"""In signs, with its folder: what the column holds is a hundred, and a storage may add to a name that is taken."""


def beyond_guessing(path: str) -> str:
    """The name of a file with something in it that nobody can work out from the picture's title or another name."""
    path, random = PurePosixPath(path), f".{token_hex(RANDOM_BYTES)}"
    room = LONGEST_NAME - len(f"{path.parent}/{random}{path.suffix}")
    return str(path.with_name(f"{path.stem[:room]}{random}{path.suffix}"))


class HubImage(AbstractImage):
    """A picture in the library. Its description is what somebody who cannot see it is told."""

    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made it and under which licence, for example: Our own drawing."
    )

    class PeopleShown(models.TextChoices):
        """Whether anybody could be recognised. Nobody has said so far, where it is empty."""

        NOBODY = "nobody", "No: a drawing, a place, or people whom nobody could recognise"
        PEOPLE = "people", "Yes: people who could be recognised"

    class Scope(models.TextChoices):
        """Who may look at it, as the people on it have agreed."""

        INTERNAL = "internal", "People who are signed in to the hub"
        PUBLIC = "public", "Anybody, on public pages too"

    class Ground(models.TextChoices):
        """What has to lie behind a picture with holes, so that its lines are seen in the light and in the dark look."""

        LIGHT = "light", "Paper"
        DARK = "dark", "Night"

    ground = models.CharField(max_length=5, choices=Ground, blank=True, editable=False)
    people_shown = models.CharField(
        "shows people",
        max_length=10,
        choices=PeopleShown,
        blank=True,
        help_text="Faces, but also what gives somebody away: a school badge, a front door, a tattoo.",
    )
    consent_scope = models.CharField(
        "who may see it",
        max_length=10,
        choices=Scope,
        blank=True,
        help_text="What everybody on it has agreed to. Without people: leave empty.",
    )
    consent_until = models.DateField(
        "consent ends on",
        null=True,
        blank=True,
        help_text="The last day. After it the photograph is gone from every page by itself.",
    )
    consent_note = models.CharField(
        "where the consent is kept",
        max_length=200,
        blank=True,
        help_text="Such as: Signed forms in the communications team’s folder, November 2026. No names of children.",
    )
    consent_withdrawn_on = models.DateField(
        "consent withdrawn on",
        null=True,
        blank=True,
        help_text="Fill in the day as soon as anybody on it says no. It is gone at once.",
    )

    # Who last said what it shows and what was agreed; somebody else has to open it again (`assets.forms`).
    consent_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    admin_form_fields = (
        *Image.admin_form_fields,
        "credit",
        "people_shown",
        "consent_scope",
        "consent_until",
        "consent_note",
        "consent_withdrawn_on",
    )

    def get_upload_to(self, filename: str) -> str:
        return beyond_guessing(super().get_upload_to(filename))

    def save(self, *args, **kwargs):
        """A new file is drawn once before it is kept, whoever gives it; raises `BadPicture` (`assets.pictures`)."""
        # Wagtail's upload of many puts a new picture's file into its place by itself, before it saves the row.
        put = self.file.name if self.file and self._state.adding and self.file._committed else ""
        try:
            if self.file and (put or not self.file._committed):
                if not isinstance(self.file.file, CleanPictureFile):
                    self.file = clean_picture_file(self.file)
                    self._set_image_file_metadata()
                self.ground = self.file.file.ground
        finally:
            if put:
                self._meta.get_field("file").storage.delete(put)
        super().save(*args, **kwargs)

    def generate_rendition_file(self, filter, *, source=None):
        """A size of it. What cannot be drawn is a missing picture, which Wagtail's tags know how to leave out."""
        try:
            return super().generate_rendition_file(filter, source=source)
        # Whatever a library says of a file that it cannot draw: the picture is lost, the page around it is not.
        except Exception as error:
            raise SourceImageIOError(f"Image {self.pk} cannot be drawn as {filter.spec}.") from error

    def address(self, spec: str) -> str:
        """Where a size of it is served, or nothing where it cannot be drawn: for pages that stand without it."""
        try:
            return self.get_rendition(spec).url
        except SourceImageIOError:
            return ""

    @property
    def shows_people(self) -> bool:
        return self.people_shown == self.PeopleShown.PEOPLE

    def may_be_shown(self, on: date, *, public: bool = False) -> bool:
        """Whether readers may see it on that day; `public` is a page that anybody may read.

        With people on it, it takes a consent that holds. While nobody has said whether there are any, it stays inside.
        """
        if self.consent_withdrawn_on and self.consent_withdrawn_on <= on:
            return False
        if self.shows_people:
            agreed = not public or self.consent_scope == self.Scope.PUBLIC
            return agreed and self.consent_until is not None and on <= self.consent_until
        return not public or self.people_shown == self.PeopleShown.NOBODY

    @property
    def shown(self) -> bool:
        """Whether pages inside the hub show it today. Asked by templates, each time one is drawn."""
        return self.may_be_shown(timezone.localdate())

    @property
    def consent_state(self) -> str:
        """How its consent stands today, in words for an editor."""
        return consent_state(self, timezone.localdate())


class HubRendition(AbstractRendition):
    """A size of a picture, made on demand and served only to who may open a page with it (`pages.visibility.files`)."""

    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        # Each time a picture is fetched, its address leads to its consent.
        indexes = [models.Index(fields=["file"], name="rendition_by_address")]

    def get_upload_to(self, filename: str) -> str:
        return beyond_guessing(super().get_upload_to(filename))


class HubDocument(AbstractDocument):
    """A file that people can download, such as a printable sheet. It is searched by the words inside it as well."""

    FILMS = {"mp4": "video/mp4", "webm": "video/webm"}
    """Kinds of films that every browser plays, and what each is called on its way there."""
    CAPTIONS = "vtt"

    class ReadingState(models.TextChoices):
        """How far the words inside have come into search."""

        WAITING = "waiting", "Waiting to be read"
        READ = "read", "Searchable inside"
        NOT_SEARCHABLE = "not-searchable", "Not searchable inside"

    # In its address. A number would lead to the next file.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
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

    def clean(self):
        """Wagtail asks after the ending of a file that was refused, and complains that it has none."""
        if self.file:
            super().clean()

    @property
    def url(self) -> str:
        return reverse("document", args=[self.key, self.filename])
