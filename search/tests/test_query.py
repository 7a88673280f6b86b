"""What a worker types is understood as they meant it, nothing of it is lost, and each filter can be taken off again."""

import tomllib
from pathlib import Path

import pytest

from search.understanding.filters import LONGEST, Intent, ReadFilter, understand
from search.understanding.patterns import circumstances

KEPT = ["2 hours", "two hours", "3 houses", "three houses", "16 plus", "1:1", "121", "section 17"]


def filters(typed, **options):
    return [(one.name, one.value) for one in understand(typed, **options).understood]


def only(name, typed):
    """The one filter that the whole of what was typed stands for."""
    intent = understand(typed)
    assert intent.text == ""
    (one,) = intent.understood
    assert one.name == name
    assert one.words == intent.typed
    return one.value


def test_a_sentence_of_a_worker_becomes_filters_in_the_order_they_were_typed():
    intent = understand("something for 7yr old 20 mins home visit no printing")
    assert intent.text == "something"
    assert [(one.name, one.value, one.label) for one in intent.understood] == [
        ("age", "7", "Age 7"),
        ("minutes", "20", "Up to 20 minutes"),
        ("setting", "home", "At home"),
        ("without", "print", "No printing"),
    ]


def test_what_is_no_filter_is_searched_for_as_it_was_typed():
    intent = understand("7 yr old WONT talk,  20 mins")
    assert (intent.typed, intent.text) == ("7 yr old WONT talk, 20 mins", "WONT talk,")
    assert intent.understood[0] == ReadFilter("age", "7", "7 yr old", "Age 7")


# fmt: off
@pytest.mark.parametrize(("typed", "age"), [
    ("7yr", 7), ("7yrs", 7), ("7 yr old", 7), ("7yo", 7), ("7 y/o", 7), ("7 y.o.", 7), ("7 years old", 7), ("7y", 7),
    ("7-year-old", 7), ("7yrold", 7), ("7 year olds", 7), ("7 YEARS OLD", 7), ("7.5 year old", 7), ("7½ yr old", 7),
    ("seven year old", 7), ("Seven-Year-Old", 7), ("twenty one year old", 21), ("seven and a half year old", 7),
    ("age 7", 7), ("aged 7", 7), ("aged seven", 7), ("age: 7", 7), ("age 7yr", 7), ("aged 12 and over", 12),
    ("for a 7 yr old", 7), ("with a 7 year old", 7), ("2 years 3 months old", 2), ("15yr old teenager", 15),
    ("25 year old", 25), ("age 0", 0), ("0 years", 0), ("07yr", 7), ("child of 7", 7),
])
def test_an_age_is_read_however_it_is_written(typed, age):
    assert only("age", typed) == str(age)


@pytest.mark.parametrize(("typed", "age"), [
    ("ages 5-7", 6), ("5 to 7 year olds", 6), ("aged 5 to 8", 6), ("5-8yrs", 6), ("11–16 year olds", 13), ("5-11s", 8),
    ("ages 7 and 9", 8), ("between 5 and 7 years", 6), ("between the ages of 5 and 7", 6), ("ages 7 to 5", 6),
    ("age range 5-7", 6), ("0-18 months", 0), ("year 5/6", 9), ("y5-6", 9), ("years 3 and 4", 7),
    ("year 3 to year 6", 8),
])
def test_a_span_of_ages_is_read_as_its_middle(typed, age):
    assert only("age", typed) == str(age)


@pytest.mark.parametrize(("typed", "age"), [
    ("under 5s", 4), ("under 5", 4), ("under fives", 4), ("under twos", 1),
    ("under-5's", 4), ("under the age of 5", 4), ("under 1", 0),
    ("over 12", 12), ("over 12s", 12), ("over 12 years", 12), ("older than 12", 12), ("under 18 months", 1),
])
def test_under_and_over_an_age_are_read(typed, age):
    assert only("age", typed) == str(age)


@pytest.mark.parametrize(("typed", "age"), [
    ("18 months old", 1), ("18 mths", 1), ("18-month-old", 1), ("18m old", 1), ("9 months", 0), ("36 months", 3),
    ("6 week old", 0), ("6 weeks old", 0), ("aged 6 weeks", 0), ("3 day old", 0), ("6 week old baby", 0),
])
def test_babies_are_counted_in_months_weeks_and_days(typed, age):
    assert only("age", typed) == str(age)


@pytest.mark.parametrize(("typed", "age"), [
    ("year 3", 7), ("yr 3", 7), ("y3", 7), ("Year Three", 7), ("in year 3", 7), ("Year 1", 5), ("year 13", 17),
    ("reception", 4), ("in reception", 4), ("reception class", 4), ("year R", 4), ("nursery age", 3), ("in nursery", 3),
    ("primary age", 7), ("primary school aged", 7), ("secondary age", 13), ("secondary pupils", 13),
])
def test_a_year_of_school_is_an_age(typed, age):
    assert only("age", typed) == str(age)


