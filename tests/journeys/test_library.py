"""What the library answers, row by row: research, roles, quality themes, phased changes, standards, films, figures."""

import re

import pytest

from guidance.models import PracticeChangePage
from stories.models import FilmPage
from tests.builders import day_from_now
from tests.harness.browser import axe
from tests.harness.desk import edit, publish, refused_fields

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(page_at, sign_in):
    """A practitioner's phone."""
    page = page_at(360, height=640)
    sign_in(page, "practitioner@hub.example")
    return page


@pytest.fixture
def desk(page_at, sign_in):
    """A page 1280 pixels wide, with that person signed in."""

    def desk(email: str):
        page = page_at(1280, height=900)
        sign_in(page, email)
        return page

    return desk


def titles(page) -> list[str]:
    return page.locator("main .card__title").all_inner_texts()


def test_a_research_summary_says_what_was_tested_its_limits_and_when_its_link_was_checked(reader):
    reader.goto("/research/mi-in-child-protection/")
    words = reader.inner_text("main")
    for heading in (
        "In plain words",
        "So what on a visit",
        "What was tested",
        "What it cannot tell us",
        "Link checked",
    ):
        assert re.search(heading, words, re.I), heading
    assert "Free to read" in words
    assert "Published rating" in words
    assert axe(reader) == []


def test_who_disagrees_with_a_plan_finds_the_steps_first(reader):
    reader.goto("/search/?q=disagree+with+plan")
    first = reader.locator("#results .card__title").first
    assert first.inner_text() == "Escalation and joint rethink"
    first.get_by_role("link").click()
    assert "Owner" in reader.inner_text("main")
    assert re.search(r"[Rr]eview", reader.inner_text("main"))


def test_tools_are_filtered_by_the_role_of_a_domestic_abuse_worker(reader):
    reader.goto("/guidance/family-safeguarding/")
    assert "domestic abuse worker" in reader.inner_text("main")
    reader.goto("/toolkits/")
    reader.get_by_text("Filters", exact=True).click()
    reader.locator("summary", has_text=re.compile("^Role")).click()
    reader.get_by_role("checkbox", name=re.compile("^Domestic abuse worker")).check()
    reader.get_by_role("button", name="Show tools").click()
    assert "Talking safely about domestic abuse with a child" in titles(reader)
    assert "Circles map" not in " ".join(titles(reader))


def test_an_audit_theme_leads_from_the_policy_to_its_tools(reader):
    reader.goto("/guidance/quality-assurance-framework/")
    reader.get_by_role("link", name="Weighing what we know").click()
    assert "Impact chronology builder" in titles(reader)
    reader.get_by_role("navigation").get_by_role("link", name="Quality themes").click()
    assert "Fathers and the wider family" in reader.inner_text("main")


def test_a_district_is_set_to_in_use_and_the_table_and_its_date_follow(reader, desk):
    change = PracticeChangePage.objects.get()
    reader.goto(change.address)
    assert reader.locator("tr[data-area=testing]", has_text="North").count() == 1
    owner = desk("psw@hub.example")
    owner.goto(change.address)
    owner.get_by_role("link", name="Say how it stands in an area").click()
    owner.get_by_label("District or team").select_option("north")
    owner.get_by_label("In use").check()
    owner.get_by_label("Since").fill(str(day_from_now(9)))
    owner.get_by_role("button", name="Save").click()
    assert "still to come" in owner.inner_text("main")
    owner.get_by_label("Since").fill(str(day_from_now(0)))
    owner.get_by_role("button", name="Save").click()
    reader.reload()
    row = reader.locator("tr[data-area=in-use]", has_text="North").inner_text()
    assert f"{day_from_now(0).day} {day_from_now(0):%B %Y}" in row


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_events_are_filtered_by_a_national_standard(page_at, sign_in, javascript):
    page = page_at(360, height=640, javascript=javascript)
    sign_in(page, "practitioner@hub.example")
    page.goto("/events/")
    page.locator("summary", has_text="By national standard").click()
    page.get_by_label("Heading").select_option("KSS7")
    page.locator("form", has=page.locator("#standard")).get_by_role("button", name="Show").click()
    assert titles(page) == ["Reflective practice group (monthly series)"]
    assert "standard=KSS7" in page.url
    page.get_by_role("link", name="Every standard").click()
    assert len(titles(page)) > 3


def test_a_film_without_its_transcript_is_refused_and_nothing_is_lost(desk):
    film = FilmPage.objects.get()
    film.transcript = []
    film.save_revision()
    page = desk("editor@hub.example")
    edit(page, film)
    page.fill("#id_summary", "See the same ten minutes twice.")
    publish(page)
    assert "transcript" in refused_fields(page)
    assert page.input_value("#id_summary") == "See the same ten minutes twice."
    assert FilmPage.objects.get().transcript


def test_a_vacancy_rate_is_shown_with_its_source_and_day(desk):
    page = desk("psw@hub.example")
    page.goto("/insight/figures/")
    page.get_by_label("What").select_option(label="Social work posts that are vacant")
    page.get_by_role("button", name="Save the figure").click()
    assert "without a source it is a rumour" in page.inner_text("main")
    page.get_by_label("Number").fill("12")
    page.get_by_label("Of how many").fill("80")
    page.get_by_label("Source").fill("Workforce return")
    page.get_by_label("As it was on").fill(str(day_from_now(-3)))
    page.get_by_role("button", name="Save the figure").click()
    assert "The figure is saved." in page.inner_text("main")
    page.goto("/insight/")
    assert "Workforce return" in page.inner_text("main")
