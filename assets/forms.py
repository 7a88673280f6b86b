from zipfile import BadZipFile, ZipFile

from django import forms
from wagtail.documents.forms import BaseDocumentForm

from assets.models import HubDocument

OFFICE = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
"""Extension to the part that makes an archive such a document."""
BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG", "jpg": b"\xff\xd8", "jpeg": b"\xff\xd8"}
LOOKED_AT = 1024


class HubDocumentForm(BaseDocumentForm):
    """Wagtail's form for a file, which also says whether the file can be searched inside and is what it says it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        document = self.instance
        if document.pk and "file" in self.fields:
            if document.reading_state == HubDocument.ReadingState.NOT_SEARCHABLE:
                self.fields["file"].help_text = f"Not searchable inside. {document.reading_note}"
            elif document.reading_state == HubDocument.ReadingState.WAITING:
                self.fields["file"].help_text = "Its words are being read and can be searched in a moment."

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            refuse_what_it_is_not(file)
        return file


def refuse_what_it_is_not(file) -> None:
    """Raise `ValidationError` for a file whose content is not of the kind that its name says, or that holds a macro."""
    kind = file.name.rpartition(".")[2].lower()
    file.seek(0)
    start = file.read(LOOKED_AT)
    file.seek(0)
    if kind in BEGINNINGS and BEGINNINGS[kind] not in start:
        raise forms.ValidationError(f"This is not a {kind.upper()} file, whatever its name says. Save it again as one.")
    if kind in OFFICE:
        _refuse_false_office(file, kind)
        file.seek(0)


def _refuse_false_office(file, kind: str) -> None:
    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        names = set()
    if OFFICE[kind] not in names:
        raise forms.ValidationError(
            f"This is not a {kind} file that can be opened. It may have a password, or be saved in an older format."
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise forms.ValidationError("This file holds a macro, a small program. Save it without macros and try again.")