@pytest.mark.parametrize(("typed", "age"), [
    ("unborn", -1), ("unborn baby", -1), ("before birth", -1), ("baby", 0), ("babies", 0), ("newborn", 0),
    ("infant", 0), ("toddler", 2), ("toddlers", 2), ("pre schooler", 3), ("pre-schooler", 3), ("preschool", 3),
    ("teen", 14), ("teenager", 14), ("for teenagers", 14), ("adolescent", 14), ("with a baby", 0),
])
def test_a_time_of_life_is_an_age(typed, age):
    assert only("age", typed) == str(age)


@pytest.mark.parametrize(("age", "label"), [("unborn", "Unborn"), ("baby", "Under 1"), ("1yr", "Age 1")])
def test_the_chip_of_an_age_says_it_in_plain_words(age, label):
    assert understand(age).understood[0].label == label


@pytest.mark.parametrize("typed", [
    "age 40", "aged 26", "99yr", "26 year old", "year 14", "year 0", "year 2026", "2026", "5 to 40 year olds", "7",
    "under 0", "age -1", "-7yr2", "7yrx", "x7yr", "covid-19", "pre-birth", "pre-birth assessment", "nursery",
    "5 year plan", "2 years ago", "last 3 years", "6 month review", "10 years experience", "2 years in care",
    "in care 2 years", "year 1 ASYE",
    "under 6 sessions", "over 6 weeks", "over 20 minutes", "at least an hour", "under 5%", "one to one", "1-1",
    "reception desk", "infant school", "primary school", "school age", "PE7", "section 47", "7 minute briefing",
])
def test_what_only_looks_like_an_age_or_a_time_stays_text(typed):
    intent = understand(typed)
    assert (intent.text, intent.understood) == (typed, ())


@pytest.mark.parametrize(("typed", "minutes"), [
    ("20 mins", 20), ("20min", 20), ("20 minutes", 20), ("20-minute", 20), ("1 minute", 1), ("in 20m", 20),
    ("half an hour", 30), ("half hour", 30), ("1/2 hour", 30), ("½ hour", 30), ("quarter of an hour", 15),
    ("three quarters of an hour", 45), ("an hour", 60), ("1 hr", 60), ("one hour", 60), ("1.5 hours", 90), ("2h", 120),
    ("hour and a half", 90), ("an hour and a half", 90), ("1½ hrs", 90), ("two and a half hours", 150), ("1h30", 90),
    ("1 hour 20 mins", 80), ("1h20m", 80), ("ten minutes", 10), ("forty five minutes", 45), ("forty-five mins", 45),
    ("sixty mins", 60), ("10-15 mins", 15), ("between 10 and 15 minutes", 15), ("1 to 2 hours", 120), ("480 mins", 480),
    ("up to 30 mins", 30), ("under 20 minutes", 20), ("I have 20 mins", 20), ("only 10 minutes", 10), ("8 hours", 480),
])
def test_a_time_is_read_however_it_is_written(typed, minutes):
    assert only("minutes", typed) == str(minutes)


@pytest.mark.parametrize("typed", ["0 mins", "481 mins", "24 hours", "99999999999 minutes", "20m", "hour", "minutes"])
def test_a_time_that_no_visit_has_stays_text(typed):
    assert filters(typed) == []


@pytest.mark.parametrize(("typed", "slug"), [
    ("with siblings", "siblings"), ("with his brothers and sisters", "siblings"), ("with a group", "group"),
    ("in a group", "group"), ("with mum", "parent"), ("with dad", "parent"), ("with parents", "parent"),
    ("with a parent", "parent"), ("with mum and dad", "parent"), ("with my carers", "parent"),
    ("with foster carers", "foster-carer"), ("with grandma", "foster-carer"), ("with kinship carers", "foster-carer"),
    ("with the whole family", "family"), ("whole family", "family"), ("with families", "family"),
    ("with my supervisor", "supervisor"), ("with my team manager", "supervisor"), ("with the team", "team"),
    ("with partner agencies", "partner-agency"), ("on my own", "worker"), ("by myself", "worker"),
    ("worker alone", "worker"), ("child alone", "child"), ("on their own", "child"), ("with the child alone", "child"),
])
def test_company_is_read_when_it_is_said_as_company(typed, slug):
    assert only("with", typed) == slug


@pytest.mark.parametrize("typed", [
    "parents", "siblings", "family", "group supervision", "team", "supervisor", "contact with siblings",
    "relationship with mum", "living with grandparents", "family time with dad", "conflict with parents",
    "disagree with partner agencies", "disagree with another agency", "with family group conference",
    "with team around the family", "with mums boyfriend", "whole-family focus", "in supervision", "living on their own",
])
def test_a_subject_is_not_mistaken_for_company(typed):
    assert filters(typed) == []


