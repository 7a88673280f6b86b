"""Who wrote a file, and where its pictures were taken, stay with the author. Pure; called in a process of its own.

What people read is the same afterwards, to the letter. Out go names of authors, of those who changed or commented, of
the company and of its folders; titles stay, since screen readers say them.
"""

import re
import zipfile

import pikepdf

from assets import packages
from assets.apart import LOCKED, NotReadable
from assets.pictures import without_place
from assets.programs import take_out_programs

EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.'
    b'openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.'
    b'org/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:'
    b'opendocument:xmlns:office:1.0" office:version="1.3"/>',
}
"""Parts that hold nothing but what is known about the file."""
KNOWN_OF_IT = {
    "core-properties": "docProps/core.xml",
    "extended-properties": "docProps/app.xml",
    "custom-properties": "docProps/custom.xml",
}
"""What a package calls these parts, wherever they lie."""
NAMES = [
    # Those who commented or changed: Word, PowerPoint, Excel, OpenDocument; those with whom SharePoint shared it.
    (re.compile(r".*\.xml"), re.compile(rb'(?<=:)(author|initials|userId|providerId)="[^"]*"'), rb'\1="Author"'),
    (re.compile(r"ppt/(commentA|a)uthors\.xml"), re.compile(rb'\b(name|initials|userId)="[^"]*"'), rb'\1="Author"'),
    (re.compile(r"xl/persons/.*\.xml"), re.compile(rb'\b(displayName|userId)="[^"]*"'), rb'\1="Author"'),
    (re.compile(r"xl/comments.*\.xml"), re.compile(rb"(<author>)[^<]*"), rb"\1Author"),
    (re.compile(r"customXml/.*\.xml"), re.compile(rb"(<(?:\w+:)?DisplayName>)[^<]*"), rb"\1Author"),
    (re.compile(r"xl/workbook\.xml"), re.compile(rb'(absPath[^>]*\burl|lastEdited[^>]*\buserName)="[^"]*"'), rb'\1=""'),
    (
        re.compile(r"content\.xml|styles\.xml"),
        re.compile(rb"(<(?:dc:creator|meta:creator-initials|loext:sender-initials)>)[^<]*"),
        rb"\1Author",
    ),
]
"""Which part, what in it, and what stands there instead."""
PHOTOGRAPH = re.compile(r"(?:.*/media/|Pictures/).*\.jpe?g", re.IGNORECASE)
LARGEST_PART = 64 * 2**20
SIGNED_WITH_PROGRAMS = (
    "It is signed and holds a program or another file, which cannot be taken out of it. Print it to a new PDF."
)
PDF_NAMES = ("/Author", "/Company", "/Manager", "/LastModifiedBy", "/SourceModified", "/Keywords")
XMP_NAMES = re.compile(r"creator$|author|owner|contributor|manager|company|rights|credit|history|derivedfrom", re.I)


def clean_office(path: str, kind: str, made: str) -> None:
    """Look at the package (`packages.look`) and write it anew at `made`; raises `NotReadable`."""
    packages.look(path, kind)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        named = {part: EMPTY[KNOWN_OF_IT[what]] for what, part in packages.relations(source, "") if what in KNOWN_OF_IT}
        # In the same order, and each packed as it was: OpenDocument wants its first part plain.
        for part in source.infolist():
            if part.file_size > LARGEST_PART:
                raise NotReadable("One part of it is far larger than a document needs.")
            content = named.get(part.filename) or _cleaned(part.filename, source.read(part))
            target.writestr(zipfile.ZipInfo(part.filename), content, part.compress_type)


def _cleaned(name: str, content: bytes) -> bytes:
    if name in EMPTY:
        return EMPTY[name]
    for part, told, instead in NAMES:
        if part.fullmatch(name):
            content = told.sub(instead, content)
    return without_place(content) if PHOTOGRAPH.fullmatch(name) else content


def clean_pdf(path: str, made: str) -> None:
    """Write the PDF anew at `made` without names and programs; raises `NotReadable`. A signed one is left as it is."""
    try:
        with pikepdf.open(path) as pdf:
            has_programs = take_out_programs(pdf)
            if "/AcroForm" in pdf.Root and "/SigFlags" in pdf.Root.AcroForm:
                if has_programs:
                    raise NotReadable(SIGNED_WITH_PROGRAMS)
                return
            _forget_names(pdf)
            pdf.save(made)
    except pikepdf.PasswordError as error:
        raise NotReadable(LOCKED) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, KeyError, TypeError, RecursionError) as error:
        raise NotReadable("It is damaged, or not what its name says.") from error


def _forget_names(pdf: pikepdf.Pdf) -> None:
    for name in PDF_NAMES:
        if name in pdf.docinfo:
            del pdf.docinfo[name]
    if "/Metadata" in pdf.Root:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as known:
            for key in [key for key in known if XMP_NAMES.search(key.rpartition("}")[2])]:
                del known[key]
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
            _forget_place(thing)
        else:
            _forget_who_remarked([thing])
    # A remark need not be a thing of its own: some programs write it into the page.
    for page in pdf.pages:
        _forget_who_remarked(page.get("/Annots", []))


def _forget_who_remarked(things) -> None:
    for thing in things:
        if isinstance(thing, pikepdf.Dictionary) and _is_a_remark(thing):
            thing["/T"] = pikepdf.String("Author")


def _is_a_remark(thing: pikepdf.Dictionary) -> bool:
    """A note in the margin is signed in `/T`; a box of a form has its own name there, which stays."""
    return "/Rect" in thing and "/Subtype" in thing and "/T" in thing and thing["/Subtype"] != "/Widget"


def _forget_place(picture: pikepdf.Stream) -> None:
    if "/Metadata" in picture:
        del picture["/Metadata"]
    if picture.get("/Filter") == "/DCTDecode":
        picture.write(without_place(picture.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
