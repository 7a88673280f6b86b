"""A story of what worked, from its writing to two people's check of every word, in a real browser."""

import pytest

from stories.models import StoryPage
from tests.harness.browser import axe
from tests.harness.desk import edit, message, publish, refused_fields, save_draft

pytestmark = pytest.mark.browser

BETTER = "See how a boy who would not talk was heard at last."


def test_a_childs_initials_and_birthday_keep_a_story_back_until_two_people_have_read_it(page_at, sign_in, live_hub):
    story = StoryPage.objects.filter(title__startswith="I rushed it").get()
    page = page_at(1280, height=900)
    sign_in(page, "editor@hub.example")
    edit(page, story)
    page.fill("#id_summary", "See how J.B., born 4 March 2016, was heard at last.")
    publish(page)
    # Said at the field, in words, and nothing is lost.
    assert {"summary"} <= refused_fields(page)
    assert "Two people read a story" in page.inner_text("main")
    assert page.input_value("#id_summary").startswith("See how J.B.")

    page.fill("#id_summary", BETTER)
    assert "has been updated" in save_draft(page)
    assert summary_for_readers(story) != BETTER
    check = f"/admin/stories/{story.pk}/check/"
    page.goto(check)
    page.get_by_role("button", name="I have checked it").click()
    assert "Checked." not in message(page)
    for box in page.locator("input[name=ticked]").all():
        box.check()
    page.get_by_role("button", name="I have checked it").click()
    assert "A second person can approve it now" in message(page)
    # Not by the one who checked it.
    assert page.get_by_role("button", name="it can go live").count() == 0

    second = page_at(1280, height=900)
    sign_in(second, "reviewer@hub.example")
    second.goto(check)
    judged = second.get_by_label("none of them points to anybody")
    if judged.count():
        judged.check()
    second.get_by_role("button", name="it can go live").click()
    assert "is cleared as it reads now" in message(second)

    edit(page, story)
    assert "published" in publish(page)
    reader = page_at(360, height=640)
    sign_in(reader, "practitioner@hub.example")
    reader.goto(story.address)
    assert BETTER in reader.inner_text("main")
    assert axe(reader) == []

    edit(page, story)
    page.fill("#id_summary", "See how the same boy was heard in May.")
    publish(page)
    assert "Two people read a story" in page.inner_text("main")
    assert summary_for_readers(story) == BETTER


def summary_for_readers(story) -> str:
    return StoryPage.objects.values_list("summary", flat=True).get(pk=story.pk)
