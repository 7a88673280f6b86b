"""The forms behind every picture and file in the CMS: what is kept is what it says it is, and names nobody.

For a picture the form asks whether people are shown, and what they agreed to.
"""

from django import forms
from django.utils import timezone
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from assets.apart import NotReadable
from assets.captions import LARGEST, BadCaptions, read_captions
from assets.document_files import clean_document_file
from assets.models import HubDocument
from assets.picture_files import PictureField
from language.careful import CarefulForm

FILES = (
    "JPEG, PNG, WebP, GIF or AVIF, or as a phone takes them (HEIC), up to 10 MB. Where it was taken, and with what, "
    "is taken out of it."
)
CONSENT = {
    "consent_scope": "Choose who may see it: that is what the people on it agreed to.",
    "consent_until": "Give the last day of the consent. If none was agreed, a year from the day is a good length.",
    "consent_note": "Say where the signed consent is kept, so that the next editor can find it.",
}

SAID = ("people_shown", "consent_scope", "consent_until", "consent_note", "consent_withdrawn_on")
A_NEW_ONE = "It was taken back. Only a new consent opens it: give its last day, and where it is kept."
SOMEBODY_ELSE = (
    "It showed people who could be recognised. You put it here or spoke of its consent last, so a colleague has to say "
    "that it shows nobody."
)
NOT_ASKED_ABOUT = {
    "credit": "It names who made it, as the licence asks.",
    "tags": "They are chosen from a list that editors keep.",
}
LOOK = "Somebody once said that it shows people. Look at it yourself, and tick below that nobody can be recognised."


class HubImageForm(CarefulForm, BaseImageForm):
    """Wagtail's form for a picture. A photograph of people cannot be kept without a consent that still holds.

    What was once said to show people stays that way for whoever said so: a second person, who is told, may say other.
    """

    plain = NOT_ASKED_ABOUT

    def __init__(self, *args, **kwargs):
        self.by = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=given.label, widget=given.widget, required=given.required, help_text=FILES
            )
        image = self.instance
        self.showed_people = bool(image.pk) and (image.shows_people or image.consent_withdrawn_on is not None)
        self.was_withdrawn = image.consent_withdrawn_on is not None
        if self.showed_people and "people_shown" in self.fields:
            self.fields["looked"] = forms.BooleanField(
                label="I have looked: nobody on it can be recognised",
                required=False,
                help_text=f"Only if you change “shows people” to no. {image.consent_state}",
            )
        if field := self.fields.get("people_shown"):
            field.required = True
            field.widget = forms.RadioSelect(choices=[choice for choice in field.choices if choice[0]])
            field.error_messages["required"] = "Say whether anybody on it could be recognised."

    def clean(self):
        cleaned = super().clean()
        image, today = self.instance, timezone.localdate()
        withdrawn = cleaned.get("consent_withdrawn_on")
        if withdrawn and withdrawn > today:
            self.add_error("consent_withdrawn_on", "Choose today or an earlier day: a no holds at once.")
        until = cleaned.get("consent_until")
        # A photograph whose consent has run out can still be described anew; but no old day is set.
        if until and until < today and ("consent_until" in self.changed_data or not image.pk):
            self.add_error("consent_until", "This day is past. Ask again, or leave the photograph out.")
        if cleaned.get("people_shown") == image.PeopleShown.PEOPLE and not withdrawn:
            for name, message in CONSENT.items():
                if name in self.fields and not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, message)
        self._ask_before_it_is_open_again(cleaned)
        return cleaned

    def _ask_before_it_is_open_again(self, cleaned: dict) -> None:
        """After a no, a new consent or a second person; where people were on it, a second person who says not."""
        if not self.showed_people or cleaned.get("consent_withdrawn_on"):
            return
        if cleaned.get("people_shown") == self.instance.PeopleShown.PEOPLE:
            if self.was_withdrawn and not {"consent_until", "consent_note"} <= set(self.changed_data):
                self.add_error("consent_withdrawn_on", A_NEW_ONE)
        elif self.by is None or self.by.pk in (self.instance.consent_said_by_id, self.instance.uploaded_by_user_id):
            self.add_error("people_shown", SOMEBODY_ELSE)
        elif not cleaned.get("looked"):
            self.add_error("looked" if "looked" in self.fields else "people_shown", LOOK)

    def save(self, commit=True):
        if self.by is not None and set(SAID) & set(self.changed_data):
            self.instance.consent_said_by = self.by
        return super().save(commit)


MEGABYTE = 2**20
LARGEST_FILM, LARGEST_DOCUMENT = 200 * MEGABYTE, 25 * MEGABYTE
BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG", "jpg": b"\xff\xd8", "jpeg": b"\xff\xd8"}
LOOKED_AT = 1024


class HubDocumentForm(CarefulForm, BaseDocumentForm):
    """Wagtail's form for a file, which also says whether the file can be searched inside and is what it says it is."""

    plain = NOT_ASKED_ABOUT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        document = self.instance
        if "file" in self.fields:
            self.fields[
                "file"
            ].help_text = (
                "Documents up to 25 MB. Films up to 200 MB, as MP4 or WebM. Captions of a film as WebVTT (.vtt)."
            )
        if document.pk and "file" in self.fields:
            if document.reading_state == HubDocument.ReadingState.NOT_SEARCHABLE:
                self.fields["file"].help_text = f"Not searchable inside. {document.reading_note}"
            elif document.reading_state == HubDocument.ReadingState.WAITING:
                self.fields["file"].help_text = "Its words are being read and can be searched in a moment."

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            refuse_what_it_is_not(file)
            try:
                return clean_document_file(file, file.name.rpartition(".")[2].lower())
            except NotReadable as reason:
                what_to_do = "" if "Save it" in str(reason) else " Save it again in its program, and choose that one."
                raise forms.ValidationError(f"{reason}{what_to_do}") from reason
        return file


def refuse_what_it_is_not(file) -> None:
    """Raise `ValidationError` for a file whose content is not of the kind that its name says, or that is too large."""
    kind = file.name.rpartition(".")[2].lower()
    most = LARGEST_FILM if kind in HubDocument.FILMS else LARGEST_DOCUMENT
    if file.size > most:
        raise forms.ValidationError(
            f"This file has {file.size / MEGABYTE:.0f} MB. {'A film' if kind in HubDocument.FILMS else 'A document'} "
            f"may have {most // MEGABYTE} MB: save it smaller, or put a link instead."
        )
    file.seek(0)
    start = file.read(LOOKED_AT)
    file.seek(0)
    if kind in BEGINNINGS and BEGINNINGS[kind] not in start:
        raise forms.ValidationError(f"This is not a {kind.upper()} file, whatever its name says. Save it again as one.")
    if (kind == "mp4" and start[4:8] != b"ftyp") or (kind == "webm" and not start.startswith(b"\x1a\x45\xdf\xa3")):
        raise forms.ValidationError(
            f"This is not a film that a browser can play, although its name ends in .{kind}. Save it as MP4 (H.264)."
        )
    if kind == "vtt":
        try:
            read_captions(file.read(LARGEST + 1))
        except BadCaptions as error:
            raise forms.ValidationError(str(error)) from error
        file.seek(0)
