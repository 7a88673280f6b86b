"""Programmes, reminders, posts and closed sections as colleagues meet them, in a real browser."""

import re

import pytest

from events.attendance.attending import mark
from events.models import Booking, Came, Session
from guidance.models import ProgrammePage
from learning.models import Attended, Enrolment
from notices.models import PutAway
from people.models import User

pytestmark = pytest.mark.browser

TEAM = "/me/team/programmes/"


@pytest.fixture
def starter(live_hub):
    """A practitioner of the manager's team who is on the first-year programme, as the demo left them."""
    person = User.objects.get(email="practitioner@hub.example")
    enrolment = Enrolment.objects.get(person=person, programme__slug="asye-pathway")
    before = list(enrolment.done.values_list("milestone", flat=True))
    yield enrolment
    enrolment.done.exclude(milestone__in=before).delete()


def steps_done(page, part: str) -> int:
    figure = page.locator(f"section[aria-labelledby={part}] [data-programme=asye-pathway] > .panel [data-figure]").first
    return int(figure.get_attribute("data-n"))


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_tick_moves_the_managers_and_the_principal_social_workers_totals(page_at, sign_in, starter, javascript):
    manager, psw, page = (page_at(width, javascript=javascript) for width in (1280, 1280, 360))
    sign_in(manager, "manager@hub.example")
    sign_in(psw, "psw@hub.example")
    sign_in(page, "practitioner@hub.example")

    def totals() -> tuple[int, int]:
        manager.goto(TEAM)
        psw.goto(TEAM)
        return steps_done(manager, "team"), steps_done(psw, "everybody")

    team, everybody = totals()
    page.goto("/guidance/asye-pathway/")
    page.get_by_role("button", name=re.compile("^Done ?: Hold your half-way")).click()
    assert "Done, and written down." in page.inner_text("main")
    assert totals() == (team + 1, everybody + 1)
    page.get_by_role("button", name=re.compile("^Not done after all ?: Hold your half-way")).click()
    assert "The tick is taken back." in page.inner_text("main")
    assert totals() == (team, everybody)


def test_a_day_that_cannot_be_is_refused_beside_its_step(page_at, sign_in, starter):
    page = page_at(360, javascript=False)
    sign_in(page, "practitioner@hub.example")
    page.goto("/me/programmes/")
    form = page.locator("form", has=page.get_by_role("button", name=re.compile("^Done ?: Check what is")))
    form.locator("summary").click()
    form.locator("input[type=date]").fill("2001-03-01")
    form.get_by_role("button", name="Done on this day").click()
    assert "more than three years ago" in page.get_by_role("alert").inner_text()


def test_a_booked_module_is_a_step_that_is_done_when_the_manager_has_come(page_at, sign_in, live_hub):
    manager = User.objects.get(email="manager@hub.example")
    programme = ProgrammePage.objects.get(slug="manager-essentials")
    session = Session.objects.filter(event__slug="manager-essentials-module-1").latest("starts_at")
    page = page_at(1280)
    sign_in(page, "manager@hub.example")
    page.goto(programme.address)
    page.get_by_role("link", name="Book: Manager Essentials module 1").click()
    page.get_by_role("button", name="Book a place").first.click()
    assert "You have a place" in page.inner_text("main")
    booking, date = Booking.objects.live().get(session=session, person=manager), session.dates.get()
    try:
        organiser = User.objects.get(email="organiser@hub.example")
        mark(booking=booking, date=date, came=Came.YES, by=organiser, now=date.ends_at)
        page.goto(programme.address)
        assert "You came on" in page.locator("[data-step=done]").inner_text()
    finally:
        Attended.objects.filter(person=manager, page=session.event_id).delete()
        booking.delete()


