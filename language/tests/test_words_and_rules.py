"""Pure rules: words for facts, review dates, contrast, addresses. No database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages import contrast, wording
from pages.lists.address import Address, page_numbers, query_string, shown, tidy
from pages.publishing.stewardship import latest_next_review, review_state


@pytest.mark.parametrize(
    ("youngest", "oldest", "adults", "words"),
    [
        (4, 16, False, "4 to 16 years"),
        (8, None, False, "8 years and over"),
        (-1, 3, False, "Unborn to 3 years"),
        (5, None, True, "5 years to adult"),
        (None, None, True, "Adults"),
        (None, None, False, "Any age"),
        (None, 5, False, "Up to 5 years"),
        (7, 7, False, "7 years"),
        (-1, -1, False, "Unborn"),
        (-1, None, False, "Unborn and over"),
    ],
)
def test_ages_are_said_as_a_practitioner_would(youngest, oldest, adults, words):
    assert wording.ages(youngest, oldest, adults) == words


@pytest.mark.parametrize(
    ("shortest", "longest", "several", "words"),
    [
        (10, 10, False, "10 minutes"),
        (10, 20, False, "10 to 20 minutes"),
        (None, None, True, "Several sessions"),
        (30, 45, True, "30 to 45 minutes, several sessions"),
        (None, None, False, "Any length"),
        (None, 20, False, "20 minutes"),
    ],
)
def test_times_are_said_as_a_practitioner_would(shortest, longest, several, words):
    assert wording.minutes(shortest, longest, several) == words


def test_a_list_runs_on_in_small_letters_but_keeps_acronyms():
    assert wording.listed(["Child alone", "Siblings", "BSL"]) == "Child alone, siblings or BSL"
    assert wording.listed(["Nothing"]) == "Nothing"
    assert wording.listed([]) == ""
    assert wording.counted(1, "tool") == "1 tool"
    assert wording.counted(1024, "tool") == "1,024 tools"


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "slug"), [(-1, "overdue"), (0, "due"), (30, "due"), (31, "current"), (400, "current")]
)
def test_a_review_is_due_for_thirty_days_and_overdue_from_the_next_day(days, slug):
    state = review_state(next_review=TODAY + timedelta(days=days), withdrawn_on=None, today=TODAY)
    assert state.slug == slug


def test_withdrawn_counts_from_its_day_and_before_any_review():
    assert review_state(next_review=None, withdrawn_on=TODAY, today=TODAY).slug == "withdrawn"
    assert review_state(next_review=TODAY, withdrawn_on=TODAY + timedelta(days=1), today=TODAY).slug == "due"
    assert "23 November 2026" in review_state(next_review=None, withdrawn_on=TODAY, today=TODAY).words


def test_archived_counts_from_its_day_and_nobody_reviews_it_any_more():
    today = date(2026, 5, 4)
    for days, slug in ((0, "archived"), (1, "overdue")):
        state = review_state(
            next_review=today - timedelta(days=9),
            withdrawn_on=None,
            today=today,
            archived_on=today + timedelta(days=days),
        )
        assert state.slug == slug


def test_the_latest_next_review_is_two_years_on_even_from_a_leap_day():
    assert latest_next_review(date(2026, 3, 1)) == date(2028, 3, 1)
    assert latest_next_review(date(2028, 2, 29)) == date(2030, 2, 28)


def test_contrast_agrees_with_known_pairs():
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast.ratio("#4b2a85", "#4b2a85") == 1
    with pytest.raises(ValueError, match="like #4b2a85"):
        contrast.luminance("plum")


@given(st.text(max_size=400))
def test_any_text_comes_out_safe_to_ask_a_database(text):
    clean = tidy(text)
    assert "\x00" not in clean
    assert len(clean) <= 200
    assert clean == tidy(clean)
    assert len(shown(text)) <= 41


@given(st.dictionaries(st.sampled_from(["age", "need", "q", "sort"]), st.lists(st.text(max_size=30), max_size=4)))
def test_any_address_gives_an_answer_and_never_an_error(parameters):
    address = Address(parameters)
    age = address.whole_number("age", "Age", -1, 25)
    assert age is None or -1 <= age <= 25
    assert set(address.choices("need", "Need", {"safety"})) <= {"safety"}
    assert address.choice("sort", "Order", {"best", "title"}, "best") in {"best", "title"}
    assert isinstance(address.text("q"), str)
    assert all(isinstance(line, str) and len(line) < 200 for line in address.ignored)


@pytest.mark.parametrize("value", ["--5", "1e3", "٣", "²", "+7", "0x1", "9" * 30, "7.0", "-2", "26"])
def test_what_is_no_age_is_left_out_and_said(value):
    address = Address({"age": [value]})
    assert address.whole_number("age", "Age", -1, 25) is None
    assert len(address.ignored) == 1


def test_a_number_given_twice_uses_the_last_and_says_so():
    address = Address({"age": ["4", " 7 "]})
    assert address.whole_number("age", "Age", -1, 25) == 7
    assert "more than once" in address.ignored[0]


def test_an_unknown_choice_is_named_short_however_long_it_was():
    address = Address({"need": ["safety", "safety", "x" * 10_000, "y"]})
    assert address.choices("need", "Need", {"safety"}) == ["safety"]
    assert "and 1 more" in address.ignored[0]
    assert len(address.ignored[0]) < 150


def test_an_address_is_written_without_what_is_empty():
    assert query_string({"age": [7], "need": ["a b", ""], "sort": []}) == "?age=7&need=a+b"
    assert query_string({}) == ""


@given(st.integers(1, 60), st.integers(1, 60))
def test_page_numbers_always_offer_the_first_the_last_and_the_neighbours(number, total):
    number = min(number, total)
    pages = page_numbers(number, total, lambda other: f"?page={other}")
    offered = [entry["number"] for entry in pages.numbers if entry]
    assert offered == sorted(set(offered))
    assert {1, total, number} <= set(offered)
    assert bool(pages.previous_url) == (number > 1)
    assert bool(pages.next_url) == (number < total)
