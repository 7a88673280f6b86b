"""The door for files: told apart by what they are, read apart, and kept without the names of those who wrote them."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assets.apart import NotReadable, apart
from assets.document_files import clean_document_file
from assets.file_text import text_of
from assets.film_place import forget_place
from assets.models import HubDocument
from assets.tests.test_pictures import camera, picture

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def archive(parts: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return content.getvalue()


def relations(**named: str) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{RELATION}/{what}" Target="{target}"/>'
        for number, (what, target) in enumerate(named.items())
    )
    return f"<Relationships>{rows}</Relationships>"


def word(main: str = "word/document2.xml", *, says: str = f"{TYPES}.document.main+xml", **more: str | bytes) -> bytes:
    """A Word file as Word for the web writes it: the main part has another name, and the package names it."""
    changed = '<w:ins w:author="Jane Smith"><w:p><w:r><w:t>Kite</w:t></w:r></w:p></w:ins>'
    folder, _, name = main.rpartition("/")
    return archive(
        {
            "[Content_Types].xml": f'<Types><Override PartName="/{main}" ContentType="{says}"/></Types>',
            "_rels/.rels": relations(officeDocument=main),
            f"{folder}/_rels/{name}.rels": relations(header="head9.xml", footnotes="notes.xml"),
            main: f"<w:document {W}><w:body>{changed}</w:body></w:document>",
            f"{folder}/head9.xml": f"<w:hdr {W}><w:p><w:t>Top</w:t></w:p></w:hdr>",
            f"{folder}/notes.xml": f"<w:notes {W}><w:p><w:t>Foot</w:t></w:p></w:notes>",
            "docProps/core.xml": "<p><creator>Jane Smith</creator></p>",
            **more,
        }
    )


def opendocument(locked: bool = False) -> bytes:
    first = "<text:p>One<text:tab/><text:span>boat</text:span></text:p>"
    body = f"{first}<dc:creator>Jane Smith</dc:creator><text:h>Two</text:h>"
    names = 'xmlns:text="t" xmlns:dc="d" xmlns:office="o"'
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<m><encryption-data/></m>" if locked else "<m/>",
            "content.xml": b"\x00" * 90 if locked else f"<office:document {names}>{body}</office:document>",
            "meta.xml": "<m>Jane Smith</m>",
        }
    )


def pdf(**encryption) -> bytes:
    content = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page()
        shot = pikepdf.Stream(made, picture(exif=camera()))
        shot.update({"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/DCTDecode", "/Width": 80, "/Height": 40})
        for key in list(shot.keys()):
            if isinstance(shot[key], pikepdf.String):
                shot[key] = pikepdf.Name(str(shot[key]))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Shot=made.make_indirect(shot)))
        remark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T="Jane Smith", Rect=[0, 0, 9, 9]
        )
        page.Annots = pikepdf.Array([made.make_indirect(remark)])
        made.docinfo["/Author"], made.docinfo["/Title"] = "Jane Smith", "Boats"
        with made.open_metadata(set_pikepdf_as_editor=False) as known:
            known["dc:creator"], known["dc:title"] = ["Jane Smith"], "Boats"
        made.save(content, **encryption)
    return content.getvalue()


LOCKED_PDF = pdf(encryption=pikepdf.Encryption(user="secret", owner="secret"))


@pytest.fixture
def read(tmp_path):
    def read(content: bytes, kind: str) -> str:
        path = tmp_path / "file"
        path.write_bytes(content)
        return text_of(path, kind)

    return read


class TestTheWords:
    @pytest.mark.parametrize("main", ["word/document2.xml", "word/document.xml", "other/text.xml"])
    def test_are_in_the_part_that_the_package_names(self, read, main):
        assert read(word(main), "docx") == "Top\nKite\nFoot"

    def test_of_an_opendocument_text_are_read(self, read):
        assert read(opendocument(), "odt") == "One boat\nTwo"

    @pytest.mark.parametrize(("content", "kind"), [(LOCKED_PDF, "pdf"), (opendocument(locked=True), "odt")])
    def test_behind_a_password_are_called_that_and_not_damaged(self, read, content, kind):
        with pytest.raises(NotReadable, match="password"):
            read(content, kind)


BOMBS = {
    "flat": ("docx", {"word/document.xml": b"<d>" + b"<a/>" * 9_000_000 + b"</d>"}),
    "nested": ("docx", {"word/document.xml": b"<a>" * 4_000_000 + b"</a>" * 4_000_000}),
    "relations": ("docx", {"_rels/.rels": b"<d>" + b"<a/>" * 9_000_000 + b"</d>"}),
    "one-long-word": ("odt", {"content.xml": b"<p>" + b"a" * 43_000_000 + b"</p>"}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_unpacks_to_a_large_one_takes_neither_memory_nor_time_from_this_process(read, name):
    kind, parts = BOMBS[name]
    content = archive(parts)
    tracemalloc.start()
    try:
        with pytest.raises(NotReadable):
            read(content, kind)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_row_of_two_hundred_thousand_columns_is_read_within_its_limits(read):
    row = b"<row>" + b"<c><is><t>x</t></is></c>" * 200_000 + b"</row>"
    sheet = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b"<s>" + row + b"</s>"}
    assert len(read(archive(sheet), "xlsx")) == 200_000


class TestTheProcessApart:
    @pytest.mark.parametrize("task", ["apart_tasks:too_much_memory", "apart_tasks:too_much_time"])
    def test_ends_alone_at_its_limits(self, task):
        with pytest.raises(NotReadable):
            apart(f"tests.{task}")

    def test_knows_nothing_of_our_environment(self, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "canary")
        assert apart("tests.apart_tasks:environment") == "[]"


def without_names(content: bytes, kind: str) -> bytes:
    return clean_document_file(SimpleUploadedFile(f"sheet.{kind}", content), kind).read()


def everything_in(content: bytes, kind: str) -> bytes:
    if kind == "pdf":
        with pikepdf.open(io.BytesIO(content)) as pdf:
            written = io.BytesIO()
            pdf.save(written, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
            return written.getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


class TestNamesOfThoseWhoWrote:
    SHOT = picture(exif=camera())
    FILES = {
        "docx": word(
            **{"word/media/image1.jpeg": SHOT, "word/comments.xml": '<c w:author="Jane Smith" w:initials="JS"/>'}
        ),
        "odt": opendocument(),
        "pdf": pdf(),
    }

    @pytest.mark.parametrize("kind", FILES)
    def test_and_where_pictures_were_taken_do_not_come_along(self, read, kind):
        before, after = self.FILES[kind], without_names(self.FILES[kind], kind)
        assert b"Jane" in everything_in(before, kind)
        assert not [word for word in (b"Jane", b"Acme") if word in everything_in(after, kind)]
        if kind != "pdf":
            assert read(after, kind) == read(before, kind)

    def test_do_not_come_along_from_parts_that_only_the_package_names(self):
        told = "<p><creator>Jane Smith</creator></p>"
        named = {"officeDocument": "other/text.xml", "core-properties": "a/1.psmdcp", "custom-properties": "b.xml"}
        content = word(
            "other/text.xml",
            **{
                "_rels/.rels": relations(**named),
                "a/1.psmdcp": told,
                "b.xml": told,
                "customXml/item1.xml": "<UserInfo><DisplayName>Jane Smith</DisplayName></UserInfo>",
            },
        )
        assert b"Jane" not in everything_in(without_names(content, "docx"), "docx")

    def test_do_not_come_along_from_remarks_written_into_the_page(self):
        made, content = pikepdf.new(), io.BytesIO()
        note = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Text, "Rect": [0, 0, 9, 9], "T": "Jane"}
        box = {"Subtype": pikepdf.Name.Widget, "Rect": [0, 0, 9, 9], "T": "first_name"}
        made.add_blank_page().Annots = [pikepdf.Dictionary(**note), pikepdf.Dictionary(**box)]
        made.save(content)
        after = everything_in(without_names(content.getvalue(), "pdf"), "pdf")
        assert b"Jane" not in after
        assert b"first_name" in after, "a box of a form keeps its name"

    def test_leave_the_title_that_is_read_aloud(self):
        with pikepdf.open(io.BytesIO(without_names(self.FILES["pdf"], "pdf"))) as made:
            assert str(made.docinfo["/Title"]) == "Boats"
            with made.open_metadata() as known:
                assert known["dc:title"] == "Boats"

    def test_place_and_phone_leave_a_film_and_nothing_moves(self):
        def box(kind: bytes, content: bytes) -> bytes:
            return (len(content) + 8).to_bytes(4, "big") + kind + content

        track = box(b"trak", box(b"tkhd", b"1234") + box(b"udta", b"Acme"))
        place = box(b"udta", box(b"\xa9xyz", b"+51.5-000.1/"))
        content = (
            box(b"ftyp", b"isom") + box(b"mdat", b"udta meta") + box(b"moov", track + place + box(b"meta", b"Jane"))
        )
        film = io.BytesIO(content)
        forget_place(film)
        after = film.getvalue()
        assert len(after) == len(content)
        assert after.count(b"free") == 3
        assert b"udta meta" in after, "what only looks like a box is left alone"
        forget_place(io.BytesIO(b"\x00\x00\x00\x01moov" + b"\xff" * 40))


@pytest.mark.django_db
class TestUploading:
    @pytest.fixture
    def send(self, editor, signed_in, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "media"
        client = signed_in(editor)

        def send(content: bytes, name: str):
            file = SimpleUploadedFile(name, content)
            return client.post(reverse("wagtaildocs:add"), {"title": "Sheet", "file": file, "tags": ""})

        return send

    @pytest.mark.parametrize(
        ("content", "name"),
        [(word(), "a.docx"), (opendocument(), "a.odt"), (pdf(), "a.pdf")],
        ids=["docx", "odt", "pdf"],
    )
    def test_what_later_steps_can_use_is_taken_and_kept_without_names(self, send, content, name):
        assert send(content, name).status_code == 302
        kept = HubDocument.objects.get()
        assert b"Jane" not in everything_in(Path(kept.file.path).read_bytes(), kept.file_extension)

    @pytest.mark.parametrize(
        ("content", "name", "words"),
        [
            (word(says=f"{TYPES}.document.macroEnabled.main+xml"), "a.docx", "macro"),
            (
                word(says="application/vnd.openxmlformats-officedocument.presentationml"),
                "a.docx",
                "not a file of the kind docx",
            ),
            (LOCKED_PDF, "a.pdf", "password"),
            (opendocument(locked=True), "a.odt", "password"),
            (b"%PDF-1.7 hello", "a.pdf", "damaged"),
            (archive(BOMBS["relations"][1]), "a.docx", "larger"),
            (archive({"word/document.xml": "<d/>"}), "a.odt", "not a file of the kind odt"),
        ],
        ids=["macro", "slides", "locked pdf", "locked odt", "damaged pdf", "bomb", "no odt"],
    )
    def test_what_they_cannot_use_is_refused_at_the_field_with_the_reason(self, send, content, name, words):
        response = send(content, name)
        (reason,) = response.context["form"].errors["file"]
        assert words in reason
        assert reason.count("Save it") <= 1
        assert 'value="Sheet"' in response.content.decode()
        assert not HubDocument.objects.exists()
