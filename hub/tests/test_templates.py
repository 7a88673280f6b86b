"""Templates are laid out to be read: no line is wider than the Python beside it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = {".venv", ".git", ".test", "var"}
TEMPLATES = sorted(
    path
    for path in ROOT.rglob("*.html")
    if "templates" in path.parts and not LEFT_OUT & set(path.relative_to(ROOT).parts)
)
WIDEST = 120

# One tag that hands over many inputs, and Django reads no tag that is broken over two lines.
WIDER = {
    ("events/event_index_page.html", "components/standard.html"),
    ("search/results.html", "components/filters.html"),
    ("search/results.html", "components/understood.html"),
    ("toolkits/toolkit_index_page.html", "components/filters.html"),
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT)).split("templates/", 1)[1]


def too_wide(path: Path) -> list[str]:
    lines = [line.strip() for line in path.read_text().splitlines() if len(line) > WIDEST]
    allowed = tuple(f'{{% include "{part}" with ' for page, part in WIDER if page == name_of(path))
    return [line for line in lines if not (line.startswith(allowed) and line.count("{%") == 1)]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_line_of_a_template_is_too_wide(path):
    assert too_wide(path) == []


TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}")


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_tag_of_a_template_is_broken_over_lines(path):
    """Django would draw it as words that people read."""
    assert not re.search(r"{%|%}|{{|{#|#}", TAG.sub("", path.read_text()))


def test_what_may_be_wider_is_there():
    wide = {
        (name_of(path), part)
        for path in TEMPLATES
        for line in path.read_text().splitlines()
        for page, part in WIDER
        if len(line) > WIDEST and page == name_of(path) and f'"{part}"' in line
    }
    assert wide == WIDER
