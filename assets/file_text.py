"""The words inside a file, for search. Pure: no Django. Every file is taken for hostile until it has been read.

Office files are read by `assets.packages` and PDFs by poppler's `pdftotext`, each in a process of its own with little
memory and little time.
"""

import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path

from assets.apart import LARGER_INSIDE, LOCKED, NotReadable, apart, limit

LONGEST_TEXT = 500_000
PDF_SECONDS, MOST_PAGES = 10, 1_000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
OFFICE = {"docx", "pptx", "xlsx", "odt"}
PLAIN = {"txt", "csv", "md"}


def text_of(path: Path, kind: str) -> str:
    """The words of the file of this kind (its extension in lower case), a line for each line; raises `NotReadable`."""
    if kind in OFFICE:
        text = apart("packages:text", str(path), kind)
    elif kind == "pdf":
        text = _pdf_text(path)
    elif kind in PLAIN:
        text = _plain_text(path)
    else:
        raise NotReadable("Files of this kind have no words that can be read.")
    lines = (" ".join(CONTROL.sub(" ", line).split()) for line in text[: 2 * LONGEST_TEXT].splitlines())
    text = "\n".join(line for line in lines if line)[:LONGEST_TEXT]
    if not text:
        raise NotReadable("There are no words in it. It may be a scan: pictures of pages.")
    return text


def _pdf_text(path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise NotReadable("The hub's server lacks the program that reads PDFs (poppler-utils).")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise NotReadable("It is not a PDF, whatever its name says.")
    command = [program, "-enc", "UTF-8", "-nopgbrk", "-l", str(MOST_PAGES), str(path), "-"]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
        try:
            done = subprocess.run(  # noqa: S603 - no shell, our own words but for the path of a file that we named
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=complaints,
                timeout=2 * PDF_SECONDS,
                preexec_fn=partial(limit, PDF_SECONDS, written=8 * LONGEST_TEXT),
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NotReadable("Reading it took too long.") from error
        output.seek(0)
        text = output.read(4 * LONGEST_TEXT).decode("utf-8", "replace")
        complaints.seek(0)
        complaint = complaints.read(4096)
    if b"Incorrect password" in complaint:
        raise NotReadable(LOCKED)
    if done.returncode and not text.strip():
        raise NotReadable(LARGER_INSIDE)
    return text


def _plain_text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(4 * LONGEST_TEXT)
    if b"\x00" in content[:2000] and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise NotReadable("It is not plain text, whatever its name says.")
    for encoding in ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return content.decode("utf-8", "replace")
