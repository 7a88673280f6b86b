"""The moments at which booking opens and closes, and how a place reaches the next in line: each to the second."""

from datetime import timedelta

import pytest

from events.booking.times import deadline, queue_is_open, refuse_unless_open, way_in
from events.models import Session
from people.refusals import NotPossible
from tests.builders import in_a_working_week

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
THURSDAY = in_a_working_week(3, 14)
RULES = Session.WaitingRule


def session(**fields) -> Session:
    """On a Thursday at two; booking opens a month before and closes as it starts, the queue that day at ten."""
    usual = {
        "starts_at": THURSDAY,
        "ends_at": THURSDAY + 2 * HOUR,
        "opens_at": THURSDAY - 30 * DAY,
        "queue_closes_at": THURSDAY - 4 * HOUR,
    }
    return Session(**usual | fields)


def refused(moment, **fields) -> str:
    try:
        refuse_unless_open(session(**fields), moment)
    except NotPossible as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (THURSDAY - 30 * DAY - SECOND, "not-open"),
        (THURSDAY - 30 * DAY, ""),
        (THURSDAY - SECOND, ""),
        (THURSDAY, "closed"),
        (THURSDAY + 2 * HOUR - SECOND, "closed"),
        (THURSDAY + 2 * HOUR, "over"),
    ],
)
def test_people_book_from_the_second_it_opens_until_the_second_it_closes(moment, code):
    assert refused(moment) == code
    assert refused(moment, cancelled_at=THURSDAY - DAY) == "cancelled"


def test_without_times_of_its_own_booking_is_always_open():
    assert refused(THURSDAY, opens_at=None, starts_at=None, ends_at=None) == ""
    assert queue_is_open(session(starts_at=None, ends_at=None), THURSDAY + 99 * DAY)


@pytest.mark.parametrize(
    ("rule", "before", "fields", "way"),
    [
        (RULES.CLOSENESS, 5 * DAY + SECOND, {}, "booked"),
        (RULES.CLOSENESS, 5 * DAY, {}, "offered"),
        (RULES.CLOSENESS, DAY + SECOND, {}, "offered"),
        (RULES.CLOSENESS, DAY, {}, None),
        # Who chose "always an offer" has it on the last day too, as long as an hour of work is left to answer.
        (RULES.OFFER, 20 * DAY, {}, "offered"),
        (RULES.OFFER, DAY, {}, "offered"),
        (RULES.OFFER, 5 * HOUR, {}, "offered"),
        (RULES.OFFER, 5 * HOUR - SECOND, {}, None),
        (RULES.STRAIGHT, 4 * HOUR + SECOND, {}, "booked"),
        (RULES.STRAIGHT, 4 * HOUR, {}, None),
        (RULES.STRAIGHT, 20 * DAY, {"cancelled_at": THURSDAY}, None),
        (RULES.BY_HAND, 20 * DAY, {}, None),
        (RULES.NONE, 20 * DAY, {}, None),
        (RULES.OFFER, 0 * DAY, {"starts_at": None, "ends_at": None}, "booked"),
    ],
)
def test_a_free_place_goes_on_as_the_rule_of_the_session_says(rule, before, fields, way):
    assert way_in(session(waiting_rule=rule, **fields), THURSDAY - before) == way


def test_what_is_made_as_offices_close_is_not_over_at_once():
    closing = in_a_working_week(2, 17)
    assert deadline(closing, 1, no_later=closing + 3 * HOUR) == closing + 3 * HOUR
    assert deadline(closing - MINUTE, 1, no_later=closing + 3 * HOUR) == closing
    assert deadline(closing - DAY, 1, no_later=closing) == closing
