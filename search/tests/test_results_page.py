"""The page of results as its HTML tells it, and what it makes of bad input."""

import pytest
from bs4 import BeautifulSoup

from tests.builders import make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(practitioner, signed_in):
    client = signed_in(practitioner)

    def look(**asked):
        response = client.get("/search/", asked)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return look


def titles(page) -> list[str]:
    return [link.get_text() for link in page.select("ol#results > li a.cover")]


def test_results_are_a_list_whose_headings_are_the_exact_titles_and_lead_there(look):
    make_tool("Worries & hopes: a drawing")
    (row,) = look(q="worries", type="tool").select("ol#results > li")
    (link,) = row.select("h2 a, h3 a")
    assert link.get_text() == "Worries & hopes: a drawing"
    assert link["href"] == "/toolkits/worries-hopes-a-drawing/"


def test_the_number_found_is_told_to_eyes_and_to_scripts(look):
    for number in range(3):
        make_tool(f"Boat {number}")
    page = look(q="boat")
    assert page.select_one("[data-total]")["data-total"] == "3"
    assert "3 results" in page.select_one("[data-total]").get_text()


def test_each_facet_is_a_fieldset_of_named_boxes_with_counts(look):
    make_tool("Boat", terms={"need": ("safety",)})
    fieldset = look(q="boat").select_one('fieldset[data-facet="need"]')
    assert fieldset.select_one('input[type=checkbox][name="need"][value="safety"]')
    assert "1" in fieldset.get_text()


def test_what_was_understood_is_a_link_that_takes_it_off(look):
    make_tool("Boat", age_min=5, age_max=9)
    link = look(q="boat 7yr").select_one("a[data-understood]")
    assert link["href"] == "/search/?q=boat"
    assert "Age 7" in link.get_text()


def test_corrections_and_double_meanings_are_marked(look):
    make_tool("Chronology boat")
    assert "chronology" in look(q="chronolgy").select_one("[data-suggestion]").get_text()
    assert "management information" in look(q="MI").select_one("[data-ambiguous]").get_text()
    assert look(q="boat").select_one("[data-degraded]") is None


SIGNS = [
    '"',
    '"boat',
    "'",
    "boat*",
    "NEAR(",
    "AND",
    "OR boat",
    "NOT",
    "a AND",
    "^boat",
    "boat:",
    "(boat",
    "boat)",
    "-",
    "+",
]
SIGNS += [
    "&",
    "|",
    "!",
    "<->",
    "boat & !",
    "\\",
    "%",
    "_",
    "{boat}",
    "[boat]",
    "boat~2",
    "/boat/",
    "title:boat",
    "*:*",
    "@",
]
NASTY = [
    "",
    "   ",
    "\x00",
    "boat\x00kite",
    "x" * 10_000,
    "a " * 5000,
    "😀",
    "👩‍👧",
    "\u202eabc",
    "שלום",
    "كلمة",
    "\ud7ff",
    "𝕓𝕠𝕒𝕥",
    "ﬁ",
]


@pytest.mark.parametrize("words", SIGNS + NASTY, ids=lambda words: ascii(words[:14]))
def test_nothing_typed_breaks_the_page_or_the_suggestions(practitioner, signed_in, words):
    make_tool("Boat")
    client = signed_in(practitioner)
    assert client.get("/search/", {"q": words}).status_code == 200
    assert client.get("/search/", {"q": words, "page": "1000000000000", "sort": words}).status_code == 200
    assert client.get("/search/suggest/", {"q": words}).status_code == 200


@pytest.mark.parametrize("typed", ["<b>boats</b>", 'boats" onfocus="alert(1)', "boats & kites", "bœts 😀", "7yr boats"])
def test_what_was_typed_stands_in_the_box_again_as_it_was(look, typed):
    box = look(q=typed).select_one('main input[name="q"]')
    assert box["value"] == typed
    assert not box.has_attr("onfocus")


