"""What the reading measure says is what somebody who reads aloud would say."""

import pytest

from language.readability import count_syllables, measure

PLAIN = "We sit down with you. We ask what you want. You say what helps. We write it down and you keep it. " * 4
OFFICIAL = (
    "The utilisation of multidisciplinary assessment methodologies facilitates the identification of appropriate "
    "interventions, notwithstanding considerable organisational limitations regarding implementation capacity. "
) * 4


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("table", 2),
        ("helped", 1),
        ("wanted", 2),
        ("family", 3),
        ("the", 1),
        ("strengths", 1),
        ("child’s", 1),
    ],
)
def test_syllables_are_counted_by_ear(word, count):
    assert count_syllables(word) == count


def test_a_plain_text_is_for_a_child_and_an_official_one_takes_a_degree():
    assert measure([PLAIN]).age <= 9
    assert measure([OFFICIAL]).age == 20
    assert "A reader of" in measure([PLAIN]).in_words
    assert "degree" in measure([OFFICIAL]).in_words


def test_long_sentences_are_named():
    found = measure(["Short. " + "word " * 26 + "end."]).long_sentences
    assert len(found) == 1
    assert found[0].endswith("end.")


@pytest.mark.parametrize("texts", [[], [""], ["1 2 3"], ["😀"], ["One."], ["…"]], ids=str)
def test_too_little_is_said_to_be_too_little(texts):
    assert measure(texts).age is None
    assert "Too short" in measure(texts).in_words
