"""A figure that the hub promises is typed once, in `hub/promises.py`: what people read takes it from there."""

import ast
import re
from pathlib import Path

import pytest

from hub import promises

ROOT = Path(__file__).resolve().parent.parent.parent
# Minutes are said of many things.
UNITS = {"DAYS": "days?", "MONTHS": "months?"}
# "Of the last 12 months" is a year that is looked back on, and no promise.
NOT_ONLY_A_PROMISE = {12}
WORDS = {3: "three", 28: "twenty-eight", 36: "thirty-six", 60: "sixty"}


def promised() -> list[str]:
    """How each figure would be typed, as patterns."""
    patterns = [rf"\b(fewer than|at least) ({promises.HUB_FEWEST_ANSWERS}|five) (people|answers)"]
    for name, value in vars(promises).items():
        unit = UNITS.get(name.rpartition("_")[2])
        if name.startswith("HUB_") and unit and value not in NOT_ONLY_A_PROMISE:
            patterns.append(rf"\b({value}|{WORDS[value]}) {unit}\b")
            if unit.startswith("month") and value % 12 == 0:
                patterns.append(rf"\bkept for ({value // 12}|{WORDS[value // 12]}) years\b")
    return patterns


PATTERN = re.compile("|".join(promised()), re.IGNORECASE)
ROOMS = sorted(path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name not in {"bench", "demo"})


def typed(source: str) -> list[str]:
    """The texts of a module, less what explains it to who reads the code."""
    tree = ast.parse(source)
    explaining = {
        id(line.value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        for line in node.body
        if isinstance(line, ast.Expr)
    }
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in nodes if id(node) not in explaining]


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_of_a_room_types_a_promised_figure(room):
    modules = [path for path in (ROOT / room).rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
    found = {
        str(path.relative_to(ROOT)): text
        for path in modules
        for text in typed(path.read_text())
        if PATTERN.search(text)
    }
    assert found == {}


def test_no_template_types_a_promised_figure():
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"}]
    assert [path.name for path in templates if PATTERN.search(path.read_text())] == []


def test_a_figure_that_is_typed_is_noticed():
    assert PATTERN.search(typed('"""28 days"""\nHELP = "It is deleted 28 days after the session."')[0])
    assert typed('"""28 days"""') == []