@pytest.mark.parametrize("page_number", ["1000000000000", "-1", "0", "x", "\x00", "1.5", "9999999"])
def test_a_page_that_is_not_there_shows_one_that_is(look, page_number):
    make_tool("Boats")
    assert titles(look(q="boat", page=page_number)) == ["Boats"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("need", "nonsense"), ("type", "nonsense"), ("age", "seven"), ("minutes", "-5"), ("sort", "?"), ("without", "x")],
)
def test_a_filter_that_is_none_is_left_out_and_that_is_said(look, name, value):
    make_tool("Boats")
    page = look(q="boat", **{name: value})
    assert titles(page) == ["Boats"]
    assert value in page.get_text()


def test_filters_alone_are_a_search_and_a_repeated_one_counts_once(look):
    make_tool("Boats", terms={"need": ("safety",)})
    assert titles(look(need=["safety", "safety"])) == ["Boats"]


def test_long_lists_have_pages_that_keep_the_question(look):
    for number in range(25):
        make_tool(f"Boat {number:02}")
    first, second = look(q="boat"), look(q="boat", page="2")
    assert sorted(titles(first) + titles(second)) == [f"Boat {number:02}" for number in range(25)]
    assert any(link["href"] == "/search/?q=boat&page=2" for link in first.select("a[href]"))


def test_nothing_typed_lists_nothing_and_offers_needs(look):
    make_tool("Boats", terms={"need": ("safety",)})
    page = look()
    assert titles(page) == []
    assert page.select_one('a[href="/search/?need=safety"]')


def test_an_empty_search_offers_fewer_filters_a_need_and_a_way_to_say_what_was_wanted(look):
    make_tool("Boats", terms={"need": ("safety",)}, age_min=5, age_max=9)
    page = look(q="boats", age="15")
    assert page.select_one("[data-total]")["data-total"] == "0"
    addresses = {link["href"] for link in page.select("main a[href]")}
    assert {"/search/?q=boats", "/search/?need=safety", "/search/wanted/?q=boats"} <= addresses


class TestSuggestions:
    @pytest.fixture
    def suggest(self, practitioner, signed_in):
        client = signed_in(practitioner)
        return lambda begun: client.get("/search/suggest/", {"q": begun}).json()["suggestions"]

    def test_titles_are_offered_from_any_of_their_words(self, suggest):
        make_tool("Worries and hopes: a drawing")
        expected = {
            "label": "Worries and hopes: a drawing",
            "url": "/toolkits/worries-and-hopes-a-drawing/",
            "kind": "Tool",
        }
        for begun in ("worr", "WORRIES an", "hop", "drawi"):
            assert expected in suggest(begun), begun

    def test_items_methods_and_phrases_that_people_type_are_offered(self, suggest):
        make_tool("Boats", also_typed="paper ship")
        assert {"label": "paper ship", "url": "/search/?q=paper+ship", "kind": "Search for"} in suggest("paper s")
        assert "PS3 Maps and timelines" in [each["label"] for each in suggest("ps3")]
        assert "Sociogram" in [each["label"] for each in suggest("soc")]
        address = "/practice/quality/clear-plans/"
        theme = {"label": "Plans that say what will change", "url": address, "kind": "Quality theme"}
        assert theme in suggest("plans that")
        assert "geneogram" in [each["label"] for each in suggest("gene")]

    def test_one_letter_offers_nothing_and_many_matches_offer_eight(self, suggest):
        for number in range(12):
            make_tool(f"Boat {number}")
        assert suggest("b") == []
        assert len(suggest("bo")) == 8

    def test_what_changed_is_offered_at_once(self, suggest):
        tool = make_tool("Kite")
        assert suggest("kit")[0]["label"] == "Kite"
        tool.title = "Balloon"
        tool.save_revision().publish()
        assert suggest("kit") == []
        assert suggest("ball")[0]["label"] == "Balloon"

    def test_nobody_who_is_not_signed_in_gets_any(self, client, hub):
        assert client.get("/search/suggest/?q=bo").status_code == 302
