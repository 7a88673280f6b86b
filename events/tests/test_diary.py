"""What is on: dates in order, a month as a calendar, what I can book, mine and my team's."""

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from events.booking.organising import cancel_date
from events.booking.verbs import book
from events.models import Booking, EventPage, Session, SessionDate
from people.models import User
from people.roles import Role
from practice.models import Framework, Standard
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db


def dates(client, query="") -> list[str]:
    page = BeautifulSoup(client.get(f"/events/{query}").content, "html.parser")
    return [one.get_text(strip=True) for one in page.select(".date h3")]


def diary(client, query="") -> str:
    answer = client.get(f"/events/{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").select_one(".diary").get_text(" ", strip=True)


@pytest.fixture
def me(practitioner, signed_in):
    client = signed_in(practitioner)
    client.person = practitioner
    return client


def sign_up(session, person):
    return book(key=session.key, person=person, now=timezone.now())[0]


def test_dates_stand_in_order_with_places_left_in_words_and_the_past_is_gone(me, organiser):
    make_session(title="Later", starts=nine_thirty(30), capacity=550)
    course = make_session(title="Sooner", starts=nine_thirty(3), dates=2)
    make_session(title="Past", starts=nine_thirty(-3))
    cancel_date(date=course.dates.last(), by=organiser, now=timezone.now(), reason="Snow")
    names = ["Practice day: Sooner", "Practice day: Sooner", "Practice day: Later"]
    assert dates(me) == names
    assert "550 of 550 places left" in diary(me)
    assert "Cancelled" in diary(me)


def test_what_i_can_book_leaves_out_what_pressing_would_not_give(me, manager):
    make_session(title="Open")
    sign_up(make_session(title="Mine already"), me.person)
    make_session(title="Not yet", opens_at=nine_thirty(2))
    full = make_session(title="Full", capacity=1, waiting_rule=Session.WaitingRule.NONE)
    sign_up(full, manager)
    make_session(title="For managers", for_roles=[Role.MANAGER])
    assert dates(me, "?show=open") == ["Practice day: Open"]
    assert dates(me, "?show=mine") == ["Practice day: Mine already"]


def test_a_manager_sees_the_teams_places_but_never_who_comes_to_rounds(manager, signed_in):
    amina = make_person("amina", Role.PRACTITIONER, manager=manager)
    sign_up(make_session(title="Course"), amina)
    rounds = make_text(EventPage, "Rounds", event_kind="rounds")
    sign_up(make_session(title="Told", event=rounds), amina)
    sign_up(make_session(title="Stranger"), make_person("ben", Role.PRACTITIONER))
    client = signed_in(manager)
    assert dates(client, "?show=team") == ["Practice day: Course"]
    assert "Amina Test (Booked)" in diary(client, "?show=team")


def test_only_managers_are_offered_a_team(me):
    assert "team" not in diary(me)
    assert "left it out" in diary(me, "?show=team")


def test_events_for_staff_are_not_in_a_partners_diary(partner, signed_in):
    session = make_session(title="Inside")
    EventPage.objects.filter(pk=session.event_id).update(audience="staff")
    assert dates(signed_in(partner)) == []


def test_a_month_is_a_table_with_a_way_to_the_next(me):
    session = make_session(starts=nine_thirty(0).replace(year=2027, month=2, day=10))
    page = BeautifulSoup(me.get("/events/?view=calendar&month=2027-02").content, "html.parser")
    cell = next(cell for cell in page.select(".month td") if "10 February" in cell.get_text())
    assert "9.30am to 11.30am Practice day" in cell.a.get_text()
    assert cell.a["href"] == session.event.address
    ways = {link.get_text(): link["href"] for link in page.select("nav[aria-label=Months] a")}
    assert "month=2027-01" in ways["The month before"]
    assert "month=2027-03" in ways["The month after"]


