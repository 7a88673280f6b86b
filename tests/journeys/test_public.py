"""A page on its way to everybody and back, and the home of each role, in a real browser."""

import pytest

from guidance.models import PolicyPage
from people.models import User
from tests.harness.browser import axe

pytestmark = pytest.mark.browser

THRESHOLDS = "Lead professional and thresholds"
ADDRESS = "/guidance/lead-professional-and-thresholds/"


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_an_approver_opens_a_page_that_somebody_outside_then_reads_until_it_changes(page_at, sign_in, javascript):
    outside = page_at(360, height=640, javascript=javascript)
    outside.goto(ADDRESS)
    assert "/accounts/login/" in outside.url
    desk = page_at(1280, javascript=javascript)
    sign_in(desk, "psw@hub.example")
    desk.goto("/")
    desk.get_by_role("link", name="A page waits to be approved for the public").click()
    desk.get_by_role("button", name="I have read it: everybody may read it").click()
    assert desk.locator("[data-public=public]").count() == 1
    outside.goto(ADDRESS)
    assert outside.get_by_role("heading", level=1).inner_text() == THRESHOLDS
    assert outside.locator("[role=search]").count() == 0
    if javascript:
        assert axe(outside) == []
    page, editor = PolicyPage.objects.get(title=THRESHOLDS), User.objects.get(email="editor@hub.example")
    page.summary = "Words that nobody has approved."
    page.save_revision(user=editor).publish(user=editor)
    outside.goto(ADDRESS)
    assert "/accounts/login/" in outside.url
    desk.reload()
    assert "The text has changed since" in desk.inner_text("main")


def test_an_approver_closes_a_page_at_once(page_at, sign_in):
    outside, desk = page_at(360), page_at(1280)
    outside.goto("/guidance/career-routes/")
    assert "/guidance/career-routes/" in outside.url
    sign_in(desk, "psw@hub.example")
    desk.goto("/admin/reports/public/")
    desk.get_by_role("link", name="Career routes").first.click()
    desk.get_by_role("button", name="Make it internal").click()
    outside.reload()
    assert "/accounts/login/" in outside.url


HOMES = {
    "practitioner": ("/insight/", "/events/desk/", "/events/team/", "/style-guide/"),
    "manager": ("/events/desk/", "/insight/figures/", "/admin/users/"),
    "editor": ("/events/desk/", "/insight/", "/events/team/"),
    "reviewer": ("/events/desk/", "/insight/", "/events/team/"),
    "organiser": ("/insight/", "/events/team/"),
    "champion": ("/insight/", "/events/desk/", "/events/team/"),
    "psw": ("/events/desk/",),
    "partner": ("/insight/", "/guidance/supervision-policy/", "/guidance/training-plan/", "/events/coverage/"),
    "admin": (),
}


@pytest.mark.parametrize("role", HOMES)
def test_each_role_sees_its_own_home_on_one_screen_of_a_phone_and_no_forbidden_page(page_at, sign_in, role):
    page = page_at(360, height=640)
    sign_in(page, f"{role}@hub.example")
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_role("heading", name="Waiting for you").count() == 1
    links = [link.get_attribute("href") for link in page.locator("[data-due] a").all()]
    for address in links:
        assert page.goto(address).status == 200, address
    for address in HOMES[role]:
        response = page.goto(address)
        refused = "you do not have permission" in page.content() and page.url.endswith("/admin/")
        assert response.status in (403, 404) or refused, address
