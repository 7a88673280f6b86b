"""What holds for every kind of page: accessible in light and dark, fits a phone, valid, and shaped as promised."""

import re

import pytest

from tests.harness.browser import axe
from tests.harness.html import faults
from tests.places import PLACES

pytestmark = pytest.mark.browser

# A phone held upright in the dark, and a desk by day: each rule is met in both looks and at both ends of the layout.
LOOKS = {"phone-dark": (360, True), "desk-light": (1280, False)}


@pytest.fixture
def at(page_at, sign_in):
    """Opens a place as the person who goes there."""

    def at(place, width=1280, *, dark=False):
        page = page_at(width, dark=dark)
        if place.who:
            sign_in(page, place.who)
        response = page.goto(place.address())
        assert response.status == place.status
        return page

    return at


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_axe_finds_nothing(at, place, look):
    width, dark = LOOKS[look]
    assert axe(at(place, width, dark=dark)) == []


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_page_is_shaped_as_every_page(at, place):
    page = at(place)
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.locator("h1").count() == 1
    assert page.locator("main#content").count() == 1
    assert page.locator("main").count() == 1
    # The first thing a keyboard reaches leads past the header.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    # Search engines may find what anybody may read, and nothing else.
    robots = page.locator("meta[name=robots]").get_attribute("content")
    assert robots == ("index, nofollow" if place.is_public else "noindex, nofollow")
    assert re.search(r"\S", page.title())


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_nothing_runs_off_the_side(at, place):
    page = at(place, 320)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_html_of_every_page_is_valid(page_at, sign_in):
    pages = {}
    by_person = {}
    for place in PLACES:
        by_person.setdefault(place.who, []).append(place)
    for who, places in by_person.items():
        page = page_at()
        if who:
            sign_in(page, who)
        for place in places:
            # As it came over the wire: what scripts and the browser mend afterwards does not count.
            pages[place.name] = page.context.request.get(place.address()).text()
    assert faults(pages) == {}
