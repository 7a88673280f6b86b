"""The training plan: what is held for whom, and which parts of the practice model have no event."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from bench import ground
from events.booking.organising import cancel_date, cancel_session
from events.models import EventPage
from pages.models import HubPage
from pages.wording import day
from people.roles import Role
from practice.models import Item
from tests.builders import make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db

PLAN = "/guidance/training-plan/"


def make_event(title, *items, days=(30,), **session) -> EventPage:
    event = make_text(EventPage, title, items=items, event_kind="training", who_for="Whoever visits families")
    for number in days:
        make_session(event=event, starts=nine_thirty(number), **session)
    return event


def plan(client) -> BeautifulSoup:
    response = client.get(PLAN)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def gaps(page) -> dict[str, str]:
    return {tag["data-gap"]: tag.td.get_text() for tag in page.select("[data-gap]")}


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


def test_an_item_without_an_event_in_the_coming_year_is_flagged_and_it_says_when_it_was_last_served(reader):
    make_event("Coming", "PE1")
    make_event("Last spring", "PE2", days=(-200,))
    make_event("Long ago", "PE3", days=(-400,))
    make_event("Far ahead", "PE4", days=(400,))
    page = plan(reader)
    found = gaps(page)
    assert "PE1" not in found
    assert "Last on" in found["PE2"]
    assert found["PE3"].endswith("None")
    assert "PE4" in found
    figure = page.select_one("#gaps ~ p [data-figure]")
    assert int(figure["data-n"]) == 1
    assert int(figure["data-base"]) == 1 + len(found)


def test_a_cancelled_date_serves_nobody(reader, organiser):
    event = make_event("Coming", "PE1")
    session = event.sessions.get()
    cancel_session(session=session, by=organiser, now=timezone.now(), reason="No room.")
    assert "PE1" in gaps(plan(reader))


def test_of_a_series_a_date_that_is_off_is_not_in_the_plan(reader, organiser):
    event = make_event("Coming", "PE1", dates=2)
    first, second = event.sessions.get().dates.order_by("starts_at")
    cancel_date(date=first, by=organiser, now=timezone.now(), reason="No room.")
    text = plan(reader).get_text()
    assert day(timezone.localdate(second.starts_at)) in text
    assert day(timezone.localdate(first.starts_at)) not in text
    assert "more date" not in text


def test_a_part_that_is_of_the_model_no_longer_is_no_gap(reader):
    assert "PE3" in gaps(plan(reader))
    item = Item.objects.get(code="PE3")
    item.valid_to = timezone.localdate() - timedelta(days=1)
    item.save()
    assert "PE3" not in gaps(plan(reader))


def test_events_stand_under_those_they_are_for_with_their_dates(reader):
    make_event("For all", "PE1", days=(30, 60, 90))
    make_event("For managers", "PE2", for_roles=[Role.MANAGER.value])
    page = plan(reader)
    groups = {
        section.h3.get_text(): [link.get_text() for link in section.select("th a")]
        for section in page.select('[aria-labelledby="who"] section')
    }
    assert groups == {"Everybody": ["For all"], "Managers": ["For managers"]}
    assert "and 2 more dates" in page.get_text()


def test_what_a_reader_may_not_open_is_not_in_their_plan_and_partners_have_none(reader, partner, signed_in):
    event = make_event("Hidden", "PE1")
    HubPage.objects.filter(pk=event.pk).update(live=False)
    assert "Hidden" not in plan(reader).get_text()
    assert signed_in(partner).get(PLAN).status_code == 404
    assert PLAN in reader.get("/guidance/").content.decode()
    assert PLAN not in signed_in(partner).get("/guidance/").content.decode()


def test_without_events_everything_is_a_gap_and_nothing_breaks(reader):
    page = plan(reader)
    assert "Nothing is planned" in page.get_text()
    assert page.select_one("[data-figure]")["data-n"] == "0"


def test_its_cost_does_not_grow_with_the_events(reader):
    make_event("One", "PE1")
    plan(reader)
    before = len(ground.queries(lambda: plan(reader)))
    for number in range(5):
        make_event(f"Event {number}", "PE2", days=(number + 1, number + 50))
    plan(reader)
    assert len(ground.queries(lambda: plan(reader))) == before <= 14
