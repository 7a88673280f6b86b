"""Word, PowerPoint, Excel and OpenDocument files: zip archives of XML. Pure; called in a process of its own (`apart`).

Which part holds the words is what the package itself says (`_rels/.rels`), not a name that one program likes to use.
Every part is read piece by piece against a budget, and no tree of it is ever built.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from assets.apart import LARGER_INSIDE, LOCKED, NotReadable

LONGEST_TEXT = 1_000_000
MOST_BYTES, MOST_PARTS, MOST_ELEMENTS = 40 * 2**20, 3_000, 3_000_000
"""Of what an archive may come to when unpacked, of the parts in it, and of the elements in all of them."""
PIECE = 65_536
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
NUMBER = re.compile(r"\d+")
MAIN = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
"""Where the main part lies when the package does not say."""
SAYS = {"docx": "wordprocessingml", "pptx": "presentationml", "xlsx": "spreadsheetml"}
"""What the type of the main part has to say."""
PARTS = {
    "docx": ("header", "", "footer", "footnotes", "endnotes"),
    "pptx": ("slide", "notesSlide"),
    "xlsx": ("", "sharedStrings", "worksheet"),
    "odt": ("",),
}
"""Relations of the main part that hold words, in the order in which a person would read them; itself is ""."""
WORDS_IN = {"odt": {"p", "h"}}
ENDS_A_LINE = {"p", "h", "si", "row", "tr", "sheet"}
A_SPACE = {"tab", "br", "s", "line-break"}


def look(path: str, kind: str) -> None:
    """Raise `NotReadable` for a file that is no package of this kind, that has a password, or that holds a macro."""
    with _opened(path) as archive:
        names = archive.namelist()
        main = _main_part(archive, kind)
        says = _type_of(archive, main)
        if main not in names or (kind in SAYS and says and SAYS[kind] not in says):
            raise NotReadable(f"This is not a file of the kind {kind}, whatever its name says.")
        if "macro" in says.lower() or any(re.search(r"vbaproject\.bin$|^basic/", name, re.I) for name in names):
            raise NotReadable("This file holds a macro, a small program. Save it without macros and try again.")


def text(path: str, kind: str) -> str:
    """The words in it, a line for each line; raises `NotReadable`."""
    with _opened(path) as archive:
        words = Words(WORDS_IN.get(kind, {"t"}))
        budget = Budget(MOST_BYTES)
        parts = _parts(archive, kind)
        if not parts:
            raise NotReadable("It is not what its name says: nothing in it is a document of this kind.")
        for name in parts:
            if not words.enough:
                _parse(archive, name, budget, words)
        return "\n".join(words.lines)


@contextmanager
def _opened(path: str) -> Iterator[zipfile.ZipFile]:
    with open(path, "rb") as file:
        if file.read(4) == OLD_OFFICE:
            raise NotReadable("It is protected by a password, or saved in a format from before 2007.")
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise NotReadable("It has far more parts than a document needs.")
            if b"encryption-data" in _start_of(archive, "META-INF/manifest.xml"):
                raise NotReadable(LOCKED)
            yield archive
    except DefusedXmlException as error:
        raise NotReadable("It holds instructions that a document does not need, so it was not read.") from error
    except (MemoryError, RecursionError) as error:
        raise NotReadable(LARGER_INSIDE) from error
    except (zipfile.BadZipFile, ParseError, EOFError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise NotReadable("It is damaged, or not what its name says.") from error


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(PIECE)


def _main_part(archive: zipfile.ZipFile, kind: str) -> str:
    named = [target for what, target in relations(archive, "") if what == "officeDocument"]
    return named[0] if named else MAIN[kind]


def _parts(archive: zipfile.ZipFile, kind: str) -> list[str]:
    main = _main_part(archive, kind)
    related = relations(archive, main) or _by_name(archive, main)
    slides = [target for what, target in related if what == "slide"]
    related += [relation for slide in slides for relation in relations(archive, slide)]
    found = []
    for wanted in PARTS[kind]:
        named = [main] if not wanted else {target for what, target in related if what == wanted}
        found += sorted(named, key=lambda name: int((NUMBER.findall(name) or ["0"])[-1]))
    return [name for name in found if name in archive.namelist()]


def relations(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    """What a part (or the package, "") names: (the last word of the type, the full name of the other part)."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: list[tuple[str, str]] = []

    def note(tag: str, given: dict) -> None:
        if tag == "Relationship" and given.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
            found.append((given.get("Type", "").rpartition("/")[2], target.lstrip("/")))

    if rels in archive.namelist():
        _parse(archive, rels, Budget(MOST_BYTES // 20), Noting(note))
    return found


def _by_name(archive: zipfile.ZipFile, main: str) -> list[tuple[str, str]]:
    """A package that says nothing of its parts: those beside the main one, by the names that programs give them."""
    named = re.compile(rf"{re.escape(posixpath.dirname(main))}/(?:\w+/)?([a-zA-Z]+?)s?\d*\.xml")
    kinds = {"sheet": "worksheet", "footnote": "footnotes", "endnote": "endnotes", "sharedString": "sharedStrings"}
    found = [(match[1], name) for name in archive.namelist() if (match := named.fullmatch(name))]
    return [(kinds.get(what, what), name) for what, name in found]


def _type_of(archive: zipfile.ZipFile, part: str) -> str:
    said: list[str] = []

    def note(tag: str, given: dict) -> None:
        if tag == "Override" and given.get("PartName", "").lstrip("/") == part:
            said.append(given.get("ContentType", ""))

    if "[Content_Types].xml" in archive.namelist():
        _parse(archive, "[Content_Types].xml", Budget(MOST_BYTES // 20), Noting(note))
    return "".join(said)


class Budget:
    """How many bytes may still be unpacked, over all parts of one file."""

    def __init__(self, left: int):
        self.left = left

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise NotReadable("Unpacked it is far larger than a document needs to be.")


class Noting:
    """Tells of every element as it begins, and keeps none."""

    def __init__(self, note: Callable[[str, dict], None]):
        self.note, self.elements = note, 0

    def start(self, tag: str, given: dict) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise NotReadable("There are far more parts inside than a document needs.")
        self.note(tag.rpartition("}")[2], given)


class Words(Noting):
    """Gathers the words of a document as it is read: those inside the elements that hold words, line by line."""

    def __init__(self, words_in: set[str]):
        super().__init__(self.begin)
        self.words_in, self.inside, self.line, self.lines, self.length = words_in, 0, [], [], 0

    @property
    def enough(self) -> bool:
        return self.length > LONGEST_TEXT

    def begin(self, tag: str, given: dict) -> None:
        self.inside += tag in self.words_in
        if tag in A_SPACE:
            self.line.append(" ")
        elif tag == "sheet":
            self.line.append(given.get("name", ""))

    def data(self, words: str) -> None:
        if self.inside and not self.enough:
            self.line.append(words)
            self.length += len(words)

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        self.inside -= name in self.words_in
        if name in ENDS_A_LINE:
            self.close()

    def close(self) -> None:
        if any(self.line):
            self.lines.append("".join(self.line))
        self.line = []


def _parse(archive: zipfile.ZipFile, name: str, budget: Budget, target: Noting) -> None:
    parser = XMLParser(target=target, forbid_dtd=True)
    with archive.open(name) as part:
        for piece in _pieces(part):
            budget.spend(len(piece))
            parser.feed(piece)
    parser.close()


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    while piece := part.read(PIECE):
        yield piece
