"""Is this page still right? One answer, from its dates, wherever it is asked."""

from dataclasses import dataclass
from datetime import date, timedelta

from pages.wording import day

DUE_SOON = timedelta(days=30)
LONGEST_REVIEW_GAP_MONTHS = 24


@dataclass(frozen=True)
class ReviewState:
    """`slug` is current, due, overdue, archived or withdrawn; `words` say it to a reader."""

    slug: str
    words: str


def review_state(
    *, next_review: date | None, withdrawn_on: date | None, today: date, archived_on: date | None = None
) -> ReviewState:
    """Where a page stands on this day. Due means within 30 days; a page without a date counts as current.

    What is archived is kept to be found and read as it was: nobody reviews it any more.
    """
    if withdrawn_on and withdrawn_on <= today:
        return ReviewState("withdrawn", f"Withdrawn on {day(withdrawn_on)}")
    if archived_on and archived_on <= today:
        return ReviewState("archived", f"Archived on {day(archived_on)}")
    if next_review is None:
        return ReviewState("current", "No review date set")
    if next_review < today:
        return ReviewState("overdue", f"Review was due on {day(next_review)}")
    if next_review <= today + DUE_SOON:
        return ReviewState("due", f"Review due on {day(next_review)}")
    return ReviewState("current", f"Next review on {day(next_review)}")


def latest_next_review(reviewed_on: date) -> date:
    """The last day that a next review may be set for: 24 months after the last one."""
    year = reviewed_on.year + LONGEST_REVIEW_GAP_MONTHS // 12
    try:
        return reviewed_on.replace(year=year)
    except ValueError:  # 29 February
        return reviewed_on.replace(year=year, day=28)
