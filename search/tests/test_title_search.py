import pytest

from tests.builders import make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(practitioner, signed_in):
    client = signed_in(practitioner)
    return lambda words, **more: client.get("/search/", {"q": words, **more})


def test_every_word_counts_in_any_case_and_titles_come_first(search):
    make_tool("Family tree", summary="Draw who belongs.")
    make_tool("Circles", summary="Draw the family tree in circles.")
    make_tool("Walk and talk")
    assert [card.title for card in search("TREE family").context["results"].shown_cards] == ["Family tree", "Circles"]
    assert search("family walk").context["results"].total == 0


def test_drafts_and_the_home_page_itself_are_not_found(search):
    make_tool("Family draft", publish=False)
    assert search("family draft").context["results"].total == 0
    assert search("home").context["results"].total == 0


def test_nothing_found_says_so_and_keeps_what_was_typed(search):
    page = search("zebra").content.decode()
    assert 'value="zebra"' in page
    assert "zebra" in page


@pytest.mark.parametrize(
    "words", ['"', "'", "\x00", "😀", "\u202eabc", "x" * 10_000, "a " * 5000, "%", "_", "NEAR(", "*", "", "   "]
)
def test_nothing_typed_breaks_the_page(search, words):
    make_tool()
    assert search(words).status_code == 200
    assert search(words, page="1000000000000").status_code == 200
