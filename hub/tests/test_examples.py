"""Every example in a docstring holds: what it shows to whoever reads the code is what the code does."""

import doctest
import importlib
from pathlib import Path

import pytest
from django.conf import settings

HUB = Path(settings.BASE_DIR)
ROOMS = [room.parent for room in HUB.glob("*/__init__.py") if not room.parent.name.startswith(".")]
CODE = [path for room in ROOMS for path in room.rglob("*.py") if "tests" not in path.relative_to(HUB).parts]
WITH_EXAMPLES = sorted(
    ".".join(path.relative_to(HUB).with_suffix("").parts) for path in CODE if ">>> " in path.read_text(encoding="utf-8")
)


def test_there_are_examples():
    assert "feedback.answers.batches" in WITH_EXAMPLES


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_in_the_text_hold(name):
    tried = doctest.testmod(importlib.import_module(name))
    assert (tried.failed, tried.attempted > 0) == (0, True)
