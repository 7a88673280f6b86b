"""Files of others are the ones their makers published, and each is written down with its licence."""

import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = tomllib.loads((ROOT / "tests/vendor/MANIFEST.toml").read_text())
FILES, SELECTIONS = MANIFEST["file"], MANIFEST["selection"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["path"])
def test_a_vendored_file_is_as_its_maker_published_it(file):
    assert hashlib.sha256((ROOT / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    assert all(file[key] for key in ("name", "version", "from", "licence"))


def test_every_vendored_file_is_written_down():
    kept = [*(ROOT / "tests/vendor").iterdir(), *(ROOT / "static/fonts").iterdir(), *ROOT.glob("static/**/*.min.*")]
    others = {str(path.relative_to(ROOT)) for path in kept if path.suffix not in {".toml", ".txt"}}
    assert others == {file["path"] for file in FILES}


def test_every_font_has_its_licence_beside_it():
    fonts = {path.stem.removesuffix("-latin") for path in (ROOT / "static/fonts").glob("*.woff2")}
    assert {path.name.removesuffix("-LICENSE.txt") for path in (ROOT / "static/fonts").glob("*-LICENSE.txt")} == fonts


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda selection: selection["path"])
def test_a_selection_from_others_has_their_licence_beside_it(selection):
    assert (ROOT / selection["path"]).exists()
    assert selection["licence"] in (ROOT / selection["licence_file"]).read_text()
