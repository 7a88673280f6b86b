from django import forms
from wagtail.documents.forms import BaseDocumentForm

from assets.apart import NotReadable
from assets.captions import LARGEST, BadCaptions, read_captions
from assets.document_files import clean_document_file
from assets.models import HubDocument

MEGABYTE = 2**20
LARGEST_FILM, LARGEST_DOCUMENT = 200 * MEGABYTE, 25 * MEGABYTE
BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG", "jpg": b"\xff\xd8", "jpeg": b"\xff\xd8"}
LOOKED_AT = 1024


class HubDocumentForm(BaseDocumentForm):
    """Wagtail's form for a file, which also says whether the file can be searched inside and is what it says it is."""

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
