"""A reader tells the owner of a page what is wrong with it, in a real browser."""

import pytest

from tests.harness.browser import axe

pytestmark = pytest.mark.browser

CHAPTER = "/guidance/induction-and-practice-handbook/recording-that-explains/"


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_wrong_line_is_told_to_the_owner_who_puts_it_right_and_the_reader_hears_of_it(
    page_at, sign_in, live_hub, javascript
):
    reader = page_at(360, height=640, javascript=javascript)
    sign_in(reader, "practitioner@hub.example")
    reader.goto(CHAPTER)
    reader.get_by_role("link", name="Useful, or something wrong?").click()
    reader.get_by_role("button", name="Tell the owner").click()
    assert "Choose yes or no, or say what is wrong." in reader.inner_text("main")
    reader.get_by_label("No", exact=True).check()
    reader.get_by_label("What is wrong or missing?").fill("The day for a record is not said.")
    reader.get_by_role("button", name="Tell the owner").click()
    assert "Thank you" in reader.inner_text("main")

    owner = page_at(1280, javascript=javascript)
    sign_in(owner, "reviewer@hub.example")
    owner.goto("/me/remarks/")
    if javascript:
        assert axe(owner) == []
    row = owner.locator(".panel", has_text="The day for a record is not said.")
    row.get_by_label("It stays as it is").check()
    row.get_by_role("button", name="Save").click()
    assert "Say why it stays" in owner.inner_text("main")
    row = owner.locator(".panel", has_text="The day for a record is not said.")
    row.get_by_label("I have put it right").check()
    row.get_by_label("A word back").fill("It says two days now.")
    row.get_by_role("button", name="Save").click()
    assert "Whoever wrote is told" in owner.inner_text("main")
    reader.goto("/me/remarks/")
    assert "It says two days now." in reader.inner_text("main")
