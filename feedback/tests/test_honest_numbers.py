"""Numbers that can be trusted, whatever the answers are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.honest_numbers import Share, hidden_by_subtraction, merged, top_boxes, wilson

COUNTS = st.lists(st.integers(0, 40), min_size=5, max_size=5)


def test_a_group_that_is_just_large_enough_is_shown_and_a_lone_small_one_is_not():
    assert hidden_by_subtraction([5, 9], 5) == [False, False]
    assert hidden_by_subtraction([3], 5) == [True]


@pytest.mark.parametrize(
    ("n", "base", "words"),
    [
        (169, 180, "169 of 180, 94% (89 to 97%)"),
        (16, 17, "16 of 17"),
        (29, 30, "29 of 30, 97% (83 to 99%)"),
        (8, 8, "8 of 8"),
        (0, 0, "none answered"),
    ],
)
def test_a_share_is_never_said_without_its_base_and_a_small_one_without_percent(n, base, words):
    assert Share(n, base).words == words


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_range_holds_the_share(n, base):
    n = min(n, base)
    low, high = wilson(n, base)
    assert 0 <= low <= Share(n, base).percent + 1
    assert Share(n, base).percent - 1 <= high <= 100


@given(COUNTS)
def test_joined_boxes_lose_nobody_and_leave_no_small_one(counts):
    boxes = merged(counts)
    assert sum(count for _, _, count in boxes) == sum(counts)
    assert [box for first, last, _ in boxes for box in range(first, last + 1)] == [1, 2, 3, 4, 5]
    assert sum(counts) < 3 or all(count == 0 or count >= 3 for _, _, count in boxes)


@given(COUNTS)
def test_the_headline_does_not_tell_what_joining_hides(counts):
    top, everybody = top_boxes(merged(counts)), sum(counts)
    if top is not None and everybody >= 3:
        assert top == sum(counts[3:])
        assert top == 0 or top >= 3
        assert everybody == top or everybody - top >= 3


@given(st.lists(st.integers(0, 30), min_size=2, max_size=8), st.integers(2, 10))
def test_no_single_hidden_group_can_be_worked_out_from_the_rest(groups, fewest):
    hidden = hidden_by_subtraction(groups, fewest)
    assert all(flag for count, flag in zip(groups, hidden, strict=True) if 0 < count < fewest)
    rest = [count for count, flag in zip(groups, hidden, strict=True) if flag]
    if rest and len(rest) < len([count for count in groups if count]):
        assert len(rest) > 1
        assert sum(rest) >= fewest


def test_a_share_of_nobody_is_not_written_as_0_of_0():
    for words in (Share(0, 0).counts, Share(0, 0).words):
        assert "0 of 0" not in words
        assert words.startswith("none")
    assert Share(0, 3).counts == "0 of 3"
