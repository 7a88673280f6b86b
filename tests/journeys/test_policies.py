"""A policy's next version, and the deal that is read and understood, in a real browser."""

import pytest
from django.core.management import call_command

from guidance.models import PolicyPage
from notices.models import OutgoingMail
from tests.builders import day_from_now
from tests.harness.browser import axe
from tests.harness.desk import edit, publish, refused_fields

pytestmark = pytest.mark.browser

ADDRESS = "/guidance/escalation-and-joint-rethink/"
DEAL = "/guidance/the-deal/"
NOTE = "The first talk is now within one working day."


def test_a_second_version_keeps_its_address_says_what_changed_and_its_followers_are_told(page_at, sign_in, live_hub):
    reader = page_at(360, height=640)
    sign_in(reader, "practitioner@hub.example")
    reader.goto(ADDRESS)
    reader.get_by_role("button", name="Tell me of new versions").click()
    assert "You hear of each new version." in reader.inner_text("main")
    call_command("run_jobs")
    told_before = set(OutgoingMail.objects.values_list("pk", flat=True))

    page = page_at(1280, height=900)
    sign_in(page, "editor@hub.example")
    edit(page, PolicyPage.objects.get(slug="escalation-and-joint-rethink"))
    page.fill("#id_version", "1.9")
    page.fill("#id_change_note", NOTE)
    publish(page)
    # Backwards: refused at its field, with what was typed still there.
    assert "version" in refused_fields(page)
    assert "Count upwards" in page.inner_text("main")
    assert page.input_value("#id_change_note") == NOTE
    page.fill("#id_version", "2.1")
    page.fill("#id_effective_on", str(day_from_now(0)))
    assert "published" in publish(page)

    assert reader.goto(ADDRESS).status == 200
    assert NOTE in reader.inner_text("main")
    assert "2.1" in reader.inner_text("[data-fact=version]")
    assert axe(reader) == []
    reader.goto("/guidance/changes/")
    assert NOTE in reader.inner_text("main")
    call_command("run_jobs")
    new = OutgoingMail.objects.exclude(pk__in=told_before)
    assert "Escalation and joint rethink" in " ".join(mail.subject for mail in new)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_the_deal_is_ticked_and_the_record_shows_its_version_and_the_day(page_at, sign_in, live_hub, javascript):
    page = page_at(360, height=640, javascript=javascript)
    sign_in(page, "practitioner@hub.example")
    page.goto(DEAL)
    page.get_by_role("button", name="I have read and understood").click()
    assert "You have read and understood version" in page.inner_text("main")
    page.goto("/me/record/")
    section = page.locator("section", has_text="Read and understood").last.inner_text()
    assert "The deal" in section
    assert str(day_from_now(0).year) in section
    page.goto(DEAL)
    page.get_by_role("button", name="Take it back").click()
    assert page.get_by_role("button", name="I have read and understood").count() == 1