def test_a_reminder_for_managers_is_theirs_alone_put_away_and_brought_back(page_at, sign_in, live_hub):
    words = "Is the next supervision of everybody in your team in the diary?"
    other = page_at(1280)
    sign_in(other, "practitioner@hub.example")
    other.goto("/")
    assert words not in other.inner_text("main")
    page = page_at(360, javascript=False)
    sign_in(page, "manager@hub.example")
    page.goto("/")
    try:
        assert words in page.locator("#reminder").inner_text()
        page.get_by_role("button", name="Put it away").click()
        assert words not in page.inner_text("main")
        assert "Write down one thing" in page.locator("#reminder").inner_text()
        page.get_by_role("button", name="Bring it back").click()
        assert words in page.locator("#reminder").inner_text()
    finally:
        PutAway.objects.filter(person__email="manager@hub.example").delete()


def test_a_post_that_has_closed_is_on_no_list_and_its_address_says_so(page_at, sign_in, live_hub):
    page = page_at(360)
    sign_in(page, "practitioner@hub.example")
    for address in ("/guidance/?kind=vacancy", "/search/?q=family+support+worker", "/guidance/career-routes/"):
        page.goto(address)
        assert "Vacancy: family support worker" not in page.inner_text("main")
    page.goto("/guidance/career-routes/")
    assert "Vacancy: social worker, assessment team" in page.inner_text("main")
    assert page.goto("/guidance/family-support-worker-safeguarding-team/").status == 410
    assert "Closed on" in page.inner_text("main")


def test_the_archived_scheme_is_found_and_marked(page_at, sign_in, live_hub):
    page = page_at(1280)
    sign_in(page, "practitioner@hub.example")
    page.goto("/search/?q=NAAS")
    card = page.locator(".card", has_text="National accreditation")
    assert "Archived on" in card.inner_text()
    card.get_by_role("link").first.click()
    assert "It is kept to be read, not to work by." in page.inner_text("main")


def test_the_toolkit_for_interviewers_is_there_for_interviewers_only(page_at, sign_in, live_hub):
    address = "/guidance/toolkit-for-interviewers/"
    for who, status in (("manager", 200), ("practitioner", 404), ("editor", 404), ("partner", 404)):
        page = page_at(1280)
        sign_in(page, f"{who}@hub.example")
        assert page.goto(address).status == status
        page.goto("/search/?q=questions+about+values")
        assert ("Questions about values" in page.inner_text("main")) == (status == 200)


def test_the_training_plan_shows_a_part_without_an_event(page_at, sign_in, live_hub):
    page = page_at(360)
    sign_in(page, "psw@hub.example")
    page.goto("/guidance/")
    page.get_by_role("link", name="Training plan").click()
    assert page.locator("[data-gap]").count() > 0
    figure = page.locator("[data-figure]").first
    assert int(figure.get_attribute("data-n")) < int(figure.get_attribute("data-base"))


def test_the_learning_record_is_downloaded_as_a_document(page_at, sign_in, live_hub):
    page = page_at(1280)
    sign_in(page, "practitioner@hub.example")
    page.goto("/me/record/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a document").click()
    words = download.value.path().read_text()
    assert "Learning record of Leila Hassan" in words
    assert "ASYE pathway" in words


def test_what_managers_answer_for_is_a_checklist_for_managers_only(page_at, sign_in, live_hub):
    address = "/guidance/what-managers-answer-for/"
    for who, status in (("manager", 200), ("psw", 200), ("practitioner", 404), ("partner", 404)):
        page = page_at(360)
        sign_in(page, f"{who}@hub.example")
        assert page.goto(address).status == status
        for line in (
            "I can say what each child wants",
            "I read records",
            "Supervision takes place",
            "Everybody has a goal",
        ):
            assert (line in page.inner_text("main")) == (status == 200)


def test_a_project_says_how_it_stands_and_that_its_update_is_overdue(page_at, sign_in, live_hub):
    page = page_at(360)
    sign_in(page, "practitioner@hub.example")
    page.goto("/guidance/?kind=project")
    assert "Update was due on" in page.locator(".card", has_text="A full team in every district").inner_text()
    page.get_by_role("link", name="A full team in every district").click()
    assert "Under way" in page.locator("[data-fact=status]").inner_text()
