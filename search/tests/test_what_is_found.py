"""Title search as its HTML tells it: the address, the order, what is ignored, and who may find what."""

import pytest
from bs4 import BeautifulSoup

from tests.builders import day_from_now, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def look(reader):
    def look(**asked):
        response = reader.get("/search/", asked)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return look


def titles(page) -> list[str]:
    return [link.get_text(strip=True) for link in page.select("ol#results > li a.cover")]


def test_results_are_a_list_whose_headings_are_the_exact_titles_and_lead_there(look):
    make_tool("Worries & hopes: a drawing")
    (row,) = look(q="worries").select("ol#results > li")
    (link,) = row.select("h2 a, h3 a")
    assert link.get_text() == "Worries & hopes: a drawing"
    assert link["href"] == "/toolkits/worries-hopes-a-drawing/"


def test_the_number_found_is_told_to_eyes_and_to_scripts(look):
    for number in range(3):
        make_tool(f"Boat {number}")
    page = look(q="boat")
    assert page.select_one("[data-total]")["data-total"] == "3"
    assert "3" in page.select_one("[data-total]").get_text()


def test_a_title_found_comes_before_a_purpose_found_and_each_in_order_of_the_alphabet(look):
    make_tool("Kites", summary="Fly a boat.")
    make_tool("Boats b")
    make_tool("Boats a")
    assert titles(look(q="boat")) == ["Boats a", "Boats b", "Kites"]


def test_practice_pages_are_found_too(look):
    assert "Toolkits" in titles(look(q="toolkits"))


@pytest.mark.parametrize("sign", ["%", "_", "*", "\\", "b%t", "b.*s"])
def test_a_sign_is_a_sign_and_no_wildcard(look, sign):
    make_tool("Boats")
    assert titles(look(q=sign)) == []


@pytest.mark.parametrize(
    "typed", ["<b>boats</b>", 'boats" onfocus="alert(1)', "boats & kites", "bo\u202eats", "bœts 😀"]
)
def test_what_was_typed_stands_in_the_box_again_as_it_was(look, typed):
    box = look(q=typed).select_one('main input[name="q"]')
    assert box["value"] == typed.replace("\u202e", " ")
    assert not box.has_attr("onfocus")


def test_a_very_long_question_is_cut_and_that_is_said(look):
    page = look(q="boat " * 2000)
    assert len(page.select_one('main input[name="q"]')["value"]) <= 200
    assert "first 200 characters" in page.get_text()


def test_nothing_typed_asks_for_a_word_and_lists_nothing(look):
    make_tool("Boats")
    page = look()
    assert titles(page) == []
    assert "Type a word" in page.get_text()


@pytest.mark.parametrize("page_number", ["1000000000000", "-1", "0", "x", "\x00", "1.5", "9999999"])
def test_a_page_that_is_not_there_shows_one_that_is(look, page_number):
    make_tool("Boats")
    assert titles(look(q="boat", page=page_number)) == ["Boats"]


def test_long_lists_have_pages_that_keep_the_question(look):
    for number in range(25):
        make_tool(f"Boat {number:02}")
    first, second = look(q="boat"), look(q="boat", page="2")
    assert titles(first) + titles(second) == [f"Boat {number:02}" for number in range(25)]
    assert any(link["href"] == "/search/?q=boat&page=2" for link in first.select("a[href]"))


def test_a_question_asked_twice_in_an_address_uses_the_last(reader):
    make_tool("Boats")
    response = reader.get("/search/?q=kites&q=boats")
    assert [card.title for card in response.context["results"].shown_cards] == ["Boats"]


def test_a_partner_finds_what_partners_may_see_and_withdrawn_pages_are_found_by_nobody(look, partner, signed_in):
    make_tool("Boats shared")
    make_tool("Boats for staff", audience="staff")
    make_tool("Boats withdrawn", withdrawn_on=day_from_now(0))
    assert titles(look(q="boats")) == ["Boats for staff", "Boats shared"]
    page = signed_in(partner).get("/search/?q=boats").content.decode()
    assert "Boats shared" in page
    assert "Boats for staff" not in page
