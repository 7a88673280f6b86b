"""The corners of what facts say: ages of one year, the unborn, adults; a single minute; lists; days."""

import re
from datetime import date

import pytest

from hub.tests.test_architecture import modules
from pages import wording
from pages.wording import sentence


@pytest.mark.parametrize(
    ("youngest", "oldest", "adults", "words"),
    [
        (0, 0, False, "0 years"),
        (0, 2, False, "0 to 2 years"),
        (0, None, False, "0 years and over"),
        (-1, 0, False, "Unborn to 0 years"),
        (None, -1, False, "Unborn"),
        (None, 0, False, "Up to 0 years"),
        (4, 16, True, "4 years to adult"),
        (0, None, True, "0 years to adult"),
        (None, 5, True, "Any age and adults"),
    ],
)
def test_the_ends_of_the_range_of_ages_are_said_too(youngest, oldest, adults, words):
    assert wording.ages(youngest, oldest, adults) == words


@pytest.mark.parametrize(
    ("youngest", "oldest", "adults", "words"),
    [
        (1, 1, False, "1 year"),
        (1, None, False, "1 year and over"),
        (None, 1, False, "Up to 1 year"),
        (-1, 1, False, "Unborn to 1 year"),
        (1, None, True, "1 year to adult"),
    ],
)
def test_one_year_is_a_year_and_not_years(youngest, oldest, adults, words):
    assert wording.ages(youngest, oldest, adults) == words


@pytest.mark.parametrize(("oldest", "adults"), [(None, True), (3, True), (-1, True)])
def test_from_before_birth_to_adults_speaks_of_no_years(oldest, adults):
    assert wording.ages(-1, oldest, adults) == "Unborn to adult"


@pytest.mark.parametrize(
    ("shortest", "longest", "several", "words"),
    [
        (20, None, False, "20 minutes"),
        (None, 20, True, "20 minutes, several sessions"),
        (1, 5, False, "1 to 5 minutes"),
        (480, 480, False, "480 minutes"),
    ],
)
def test_a_time_with_one_end_open_is_said_as_one(shortest, longest, several, words):
    assert wording.minutes(shortest, longest, several) == words


@pytest.mark.parametrize(("shortest", "longest"), [(1, 1), (1, None), (None, 1)])
def test_one_minute_is_a_minute_and_not_minutes(shortest, longest):
    assert wording.minutes(shortest, longest) == "1 minute"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Child alone"], "Child alone"),
        (["Child alone", "Siblings"], "Child alone or siblings"),
        (["Home", "School", "Office"], "Home, school or office"),
        (["Drawing", "MI"], "Drawing or MI"),
        (["BSL", "Large print"], "BSL or large print"),
        (iter(["Cards", "Toys"]), "Cards or toys"),
    ],
)
def test_a_list_reads_as_a_sentence_does(words, said):
    assert wording.listed(words) == said


@pytest.mark.parametrize(
    ("number", "singular", "plural", "words"),
    [
        (0, "tool", "", "0 tools"),
        (1, "tool", "", "1 tool"),
        (2, "family", "families", "2 families"),
        (1, "family", "families", "1 family"),
        (1_000_000, "page", "", "1,000,000 pages"),
    ],
)
def test_a_number_agrees_with_its_noun(number, singular, plural, words):
    assert wording.counted(number, singular, plural) == words


def test_a_day_is_said_without_a_nought_in_front():
    assert wording.day(date(2026, 10, 3)) == "3 October 2026"
    assert wording.day(date(2028, 2, 29)) == "29 February 2028"


def test_a_sentence_has_one_full_stop_also_after_a_name_that_has_one_of_its_own():
    assert [sentence("Handed to Amina K."), sentence("Handed to Ben"), sentence("Why?")] == [
        "Handed to Amina K.",
        "Handed to Ben.",
        "Why?",
    ]


NAMES = re.compile(r"\{(?:[a-z_.]*(?:person|manager|successor|colleague|deputy|whom)|to|by|names)\}\.[\"' ]")


def test_no_module_puts_a_full_stop_behind_the_name_of_a_person():
    found = {name: NAMES.findall(text) for name, text in modules().items() if "management" not in name}
    assert {name: where for name, where in found.items() if where} == {}
