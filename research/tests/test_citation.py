"""How research is named: pure, no database."""

from datetime import date

from research.citation import citation


def test_a_citation_names_who_when_what_where_and_when_the_link_last_worked():
    line = citation(
        authors="Wilkins, D. and others",
        year=2021,
        title="A trial of staff forums",
        published_in="Cardiff University",
        link="https://example.org/trial",
        checked_on=date(2026, 10, 3),
    )
    assert line == (
        "Wilkins, D. and others (2021) ‘A trial of staff forums’. Cardiff University. "
        "Available at: https://example.org/trial (Link checked 3 October 2026)."
    )


def test_what_is_not_known_is_left_out_without_gaps():
    assert citation(authors="", year=None, title="What helps?") == "‘What helps?’."
    assert citation(authors="Lee, A.", year=2020, title="Notes", published_in="London.") == (
        "Lee, A. (2020) ‘Notes’. London."
    )


def test_without_the_title_of_the_original_there_is_nothing_to_cite():
    assert citation(authors="Lee, A.", year=2020, title="") == ""
