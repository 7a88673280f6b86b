"""Finding by meaning: what holds without the extra, and, where it is installed, what it adds."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import checks, meanings
from search.fusion import fused
from search.meaning.wordpiece import words
from search.models import EntryVector
from tests.builders import make_tool

KEYS = st.lists(st.integers(0, 30), unique=True)


@given(KEYS, KEYS)
def test_fusing_loses_nothing_and_says_nothing_twice(by_words, by_meaning):
    both = fused(by_words, by_meaning)
    assert sorted(both) == sorted({*by_words, *by_meaning})


@given(KEYS)
def test_one_order_alone_stays_as_it_is(keys):
    assert fused(keys, []) == keys
    assert fused([], keys) == keys


def test_what_both_orders_put_high_comes_first():
    assert fused([1, 2, 3], [2, 4, 5])[0] == 2


@given(st.text(max_size=300))
def test_any_text_at_all_is_parted_into_words(text):
    assert all(word and not word.isspace() for word in words(text))


def test_words_are_parted_as_the_model_was_taught():
    assert words("Café won't 20mins!") == ["cafe", "won", "'", "t", "20mins", "!"]


@pytest.mark.django_db
def test_switched_off_it_costs_nothing_and_does_nothing(hub, django_assert_num_queries):
    make_tool("Kite")
    with django_assert_num_queries(0):
        assert meanings.nearest("a toy for the wind", {}) == []
        assert meanings.encode_due() == 0
        assert checks.meaning_can_be_used(None) == []


def test_switched_on_without_the_extra_the_hub_says_so_when_it_starts(settings, monkeypatch):
    settings.HUB_MEANING = True
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (problem,) = checks.meaning_can_be_used(None)
    assert "installed" in problem.msg


@pytest.mark.semantic
@pytest.mark.django_db
class TestWithTheModel:
    PARAPHRASES = (
        (
            "she cannot keep her temper with her children",
            "Calm after a storm",
            "Help a parent settle when anger rises.",
        ),
        (
            "grandad has passed away and we miss him",
            "Saying goodbye",
            "Talk with a child about somebody who is no longer there.",
        ),
        ("pupil refuses to go to class", "Mornings before lessons", "Find out what makes going to school hard."),
        (
            "older men keep buying him presents",
            "Gifts with strings",
            "Spot when presents from adults are a trap.",
        ),
        ("mother sips wine all day", "A glass too many", "Speak with a parent about alcohol at home."),
    )

    @pytest.fixture(autouse=True)
    def switched_on(self, settings, hub):
        settings.HUB_MEANING = True

    def test_a_paraphrase_without_a_common_word_finds_the_page_that_was_meant(self, practitioner, signed_in):
        for _, title, purpose in self.PARAPHRASES:
            make_tool(title, summary=purpose)
        assert meanings.encode_due() >= len(self.PARAPHRASES)
        client = signed_in(practitioner)
        first = {
            typed: [
                row.card.title for row in client.get("/search/", {"q": typed, "type": "tool"}).context["results"].rows
            ]
            for typed, *_ in self.PARAPHRASES
        }
        right = sum(found[:1] == [title] for (_, title, _), found in zip(self.PARAPHRASES, first.values(), strict=True))
        assert right >= len(self.PARAPHRASES) - 1, first

    def test_exact_titles_and_short_forms_still_win(self, practitioner, signed_in):
        make_tool("Motivational talk", also_typed="MI")
        make_tool("A kite", summary="Draw out what makes somebody want to change.")
        meanings.encode_due()
        client = signed_in(practitioner)
        for typed, title in (("MI", "Motivational talk"), ("a kite", "A kite")):
            rows = client.get("/search/", {"q": typed, "type": "tool"}).context["results"].rows
            assert rows[0].card.title == title, typed

    def test_only_what_changed_is_worked_out_again(self):
        tool = make_tool("Kite")
        first = meanings.encode_due()
        assert first
        assert meanings.encode_due() == 0
        tool.title = "Balloon"
        tool.save_revision().publish()
        assert meanings.encode_due() == 1
        tool.unpublish()
        before = EntryVector.objects.count()
        meanings.encode_due()
        assert EntryVector.objects.count() == before - 1

    def test_what_a_reader_may_not_see_is_not_found_by_its_meaning(self, partner, signed_in):
        make_tool("Saying goodbye", summary="Talk about somebody who has died.", audience="staff")
        meanings.encode_due()
        page = signed_in(partner).get("/search/", {"q": "grandad passed away"}).content.decode()
        assert "Saying goodbye" not in page

    def test_other_weights_than_the_published_ones_are_refused(self, monkeypatch, tmp_path):
        assert checks.meaning_can_be_used(None) == []
        (tmp_path / "model.safetensors").write_bytes(b"something else")
        monkeypatch.setattr("search.meaning.encoder.folder", lambda: Path(tmp_path))
        (problem,) = checks.meaning_can_be_used(None)
        assert "not the published ones" in problem.msg
