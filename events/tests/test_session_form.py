"""Sessions in the CMS: made, repeated, changed; nobody loses a place by it, and everybody is told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.booking import book
from events.models import EventPage, Session
from events.organising import cancel_date
from events.series import Every, repeated
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def desk(organiser, signed_in):
    return signed_in(organiser)


def typed(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def form(session: Session | None = None, dates=None, **fields) -> dict:
    """What the form sends for a session as it is, with some things changed."""
    if dates is None:
        kept = session.dates.all() if session else []
        dates = [{"id": one.pk, "starts_at": typed(one.starts_at), "ends_at": typed(one.ends_at)} for one in kept]
    basis = {
        "event": session.event_id if session else make_text(EventPage, "A day", event_kind="training").pk,
        "title": "",
        "held": "in-person",
        "place": "Hall, Civic Offices",
        "capacity": session.capacity if session else 10,
        "waiting_rule": "closeness",
        "offer_hours": 24,
        "approval_days": 3,
    }
    initial = len([one for one in dates if one.get("id")])
    sets = {"dates": inline_formset(dates, initial=initial), "breakouts": inline_formset([])}
    return basis | nested_form_data(sets) | fields


def send(desk, session=None, **fields):
    address = reverse("event_sessions:edit", args=[session.pk]) if session else reverse("event_sessions:add")
    return desk.post(address, form(session, **fields))


def errors(answer) -> str:
    page = BeautifulSoup(answer.content, "html.parser")
    return " ".join(one.get_text(" ", strip=True) for one in page.select(".error-message, .help-critical, .messages"))


def day(days: int, hours: float = 2) -> dict:
    return {"starts_at": typed(nine_thirty(days)), "ends_at": typed(nine_thirty(days) + timedelta(hours=hours))}


class TestMaking:
    def test_a_session_with_its_dates(self, desk):
        assert send(desk, dates=[day(20), day(27)]).status_code == 302
        session = Session.objects.get()
        assert [date.starts_at for date in session.dates.all()] == [nine_thirty(20), nine_thirty(27)]

    def test_a_series_that_is_booked_as_one(self, desk):
        send(desk, dates=[day(20)], repeat="two-weeks", times=6)
        assert Session.objects.get().dates.count() == 6

    def test_a_series_that_is_booked_date_by_date(self, desk):
        send(desk, dates=[day(20)], repeat="month", times=4, singly="on", capacity=8)
        assert [(one.capacity, one.dates.count()) for one in Session.objects.all()] == [(8, 1)] * 4
        assert len(set(Session.objects.values_list("key", flat=True))) == 4

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"capacity": 0}, "greater than or equal to 1"),
            ({"capacity": "many"}, "whole number"),
            ({"held": "online"}, "address to join at"),
            ({"dates": [day(-2)]}, "passed already"),
            ({"dates": [day(20, hours=-1)]}, "end after it starts"),
            ({"opens_at": "2027-01-02 09:00", "closes_at": "2027-01-01 09:00"}, "close after it opens"),
            ({"repeat": "week"}, "how many dates"),
            ({"repeat": "week", "times": 4, "dates": []}, "first date"),
            ({"repeat": "never"}, "valid choice"),
        ],
    )
    def test_is_refused_at_the_field_and_what_was_typed_stays(self, desk, fields, words):
        answer = send(desk, **{"dates": [day(20)], "title": "Typed with care", **fields})
        assert answer.status_code == 200
        assert words in errors(answer)
        assert "Typed with care" in answer.content.decode()
        assert not Session.objects.exists()

    def test_is_for_organisers(self, editor, signed_in):
        assert send(signed_in(editor)).status_code == 302
        assert not Session.objects.exists()


class TestChanging:
    @pytest.fixture
    def booked(self):
        session = make_session(capacity=1)
        for name in ("amina", "ben"):
            book(key=session.key, person=make_person(name, Role.PRACTITIONER), now=timezone.now())
        return session

    def test_more_places_let_the_queue_move_up(self, desk, booked):
        send(desk, booked, capacity=2)
        assert [one.state for one in booked.bookings.order_by("pk")] == ["booked", "booked"]

    def test_fewer_places_than_are_booked_remove_nobody(self, desk, booked):
        Session.objects.update(capacity=5)
        send(desk, booked, capacity=1)
        assert booked.bookings.held().count() == 1

    def test_a_moved_date_is_told_to_everybody_once(self, desk, booked):
        date = booked.dates.get()
        for _ in range(2):
            send(desk, booked, dates=[{"id": date.pk, **day(30)}])
        assert booked.bookings.first().changes.filter(what="moved").count() == 1

    def test_a_date_cannot_be_moved_into_the_past(self, desk, booked):
        date = booked.dates.get()
        answer = send(desk, booked, dates=[{"id": date.pk, **day(-3)}])
        assert "passed already" in errors(answer)
        date.refresh_from_db()
        assert date.starts_at > timezone.now()

    def test_a_date_that_people_booked_is_cancelled_not_taken_away(self, desk, booked):
        date = booked.dates.get()
        answer = send(desk, booked, dates=[{"id": date.pk, **day(30), "DELETE": "1"}, day(40)])
        assert answer.status_code == 200
        assert booked.dates.count() == 1

    def test_keeps_what_was_cancelled_on_the_desk_while_the_form_was_open(self, desk, organiser):
        session = make_session(dates=2)
        open_form = form(session)
        cancel_date(date=session.dates.first(), by=organiser, now=timezone.now(), reason="Snow")
        desk.post(reverse("event_sessions:edit", args=[session.pk]), open_form)
        assert session.dates.first().cancelled_because == "Snow"


class TestDeleting:
    def test_a_session_with_bookings_is_kept(self, desk):
        session = make_session()
        book(key=session.key, person=make_person("amina", Role.PRACTITIONER), now=timezone.now())
        answer = desk.post(reverse("event_sessions:delete", args=[session.pk]))
        assert answer.status_code == 200
        assert "cannot be deleted" in answer.content.decode()
        assert Session.objects.exists()

    @pytest.mark.parametrize("way", ["the page", "the section above it", "in bulk"])
    def test_a_page_with_sessions_is_kept_and_says_why(self, administrator, signed_in, way):
        administrator.is_superuser = True
        administrator.save()
        event = make_session().event
        address = {
            "the page": reverse("wagtailadmin_pages:delete", args=[event.pk]),
            "the section above it": reverse("wagtailadmin_pages:delete", args=[event.get_parent().pk]),
            "in bulk": reverse("wagtail_bulk_action", args=["pages", "hubpage", "delete"]) + f"?id={event.pk}",
        }[way]
        answer = signed_in(administrator).post(address, follow=True)
        words = answer.content.decode()
        # In bulk Wagtail's own index of references refuses first.
        assert "Sessions belong to" in words or "do not have permission" in words
        assert EventPage.objects.exists()


class TestARepeatedTime:
    def test_stays_the_same_on_the_clock_when_the_clocks_change(self):
        first = datetime(2026, 10, 20, 9, 30, tzinfo=LONDON)
        assert {one.astimezone(LONDON).strftime("%a %H:%M") for one in repeated(first, Every.WEEK, 4)} == {"Tue 09:30"}

    @given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2030, 1, 1)), st.integers(1, 30))
    def test_falls_on_the_same_weekday_of_each_month_in_turn(self, moment, times):
        moments = repeated(moment.replace(tzinfo=LONDON), Every.MONTH, times)
        assert len({one.weekday() for one in moments}) == 1
        months = [one.year * 12 + one.month for one in moments]
        assert months == list(range(months[0], months[0] + times))
