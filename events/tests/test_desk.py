"""The organiser's desk: everything that one person has to settle for hundreds, and nobody else sees it."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from events.booking.lapsing import free_seats_of_nobody
from events.booking.verbs import book
from events.mail import telling
from events.mail.messages import send_due
from events.models import Booking, Breakout, SessionMessage
from notices.models import OutgoingMail
from people.models import User
from people.refusals import NotAllowed
from people.roles import Role
from tests.builders import make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(organiser, signed_in):
    return signed_in(organiser)


@pytest.fixture
def session(hub):
    session = make_session(capacity=2, dates=2)
    for name in ("amina", "ben", "carys", "dev"):
        book(key=session.key, person=make_person(name, Role.PRACTITIONER), now=timezone.now())
    return session


def address(session, *parts) -> str:
    return "/".join(["/events/desk", str(session.key), *map(str, parts), ""])


def of(session, name) -> Booking:
    return session.bookings.get(person__first_name=name.title())


def states(session) -> dict:
    return {booking.person.first_name: booking.state for booking in session.bookings.select_related("person")}


def words(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


class TestTheDesk:
    def test_says_who_is_in_and_who_waits_in_order(self, desk, session):
        page = BeautifulSoup(desk.get(address(session)).content, "html.parser")
        assert "2 of 2 places taken, 2 people in the queue" in page.main.get_text()
        assert [one.strong.get_text() for one in page.select(".person")] == ["Amina Test", "Ben Test"]
        assert [one.strong.get_text() for one in page.select("ol.stack > li")] == ["Carys Test", "Dev Test"]

    def test_finds_one_of_many_by_name(self, desk, session):
        assert "1 found" in words(desk.get(address(session) + "?q=ben"))
        assert "Nobody by that name" in words(desk.get(address(session) + "?q=%00zz"))

    def test_lists_only_what_one_organises_oneself(self, practitioner, signed_in, session):
        mine = make_session(title="Mine", organiser=practitioner)
        client = signed_in(practitioner)
        assert "Mine" in words(client.get("/events/desk/"))
        assert client.get(address(mine)).status_code == 200
        assert client.get(address(session)).status_code == 404

    def test_is_not_there_for_anybody_else(self, manager, partner, editor, champion, practitioner, signed_in, session):
        date, booking = session.dates.first(), session.bookings.first()
        for person in (manager, partner, editor, champion, practitioner):
            client = signed_in(person)
            for path in ("/events/desk/", address(session), f"{address(session)}people.csv"):
                assert client.get(path).status_code == 404
            for parts in (
                ("add",),
                ("capacity",),
                ("cancel",),
                ("write",),
                ("bookings", booking.key, "remove"),
                ("dates", date.key, "move"),
                ("dates", date.key, "cancel"),
            ):
                assert client.post(address(session, *parts), {"reason": "x"}).status_code == 404
        assert states(session)["Amina"] == "booked"

    def test_stays_within_twelve_queries_at_550_bookings(self, desk, django_assert_max_num_queries):
        session = make_session(capacity=550)
        Breakout.objects.create(session=session, title="Circles", capacity=40)
        people = User.objects.bulk_create(
            User(email=f"p{n}@hub.example", password="!", first_name=f"P{n}") for n in range(600)
        )
        now = timezone.now()
        Booking.objects.bulk_create(
            Booking(session=session, person=one, state="booked", booked_at=now, place=n, of_places=550)
            if n <= 550
            else Booking(session=session, person=one, state="waiting", queued_at=now + timedelta(seconds=n))
            for n, one in enumerate(people, 1)
        )
        desk.get(address(session))
        with django_assert_max_num_queries(12):
            assert desk.get(address(session)).status_code == 200


class TestPeople:
    def test_are_added_beyond_the_places_only_with_a_reason(self, desk, session):
        make_person("eilidh", Role.PRACTITIONER)
        answer = desk.post(address(session, "add"), {"colleague": "eilidh@hub.example"})
        assert answer.status_code == 400
        assert "Say why this person comes on top of them" in words(answer)
        assert 'value="eilidh@hub.example"' in answer.content.decode()
        typed = {"colleague": "eilidh@hub.example", "because": "She leads a breakout"}
        assert desk.post(address(session, "add"), typed).status_code == 302
        assert "3 of 2 places taken" in words(desk.get(address(session)))
        assert of(session, "eilidh").beyond_because == "She leads a breakout"

    @pytest.mark.parametrize("typed", ["nobody@hub.example", "not an address", "", "a\r\nb@x.example"])
    def test_that_nobody_knows_are_refused_at_the_field(self, desk, session, typed):
        assert desk.post(address(session, "add"), {"colleague": typed}).status_code == 400

    def test_lose_a_place_only_with_a_reason_and_the_next_in_line_has_it(self, desk, session):
        path = address(session, "bookings", of(session, "amina").key, "remove")
        assert desk.post(path, {"reason": "  "}).status_code == 409
        assert desk.post(path, {"reason": "Moved to another team"}).status_code == 302
        assert states(session) == {"Amina": "cancelled", "Ben": "booked", "Carys": "booked", "Dev": "waiting"}

    def test_go_to_the_front_with_a_reason(self, desk, session):
        path = address(session, "bookings", of(session, "dev").key, "front")
        assert desk.post(path, {"reason": ""}).status_code == 409
        desk.post(path, {"reason": "Needs it for her first year"})
        assert [one.person.first_name for one in session.bookings.waiting()] == ["Dev", "Carys"]

    def test_of_another_session_cannot_be_reached_from_here(self, desk, session):
        other = make_session(title="B")
        book(key=other.key, person=User.objects.get(first_name="Amina"), now=timezone.now())
        path = address(session, "bookings", other.bookings.get().key, "remove")
        assert desk.post(path, {"reason": "x"}).status_code == 404

    def test_are_approved_or_declined_here_when_the_manager_is_silent(self, desk):
        session = make_session(needs_approval=True)
        for name in ("amina", "ben"):
            book(key=session.key, person=make_person(name, Role.PRACTITIONER), now=timezone.now())
        desk.post(address(session, "bookings", of(session, "amina").key, "approve"))
        desk.post(address(session, "bookings", of(session, "ben").key, "decline"), {"reason": "Not this term"})
        assert states(session) == {"Amina": "booked", "Ben": "declined"}

    def test_more_places_take_the_queue_and_nonsense_is_refused(self, desk, session):
        assert desk.post(address(session, "capacity"), {"capacity": "0"}).status_code == 400
        assert desk.post(address(session, "capacity"), {"capacity": "many"}).status_code == 400
        desk.post(address(session, "capacity"), {"capacity": "3"})
        assert states(session)["Carys"] == "booked"
        desk.post(address(session, "capacity"), {"capacity": "1"})
        assert "3 of 1 place taken" in words(desk.get(address(session)))


class TestDates:
    def test_are_moved_alone(self, desk, session):
        date, other = session.dates.all()
        typed = {"day": f"{nine_thirty(40):%Y-%m-%d}", "starts": "13:00", "ends": "15:30", "place": "Annexe"}
        assert desk.post(address(session, "dates", date.key, "move"), typed).status_code == 302
        moved = session.dates.get(pk=date.pk)
        assert (f"{timezone.localtime(moved.starts_at):%H:%M}", moved.place) == ("13:00", "Annexe")
        assert session.dates.get(pk=other.pk).starts_at == other.starts_at

    @pytest.mark.parametrize(
        "typed",
        [
            {"day": "2020-01-01"},
            {"day": "3026-01-01"},
            {"day": "soon"},
            {"ends": "09:00"},
            {"starts": "25:00"},
            {"place": "x" * 300},
        ],
    )
    def test_are_not_moved_where_they_cannot_be_and_what_was_typed_stays(self, desk, session, typed):
        date = session.dates.first()
        good = {"day": f"{nine_thirty(40):%Y-%m-%d}", "starts": "13:00", "ends": "15:30", "place": "Annexe"}
        answer = desk.post(address(session, "dates", date.key, "move"), good | typed)
        assert answer.status_code == 400
        assert "15:30" in answer.content.decode() or "ends" in typed
        assert session.dates.get(pk=date.pk).starts_at == date.starts_at

    def test_that_have_begun_take_another_room_and_keep_their_time(self, desk, session, organiser):
        date = session.dates.first()
        starts = timezone.localtime(date.starts_at)
        typed = {"day": f"{starts:%Y-%m-%d}", "starts": f"{starts:%H:%M}", "place": "The big hall"}
        typed["ends"] = f"{timezone.localtime(date.ends_at):%H:%M}"
        path = address(session, "dates", date.key, "move")
        with time_machine.travel(date.starts_at + timedelta(minutes=5)):
            desk.force_login(organiser)
            assert desk.post(path, typed).status_code == 302
            assert "passed already" in desk.post(path, typed | {"ends": "23:30"}).content.decode()
            telling.tell_due(now=timezone.now())
        date.refresh_from_db()
        assert date.place == "The big hall"
        letters = OutgoingMail.objects.filter(to="amina@hub.example", kind="booking-moved")
        assert ["The big hall" in letter.text for letter in letters] == [True]
        with time_machine.travel(date.ends_at + timedelta(minutes=1)):
            desk.force_login(organiser)
            assert "over" in desk.post(path, typed | {"place": "Elsewhere"}).content.decode()
        date.refresh_from_db()
        assert date.place == "The big hall"

    def test_are_cancelled_alone_and_the_last_one_cancels_the_session(self, desk, session):
        first, second = session.dates.all()
        desk.post(address(session, "dates", first.key, "cancel"), {"reason": "Snow"})
        assert states(session)["Amina"] == "booked"
        desk.post(address(session, "dates", second.key, "cancel"), {"reason": "Snow"})
        assert set(states(session).values()) == {"cancelled"}


class TestWritingToEveryone:
    def test_sends_each_person_one_mail_however_often_the_form_is_sent(self, desk, session):
        form = BeautifulSoup(desk.get(address(session)).content, "html.parser")
        key = form.select_one("[name=key]")["value"]
        typed = {"key": key, "to": "all", "subject": "Bring a coat", "text": "It is cold.\n\nVery."}
        seen = desk.post(address(session, "write"), typed)
        assert "It goes to 4 people" in words(seen)
        assert "Bring a coat" in words(seen)
        assert not SessionMessage.objects.exists()
        for _ in range(2):
            assert desk.post(address(session, "write"), {**typed, "do": "send"}).status_code == 302
            send_due(now=timezone.now())
        sent = OutgoingMail.objects.filter(subject="Bring a coat")
        assert sorted(sent.values_list("to", flat=True)) == sorted(
            f"{name}@hub.example" for name in ("amina", "ben", "carys", "dev")
        )
        assert SessionMessage.objects.count() == 1

    def test_to_an_empty_queue_says_that_it_would_reach_nobody(self, desk):
        typed = {"key": uuid4(), "to": "queue", "subject": "Soon", "text": "Patience"}
        assert "reach nobody" in words(desk.post(address(make_session(), "write"), typed))

    def test_loses_nothing_when_it_is_too_long_or_incomplete(self, desk, session):
        typed = {"key": "nonsense", "to": "all", "subject": "", "text": "Kept " + "x" * 6000}
        answer = desk.post(address(session, "write"), typed)
        assert answer.status_code == 400
        assert "Kept x" in answer.content.decode()


def test_a_seat_of_a_deleted_account_goes_to_who_is_next_by_one_press(desk, session, practitioner, signed_in):
    assert "belongs to nobody" not in desk.get(address(session)).content.decode()
    # As accounts were deleted before deletion gave their places on.
    session.bookings.filter(person__first_name="Amina").update(person=None)
    assert "1 seat belongs to nobody" in desk.get(address(session)).content.decode()
    assert signed_in(practitioner).post(address(session, "free")).status_code == 404
    assert "goes to who is next" in desk.post(address(session, "free"), follow=True).content.decode()
    states = dict(session.bookings.exclude(person=None).values_list("person__first_name", "state"))
    assert states == {"Ben": "booked", "Carys": "booked", "Dev": "waiting"}
    assert session.bookings.get(person=None).state == "cancelled"
    with pytest.raises(NotAllowed):
        free_seats_of_nobody(session=session, by=practitioner, now=timezone.now())


class TestLists:
    HOSTILE = ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\tx", "＝1", "Amina"]

    @pytest.fixture
    def crowded(self, hub):
        session = make_session()
        for number, name in enumerate(self.HOSTILE):
            person = make_person(f"p{number}")
            User.objects.filter(pk=person.pk).update(first_name=name, last_name="")
            person.groups.set([])
            book(key=session.key, person=person, now=timezone.now())
        return session

    def test_hold_no_formula_whatever_people_are_called(self, desk, crowded):
        text = desk.get(f"{address(crowded)}people.csv").content.decode("utf-8-sig")
        names = [row[0] for row in csv.reader(io.StringIO(text))][1:]
        sheet = openpyxl.load_workbook(io.BytesIO(desk.get(f"{address(crowded)}people.xlsx").content)).active
        cells = [row[0] for row in sheet.iter_rows(min_row=2)]
        assert "Amina" in names
        for name in [*names, *(cell.value for cell in cells)]:
            assert not name.startswith(("=", "+", "-", "@", "\t", "＝"))
        assert {cell.data_type for cell in cells} == {"s"}

    def test_are_noted_in_the_audit_log_without_names(self, desk, session, caplog):
        caplog.set_level("INFO", "hub.audit")
        desk.get(f"{address(session)}people.csv")
        assert "export-people at=" in caplog.text
        assert "Amina" not in caplog.text
