"""A worker in a car park: finding by her own words, on a phone, by keyboard, and with no script at all."""

import pytest

from tests.harness.browser import axe

pytestmark = pytest.mark.browser

READER = "practitioner@hub.example"
OPENERS = "When a child does not want to talk: low-pressure openers"


@pytest.fixture
def reader(page_at, sign_in):
    def reader(width=360, **more):
        page = page_at(width, **more)
        sign_in(page, READER)
        return page

    return reader


def titles(page) -> list[str]:
    return page.locator("#results .card__title").all_inner_texts()


def box(page):
    return page.locator("main input#q")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_what_worries_her_in_her_own_words_finds_the_tool(reader, javascript):
    page = reader(javascript=javascript)
    page.goto("/")
    box(page).fill("7 yr old wont talk 20 mins")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/**")
    assert titles(page)[0] == OPENERS
    assert page.locator("[data-understood]").all_inner_texts() == [
        "Remove filter:\nAge 7",
        "Remove filter:\nUp to 20 minutes",
    ]
    page.locator("[data-understood=minutes]").click()
    page.wait_for_url("**q=7+yr+old+wont+talk")
    assert box(page).input_value() == "7 yr old wont talk"
    assert page.locator("[data-understood]").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_filters_narrow_the_results_as_their_counts_say_and_the_words_stay(reader):
    page = reader(1280)
    page.goto("/search/?q=child")
    need = page.locator("fieldset[data-facet=need] label").filter(has_text="Domestic abuse")
    count = int(need.locator(".choice__count").inner_text().split()[0])
    need.click()
    page.get_by_role("button", name="Show results").click()
    page.wait_for_url("**need=domestic-abuse**")
    assert page.locator("[data-total]").get_attribute("data-total") == str(count)
    assert box(page).input_value() == "child"
    page.go_back()
    assert not page.locator("input[name=need]:checked").count()


class TestSuggestions:
    def test_they_are_walked_with_the_arrows_and_opened_with_enter(self, reader):
        page = reader()
        page.goto("/")
        combobox = page.get_by_role("combobox")
        combobox.press_sequentially("genog")
        options = page.get_by_role("option")
        options.first.wait_for()
        assert combobox.get_attribute("aria-expanded") == "true"
        assert "Draw the family tree together: genogram guide Tool" in options.all_inner_texts()
        assert axe(page) == []
        combobox.press("ArrowDown")
        assert options.first.get_attribute("aria-selected") == "true"
        assert combobox.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        combobox.press("ArrowUp")
        assert combobox.get_attribute("aria-activedescendant") is None
        combobox.press("ArrowDown")
        combobox.press("Enter")
        page.wait_for_url("**/practice/methods/genogram/")

    def test_escape_closes_them_and_leaves_what_was_typed(self, reader):
        page = reader()
        page.goto("/search/")
        combobox = page.get_by_role("combobox")
        combobox.press_sequentially("soc")
        page.get_by_role("option").first.wait_for()
        combobox.press("Escape")
        assert page.get_by_role("option").count() == 0
        assert combobox.input_value() == "soc"
        combobox.press("Enter")
        page.wait_for_url("**/search/?q=soc")

    def test_they_are_pressed_with_a_finger_and_how_many_is_said(self, reader):
        page = reader(has_touch=True)
        page.goto("/")
        page.get_by_role("combobox").press_sequentially("sociog")
        page.get_by_role("option").first.wait_for()
        assert "suggestion" in page.locator("main form [role=status]").text_content()
        page.get_by_role("option").filter(has_text="Sociogram: who").tap()
        page.wait_for_url("**/toolkits/sociogram-who-is-close/")

    def test_every_page_of_a_desk_has_a_box_with_them(self, reader):
        page = reader(1280)
        page.goto("/toolkits/my-safe-place-map/")
        combobox = page.get_by_role("combobox")
        assert combobox.is_visible()
        combobox.press_sequentially("weather")
        page.get_by_role("option").first.click()
        page.wait_for_url("**/toolkits/feelings-faces-and-weather-cards/")

    def test_without_a_signal_the_box_is_still_a_form(self, reader):
        page = reader()
        page.goto("/search/")
        page.route("**/search/suggest/**", lambda route: route.abort())
        page.watched.paused = True
        page.get_by_role("combobox").press_sequentially("weather")
        page.wait_for_timeout(400)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=weather")
        assert titles(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "address", ["/search/?q=MI", "/search/?q=geneogram", "/search/?q=xyzzyx", "/search/wanted/?q=kite", "/search/"]
)
def test_every_state_of_the_search_is_accessible(reader, address, dark):
    page = reader(dark=dark)
    page.goto(address)
    assert axe(page) == []


def test_an_empty_search_leads_on_and_hears_what_was_wanted(reader):
    page = reader()
    page.goto("/search/?q=xyzzyx")
    assert page.locator("[data-total]").get_attribute("data-total") == "0"
    page.get_by_role("link", name="Tell us what you wanted").click()
    page.get_by_role("button", name="Send").click()
    assert page.locator(".field--error").count() == 1
    page.get_by_label("What did you hope to find?").fill("Something about moving house")
    page.get_by_role("button", name="Send").click()
    assert page.get_by_role("heading", name="Thank you").is_visible()
