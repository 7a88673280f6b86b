"""The newsletter as its editor makes it: from five items in under five minutes, with and without scripts."""

import re
import time

import pytest

from stories.models import NewsPage
from tests.harness.browser import axe

pytestmark = pytest.mark.browser

FIVE_MINUTES = 300
ITEMS = 5


@pytest.fixture
def no_issue_left_behind(live_hub):
    before = set(NewsPage.objects.values_list("pk", flat=True))
    yield
    for page in NewsPage.objects.exclude(pk__in=before):
        page.delete()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_an_issue_of_five_items_is_made_in_under_five_minutes(page_at, sign_in, no_issue_left_behind, javascript):
    page = page_at(1280, javascript=javascript)
    sign_in(page, "editor@hub.example")
    begun, presses = time.monotonic(), 0
    page.goto("/newsletters/")
    page.get_by_role("button", name="Start the next issue").click()
    presses += 1
    boxes = page.locator("input[name=new]")
    chosen = []
    for place in range(ITEMS):
        box = boxes.nth(place)
        chosen.append(box.get_attribute("value"))
        box.check()
        presses += 1
    page.get_by_role("button", name="Put what is ticked in the issue").click()
    page.locator("textarea[name^=line-]").first.fill("Read it in the car.")
    page.get_by_role("button", name="Publish").click()
    presses += 2
    page.wait_for_url("**/text/?said=published")
    assert time.monotonic() - begun < FIVE_MINUTES
    assert presses <= ITEMS + 3
    letter = page.locator("#letter").inner_text()
    assert "Read it in the car." in letter
    if javascript:
        page.get_by_role("button", name="Copy the text").wait_for()
    page.get_by_role("link", name="Read the issue").click()
    assert page.locator("article.card").count() == ITEMS
    issue = NewsPage.objects.latest("pk")
    assert issue.live
    assert [str(key) for key, _ in issue.chosen()] == chosen


def test_the_screen_fits_a_phone_and_everybody_can_use_it(page_at, sign_in, no_issue_left_behind):
    page = page_at(360, height=640)
    sign_in(page, "editor@hub.example")
    page.goto("/newsletters/")
    assert axe(page) == []
    page.get_by_role("button", name="Start the next issue").click()
    page.locator("input[name=new]").first.check()
    page.get_by_role("button", name="Put what is ticked in the issue").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name=re.compile("Keep as a draft")).last.click()
    assert "There is a problem" in page.inner_text("main")
    assert axe(page) == []
