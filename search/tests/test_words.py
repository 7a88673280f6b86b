"""Words as search compares them: what people vary without meaning anything by it makes no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import excerpts
from search.understanding import spelling
from search.understanding.words import all_stems, fold, for_index, telling_stems, written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Worries", "worry"),
        ("GRRRAAACCEEESSS", "graces"),
        ("GGRRAAACCEEESSS", "Graces"),
        ("Café", "cafe"),
        ("child's", "child"),
        ("children", "child"),
        ("won't", "wont"),
        ("won’t", "wont"),
        ("pre-birth", "pre birth"),
        ("CHRONOLOGIES", "chronology"),
        ("assessments", "assessment"),
    ],
)
def test_case_accents_hyphens_plurals_and_stretched_letters_make_no_difference(one, other):
    assert all_stems(one) == all_stems(other)


@pytest.mark.parametrize(("one", "other"), [("see", "se"), ("book", "bok"), ("PS2", "PS3"), ("MI", "MII")])
def test_short_words_are_taken_as_they_are(one, other):
    assert all_stems(one) != all_stems(other)


def test_a_hyphenated_word_is_found_apart_and_as_one():
    assert set(for_index("pre-birth plan").split()) >= {"pre", "birth", "prebirth", "plan"}


def test_words_that_tell_nothing_do_not_count_unless_there_are_no_others():
    assert telling_stems("child won't talk to me") == "child wont talk"
    assert telling_stems("who am I") == "who am i"


@given(st.text(max_size=300))
def test_any_text_at_all_has_stems_without_signs_that_an_engine_could_take_for_an_operator(text):
    for stem in for_index(text).split():
        assert stem
        assert not set(stem) & set("\"'*():^-+&|!<>\x00\\ ")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("chronolgy", "chronology"), ("interveiwing", "interviewing"), ("safty", "safety"), ("genogam", "genogram")],
)
def test_a_slip_finds_the_word_that_was_meant(typed, meant):
    vocabulary = ["chronology", "interviewing", "safety", "genogram", "sociogram", "family"]
    assert spelling.nearest(typed, vocabulary, lambda word: 1) == meant


@pytest.mark.parametrize("typed", ["MI", "DA", "CP", "tre", "16", "2026"])
def test_short_words_and_numbers_are_never_guessed_at(typed):
    assert spelling.nearest(typed, ["my", "day", "cap", "tree", "true"], lambda word: 1) is None


def test_a_word_that_no_page_of_this_reader_uses_is_not_offered():
    assert spelling.nearest("genogam", ["genogram"], lambda word: 0) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łukasz", "lukasz"),
        ("Sørensen", "Sorensen"),
        ("Æther", "aether"),
        ("oﬃce", "office"),
        ("cafe\u0301", "caf\u00e9"),
        ("co\u00adopera\u00adtion", "cooperation"),
        ("safe\u200bguarding", "safeguarding"),
        ("D.V.", "DV"),
        ("A.S.Y.E.", "asye"),
        ("self\u2011harm", "self-harm"),
    ],
)
def test_how_a_letter_is_written_makes_no_difference(one, other):
    assert all_stems(f"about {one} today") == all_stems(f"about {other} today")


def test_a_full_stop_ends_a_sentence_and_makes_no_short_form():
    assert written("I went.Then I sat. A. said 3.5") == ["I", "went", "Then", "I", "sat", "A", "said", "3", "5"]


@pytest.mark.parametrize(
    "word", "deaf gaining breaking cancel says bereavement autistic boyfriends behaviour paediatric dont mums".split()
)
def test_an_english_word_is_never_taken_for_a_slip(word):
    assert spelling.was_meant(word)


@pytest.mark.parametrize("word", ["Jayden", "Łukasz", "ICPC", "PLO"])
def test_neither_is_a_name_or_a_short_form(word):
    assert spelling.was_meant(word)


@pytest.mark.parametrize("word", ["chronolgy", "supervison", "negelct", "escelation", "lifestory"])
def test_a_slip_is_one(word):
    assert not spelling.was_meant(word)


def test_what_is_nearer_to_a_word_that_no_page_has_is_not_turned_into_one_that_some_have():
    assert spelling.nearest("hapy", ["harpy"], lambda word: 9) is None
    assert spelling.nearest("brekfast", ["breakfasts"], lambda word: 9) is None
    assert spelling.nearest("chidl", ["child"], lambda word: 9) == "child"


def test_two_words_run_together_are_parted():
    assert spelling.halves("lifestory", {"life", "story"}.__contains__) == "life story"


TEXT = "Bring paper. Draw the family tree together and ask who is missing. " + "Nothing else matters here. " * 30


def test_an_excerpt_shows_the_words_in_their_sentence_and_marks_only_them():
    pieces = excerpts.excerpt(TEXT, [("famili", "tree"), ("genogram",)])
    assert [words for words, marked in pieces if marked] == ["family tree"]
    assert "".join(words for words, _ in pieces).startswith("… Draw the")


def test_an_excerpt_prefers_the_place_with_most_of_the_words():
    text = "A boat. " + "x " * 300 + "The boat and the kite together."
    marked = [words for words, is_marked in excerpts.excerpt(text, [("boat",), ("kite",)]) if is_marked]
    assert marked == ["boat", "kite"]


def test_without_any_of_the_words_there_is_no_excerpt():
    assert excerpts.excerpt(TEXT, [("zebra",)]) == []


@given(st.text(max_size=400), st.lists(st.sampled_from(["a", "bo", "é", "1"]), min_size=1))
def test_an_excerpt_is_always_a_part_of_the_text(text, words):
    pieces = excerpts.excerpt(text, [all_stems(word) for word in words])
    shown = "".join(words for words, _ in pieces).removeprefix("… ").removesuffix(" …")
    assert shown in text.replace("\n", " ")


def test_folding_a_word_twice_changes_nothing_more():
    assert fold(fold("Grünes's")) == fold("Grünes's")