@pytest.mark.parametrize(("typed", "slug"), [
    ("home visit", "home"), ("home-visits", "home"), ("on a home visit", "home"), ("at home", "home"),
    ("at school", "school"),
    ("in school", "school"),
    ("in his primary school", "school"), ("in the car", "car-or-walk"), ("car journey", "car-or-walk"),
    ("walking", "car-or-walk"), ("on a walk", "car-or-walk"), ("in the office", "office"),
    ("family centre", "family-centre"), ("at the family centre", "family-centre"), ("video call", "video-call"),
    ("on teams", "video-call"), ("online visit", "video-call"), ("in hospital", "hospital"),
    ("on the ward", "hospital"),
    ("in custody", "custody"), ("in a police station", "custody"), ("foster home", "foster-home"),
])
def test_a_place_is_read_when_it_is_said_as_a_place(typed, slug):
    assert only("setting", typed) == slug


@pytest.mark.parametrize("typed", [
    "home", "school", "car", "home conditions", "not safe at home", "bullied at school", "walk and talk", "teams",
    "impact on teams", "hospital", "office", "left home alone", "walking on eggshells",
])
def test_a_subject_is_not_mistaken_for_a_place(typed):
    assert filters(typed) == []


@pytest.mark.parametrize("typed", [
    "no printing", "no printer", "can't print", "can’t print", "cant print", "cannot print", "without printing",
    "without a printer", "nothing to print", "not printed", "no print-outs",
])
def test_having_no_printer_is_understood(typed):
    assert only("without", typed) == "print"
# fmt: on


def test_every_filter_is_a_term_that_the_hub_has():
    vocabularies = tomllib.loads(Path("practice/seed/vocabularies.toml").read_text())
    for name, labels in (("with", circumstances.COMPANY_LABELS), ("setting", circumstances.PLACE_LABELS)):
        assert set(labels) == {term["slug"] for term in vocabularies[name]}
    assert "print" in {term["slug"] for term in vocabularies["materials"]}


@pytest.mark.parametrize(
    "typed", [*KEPT, "Two-Hours", "2 hour", "3 house drawing", "16-plus", "SECTION 17", "two hours a month"]
)
def test_a_phrase_with_a_meaning_of_its_own_is_never_a_filter(typed):
    intent = understand(typed, kept=KEPT)
    assert (intent.text, intent.understood) == (typed, ())


def test_around_a_kept_phrase_the_rest_is_still_read():
    intent = understand("three houses 7yr old 20 mins", kept=KEPT)
    assert intent.text == "three houses"
    assert filters("three houses 7yr old 20 mins", kept=KEPT) == [("age", "7"), ("minutes", "20")]


def test_a_kept_phrase_counts_as_whole_words_only():
    assert filters("12 hours", kept=KEPT) == []
    assert filters("12 hours", kept=["2 hours"]) == filters("12 hours")
    assert filters("3 hours", kept=KEPT) == [("minutes", "180")]
    assert filters("home visit", kept=["home visit"]) == []


def test_of_two_ages_the_last_typed_holds_and_takes_the_words_of_the_other():
    intent = understand("7yr drawing 9yr 20 mins or 30 mins")
    assert [(one.name, one.value, one.words) for one in intent.understood] == [
        ("age", "9", "7yr 9yr"),
        ("minutes", "30", "20 mins 30 mins"),
    ]
    assert intent.text == "drawing or"


def test_the_same_filter_said_twice_is_one_filter():
    (one,) = understand("with siblings with his brother").understood
    assert one.words == "with siblings with his brother"
    assert filters("at school with siblings in a group") == [
        ("setting", "school"),
        ("with", "siblings"),
        ("with", "group"),
    ]


def test_marks_go_with_the_words_they_stand_at():
    intent = understand("(7yr old), drawing,20mins/home visit")
    assert [one.words for one in intent.understood] == ["(7yr old),", "20mins/", "home visit"]
    assert intent.text == "drawing,"


def test_taking_one_filter_off_leaves_the_rest_of_the_words():
    intent = understand("something for 7yr old 20 mins home visit")
    age, minutes, home = intent.understood
    assert intent.without(age) == "something 20 mins home visit"
    assert intent.without(minutes) == "something for 7yr old home visit"
    assert intent.without(home) == "something for 7yr old 20 mins"
    assert intent.without(ReadFilter("age", "9", "9yr", "Age 9")) == intent.typed


def test_taking_a_filter_off_never_makes_a_new_one():
    intent = understand("age 20 mins 7 drawing")
    assert filters(intent.typed) == [("age", "7"), ("minutes", "20")]
    intent = understand("5 20 mins to 7yr")
    assert filters(intent.typed) == [("minutes", "20"), ("age", "7")]
    assert intent.without(intent.understood[0]) == "5, to 7yr"
    assert filters("5, to 7yr") == [("age", "7")]


def test_what_is_shown_is_clean_and_short():
    intent = understand("  a\x00b\x1b\n\tc \u202egnp\ud800 " + "word " * 5_000)
    assert intent.typed.startswith("ab c gnp word word")
    assert len(intent.typed) <= LONGEST
    assert intent.typed == " ".join(intent.typed.split())
    intent.typed.encode()
    assert understand(" \x00 ") == Intent("", "", ())


@pytest.mark.parametrize("typed", ["٣ yr", "age ٧", "7² yr", "² years old", "①yr", "７yr", "Ⅶ yr", "age ½", "🙂 years"])
def test_digits_of_other_scripts_are_text(typed):
    assert filters(typed) == []
