"""Words to intent: what is read out of a question, and that nothing that was typed is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import LONGEST, understand

KEPT = ["2 hours", "two hours", "three houses", "3 houses", "1:1", "121", "16 plus", "section 17"]


def read(typed: str) -> tuple[str, dict[str, str]]:
    intent = understand(typed, kept=KEPT)
    return intent.text, {each.name: each.value for each in intent.understood}


@pytest.mark.parametrize(
    ("typed", "age"),
    [
        ("7yr", "7"), ("7 yr old", "7"), ("7yo", "7"), ("7 y/o", "7"), ("7 years old", "7"), ("7-year-old", "7"),
        ("seven year old", "7"), ("age 7", "7"), ("aged 7", "7"), ("ages 5-7", "6"), ("5 to 8 year olds", "6"),
        ("under 5s", "4"), ("over 12", "12"), ("18 months old", "1"), ("6 week old", "0"), ("year 3", "7"),
        ("yr 3", "7"), ("y3", "7"), ("Year 11", "15"), ("reception class", "4"), ("in nursery", "3"),
        ("toddler", "2"), ("toddlers", "2"), ("baby", "0"), ("newborn", "0"), ("pre-schooler", "3"),
        ("primary age", "7"), ("secondary aged", "13"), ("teenagers", "14"), ("unborn", "-1"), ("unborn baby", "-1"),
    ],
)  # fmt: skip
def test_an_age_is_read_however_it_is_said(typed, age):
    assert read(typed) == ("", {"age": age})


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("20 mins", "20"), ("20min", "20"), ("in 20 minutes", "20"), ("half an hour", "30"), ("an hour", "60"),
        ("quarter of an hour", "15"), ("1 hr", "60"), ("1.5 hours", "90"), ("hour and a half", "90"),
        ("ten minutes", "10"), ("forty five minutes", "45"), ("under 20 minutes", "20"), ("only 15 mins", "15"),
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_said(typed, minutes):
    assert read(typed) == ("", {"minutes": minutes})


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("with siblings", {"with": "siblings"}),
        ("with his brothers", {"with": "siblings"}),
        ("with mum and dad", {"with": "parent"}),
        ("with her foster carers", {"with": "foster-carer"}),
        ("whole family", {"with": "family"}),
        ("with a group", {"with": "group"}),
        ("on my own", {"with": "worker"}),
        ("home visit", {"setting": "home"}),
        ("in the car", {"setting": "car-or-walk"}),
        ("at school", {"setting": "school"}),
        ("on a video call", {"setting": "video-call"}),
        ("no printing", {"without": "print"}),
        ("can't print", {"without": "print"}),
        ("nothing to print", {"without": "print"}),
        ("no printer", {"without": "print"}),
    ],
)
def test_company_place_and_no_printing_are_read_where_they_are_said_as_such(typed, understood):
    assert read(typed) == ("", understood)


@pytest.mark.parametrize(
    "typed",
    [
        "parents", "school", "home conditions", "pre-birth", "year 2026 plan", "age 40", "99yr", "three houses",
        "3 houses", "Two Hours", "1:1 work", "16 plus", "section 17", "121", "²yr", "٣ years old", "print", "group",
    ],
)  # fmt: skip
def test_what_means_something_else_stays_text(typed):
    assert read(typed) == (typed, {})


def test_a_whole_question_is_parted_into_filters_and_text():
    text, understood = read("something for 7yr old 20 mins home visit")
    assert text == "something for"
    assert understood == {"age": "7", "minutes": "20", "setting": "home"}


def test_of_two_ages_the_last_counts_and_both_come_off_together():
    intent = understand("age 7 wont talk age 9")
    assert [(each.name, each.value) for each in intent.understood] == [("age", "9")]
    assert intent.without(intent.understood[0]) == "wont talk"


def test_taking_one_filter_off_leaves_the_words_and_the_other_filters():
    intent = understand("7 yr old wont talk 20 mins")
    left = understand(intent.without(intent.understood[0]))
    assert (left.text, [each.name for each in left.understood]) == ("wont talk", ["minutes"])


@given(st.text(max_size=500))
def test_any_text_at_all_gives_an_intent_and_every_typed_word_is_kept_or_understood(typed):
    intent = understand(typed, kept=KEPT)
    assert len(intent.typed) <= LONGEST
    said = " ".join([intent.text, *(each.words for each in intent.understood)])
    assert sorted(said.split()) == sorted(intent.typed.split()) or sorted(said.replace(" ", "")) == sorted(
        intent.typed.replace(" ", "")
    )


PIECES = st.sampled_from(
    ["7yr", "age", "9", "20 mins", "with", "mum", "home visit", "no", "printing", "year", "3", "talk", "-", '"', "half"]
)


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_numbers_and_words_in_any_order_give_filters_that_are_possible(typed):
    for each in understand(typed, kept=KEPT).understood:
        if each.name == "age":
            assert -1 <= int(each.value) <= 25
        if each.name == "minutes":
            assert 1 <= int(each.value) <= 480


@pytest.mark.parametrize("typed", ["1 " * 5000, "a" * 10_000, "year " * 2000, "\x00" * 10_000, "under " * 2000 + "5"])
def test_ten_thousand_signs_are_read_in_no_time(typed):
    started = time.process_time()
    understand(typed, kept=KEPT)
    assert time.process_time() - started < 1
