"""Asking a champion, and what becomes of a good answer, in a real browser."""

import pytest

from champions.models import ChampionPage, ChampionQuestion, Tip
from tests.builders import day_from_now
from tests.harness.browser import axe

pytestmark = pytest.mark.browser

# The one who asks, the champion who is asked, and the owner of the tool that is asked about.
ASKER, CHAMPION, OWNER = "practitioner@hub.example", "champion@hub.example", "psw@hub.example"
TOOL = "/toolkits/draw-the-family-tree-together/"
ASKED = "A boy of seven hides when I bring the family tree. How do I begin?"


def ask_about_the_tool(page) -> None:
    page.goto(TOOL)
    page.get_by_role("link", name="Ask a champion about this").click()
    page.locator("li", has_text="Amina K.").get_by_role("link", name="Ask").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_question_that_names_a_child_is_stopped_and_a_clean_one_is_answered_and_becomes_a_tip(
    page_at, sign_in, live_hub, javascript
):
    page = page_at(360, height=640, javascript=javascript)
    sign_in(page, ASKER)
    ask_about_the_tool(page)
    page.get_by_label("Your question").fill("Bella Marsh, born 4 March 2016, hides when I come.")
    page.get_by_role("button", name="Send the question").click()
    assert "looks like" in page.inner_text("main")
    assert page.get_by_label("Your question").input_value().startswith("Bella Marsh")
    before = ChampionQuestion.objects.count()
    page.get_by_label("Your question").fill(ASKED)
    page.get_by_role("button", name="Send the question").click()
    assert "on its way" in page.inner_text("main")
    assert ChampionQuestion.objects.count() == before + 1

    champion = page_at(1280, javascript=javascript)
    sign_in(champion, CHAMPION)
    champion.goto("/")
    champion.get_by_role("link", name="wait for your answer").or_(
        champion.get_by_role("link", name="waits for your answer")
    ).first.click()
    champion.get_by_role("link", name=ASKED[:38]).click()
    champion.get_by_role("textbox", name="Your answer").fill("Let him draw the house first, and ask who sleeps where.")
    champion.get_by_role("button", name="Send the answer").click()
    champion.get_by_role("textbox", name="The tip").fill("Draw the house before the tree: ask who sleeps where.")
    champion.get_by_role("button", name="Offer the tip").click()
    assert "waits for the tool" in champion.inner_text("main")

    page.goto("/me/questions/")
    page.get_by_role("link", name="Read the answer").first.click()
    assert "who sleeps where" in page.inner_text("main")
    page.goto(TOOL)
    assert "Draw the house before the tree" not in page.inner_text("main")

    owner = page_at(1280, javascript=javascript)
    sign_in(owner, OWNER)
    owner.goto("/me/tips/")
    if javascript:
        assert axe(owner) == []
    owner.locator(".panel", has_text="Genogram").get_by_role("button", name="Put it on the page").click()
    page.goto(TOOL)
    assert "Draw the house before the tree" in page.inner_text("main")
    if javascript:
        assert axe(page) == []
    assert Tip.objects.filter(state="shown").exists()


def test_a_champion_whose_term_has_ended_is_offered_nowhere(page_at, sign_in, live_hub):
    page = page_at(360, height=640)
    sign_in(page, ASKER)
    page.goto("/champions/")
    assert "Amina K." in page.inner_text("main")
    champion = ChampionPage.objects.get(slug__startswith="amina")
    champion.term_ends = day_from_now(-1)
    champion.save_revision().publish()
    for path in ("/champions/", "/champions/ask/", f"/champions/ask/?about={champion.pk}"):
        page.goto(path)
        assert "Amina K." not in page.inner_text("main"), path
    page.goto(champion.address)
    assert page.get_by_role("link", name="Ask Amina").count() == 0
