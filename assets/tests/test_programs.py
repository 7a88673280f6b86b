"""A PDF brings nothing that runs, and no file of its own: what people read in it, and its links, stay."""

import pikepdf
import pytest

from assets import authors
from assets.apart import NotReadable


def with_programs(path, *, signed: bool = False) -> str:
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    page.Contents = made.make_stream(b"BT /F1 12 Tf 20 100 Td (Paper boats) Tj ET")
    alert = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    file = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec, F="inside.exe", EF=pikepdf.Dictionary(F=made.make_stream(b"MZ inside"))
        )
    )
    made.Root.OpenAction = made.make_indirect(alert)
    made.Root.AA = pikepdf.Dictionary(WC=alert)
    made.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=["a", alert]), EmbeddedFiles=pikepdf.Dictionary(Names=["inside.exe", file])
    )
    link = pikepdf.Dictionary(
        S=pikepdf.Name.URI,
        URI="https://hub.example/",
        Next=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
    )
    boxes = [
        {"Subtype": pikepdf.Name.Link, "A": link},
        {"Subtype": pikepdf.Name.FileAttachment, "FS": file},
        {"Subtype": pikepdf.Name.Widget, "FT": pikepdf.Name.Tx, "T": "name", "AA": pikepdf.Dictionary(K=alert)},
    ]
    page.Annots = [
        made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **box)) for box in boxes
    ]
    if signed:
        made.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)
    made.save(path)
    return str(path)


def raw(path) -> bytes:
    """The file with nothing packed."""
    plain = path.with_name("plain.pdf")
    with pikepdf.open(path) as pdf:
        unpacked = pikepdf.StreamDecodeLevel.generalized
        pdf.save(plain, qdf=True, compress_streams=False, stream_decode_level=unpacked)
    return plain.read_bytes()


PROGRAMS = (b"app.alert", b"/JavaScript", b"/Launch", b"calc.exe", b"MZ inside", b"/EmbeddedFiles", b"/AA")


def test_what_would_run_and_what_rides_along_is_taken_out_and_the_rest_stays(tmp_path):
    source = with_programs(tmp_path / "in.pdf")
    before = raw(tmp_path / "in.pdf")
    assert [one for one in PROGRAMS if one not in before] == [], "the control"
    authors.clean_pdf(source, str(tmp_path / "out.pdf"))
    left = raw(tmp_path / "out.pdf")
    assert [one for one in PROGRAMS if one in left] == []
    assert b"Paper boats" in left
    assert b"https://hub.example/" in left
    assert b"(name)" in left


def test_one_that_is_signed_and_runs_something_is_refused_and_another_signed_one_is_left_as_it_is(tmp_path):
    source = with_programs(tmp_path / "in.pdf", signed=True)
    with pytest.raises(NotReadable, match="Print it to a new PDF"):
        authors.clean_pdf(source, str(tmp_path / "out.pdf"))
    plain = pikepdf.new()
    plain.add_blank_page()
    plain.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)
    plain.save(tmp_path / "signed.pdf")
    authors.clean_pdf(str(tmp_path / "signed.pdf"), str(tmp_path / "untouched.pdf"))
    assert not (tmp_path / "untouched.pdf").exists()
