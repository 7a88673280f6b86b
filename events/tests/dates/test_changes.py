"""Where and when in words, and what changed: what it was and what it is. Pure."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from events.dates import where_when
from events.dates.changes import Known, changes, dates_to_send, head
from events.dates.where_when import Meeting, WhereWhen, venue_in_words
from events.dates.wording import day_and_time
from events.mail.reminding import how_soon

NOW = datetime(2026, 11, 2, 12, tzinfo=ZoneInfo("Europe/London"))


def meeting(day: int, where="Hall", hour=9, **fields) -> Meeting:
    starts = datetime(2026, 11, day, hour, 30, tzinfo=ZoneInfo("Europe/London"))
    return Meeting(f"d{day}", starts, starts + timedelta(hours=2), where, **fields)


def known(*dates: Meeting, **fields) -> Known:
    plan = {name: fields.pop(name) for name in ("title", "held", "where") if name in fields}
    plan = {"title": "A course", "held": "in-person", "where": "Hall", **plan}
    return Known(plan=WhereWhen(dates=dates, **plan), **fields)


@pytest.mark.parametrize(
    ("held", "venue", "own", "words"),
    [
        ("in-person", "Hall", "", "Hall"),
        ("in-person", "Hall", "Annexe", "Annexe"),
        ("in-person", "", "", "In person"),
        # A room that is still written down is not where online people go.
        ("online", "Hall", "", "Online"),
        ("online", "", "Annexe", "Annexe"),
        ("hybrid", "Hall", "", "Hall, or online"),
        ("hybrid", "", "", "In person or online"),
        # Another room takes nobody's way online away.
        ("hybrid", "Hall", "Annexe", "Annexe, or online"),
    ],
)
def test_a_date_is_in_its_own_place_else_where_its_session_is(held, venue, own, words):
    assert venue_in_words(held=held, venue=venue, own=own) == words


class TestASessionInShort:
    def test_says_the_first_date_and_how_many_more(self):
        plan = known(meeting(3), meeting(10), meeting(17)).plan
        assert plan.in_short == "Tuesday 3 November 2026, 9.30am to 11.30am and 2 more dates"

    def test_says_which_dates_fell_and_not_that_there_is_none(self):
        plan = known(*(meeting(day, cancelled=True, because="Snow") for day in (3, 10))).plan
        assert plan.in_short == "Cancelled: Tuesday 3 November 2026, 9.30am to 11.30am and 1 more date"
        assert known().plan.in_short == "No date yet"

    def test_names_a_place_for_all_only_where_it_is_true(self):
        assert known(meeting(3), meeting(10)).plan.one_venue == "Hall"
        apart = known(meeting(3), meeting(10, "Annexe")).plan
        assert (apart.one_venue, apart.venue_in_short) == ("", "Hall, then other places")
        assert [label for label, _ in apart.facts] == ["When", "When"]
        assert known(meeting(3), meeting(10, "Annexe", cancelled=True)).plan.one_venue == "Hall"

    def test_begins_where_the_first_date_that_takes_place_is(self):
        plan = known(meeting(3, "Annexe", cancelled=True), meeting(10), meeting(17, "Library")).plan
        assert plan.venue_in_short == "Hall, then other places"

    def test_lists_every_date_and_says_of_one_that_fell_why(self):
        plan = known(meeting(3, cancelled=True, because="Snow."), meeting(10)).plan
        assert plan.lines == [
            "Tuesday 3 November 2026, 9.30am to 11.30am: cancelled. Snow.",
            "Tuesday 10 November 2026, 9.30am to 11.30am, Hall",
        ]
        assert known().plan.lines == ["No date yet"]

    def test_says_which_of_several_dates_one_is_and_nothing_of_the_only_one_or_of_one_that_is_gone(self):
        plan = known(meeting(3), meeting(10), meeting(17)).plan
        assert [plan.turn_of(key) for key in ("d3", "d17", "d24")] == ["the 1st of 3 dates", "the 3rd of 3 dates", ""]
        assert known(meeting(3)).plan.turn_of("d3") == ""

    def test_comes_next_until_it_is_over_and_then_the_first_is_named(self):
        plan = known(meeting(3, cancelled=True), meeting(10), meeting(17)).plan
        ends = plan.to_come[0].ends
        assert [plan.next(at).key for at in (NOW, ends - timedelta(seconds=1), ends)] == ["d10", "d10", "d17"]
        assert plan.next(meeting(24).ends).key == "d10"
        assert known(meeting(3, cancelled=True)).plan.next(NOW).key == "d3"
        assert known().plan.next(NOW) is None

    def test_gives_no_place_to_go_to_where_every_date_fell(self):
        plan = known(meeting(3, cancelled=True)).plan
        assert plan.facts == [("Cancelled", "Tuesday 3 November 2026, 9.30am to 11.30am")]


BASE = (meeting(3), meeting(10), meeting(17))
WAYS = {
    "moved": ((meeting(3, hour=14) if one.key == "d3" else one for one in BASE), {}),
    "moved and elsewhere": ((replace(meeting(4, "Annexe"), key="d3"), *BASE[1:]), {}),
    "elsewhere": ((replace(BASE[0], where="Annexe"), *BASE[1:]), {}),
    "all elsewhere": ((replace(one, where="Annexe") for one in BASE), {"where": "Annexe"}),
    "added": ((*BASE, meeting(24)), {}),
    "taken away": (BASE[:2], {}),
    "new name": (BASE, {"title": "Another"}),
    "online": (BASE, {"held": "online"}),
    "other way in": (BASE, {"way_in": "b"}),
    "other organiser": (BASE, {"contact": "Ben, ben@hub.example"}),
    "to bring": (BASE, {"before": "Bring a pen."}),
}
SAYS = {
    "moved": [
        "It was Tuesday 3 November 2026, 9.30am to 11.30am. It is now Tuesday 3 November 2026, 2.30pm to 4.30pm."
    ],
    "moved and elsewhere": ["was Tuesday 3 November 2026, 9.30am to 11.30am, Hall. It is now Wed", "11.30am, Annexe."],
    "elsewhere": ["Tuesday 3 November 2026, 9.30am to 11.30am has a new place: it was Hall, it is Annexe."],
    "all elsewhere": ["All dates have a new place: it was Hall, it is Annexe."],
    "added": ["Added: Tuesday 24 November 2026, 9.30am to 11.30am, Hall."],
    "taken away": ["Taken away: Tuesday 17 November 2026, 9.30am to 11.30am, Hall."],
    "new name": ["it was “A course”, it is “Another”"],
    "online": ["it was in person, it is online"],
    "other way in": ["The way in online has changed"],
    "other organiser": ["it was Amina, amina@hub.example, it is Ben, ben@hub.example"],
    "to bring": ["is new: “Bring a pen.” Before, it said: “Bring a coat.”"],
}
SENT = {
    "moved": {"d3"},
    "moved and elsewhere": {"d3"},
    "elsewhere": {"d3"},
    "all elsewhere": {"d3", "d10", "d17"},
    "added": {"d24"},
    "taken away": {"d17"},
    "new name": {"d3", "d10", "d17"},
    "online": {"d3", "d10", "d17"},
}
REST = {"way_in": "a", "contact": "Amina, amina@hub.example", "before": "Bring a coat."}


class TestWhatChanged:
    @pytest.mark.parametrize("way", WAYS)
    def test_is_one_sentence_with_what_it_was_and_what_it_is(self, way):
        dates, fields = WAYS[way]
        was, now = known(*BASE, **REST), known(*dates, **{**REST, **fields})
        (found,) = changes(was, now, at=NOW)
        assert all(words in found.sentence for words in SAYS[way]), found.sentence
        assert dates_to_send([found], now.plan, at=NOW) == SENT.get(way, set())
        assert head([found]) != "Something has changed"

    def test_is_nothing_where_nothing_did_and_survives_being_kept(self):
        was = known(*BASE, **REST)
        assert changes(was, was, at=NOW) == []
        assert Known.from_json(was.as_json()) == was

    def test_is_not_told_of_dates_that_are_over_or_were_cancelled(self):
        was = known(*BASE)
        cancelled = known(replace(BASE[0], cancelled=True), *BASE[1:])
        assert changes(was, cancelled, at=NOW) == []
        elsewhere = known(*(replace(one, where="Annexe") for one in BASE), where="Annexe")
        found = changes(was, elsewhere, at=BASE[1].ends)
        assert [one.dates for one in found] == [("d17",)]

    def test_renews_no_entry_of_a_date_that_is_over_in_a_calendar(self):
        was, now = known(*BASE), known(*BASE, title="Another")
        assert dates_to_send(changes(was, now, at=BASE[0].ends), now.plan, at=BASE[0].ends) == {"d10", "d17"}

    @pytest.mark.parametrize(
        ("was", "now", "said"),
        [
            ("", "Bring a pen.", "What to bring or think about before you come is new: “Bring a pen.”"),
            ("A pen.", "", "There is nothing to bring or think about any more. The page said: “A pen.”"),
            ("", "word " * 100, f"What to bring or think about before you come is new: “{'word ' * 79}word …”"),
        ],
        ids=["new", "gone", "long"],
    )
    def test_of_what_to_bring_says_what_there_is_and_no_more_than_fits(self, was, now, said):
        assert [one.sentence for one in changes(known(before=was), known(before=now), at=NOW)] == [said]

    def test_names_no_join_address(self):
        found = changes(known(way_in="https://meet.example/a"), known(way_in="https://meet.example/b"), at=NOW)
        assert "meet.example" not in found[0].sentence


def test_how_soon_counts_days_and_says_them_in_words():
    assert [how_soon(days) for days in (0, 1, 2, 3, 5, 7, 13, 14)] == [
        "Today",
        "Tomorrow",
        "In two days",
        "In three days",
        "In five days",
        "In a week",
        "In thirteen days",
        "In two weeks",
    ]


def test_nothing_else_puts_a_date_of_a_session_into_words():
    """A cousin that words a date by itself would miss that it moved to another room."""
    room = Path(where_when.__file__).parent
    own = re.compile(
        r"\bspan\(|(day_and_time|long_day|clock)\([^)]*\bstarts_at\)|\.held_dates\[0\]|place or session\.place"
    )
    files = [path for path in room.rglob("*.py") if "tests" not in path.parts and path.name not in OWNERS]
    files += (room.parent / "home").glob("*.py")
    assert [path.name for path in files if own.search(path.read_text())] == []


OWNERS = ("where_when.py", "wording.py")


@pytest.mark.parametrize(
    ("utc", "words"),
    [
        (datetime(2027, 10, 30, 23, 59, tzinfo=UTC), "12.59am"),
        (datetime(2027, 10, 31, 0, 0, tzinfo=UTC), "1am (before the clocks go back)"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "1.30am (after the clocks go back)"),
        (datetime(2027, 10, 31, 2, 0, tzinfo=UTC), "2am"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "2am"),
        (datetime(2027, 7, 14, 23, 30, tzinfo=UTC), "12.30am"),
    ],
)
def test_an_hour_that_comes_twice_says_which_one_it_is(utc, words):
    assert day_and_time(utc).split(", ")[1] == words
