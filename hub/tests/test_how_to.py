"""The recipes of `docs/how-to/` name what is there, and adding something takes no more modules than they say."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
RECIPES = ROOT / "docs" / "how-to"
MOST = {
    "a-field-of-a-tool": 3,
    "a-page-type": 4,
    "a-facet": 3,
    "a-state-of-a-booking": 4,
    "a-kind-of-question": 3,
    "a-mail": 1,
    "a-figure": 1,
    "a-role": 2,
}
TRIED = {"guidance/models/checklist.py"}
"""What a trial made and took back."""


def modules_of(recipe: str) -> list[str]:
    """The modules that a recipe changes: the first of each line of its list."""
    return re.findall(r"^- `([\w/]+\.py)`", (RECIPES / f"{recipe}.md").read_text(), re.MULTILINE)


@pytest.mark.parametrize("recipe", MOST)
def test_a_recipe_stays_short(recipe):
    assert 0 < len(modules_of(recipe)) <= MOST[recipe]
    assert f"({recipe}.md) | {len(modules_of(recipe))} |" in (RECIPES / "README.md").read_text()


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.md")), ids=lambda path: path.stem)
def test_what_a_recipe_names_is_there(path):
    named = set(re.findall(r"`([a-z_]+/[\w/.-]*)`", path.read_text())) - TRIED
    assert [name for name in named if not (ROOT / name).exists()] == []
