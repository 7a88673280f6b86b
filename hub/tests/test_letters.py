"""Every letter of the hub says what happened: of which thing, and which time it was."""

import ast

import pytest

from hub.tests.test_architecture import ROOT, sources


def letters(source: str) -> list[ast.Call]:
    """Every call of `tell` that writes a letter."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "tell" and one.keywords]


def faults(source: str) -> list[str]:
    """Letters of no declared kind, or of nothing that happened."""
    found = []
    for call in letters(source):
        said = {keyword.arg: keyword.value for keyword in call.keywords}
        kind = said.get("kind")
        if "about" not in said or isinstance(kind, ast.Constant | ast.JoinedStr):
            found.append(ast.unparse(call))
    return found


@pytest.mark.parametrize(("room", "path"), list(sources()))
def test_a_letter_is_of_a_declared_kind_and_about_something_that_happened(room, path):
    assert faults(path.read_text()) == []


@pytest.mark.parametrize(
    "mistake",
    [
        "tell(person, letter, kind='question', about=question)",
        "tell(person, letter, kind=QUESTION, key=f'question:{question.state}')",
        "tell(person, letter, kind=QUESTION)",
    ],
)
def test_a_letter_that_is_keyed_by_a_state_is_noticed(mistake):
    assert faults(mistake)


def test_only_the_room_of_letters_knows_the_letters_that_were_sent():
    """They are forgotten after thirty days: who asks them would tell everybody anew."""
    readers = {
        str(path.relative_to(ROOT))
        for _, path in (param.values for param in sources())
        if "OutgoingMail" in path.read_text()
    }
    allowed = {name for name in readers if name.startswith("notices/")} | {"home/duties/table.py"}
    assert readers == allowed
