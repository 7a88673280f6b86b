"""The page of words agrees with the code: what it names is there, and what nothing is to be called is not."""

import ast
import re

import pytest

from hub.tests.test_architecture import ROOT, modules

ROWS = re.findall(
    r"^\| (\w[^|]*) \| [^|]* \| ([^|]*) \| ([^|]*) \|$", (ROOT / "docs" / "glossary.md").read_text(), re.M
)[1:]


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every class, module and folder of the rooms."""
    texts = modules()
    parts = {part for module in texts for part in module.split(".")}
    return parts | {
        node.name for text in texts.values() for node in ast.parse(text).body if isinstance(node, ast.ClassDef)
    }


def quoted(cell: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", cell))


@pytest.mark.parametrize(("word", "carried_by", "never"), ROWS, ids=[row[0] for row in ROWS])
def test_a_word_is_carried_by_what_the_page_says_and_by_no_other_name(names, word, carried_by, never):
    assert quoted(carried_by)
    assert quoted(carried_by) - names == set()
    assert quoted(never) & names == set()


def test_the_page_has_the_words_of_the_house():
    assert len(ROWS) >= 25