@pytest.mark.parametrize(
    "query",
    [
        "?view=calendar&month=2027-13",
        "?view=calendar&month=%00",
        "?view=calendar&month=9999-01",
        "?view=calendar&month=0001-01",
        "?view=wall",
        "?show=everybody&show=x",
        "?dates=99999999999",
        "?dates=-1",
    ],
)
def test_nonsense_in_the_address_is_left_out_and_said(me, query):
    make_session()
    assert "Dates" in diary(me, query) or "20" in diary(me, query)


@pytest.mark.parametrize("query", ["", "?view=calendar", "?show=open", "?show=mine"])
def test_few_queries_with_four_hundred_sessions(me, query, django_assert_max_num_queries):
    event = make_text(EventPage, "Practice day", event_kind="practice-day")
    sessions = Session.objects.bulk_create(Session(event=event, capacity=20, place="Hall") for _ in range(400))
    SessionDate.objects.bulk_create(
        SessionDate(
            session=one, starts_at=nine_thirty(n % 90 + 1), ends_at=nine_thirty(n % 90 + 1) + timedelta(hours=1)
        )
        for n, one in enumerate(sessions)
    )
    for session in sessions:
        session.note_span()
    people = User.objects.bulk_create(User(email=f"p{n}@hub.example", password="!") for n in range(10))
    Booking.objects.bulk_create(
        Booking(session=one, person=person, state="booked", booked_at=timezone.now(), place=n, of_places=20)
        for one in sessions
        for n, person in enumerate([me.person, *people], 1)
    )
    me.get(f"/events/{query}")
    with django_assert_max_num_queries(16):
        me.get(f"/events/{query}")


def mapped(title: str, *codes: str, **fields):
    """An event that is mapped to some national standards, with a date."""
    event = make_text(EventPage, title, event_kind="training", **fields)
    event.standards = Standard.objects.filter(code__in=codes)
    event.save_revision().publish()
    make_session(event=event)
    return event


def offered(client, query="") -> list[str]:
    """The frameworks that events can be narrowed by."""
    page = BeautifulSoup(client.get(f"/events/{query}").content, "html.parser")
    return [group["label"] for group in page.select("#standard optgroup")]


def test_dates_and_events_are_narrowed_to_a_national_standard_which_every_link_keeps(me):
    mapped("Weighing what we know", "KSS7")
    mapped("Talking with children", "KSS1", "KSS2")
    answer = me.get("/events/?standard=KSS7&view=calendar")
    page = BeautifulSoup(answer.content, "html.parser")
    assert [card.title for card in answer.context["listing"].cards] == ["Weighing what we know"]
    assert dates(me, "?standard=KSS7") == ["Weighing what we know"]
    assert page.select_one("#standard option[selected]")["value"] == "KSS7"
    links = [
        link["href"] for link in page.select(".diary .quick a, .diary nav a") if link["href"].startswith("/events/?")
    ]
    assert links
    assert all("standard=KSS7" in link for link in links)
    assert "No dates for KSS9 Role of supervision" in diary(me, "?standard=KSS9")
    assert "There is none of this kind" in me.get("/events/?standard=KSS9").content.decode()
    assert "“KSS99” is not one of the choices" in diary(me, "?standard=KSS99")


def test_a_new_framework_is_offered_from_its_first_day_and_can_run_beside_the_old_one(practitioner, signed_in):
    mapped("Early career week", "ECS2", "KSS1")
    early, old = "Early career standards", "Knowledge and skills statement for child and family practitioners"
    with time_machine.travel(date(2027, 3, 31)):
        assert (early in offered(signed_in(practitioner)), old in offered(signed_in(practitioner))) == (False, True)
        # A link that an editor tries out a day early works all the same.
        assert early in offered(signed_in(practitioner), "?standard=ECS2")
    with time_machine.travel(date(2027, 4, 1)):
        assert (early in offered(signed_in(practitioner)), old in offered(signed_in(practitioner))) == (True, False)
        framework = Framework.objects.get(slug="kss")
        framework.valid_to = date(2027, 9, 30)
        framework.save()
        assert (early in offered(signed_in(practitioner)), old in offered(signed_in(practitioner))) == (True, True)
