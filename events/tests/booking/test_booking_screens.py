"""Booking as a colleague does it: from the event's page to the place, the queue and the way out."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from events.booking.organising import cancel_date
from events.booking.verbs import book, leave, swap
from events.models import Breakout, EventPage, Provision, Session
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(practitioner, signed_in):
    client = signed_in(practitioner)
    client.person = practitioner
    return client


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def event(client, session) -> BeautifulSoup:
    answer = client.get(session.event.address)
    assert answer.status_code == 200
    return soup(answer).find(attrs={"data-session": str(session.key)})


def press(client, session, **typed):
    return client.post(f"/events/book/{session.key}/", typed)


def fill_up(session) -> None:
    for number in range(session.capacity):
        book(key=session.key, person=make_person(f"other{number}", Role.PRACTITIONER), now=timezone.now())


class TestTheEventsPage:
    def test_says_when_where_how_many_places_are_left_and_has_the_button(self, me):
        session = make_session(capacity=550, starts=nine_thirty(30))
        shown = event(me, session)
        assert shown.find(attrs={"data-places-left": "550"}).get_text(strip=True) == "550 of 550 places left"
        assert "9.30am to 11.30am" in shown.get_text()
        assert shown.select_one("form[data-action=book] button").get_text() == "Book a place"

    def test_says_that_it_is_full_and_what_the_queue_means(self, me):
        session = make_session(capacity=1)
        fill_up(session)
        shown = event(me, session)
        assert "Full: 0 people in the queue" in shown.get_text()
        assert shown.find("button").get_text() == "Join the queue"
        assert "more than five days before" in shown.get_text()

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"opens_at": nine_thirty(2)}, "Booking opens on"),
            ({"closes_at": nine_thirty(-1)}, "Booking closed on"),
            ({"cancelled_at": nine_thirty(-1), "cancelled_because": "Snow"}, "Cancelled: Snow"),
        ],
    )
    def test_has_no_button_when_pressing_would_do_nothing(self, me, fields, words):
        shown = event(me, make_session(**fields))
        assert words in shown.get_text()
        assert not shown.select("form")

    def test_shows_my_own_place_and_warns_of_what_i_have_at_the_same_time(self, me):
        mine, other = make_session(title="A"), make_session(title="B")
        press(me, mine)
        assert event(me, mine).find(attrs={"data-booking": "booked"})
        assert "At the same time you are booked for Practice day" in event(me, other).get_text()

    def test_calls_a_session_by_the_first_date_that_takes_place(self, me, organiser):
        session = make_session(dates=2)
        first, second = session.dates.all()
        cancel_date(date=first, by=organiser, now=timezone.now(), reason="Snow.")
        assert event(me, session).h3.get_text() == second.meeting.when

    def test_shows_the_place_that_a_colleague_handed_me_though_i_had_given_up_one_of_my_own(self, me, manager):
        session = make_session()
        theirs, _ = book(key=session.key, person=manager, now=timezone.now())
        press(me, session)
        mine = session.bookings.get(person=me.person)
        leave(booking=mine, by=me.person, now=timezone.now())
        swap(booking=theirs, to=me.person, by=manager, now=timezone.now())
        page = me.get(session.event.address).content.decode()
        assert "You have a place." in page
        assert f"/me/bookings/{theirs.key}/" in page
        assert "Book a place" not in page

    def test_keeps_its_words_for_everybody_and_my_booking_for_me(self, me, manager, signed_in):
        session = make_session()
        press(me, session)
        event(me, session)
        assert not event(signed_in(manager), session).select("[data-booking]")

    def test_says_when_a_session_is_for_others(self, me):
        session = make_session(for_roles=[Role.MANAGER])
        assert "for other colleagues" in event(me, session).get_text()

    def test_answers_in_few_queries_whatever_the_number_of_sessions(self, me, django_assert_max_num_queries):
        for number in range(6):
            session = make_session(title=f"Group {number}", dates=3)
            Breakout.objects.create(session=session, title="Circles", capacity=5)
        me.get(session.event.address)
        with django_assert_max_num_queries(14):
            me.get(session.event.address)


class TestPressingBook:
    def test_gives_a_place_and_a_page_that_says_so(self, me):
        session = make_session()
        answer = press(me, session)
        assert answer.status_code == 302
        page = me.get(answer["Location"])
        assert "You have a place" in page.content.decode()
        assert session.bookings.get().state == "booked"

    def test_twice_or_after_going_back_gives_one_booking_and_no_alarm(self, me):
        session = make_session()
        first, second = press(me, session), press(me, session)
        assert session.bookings.count() == 1
        assert second.status_code == 302
        assert "Nothing was booked twice" in me.get(second["Location"]).content.decode()
        assert first["Location"].split("?")[0] == second["Location"].split("?")[0]

    def test_keeps_what_was_asked_for_apart_from_the_booking(self, me):
        session = make_session()
        rooms = [Breakout.objects.create(session=session, title=title, capacity=1) for title in ("Circles", "Trees")]
        press(
            me,
            session,
            note="By the door",
            access="Captions",
            food="Vegan",
            breakout1=rooms[1].pk,
            breakout2=rooms[0].pk,
        )
        booking = session.bookings.get()
        assert (booking.note, booking.provision.access, booking.provision.food) == (
            "By the door",
            "Captions",
            "Vegan",
        )
        assert [wish.breakout for wish in booking.wishes.all()] == [rooms[1], rooms[0]]
        assert booking.breakout == rooms[1]

    def test_that_is_refused_says_why_and_loses_nothing_that_was_typed(self, me):
        session = make_session(closes_at=nine_thirty(-1))
        answer = press(me, session, note="By the door")
        assert answer.status_code == 409
        assert "Booking closed on" in answer.content.decode()
        assert session.bookings.count() == 0

    def test_with_too_much_text_is_refused_at_the_field_with_the_text_still_there(self, me):
        session = make_session()
        answer = press(me, session, note="x" * 20_000, access="Captions")
        assert answer.status_code == 400
        shown = soup(answer)
        assert shown.select_one("[name=note]")["aria-invalid"] == "true"
        assert shown.select_one("[name=access]").get_text(strip=True) == "Captions"
        assert session.bookings.count() == 0

    @pytest.mark.parametrize("typed", [{"breakout1": "999"}, {"breakout1": "x"}, {"note": "a\x00b"}])
    def test_with_a_forged_form_is_refused_and_never_breaks(self, me, typed):
        session = make_session()
        Breakout.objects.create(session=session, title="Circles", capacity=1)
        assert press(me, session, **typed).status_code == 400

    def test_changes_nothing_that_the_form_does_not_ask(self, me, manager):
        session = make_session(capacity=1)
        press(me, session, person=manager.pk, state="booked", place=7, beyond_because="x", walked_in="on")
        booking = session.bookings.get()
        assert (booking.person, booking.place, booking.beyond_because, booking.walked_in) == (me.person, 1, "", False)

    def test_at_an_address_that_does_not_exist_for_me_is_not_found(self, me, partner, signed_in):
        session = make_session()
        session.event.audience = "staff"
        session.event.save()
        assert signed_in(partner).post(f"/events/book/{session.key}/").status_code == 404
        assert me.post(f"/events/book/{uuid.uuid4()}/").status_code == 404


class TestMyBookings:
    def test_tell_my_turn_in_the_queue_without_names(self, me):
        session = make_session(capacity=2)
        fill_up(session)
        book(key=session.key, person=make_person("first", Role.PRACTITIONER), now=timezone.now())
        press(me, session)
        page = me.get("/me/bookings/").content.decode()
        assert "You are 2nd of 2 in the queue." in page
        assert "First Test" not in page

    def test_are_mine_alone(self, me, manager, signed_in):
        session = make_session()
        press(me, session)
        key = session.bookings.get().key
        stranger = signed_in(manager)
        for address in ("", "join/", "invite.ics"):
            assert stranger.get(f"/me/bookings/{key}/{address}").status_code == 404
        for address in ("leave/", "accept/", "pass/", "again/", "hand-over/"):
            assert stranger.post(f"/me/bookings/{key}/{address}").status_code == 404
        assert session.bookings.get().state == "booked"

    def test_show_what_i_told_the_organiser_and_let_me_put_it_right_or_take_it_back(self, me):
        session = make_session()
        path = press(me, session, note="Near the door", access="Captions", food="Vegan").url.partition("?")[0]
        form = soup(me.get(path)).find("form", action=f"{path}told/")
        assert form.select_one("[name=note]")["value"] == "Near the door"
        assert form.select_one("[name=access]").get_text(strip=True) == "Captions"
        answer = me.post(f"{path}told/", {"note": "", "access": "A step-free way", "food": "Vegan"})
        assert answer.status_code == 302
        assert "as it stands here now" in soup(me.get(answer.url)).get_text()
        booking = session.bookings.get()
        assert (booking.note, booking.provision.access, booking.provision.food) == ("", "A step-free way", "Vegan")
        me.post(f"{path}told/", {})
        assert not Provision.objects.exists()

    def test_keep_what_i_told_where_it_could_point_to_a_child_and_what_comes_too_late(self, me, manager, signed_in):
        session = make_session()
        path = press(me, session).url.partition("?")[0]
        refused = me.post(f"{path}told/", {"access": "For J.B. a ramp"})
        assert refused.status_code == 400
        assert "For J.B. a ramp" in refused.content.decode()
        assert signed_in(manager).post(f"{path}told/", {"access": "Mine"}).status_code == 404
        leave(booking=session.bookings.get(), by=me.person, now=timezone.now())
        late = me.post(f"{path}told/", {"access": "A ramp"})
        assert late.status_code == 409
        assert "A ramp" in soup(late).get_text()
        assert not Provision.objects.exists()

    def test_keep_no_note_where_no_names_are_kept(self, me):
        rounds = make_session(event=make_text(EventPage, "Rounds", event_kind="rounds"))
        path = press(me, rounds).url.partition("?")[0]
        assert soup(me.get(path)).select_one("[name=note]") is None
        assert soup(me.get(path)).select_one("[name=access]") is not None

    def test_end_by_one_press_and_may_say_why(self, me):
        session = make_session()
        press(me, session)
        key = session.bookings.get().key
        for _ in range(2):
            assert me.post(f"/me/bookings/{key}/leave/", {"reason": "crisis", "words": "x"}).status_code == 302
        booking = session.bookings.get()
        assert (booking.state, booking.reason) == ("cancelled", "crisis")
        assert event(me, session).find(attrs={"data-booking": "cancelled"})
        assert event(me, session).select_one("form[data-action=book]")

    def test_refuse_a_reason_that_does_not_exist(self, me):
        session = make_session()
        press(me, session)
        answer = me.post(f"/me/bookings/{session.bookings.get().key}/leave/", {"reason": "nonsense"})
        assert answer.status_code == 400
        assert session.bookings.get().state == "booked"

    def test_hand_a_place_to_a_colleague_by_address_and_say_when_nobody_has_it(self, me):
        session = make_session()
        press(me, session)
        key = session.bookings.get().key
        wrong = me.post(f"/me/bookings/{key}/hand-over/", {"colleague": "nobody@hub.example"})
        assert wrong.status_code == 400
        assert 'value="nobody@hub.example"' in wrong.content.decode()
        amina = make_person("amina", Role.PRACTITIONER)
        assert me.post(f"/me/bookings/{key}/hand-over/", {"colleague": amina.email}).status_code == 302
        assert session.bookings.get().person == amina

    def test_take_an_offer_or_pass_it_on(self, me):
        now = timezone.now()
        near = {"starts": now + timedelta(days=4), "queue_closes_at": now + timedelta(days=3)}
        session = make_session(capacity=1, **near)
        fill_up(session)
        press(me, session)
        mine = session.bookings.get(person=me.person)
        assert me.post(f"/me/bookings/{mine.key}/accept/").status_code == 409
        other = session.bookings.booked().get()
        leave(booking=other, by=other.person, now=now)
        assert "A place is offered to you until" in me.get("/me/bookings/").content.decode()
        page = me.get(f"/me/bookings/{mine.key}/").content.decode()
        assert "Turn it down and leave the queue" in page
        assert "Give up my place" not in page
        assert me.post(f"/me/bookings/{mine.key}/accept/").status_code == 302
        mine.refresh_from_db()
        assert mine.state == "booked"

    def test_come_in_few_queries(self, me, django_assert_max_num_queries):
        for number in range(12):
            press(me, make_session(title=str(number), starts=nine_thirty(number + 2), capacity=1 + number % 2))
        me.get("/me/bookings/")
        with django_assert_max_num_queries(10):
            assert me.get("/me/bookings/").status_code == 200


class TestTheWayInOnline:
    def test_opens_an_hour_before_for_those_with_a_place(self, me):
        session = make_session(held="online", join_link="https://meet.example/abc")
        press(me, session)
        key, starts = session.bookings.get().key, session.dates.get().starts_at
        assert me.get(f"/me/bookings/{key}/join/").status_code == 409
        assert "meet.example" not in me.get(f"/me/bookings/{key}/").content.decode()
        with time_machine.travel(starts - timedelta(minutes=59)):
            me.force_login(me.person)
            assert me.get(f"/me/bookings/{key}/join/")["Location"] == "https://meet.example/abc"
            Session.objects.update(cancelled_at=timezone.now())
            assert me.get(f"/me/bookings/{key}/join/").status_code == 409


class TestMyOwnCalendar:
    def test_reads_my_bookings_at_a_private_address_until_i_stop_it(self, me, client):
        session = make_session(title="Group A")
        press(me, session)
        me.post("/me/calendar/", {"do": "renew"})
        address = soup(me.get("/me/bookings/")).select_one("a.address")["href"]
        calendar = client.get(address)
        assert calendar.status_code == 200
        assert "Practice day: Group A" in calendar.content.decode()
        me.post("/me/calendar/", {"do": "renew"})
        assert client.get(address).status_code == 404
        address = soup(me.get("/me/bookings/")).select_one("a.address")["href"]
        me.person.is_active = False
        me.person.save()
        assert client.get(address).status_code == 404

    def test_is_a_secret_that_nobody_guesses(self, me):
        me.post("/me/calendar/", {"do": "renew"})
        assert len(me.person.calendar_feed.token) >= 32


def test_the_way_in_of_a_session_without_a_date_says_so(practitioner, signed_in):
    session = make_session(dates=0, held="online", join_link="https://meet.example/abc")
    booking, _ = book(key=session.key, person=practitioner, now=timezone.now())
    answer = signed_in(practitioner).get(f"/me/bookings/{booking.key}/join/")
    assert answer.status_code == 409
    assert "No date is set yet." in answer.content.decode()
