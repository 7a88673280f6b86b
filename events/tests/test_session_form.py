"""Sessions in the CMS: made, repeated, changed; nobody loses a place by it, and everybody is told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.booking.lock import locked
from events.booking.organising import cancel_date, settle
from events.booking.verbs import book
from events.cms.session_form import SessionForm
from events.dates.series import Every, repeated
from events.models import EventPage, KindRules, Session, SessionDate
from people.roles import Role
from tests.builders import make_person, make_session, make_text, make_tool, nine_thirty

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
        "offer_days": 1,
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


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("rounds", {"needs_approval": "on"}, "managers do not learn who comes"),
        ("consultation", {"needs_approval": "on"}, "managers do not learn who comes"),
        ("reflective-group", {"waiting_rule": "by-hand"}, "organisers see no names"),
    ],
)
def test_a_kind_of_which_nobody_may_know_takes_no_approval_and_no_choice_by_name(desk, kind, fields, words):
    event = make_text(EventPage, "In confidence", event_kind=kind)
    answer = send(desk, dates=[day(20)], event=event.pk, **fields)
    assert answer.status_code == 200
    assert words in errors(answer)
    assert not Session.objects.exists()


class TestMaking:
    def test_a_session_with_its_dates(self, desk):
        assert send(desk, dates=[day(20), day(27)]).status_code == 302
        session = Session.objects.get()
        assert [date.starts_at for date in session.dates.all()] == [nine_thirty(20), nine_thirty(27)]

    @pytest.mark.parametrize(
        ("starts", "words"), [("2027-03-21 01:30", "does not exist"), ("2027-10-24 01:30", "comes twice")]
    )
    def test_a_series_has_no_date_that_could_not_be_typed(self, desk, starts, words):
        date = {"starts_at": starts, "ends_at": starts.replace("01:30", "03:30")}
        answer = send(desk, dates=[date], repeat="week", times=3)
        assert answer.status_code == 200
        assert words in errors(answer)
        assert not SessionDate.objects.exists()

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

    def test_begins_with_whoever_makes_it_as_organiser(self, desk, organiser):
        assert str(organiser) in desk.get(reverse("event_sessions:add")).content.decode()

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
        Session.objects.update(capacity=2)
        settle(session=booked, now=timezone.now())
        address = reverse("event_sessions:edit", args=[booked.pk])
        answer = desk.post(address, form(booked, capacity=1), follow=True)
        assert "Nobody is removed: 2 of 1 places are taken" in answer.content.decode()
        assert booked.bookings.held().count() == 2

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
        assert "Cancel it on the session’s desk instead" in answer.content.decode()
        assert booked.dates.count() == 1

    @pytest.mark.parametrize("moment", ["as the form was looked through", "as the lock is taken"])
    def test_a_booking_made_meanwhile_keeps_its_date(self, desk, monkeypatch, moment):
        session, amina = make_session(dates=2), make_person("amina", Role.PRACTITIONER)

        def somebody_books():
            book(key=session.key, person=amina, now=timezone.now())

        def looked_through(form):
            good = is_valid(form)
            somebody_books()
            return good

        def taken(pk):
            somebody_books()
            return locked(pk)

        if moment == "as the lock is taken":
            monkeypatch.setattr("events.cms.session_form.locked", taken)
        else:
            is_valid = SessionForm.is_valid
            monkeypatch.setattr(SessionForm, "is_valid", looked_through)
        first, last = session.dates.all()
        kept = {"id": first.pk, "starts_at": typed(first.starts_at), "ends_at": typed(first.ends_at)}
        answer = send(desk, session, dates=[kept, {"id": last.pk, **day(30), "DELETE": "1"}], title="Typed with care")
        assert answer.status_code == 200
        assert "Cancel it on the session’s desk instead" in answer.content.decode()
        assert "Typed with care" in answer.content.decode()
        assert session.dates.count() == 2

    def test_a_date_on_which_heads_were_counted_is_kept(self, desk):
        session = make_session(dates=2)
        SessionDate.objects.filter(pk=session.dates.first().pk).update(heads=0)
        first = session.dates.first()
        answer = send(desk, session, dates=[{"id": first.pk, **day(30), "DELETE": "1"}, day(40)])
        assert "written down who came" in answer.content.decode()

    @pytest.mark.parametrize("moment", ["before", "meanwhile"])
    def test_a_date_on_which_somebody_was_ticked_stays_on_its_day(self, desk, monkeypatch, moment):
        date = make_session().dates.get()

        def counted(*args):
            SessionDate.objects.filter(pk=date.pk).update(heads=3)
            return locked(*args)

        if moment == "meanwhile":
            monkeypatch.setattr("events.cms.session_form.locked", counted)
        else:
            SessionDate.objects.filter(pk=date.pk).update(heads=3)
        answer = send(desk, date.session, dates=[{"id": date.pk, **day(30)}])
        assert "so it stays on its day" in answer.content.decode()
        assert SessionDate.objects.get(pk=date.pk).starts_at == date.starts_at

    def test_what_people_booked_stays_with_its_event(self, desk, booked):
        other = make_text(EventPage, "Another", event_kind="training")
        assert "stays with its event" in errors(send(desk, booked, event=other.pk))

    def test_a_series_is_made_once(self, desk, booked):
        assert 'name="repeat"' not in desk.get(reverse("event_sessions:edit", args=[booked.pk])).content.decode()

    def test_a_busy_gate_says_so_and_keeps_what_was_typed(self, desk, booked, monkeypatch):
        def too_busy(*args, **kwargs):
            raise OperationalError("lock timeout")

        monkeypatch.setattr("events.cms.session_form.locked", too_busy)
        answer = send(desk, booked, title="Typed with care")
        assert answer.status_code == 200
        assert "very busy" in errors(answer)
        assert "Typed with care" in answer.content.decode()

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


class TestTheList:
    def test_is_narrowed_to_what_is_to_come_and_to_one_event(self, desk):
        make_session(title="Ahead")
        make_session(title="Over", starts=nine_thirty(-9))
        make_session(title="Elsewhere", event=make_text(EventPage, "Another", event_kind="training"))
        make_session(title="Undated", dates=0)

        def titles(query: str) -> list[str]:
            page = BeautifulSoup(desk.get(f"/admin/event_sessions/?{query}").content, "html.parser")
            return sorted(one.get_text(strip=True).split(": ")[-1] for one in page.select("tbody .title-wrapper"))

        assert titles("") == ["Ahead", "Elsewhere", "Over", "Undated"]
        assert titles("when=upcoming") == ["Ahead", "Elsewhere"]
        assert titles("when=over") == ["Over"]
        assert titles("when=none") == ["Undated"]
        assert titles(f"event={EventPage.objects.get(title='Another').pk}") == ["Elsewhere"]
        assert titles("q=Ahead") == ["Ahead"]
        assert len(titles("when=never&event=nothing")) == 4

    def test_leads_to_the_desk_and_an_event_leads_to_its_sessions(self, desk):
        session = make_session()
        assert f"/events/desk/{session.key}/" in desk.get("/admin/event_sessions/").content.decode()
        edit = desk.get(reverse("event_sessions:edit", args=[session.pk])).content.decode()
        assert f"/events/desk/{session.key}/" in edit
        page = desk.get(reverse("wagtailadmin_pages:edit", args=[session.event_id])).content.decode()
        assert f"/admin/event_sessions/?event={session.event_id}" in page

    def test_a_colleague_is_chosen_by_name(self, desk):
        make_person("amina", Role.PRACTITIONER)
        make_person("ben", Role.PRACTITIONER, is_active=False)
        found = desk.get(reverse("choose_person:choose_results"), {"q": "amina test"}).content.decode()
        assert "Amina Test" in found
        assert "Ben Test" not in desk.get(reverse("choose_person:choose")).content.decode()


class TestOrganisers:
    def test_look_after_the_pages_of_events_and_only_write_drafts_elsewhere(self, organiser, hub):
        event = make_text(EventPage, "A day", event_kind="training").permissions_for_user(organiser)
        assert event.can_edit()
        assert event.can_publish()
        assert not make_tool().permissions_for_user(organiser).can_publish()

    def test_change_the_rules_of_a_kind_but_nobody_adds_or_deletes_one(self, desk, administrator, signed_in):
        rules = KindRules.objects.get(kind="rounds")
        administrator.is_superuser = True
        administrator.save()
        for client in (desk, signed_in(administrator)):
            assert client.get(reverse("event_rules:edit", args=[rules.pk])).status_code == 200
            for address in (reverse("event_rules:add"), reverse("event_rules:delete", args=[rules.pk])):
                assert client.post(address).status_code in (302, 403, 404)
        assert KindRules.objects.count() == 9


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
