"""Plain words as readers and editors meet them: a meaning that opens by keyboard, jargon flagged while it is typed."""

import pytest

from pages.models import HubPage
from stories.models import StoryPage
from tests.builders import clear
from tests.harness.browser import axe

pytestmark = pytest.mark.browser

SENTENCE = "<p>We asked early help to draw a genogram.</p>"


@pytest.fixture
def story(live_hub):
    """A story with two words of the trade, gone afterwards."""
    parent = StoryPage.objects.first().get_parent()
    page = StoryPage(
        live=False,
        title="Words of the trade",
        summary="Read them.",
        audience=HubPage.Audience.PARTNER,
        situation=[{"type": "paragraph", "value": SENTENCE}],
    )
    parent.add_child(instance=page)
    clear(page)
    page.save_revision().publish()
    yield page
    page.delete()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_meaning_opens_and_closes_by_keyboard_alone(page_at, sign_in, story, javascript):
    page = page_at(360, height=640, javascript=javascript)
    sign_in(page, "practitioner@hub.example")
    page.goto(story.address)
    button = page.get_by_role("button", name="early help")
    meaning = page.locator("#word-early-help")
    assert not meaning.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert meaning.is_visible()
    box = meaning.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    if javascript:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "All words explained"
        assert axe(page) == []
    page.keyboard.press("Escape")
    assert not meaning.is_visible()
    button.click()
    meaning.get_by_role("link", name="All words explained").click()
    assert page.url.endswith("/guidance/words/#early-help")
    if javascript:
        assert axe(page) == []


def test_on_paper_a_word_is_a_word(page_at, sign_in, story):
    page = page_at(1280)
    sign_in(page, "practitioner@hub.example")
    page.goto(story.address)
    page.emulate_media(media="print")
    button = page.get_by_role("button", name="early help")
    assert button.is_visible()
    assert button.evaluate("node => getComputedStyle(node).textDecorationLine") == "none"


def test_pasted_jargon_is_flagged_in_the_editors_panel(page_at, sign_in, story):
    StoryPage.objects.filter(pk=story.pk).update(summary="Commence utilising a robust approach with service users.")
    story.refresh_from_db()
    story.save_revision()
    page = page_at(1280)
    sign_in(page, "editor@hub.example")
    page.goto(f"/admin/pages/{story.pk}/edit/")
    words = page.locator("[data-plain-words]").inner_text()
    assert "service user" in words
    page.get_by_role("button", name="Toggle checks").click()
    row = page.locator("[data-checks-panel]", has_text="Plain words: “service user”")
    row.wait_for(timeout=20_000)
    assert "Better: person" in row.inner_text()
