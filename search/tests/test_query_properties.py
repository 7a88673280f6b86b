"""Whatever is typed, by hand, by a cat or by an attacker, is understood as something, and nothing of it is lost."""

import time
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.understanding.filters import LONGEST, understand

KEPT = ["2 hours", "two hours", "3 houses", "three houses", "16 plus", "1:1", "121", "section 17"]
PIECES = """
7yr old 9yr age aged 7 5 3 -7 5-7 12 1:1 1/2 under over year yr y3 years months weeks to and or of half an hour hours
20 mins min 20mins 30m in for a with my the siblings mum and parents whole family group team alone child on own
at home visit school car walking office ward teams baby toddler teenager unborn nursery reception no printing cant
print drawing feelings LAC MI DV geneogram three houses two 2 16 plus section 17 , ; ( ) " ' - – / * : AND NOT ² ٣ 🙂
contact relationship living first last ago plan
""".split()
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
GLUED = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", ", ", ",", "/", "-", ".", ""])), max_size=10
)
ANYTHING = st.one_of(
    GLUED.map(lambda pairs: "".join(piece + joint for piece, joint in pairs)),
    st.text(max_size=300),
    st.text(alphabet="0123456789 yr-/.,'mins½²٣", max_size=60),
    SENTENCES,
)
SOMETIMES_KEPT = st.sampled_from([(), tuple(KEPT)])


def filters(intent):
    return [(one.name, one.value) for one in intent.understood]


def letters(*texts):
    return Counter(character for text in texts for character in text if not character.isspace())


@given(ANYTHING, SOMETIMES_KEPT)
@example("\ud800 7yr \x00 \u202e", ())
def test_any_text_at_all_gives_an_intent_and_nothing_typed_is_lost(typed, kept):
    intent = understand(typed, kept=kept)
    assert letters(intent.typed) == letters(intent.text, *(one.words for one in intent.understood))
    names = Counter(one.name for one in intent.understood)
    assert names["age"] <= 1
    assert names["minutes"] <= 1
    assert len(set(filters(intent))) == len(intent.understood)
    for one in intent.understood:
        assert one.label
        assert one.words
        assert one.name != "age" or -1 <= int(one.value) <= 25
        assert one.name != "minutes" or 1 <= int(one.value) <= 480
    assert len(intent.typed) <= LONGEST


@given(SENTENCES, SOMETIMES_KEPT)
def test_every_typed_word_is_text_or_in_one_filter(typed, kept):
    intent = understand(typed, kept=kept)
    parts = [intent.text, *(one.words for one in intent.understood)]
    assert Counter(intent.typed.split()) == Counter(word for part in parts for word in part.split())


@given(ANYTHING, SOMETIMES_KEPT)
def test_what_is_left_holds_no_further_filter(typed, kept):
    left = understand(understand(typed, kept=kept).text, kept=kept)
    assert left.understood == ()
    assert left.typed == left.text


@given(ANYTHING, SOMETIMES_KEPT)
def test_taking_one_filter_off_and_reading_again_gives_the_others(typed, kept):
    intent = understand(typed, kept=kept)
    for gone in intent.understood:
        again = filters(understand(intent.without(gone), kept=kept))
        assert again == [(one.name, one.value) for one in intent.understood if one != gone]


@pytest.mark.parametrize(
    "part",
    [
        "1 ",
        "1 to ",
        "a",
        "year ",
        "7yr ",
        "with ",
        "age 7 ",
        "(",
        "1/",
        "for in ",
        "with my whole ",
        "½",
        "'",
        "0",
        "-",
    ],
)
def test_a_very_long_text_is_read_as_fast_as_an_ordinary_one_of_its_length(part):
    """Side by side, in this thread's own time: a busy machine slows both, a pattern that runs away slows one."""

    def takes(words):
        begun = time.thread_time()
        understand(words * (10_000 // len(words)), kept=KEPT)
        return time.thread_time() - begun

    pairs = [(takes(part), takes("drawing with a quiet child of seven, half an hour ")) for _ in range(3)]
    assert min(hostile for hostile, _ in pairs) < 30 * max(ordinary for _, ordinary in pairs)
