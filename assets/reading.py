"""The words inside a file, for search. Pure: no Django. Every file is taken for hostile until it has been read.

Word, PowerPoint and Excel files are zip archives of XML, read here piece by piece and never whole; PDFs are read by
poppler's `pdftotext` in a process of its own with little memory and little time.
"""

import re
import resource
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

LONGEST_TEXT = 500_000
MOST_BYTES, MOST_PARTS = 40 * 2**20, 3_000
"""Of what an archive may come to when unpacked, and of the parts in it."""
PDF_SECONDS, PDF_MEMORY, MOST_PAGES = 10, 512 * 2**20, 1_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
NUMBER = re.compile(r"\d+")
# Which parts of an archive hold words, in the order in which a person would read them.
PARTS = {
    "docx": (r"word/header\d*\.xml", r"word/document\.xml", r"word/footer\d*\.xml", r"word/(foot|end)notes\.xml"),
    "pptx": (r"ppt/slides/slide\d+\.xml", r"ppt/notesSlides/notesSlide\d+\.xml"),
    "xlsx": (r"xl/workbook\.xml", r"xl/sharedStrings\.xml", r"xl/worksheets/sheet\d+\.xml"),
}
ENDS_A_LINE = {"p", "si", "row", "tr", "sheet"}
PLAIN = {"txt", "csv", "md"}


class NotReadable(Exception):
    """The file has no words that can be read; the message says why, in plain words for an editor."""


def text_of(path: Path, kind: str) -> str:
    """The words of the file of this kind (its extension in lower case), a line for each line; raises `NotReadable`."""
    if kind in PARTS:
        text = "\n".join(_office_lines(path, kind))
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


def _office_lines(path: Path, kind: str) -> Iterator[str]:
    with path.open("rb") as file:
        if file.read(4) == OLD_OFFICE:
            raise NotReadable("It is protected by a password, or saved in a format from before 2007.")
    left = Budget(MOST_BYTES)
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise NotReadable("It has far more parts than a document needs.")
            found = 0
            for name in _in_order(archive.namelist(), kind):
                found += 1
                with archive.open(name) as part:
                    yield from _xml_lines(Counted(part, left))
            if not found:
                raise NotReadable("It is not what its name says: nothing in it is a document of this kind.")
    except DefusedXmlException as error:
        raise NotReadable("It holds instructions that a document does not need, so it was not read.") from error
    except (zipfile.BadZipFile, ParseError, EOFError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise NotReadable("It is damaged, or not what its name says.") from error


def _in_order(names: list[str], kind: str) -> list[str]:
    ordered = []
    for pattern in PARTS[kind]:
        parts = [name for name in names if re.fullmatch(pattern, name)]
        ordered += sorted(set(parts), key=lambda name: int((NUMBER.findall(name) or ["0"])[-1]))
    return ordered


class Budget:
    """How many bytes may still be unpacked, over all parts of one file."""

    def __init__(self, left: int):
        self.left = left

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise NotReadable("Unpacked it is far larger than a document needs to be.")


class Counted:
    """A part of an archive, read against a budget."""

    def __init__(self, part: IO[bytes], budget: Budget):
        self.part, self.budget = part, budget

    def read(self, size: int = 65_536) -> bytes:
        piece = self.part.read(min(size, 65_536) if size > 0 else 65_536)
        self.budget.spend(len(piece))
        return piece


def _xml_lines(part: Counted) -> Iterator[str]:
    line: list[str] = []
    for _, element in iterparse(part, forbid_dtd=True):
        tag = element.tag.rpartition("}")[2]
        if tag == "t" and element.text:
            line.append(element.text)
        elif tag in {"tab", "br"}:
            line.append(" ")
        elif tag == "sheet":
            line.append(element.get("name", ""))
        if tag in ENDS_A_LINE and line:
            yield "".join(line)
            line = []
        if tag != "t":
            element.clear()
    if line:
        yield "".join(line)


def _pdf_text(path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise NotReadable("The hub's server lacks the program that reads PDFs (poppler-utils).")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise NotReadable("It is not a PDF, whatever its name says.")
    command = [program, "-enc", "UTF-8", "-nopgbrk", "-q", "-l", str(MOST_PAGES), str(path), "-"]
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 - no shell, our own words but for the path of a file that we named
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.PIPE,
                timeout=2 * PDF_SECONDS,
                preexec_fn=_little,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NotReadable("Reading it took too long.") from error
        output.seek(0)
        text = output.read(4 * LONGEST_TEXT).decode("utf-8", "replace")
    if b"Incorrect password" in done.stderr:
        raise NotReadable("It is protected by a password.")
    if done.returncode and not text.strip():
        raise NotReadable("It is damaged, or larger inside than a document needs to be.")
    return text


def _little() -> None:
    """The limits of the process that reads a PDF: memory, time, and what it may write."""
    resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY, PDF_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PDF_SECONDS, PDF_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 * LONGEST_TEXT, 8 * LONGEST_TEXT))


def _plain_text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(4 * LONGEST_TEXT)
    if b"\x00" in content[:2000] and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise NotReadable("It is not plain text, whatever its name says.")
    for encoding in ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return content.decode("utf-8", "replace")
