"""Counting by bits agrees with counting by hand, whatever the tools and whatever is asked."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pages.lists.facets import Choice, FacetTable, FacetValues

NEEDS, WITH = ["safety", "school", "trauma"], ["child", "family"]
ages = st.one_of(st.none(), st.integers(-1, 25))


@st.composite
def rows(draw):
    made = []
    for key in range(draw(st.integers(0, 12))):
        made.append(
            FacetValues(
                key=key * 7,
                age_min=draw(ages),
                age_max=draw(ages),
                for_adults=draw(st.booleans()),
                minutes_min=draw(st.one_of(st.none(), st.integers(1, 90))),
                text=draw(st.sampled_from(["paper boats", "family tree", "walk and talk"])),
                values={
                    "need": frozenset(draw(st.lists(st.sampled_from(NEEDS)))),
                    "with": frozenset(draw(st.lists(st.sampled_from(WITH)))),
                },
            )
        )
    return made


choices = st.builds(
    Choice,
    values=st.fixed_dictionaries(
        {
            "need": st.lists(st.sampled_from(NEEDS), max_size=2).map(tuple),
            "with": st.lists(st.sampled_from(WITH), max_size=2).map(tuple),
        }
    ),
    without=st.lists(st.tuples(st.just("need"), st.sampled_from(NEEDS)), max_size=1).map(tuple),
    age=ages,
    minutes=st.one_of(st.none(), st.integers(1, 90)),
    words=st.lists(st.sampled_from(["paper", "walk", "tree"]), max_size=2).map(tuple),
)


def by_hand(rows, choice, *, leaving_out=""):
    """The same rules, read row by row and written anew, so that a slip in one is not a slip in both."""
    picked = []
    for row in rows:
        fits = all(word in row.text for word in choice.words)
        for facet, values in choice.values.items():
            if values and facet != leaving_out:
                fits = fits and any(value in row.values[facet] for value in values)
        fits = fits and not any(value in row.values[facet] for facet, value in choice.without)
        if choice.age is not None and leaving_out != "age":
            if row.age_min is None and row.age_max is None:
                fits = fits and not row.for_adults
            else:
                youngest = -1 if row.age_min is None else row.age_min
                oldest = 25 if row.age_max is None else row.age_max
                fits = fits and choice.age in range(youngest, oldest + 1)
        if choice.minutes is not None and leaving_out != "minutes":
            fits = fits and (row.minutes_min or 1000) <= choice.minutes
        if fits:
            picked.append(row.key)
    return picked


@given(rows(), choices)
def test_what_is_found_is_what_a_reader_would_pick_out(rows, choice):
    table = FacetTable(rows)
    assert table.keys(table.matching(choice)) == by_hand(rows, choice)


@given(rows(), choices)
def test_a_count_says_how_many_a_click_would_give(rows, choice):
    table = FacetTable(rows)
    for facet, values in (("need", NEEDS), ("with", WITH)):
        counts = table.counts(facet, choice)
        for value in values:
            clicked = replace(choice, values={**choice.values, facet: (value,)})
            assert counts.get(value, 0) == len(by_hand(rows, clicked))


@given(rows(), choices, st.integers(-1, 25), st.integers(1, 90))
def test_the_counts_of_ages_and_times_leave_out_the_age_and_time_chosen(rows, choice, age, minutes):
    table = FacetTable(rows)
    other_age = replace(choice, age=age)
    other_time = replace(choice, minutes=minutes)
    assert table.count_age(age, choice) == len(by_hand(rows, other_age))
    assert table.count_minutes(minutes, choice) == len(by_hand(rows, other_time))


def test_a_tool_without_ages_suits_any_child_unless_it_is_for_adults():
    assert FacetValues(1).suits_age(7)
    assert not FacetValues(1, for_adults=True).suits_age(7)
    assert FacetValues(1, age_min=5, for_adults=True).suits_age(7)
    assert FacetValues(1, age_min=-1, age_max=3).suits_age(-1)
    assert not FacetValues(1, age_min=4, age_max=16).suits_age(17)


def test_a_tool_without_a_length_fits_no_time_at_hand():
    assert not FacetValues(1).fits_in(480)
    assert FacetValues(1, minutes_min=10).fits_in(10)


@given(rows(), choices, st.integers(0, 2**12 - 1))
def test_what_a_reader_may_not_see_is_in_no_list_and_in_no_count(rows, choice, mask):
    """`within` is the set of tools that this reader may open; the rest leave no trace."""
    table = FacetTable(rows)
    within = mask & table.everything
    seen = [row for place, row in enumerate(rows) if within >> place & 1]
    assert table.keys(table.matching(choice, within)) == by_hand(seen, choice)
    for value, count in table.counts("need", choice, within).items():
        clicked = replace(choice, values={**choice.values, "need": (value,)})
        assert count == len(by_hand(seen, clicked))


@given(rows(), rows(), choices)
def test_a_table_that_was_changed_row_by_row_is_as_one_made_anew(before, after, choice):
    table = FacetTable(before)
    changed = table.changed(dict(enumerate(after)))
    assert changed.keys(changed.matching(choice)) == by_hand(after + before[len(after) :], choice)
    assert table.keys(table.matching(choice)) == by_hand(before, choice)  # the one in use is as it was
