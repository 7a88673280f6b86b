"""The house holds itself to its plan: imports run downwards, nothing runs inline, components state their inputs."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = [
    {"practice", "people", "assets", "notices"},
    {"pages"},
    {"learning", "feedback"},
    {"toolkits", "research", "champions", "guidance", "stories", "events"},
    {"home", "search", "insight"},
    {"hub"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
NEVER = {("wagtail.models", "Page"), ("wagtail.contrib.forms.models", "AbstractForm")}


def imported(source: str) -> list[tuple[str, str]]:
    """Every (module, name) that a piece of Python imports, at any depth."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name) for alias in node.names]
    return found


def breaches(room: str, source: str) -> list[str]:
    """What this piece of a room may not import: an upper floor, a sibling, what the swapped base page forbids."""
    found = []
    for module, name in imported(source):
        other = module.split(".")[0]
        if other in FLOOR and other != room and FLOOR[other] >= FLOOR[room]:
            found.append(f"{room} imports {module}")
        if (module, name) in NEVER:
            found.append(f"{room} imports {module}.{name}")
    return found


def sources():
    for room in FLOOR:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "tests" not in path.parts and "migrations" not in path.parts:
                yield pytest.param(room, path, id=str(path.relative_to(ROOT)))


@pytest.mark.parametrize(("room", "path"), list(sources()))
def test_imports_run_downwards_only(room, path):
    assert breaches(room, path.read_text()) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("pages", "from toolkits.models import ToolPage"),
        ("people", "from notices.outbox import queue_message"),
        ("toolkits", "def later():\n    import home.shelves"),
        ("search", "from home import shelves"),
        ("toolkits", "from wagtail.models import Page"),
    ],
)
def test_a_breach_of_the_floors_is_noticed(room, source):
    assert breaches(room, source)


def test_there_is_no_drawer_called_core_or_utils():
    names = {path.name for path in ROOT.rglob("*") if not {".venv", ".git", "var", ".test"} & set(path.parts)}
    assert not names & {"core", "common", "utils", "core.py", "common.py", "utils.py", "helpers.py"}


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_runs_nothing_inline(path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=", text)


COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
COMPONENT_TEXT = {path.stem: path.read_text() for path in COMPONENTS}


# On the style guide without a sample: the frame of that page, its own forms, and parts that need a real tool.
SEEN_OTHERWISE = {"header", "footer", "menu", "avatar", "skip-link", "form", "field", "field-error", "error-summary"}
SEEN_OTHERWISE |= {"print-bar", "section", "shelves", "jump"}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_states_its_inputs_and_stands_in_the_style_guide(path):
    assert path.read_text().lstrip().startswith("{#")
    samples = json.loads((ROOT / "templates" / "components" / "samples.json").read_text())
    shown_inside = {
        inner for name in samples for inner in re.findall(r"components/([\w-]+)\.html", COMPONENT_TEXT[name])
    }
    assert path.stem in samples.keys() | shown_inside | SEEN_OTHERWISE
