"""Files as Django hands them on, made ready to be kept: looked into, and without the names of those who wrote them."""

import shutil
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from assets.apart import apart
from assets.file_text import OFFICE
from assets.film_place import forget_place


def clean_document_file(file: UploadedFile, kind: str) -> UploadedFile:
    """The file to keep in place of the one that was chosen; raises `NotReadable`. `kind` is its ending."""
    if kind == "mp4":
        forget_place(file)
    if kind not in {*OFFICE, "pdf"}:
        return file
    with tempfile.TemporaryDirectory() as folder:
        # Names of our own: what was typed never becomes an argument or a path.
        chosen, made = Path(folder) / "chosen", Path(folder) / "made"
        file.seek(0)
        with chosen.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        file.seek(0)
        task = ("authors:clean_pdf", str(chosen)) if kind == "pdf" else ("authors:clean_office", str(chosen), kind)
        apart(*task, str(made))
        return SimpleUploadedFile(file.name, made.read_bytes(), file.content_type) if made.exists() else file
