"""A colleague suggests a tool; a policy is open for comment; somebody takes back their own story. In a real browser."""

import pytest

from feedback.models import Suggestion
from guidance.models import PolicyPage
from stories.models import StoryPage
from tests.builders import clear, day_from_now
from tests.harness.browser import axe
from toolkits.models import ToolPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_tool_is_suggested_on_a_phone_and_the_editor_finds_it_as_a_draft(page_at, sign_in, live_hub, javascript):
    page = page_at(360, height=640, javascript=javascript)
    sign_in(page, "practitioner@hub.example")
    page.goto("/suggest/")
    page.get_by_role("link", name="Suggest a tool").click()
    page.get_by_label("What do you call it?").fill("The two-chair talk")
    page.get_by_label("What is it good for?").fill("Hear both sides of one worry.")
    page.get_by_label("Do", exact=True).fill("Bella Marsh, born 4 March 2016, sat down.")
    page.get_by_role("button", name="Send it to the editors").click()
    # Stopped, and nothing that was typed is lost.
    assert "There is a problem" in page.inner_text("main")
    assert page.get_by_label("What do you call it?").input_value() == "The two-chair talk"
    assert not Suggestion.objects.exists()
    page.get_by_label("Do", exact=True).fill("Put out two chairs. Sit in one, then in the other.")
    page.get_by_label("I made it, or we in my team did").check()
    page.get_by_label("My name").check()
    page.get_by_role("button", name="Send it to the editors").click()
    assert "With the editors" in page.inner_text("main")
    if javascript:
        assert axe(page) == []
    draft = ToolPage.objects.get(title="The two-chair talk")
    assert (draft.live, draft.licence_statement) == (False, "Written by colleagues here, free to adapt.")


def test_an_editor_declines_with_a_reason_that_the_sender_reads(page_at, sign_in, live_hub):
    test_a_tool_is_suggested_on_a_phone_and_the_editor_finds_it_as_a_draft(page_at, sign_in, live_hub, False)
    page = page_at(1280)
    sign_in(page, "editor@hub.example")
    page.goto("/")
    page.get_by_role("link", name="A suggestion of a colleague waits").click()
    assert "I made it, or we in my team did" in page.inner_text("main")
    page.get_by_label("Why not").fill("We have one like it: see Three houses.")
    page.get_by_role("button", name="Decline it").click()
    page.get_by_text("is declined").wait_for()
    assert not ToolPage.objects.filter(title="The two-chair talk").exists()
    reader = page_at(360)
    sign_in(reader, "practitioner@hub.example")
    reader.goto("/me/suggestions/")
    assert "We have one like it: see Three houses." in reader.inner_text("main")
    assert axe(reader) == []


def test_a_comment_is_taken_before_the_closing_day_and_the_form_is_shut_after_it(page_at, sign_in, live_hub):
    page = page_at(360, height=640)
    sign_in(page, "practitioner@hub.example")
    page.goto("/guidance/supervision-policy/")
    page.get_by_role("link", name="Comment until").click()
    page.get_by_label("Your comment").fill("Two weeks, and fewer forms.")
    page.get_by_role("button", name="Send my comment").click()
    assert "Thank you" in page.inner_text("main")
    psw = page_at(1280)
    sign_in(psw, "psw@hub.example")
    psw.goto(f"{page.url.split('?')[0]}said/")
    assert "Two weeks, and fewer forms." in psw.inner_text("main")
    policy = PolicyPage.objects.get(slug="supervision-policy")
    policy.comments_until = day_from_now(-1)
    policy.you_said = "You said: fewer forms. There are two now."
    policy.save_revision().publish()
    page.reload()
    assert "No comments are taken now" in page.inner_text("main")
    assert page.locator("textarea").count() == 0
    page.goto("/guidance/supervision-policy/")
    assert "There are two now." in page.inner_text("main")


def test_a_care_leavers_story_is_gone_from_the_site_and_from_search_at_one_press(page_at, sign_in, live_hub):
    parent = StoryPage.objects.first().get_parent()
    told = {"title": "Moving in alone", "summary": "See it from her side.", "voice": "care-leaver", "audience": "staff"}
    story = StoryPage(live=False, **told)
    parent.add_child(instance=story)
    story.save_revision()
    clear(story)
    page = page_at(1280)
    sign_in(page, "editor@hub.example")
    page.goto(f"/admin/stories/{story.pk}/consent/")
    page.get_by_label("The care leaver, as an adult").check()
    page.get_by_label("Agreed on").fill(str(day_from_now(-1)))
    page.get_by_label("Ends on").fill(str(day_from_now(-1)))
    page.get_by_label("Where the signed form is kept").fill("Participation team, form 31")
    page.get_by_role("button", name="Write it down").click()
    assert "This day is past" in page.inner_text("main")
    page.get_by_label("Ends on").fill(str(day_from_now(90)))
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Agreed until").wait_for()
    story.get_latest_revision().publish()
    reader = page_at(360)
    sign_in(reader, "practitioner@hub.example")
    reader.goto("/search/?q=moving+in+alone")
    reader.locator("#results").get_by_role("link", name="Moving in alone").click()
    assert reader.inner_text("h1") == "Moving in alone"
    page.get_by_role("button", name="Withdraw consent now").click()
    page.get_by_text("is gone from the hub and from search").wait_for()
    assert reader.reload().status == 404
    reader.goto("/search/?q=moving+in+alone")
    assert reader.get_by_role("link", name="Moving in alone").count() == 0
