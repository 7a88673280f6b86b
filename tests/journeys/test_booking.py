"""Booking as colleagues do it, in a real browser: on a phone, by keyboard, without scripts, and on the day itself."""

import re

import pytest
from django.utils import timezone

from events.booking.organising import set_capacity
from events.models import Booking, EventPage, Session
from people.models import User

pytestmark = pytest.mark.browser

DAY = "Whole-service practice development day"
ROUNDS = "Rounds: a case I carried home"


@pytest.fixture
def session(live_hub):
    """The coming practice day, without what other tests may have booked."""
    event = EventPage.objects.get(title=DAY)
    session = Session.objects.upcoming(timezone.now()).filter(event=event).earliest("starts_at")
    Booking.objects.filter(session=session, person__email="practitioner@hub.example").delete()
    return session


def booking(session) -> Booking:
    return Booking.objects.filter(session=session, person__email="practitioner@hub.example").latest("pk")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_place_is_booked_and_given_up_on_a_phone(page_at, sign_in, session, javascript):
    page = page_at(360, height=640, javascript=javascript)
    sign_in(page, "practitioner@hub.example")
    page.goto("/events/")
    page.get_by_role("link", name=DAY).first.click()
    page.get_by_role("button", name="Book a place").click()
    assert "You have a place" in page.inner_text("main")
    assert booking(session).state == "booked"
    page.go_back()
    page.reload()
    assert page.locator("[data-booking=booked]").count() == 1
    page.goto("/me/bookings/")
    page.get_by_role("link", name=re.compile(DAY)).first.click()
    page.get_by_label("What came up?").select_option(label="A child or family needs me")
    page.get_by_role("button", name="Give up my place").click()
    assert "You gave up your place" in page.inner_text("main")
    assert (booking(session).state, booking(session).reason) == ("cancelled", "crisis")


def test_two_tabs_and_a_double_click_make_one_booking(page_at, sign_in, session):
    page = page_at(1280)
    sign_in(page, "practitioner@hub.example")
    address = session.event.address
    page.goto(address)
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_role("button", name="Book a place").first.dblclick()
    page.wait_for_url("**/me/bookings/**")
    other.get_by_role("button", name="Book a place").first.click()
    assert "Nothing was booked twice" in other.inner_text("main")
    assert Booking.objects.filter(session=session, person__email="practitioner@hub.example").count() == 1


def test_a_place_is_booked_by_keyboard_alone(page_at, sign_in, session):
    page = page_at(1280)
    sign_in(page, "practitioner@hub.example")
    page.goto(session.event.address)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Book a place":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/bookings/**")
    assert booking(session).state == "booked"


def test_an_organiser_makes_room_and_the_next_in_line_has_the_place(page_at, sign_in, session):
    organiser = User.objects.get(email="organiser@hub.example")
    before = session.capacity
    taken = session.bookings.held().count()
    set_capacity(session=session, capacity=taken, by=organiser, now=timezone.now())
    try:
        page = page_at(360, height=640)
        sign_in(page, "practitioner@hub.example")
        page.goto(session.event.address)
        page.get_by_role("button", name="Join the queue").first.click()
        assert "You are 1st of 1 in the queue" in page.inner_text("main")
        desk = page_at(360, height=640)
        sign_in(desk, "organiser@hub.example")
        desk.goto(f"/events/desk/{session.key}/")
        desk.get_by_role("spinbutton", name="Places").fill(str(taken + 1))
        desk.get_by_role("button", name="Change").click()
        assert "The number of places is changed" in desk.inner_text("main")
        page.reload()
        assert "You have a place" in page.inner_text("main")
    finally:
        set_capacity(session=session, capacity=before, by=organiser, now=timezone.now())
