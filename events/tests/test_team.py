"""A manager answers requests, keeps places and books for the team, and sees nothing that is confidential."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from events.booking.approving import approve, ask_due
from events.booking.lapsing import lapse
from events.booking.team_places import keep_places, name_place, release
from events.booking.verbs import book
from events.mail.telling import tell_due
from events.models import Booking, EventPage, Session
from notices.models import OutgoingMail
from people.refusals import NotAllowed, NotPossible
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(manager):
    return make_person("amina", Role.PRACTITIONER, manager=manager)


@pytest.fixture
def ben(manager):
    return make_person("ben", Role.PRACTITIONER, manager=manager)


@pytest.fixture
def page(manager, signed_in):
    return signed_in(manager)


def words(client) -> str:
    return BeautifulSoup(client.get("/events/team/").content, "html.parser").main.get_text(" ", strip=True)


def ask(session, person):
    return book(key=session.key, person=person, now=timezone.now())[0]


class TestRequests:
    def test_are_promised_an_answer_by_who_will_be_asked(self, amina, signed_in):
        address = make_session(needs_approval=True).event.address

        def promised():
            return signed_in(amina).get(address).content.decode()

        # True of a manager who is away or has left as well.
        assert "Your manager, or whoever answers for them, answers within" in promised()
        amina.manager = None
        amina.save()
        assert "Whoever leads your team, or else the organiser, answers within" in promised()

    def test_are_approved_with_one_press_however_often(self, page, amina):
        booking = ask(make_session(needs_approval=True), amina)
        assert "Amina Test asks to come to Practice day" in words(page)
        for _ in range(2):
            assert page.post(f"/events/team/{booking.key}/approve/").status_code == 302
        assert approve(booking=booking, by=amina.manager, now=timezone.now()).state == "booked"
        assert booking.changes.filter(what="booked").count() == 1

    def test_are_declined_with_a_reason_that_the_person_reads(self, page, amina, signed_in):
        booking = ask(make_session(needs_approval=True), amina)
        assert page.post(f"/events/team/{booking.key}/decline/", {"reason": " "}).status_code == 409
        page.post(f"/events/team/{booking.key}/decline/", {"reason": "Court week"})
        assert "The answer was no: Court week" in signed_in(amina).get("/me/bookings/").content.decode()

    def test_keep_their_turn_when_the_answer_comes_late(self, page, amina, ben):
        session = make_session(needs_approval=True, capacity=1)
        first, second = ask(session, amina), ask(session, ben)
        page.post(f"/events/team/{second.key}/approve/")
        page.post(f"/events/team/{first.key}/approve/")
        states = [one.state for one in session.bookings.order_by("pk")]
        assert states == ["waiting", "booked"]
        assert session.bookings.waiting().first() == first

    def test_of_another_team_are_not_found(self, page):
        booking = ask(make_session(needs_approval=True), make_person("stranger", Role.PRACTITIONER))
        assert page.post(f"/events/team/{booking.key}/approve/").status_code == 404

    def test_that_lapsed_cannot_be_answered(self, page, amina):
        booking = ask(make_session(needs_approval=True, starts=nine_thirty(60)), amina)
        lapse(now=nine_thirty(20))
        answer = page.post(f"/events/team/{booking.key}/approve/")
        assert answer.status_code == 409
        assert "has lapsed" in answer.content.decode()


class TestKeptPlaces:
    def test_are_kept_named_and_released(self, page, amina, manager):
        session = make_session(capacity=3)
        assert page.post("/events/team/keep/", {"session": session.key, "number": 2}).status_code == 302
        named, released = session.bookings.order_by("pk")
        page.post(f"/events/team/{named.key}/name/", {"person": amina.pk})
        page.post(f"/events/team/{released.key}/release/")
        assert [(one.person, one.state) for one in session.bookings.order_by("pk")] == [
            (amina, "booked"),
            (None, "cancelled"),
        ]

    def test_are_all_there_or_none(self, page):
        session = make_session(capacity=3)
        answer = page.post("/events/team/keep/", {"session": session.key, "number": 4})
        assert answer.status_code == 409
        assert "3 places can be kept now" in answer.content.decode()
        assert session.bookings.count() == 0

    def test_are_chosen_by_session_and_date_since_several_are_called_the_same(self, page):
        make_session(starts=nine_thirty(20))
        make_session(starts=nine_thirty(27))
        for form in BeautifulSoup(page.get("/events/team/").content, "html.parser").find_all("select"):
            options = [option.text for option in form.find_all("option")]
            assert len(set(options)) == len(options)
            if form["name"] == "session":
                assert any(nine_thirty(27).strftime("%B %Y, 9.30am") in one for one in options)

    @pytest.mark.parametrize("number", ["0", "-1", "99", "many", ""])
    def test_in_odd_numbers_are_refused_at_the_field(self, page, number):
        answer = page.post("/events/team/keep/", {"session": make_session().key, "number": number})
        assert answer.status_code == 400

    def test_without_a_name_are_freed_when_the_queue_closes_and_go_to_who_waits(self, page, ben):
        session = make_session(capacity=1)
        page.post("/events/team/keep/", {"session": session.key, "number": 1})
        waiting = ask(session, ben)
        lapse(now=session.queue_closes)
        waiting.refresh_from_db()
        assert waiting.state == "booked"

    def test_without_a_name_are_freed_after_the_session_too_and_those_that_had_one_stay(self, page, amina, manager):
        session, now = make_session(), timezone.now()
        kept = keep_places(session=session, manager=manager, number=2, now=now)
        name_place(booking=kept[0], person=amina, manager=manager, now=now)
        # Her account is deleted, long after.
        Booking.objects.filter(pk=kept[0].pk).update(person=None)
        lapse(now=session.ends_at + timedelta(days=1))
        assert list(session.bookings.order_by("pk").values_list("state", flat=True)) == ["booked", "cancelled"]

    def test_cannot_be_kept_once_such_places_are_freed(self, manager):
        session = make_session()
        with pytest.raises(NotPossible, match="Book your team by name"):
            keep_places(session=session, manager=manager, number=1, now=session.queue_closes)
        keep_places(session=session, manager=manager, number=1, now=session.queue_closes - timedelta(minutes=1))

    def test_are_not_given_to_somebody_of_another_team(self, page):
        session = make_session()
        page.post("/events/team/keep/", {"session": session.key, "number": 1})
        stranger = make_person("stranger", Role.PRACTITIONER)
        path = f"/events/team/{session.bookings.get().key}/name/"
        assert page.post(path, {"person": stranger.pk}).status_code == 400
        assert page.post(path, {"person": "nobody"}).status_code == 400

    def test_are_named_and_given_back_by_who_keeps_them_alone(self, manager, amina):
        session, now = make_session(), timezone.now()
        kept = keep_places(session=session, manager=manager, number=1, now=now)[0]
        other = make_person("maya", Role.MANAGER)
        amina.manager = other
        amina.save()
        for verb, more in ((name_place, {"person": amina}), (release, {})):
            with pytest.raises(NotAllowed, match="kept by somebody else"):
                verb(booking=kept, manager=other, now=now, **more)
        manager.groups.clear()
        manager = type(manager).objects.get(pk=manager.pk)
        with pytest.raises(NotAllowed, match="Only managers"):
            name_place(booking=kept, person=amina, manager=manager, now=now)
        with pytest.raises(NotAllowed, match="Only managers"):
            keep_places(session=session, manager=manager, number=1, now=now)
        # Whoever is no manager any more can still give back what was kept.
        assert release(booking=kept, manager=manager, now=now).state == "cancelled"

    def test_that_have_a_name_stay_when_they_are_named_anew_or_given_back(self, manager, amina, ben):
        session, now = make_session(), timezone.now()
        kept = keep_places(session=session, manager=manager, number=1, now=now)[0]
        name_place(booking=kept, person=amina, manager=manager, now=now)
        with pytest.raises(NotPossible, match="has a name already"):
            name_place(booking=kept, person=ben, manager=manager, now=now)
        release(booking=kept, manager=manager, now=now)
        assert [(one.person, one.state) for one in session.bookings.all()] == [(amina, "booked")]

    def test_take_whoever_waits_there_out_of_the_queue_and_tell_them_of_the_place(self, manager, ben):
        session, now = make_session(capacity=1), timezone.now()
        kept = keep_places(session=session, manager=manager, number=1, now=now)[0]
        waits = ask(session, ben)
        name_place(booking=kept, person=ben, manager=manager, now=now)
        assert [(one.person, one.state) for one in session.bookings.order_by("pk")] == [
            (ben, "booked"),
            (ben, "cancelled"),
        ]
        assert (waits.changes.last().what, kept.changes.last().what) == ("made-way", "named")
        assert (kept.changes.last().person, kept.changes.last().was) == (ben, "waiting")

    def test_are_named_though_the_session_has_no_date_yet(self, page, amina, manager):
        session = make_session(dates=0)
        (place,) = keep_places(session=session, manager=manager, number=1, now=timezone.now())
        shown = page.get("/events/team/").content.decode()
        assert "No date yet" in shown
        assert f"/events/team/{place.key}/name/" in shown
        book(key=session.key, person=amina, now=timezone.now())
        assert "Who is where when" in shown
        assert (
            f"{amina}"
            in page.get("/events/team/").content.decode().split("Who is where when")[1].split("Book for somebody")[0]
        )

    def test_are_at_most_twenty_at_a_time_and_none_while_others_stand_in_line(self, manager, amina, ben):
        session, now = make_session(capacity=40), timezone.now()
        keep_places(session=session, manager=manager, number=12, now=now)
        with pytest.raises(NotPossible, match="at most 20"):
            keep_places(session=session, manager=manager, number=9, now=now)
        assert len(keep_places(session=session, manager=manager, number=8, now=now)) == 8
        by_hand = make_session(capacity=1, waiting_rule=Session.WaitingRule.BY_HAND)
        for person in (amina, ben):
            ask(by_hand, person)
        Session.objects.filter(pk=by_hand.pk).update(capacity=5)
        with pytest.raises(NotPossible, match="No places can be kept now"):
            keep_places(session=by_hand, manager=manager, number=1, now=now)


class TestTheTeam:
    def test_is_booked_by_its_manager_as_if_they_had_pressed(self, page, amina):
        session = make_session(needs_approval=True)
        for _ in range(2):
            page.post("/events/team/book/", {"person": amina.pk, "session": session.key})
        assert session.bookings.get().state == "booked"

    def test_is_seen_where_it_has_places_but_never_at_rounds(self, page, amina, ben):
        ask(make_session(title="Course"), amina)
        ask(make_session(title="Course too"), ben)
        ask(make_session(title="Told", event=make_text(EventPage, "Rounds", event_kind="rounds")), amina)
        text = words(page)
        assert "Amina Test : Practice day: Course" in text
        assert "Two or more on one day" in text
        assert "Rounds: Told" not in text.split("Book for somebody")[0]

    def test_has_a_page_for_managers_only(self, practitioner, organiser, partner, editor, signed_in):
        for person in (practitioner, organiser, partner, editor):
            client = signed_in(person)
            assert client.get("/events/team/").status_code == 404
            assert client.post("/events/team/keep/").status_code == 404
            assert client.post("/events/team/book/").status_code == 404

    def test_comes_in_few_queries(self, page, manager, django_assert_max_num_queries):
        session = make_session(capacity=50, needs_approval=True)
        for number in range(12):
            ask(session, make_person(f"p{number}", Role.PRACTITIONER, manager=manager))
        page.get("/events/team/")
        with django_assert_max_num_queries(18):
            page.get("/events/team/")


class TestWhileAManagerIsAway:
    @pytest.fixture
    def deputy(self, hub):
        return make_person("deputy", Role.PRACTITIONER)

    @staticmethod
    def away(client, deputy, starts=0, ends=7, typed=None):
        today = timezone.localdate()
        days = {"from_day": str(today + timedelta(days=starts)), "until_day": str(today + timedelta(days=ends))}
        return client.post("/events/team/away/", {"deputy": deputy.email, **days, **(typed or {})})

    def test_a_colleague_whom_they_name_sees_answers_and_is_written_to(self, page, amina, deputy, manager, signed_in):
        mine = signed_in(deputy)
        assert mine.get("/events/team/").status_code == 404
        assert self.away(page, deputy).status_code == 302
        assert "Deputy Test answers for you" in words(page)
        booking = ask(make_session(needs_approval=True), amina)
        ask_due(now=timezone.now())
        tell_due(now=timezone.now())
        asked = OutgoingMail.objects.filter(kind="booking-to-approve").values_list("to", flat=True)
        assert sorted(asked) == sorted([manager.email, deputy.email])
        assert "in place of Manager Test, who is away" in words(mine)
        assert mine.post(f"/events/team/{booking.key}/approve/").status_code == 302
        booking.refresh_from_db()
        assert booking.state == "booked"

    def test_it_ends_on_its_day_or_at_once(self, page, amina, deputy, signed_in):
        mine, booking = signed_in(deputy), ask(make_session(needs_approval=True), amina)
        self.away(page, deputy, starts=2)
        assert mine.get("/events/team/").status_code == 404
        self.away(page, deputy)
        assert mine.get("/events/team/").status_code == 200
        page.post("/events/team/away/", {"do": "back"})
        assert mine.post(f"/events/team/{booking.key}/approve/").status_code == 404
        with pytest.raises(NotAllowed):
            approve(booking=booking, by=deputy, now=timezone.now())

    def test_nobody_says_yes_to_their_own_request(self, page, amina, signed_in):
        self.away(page, amina)
        booking = ask(make_session(needs_approval=True), amina)
        assert signed_in(amina).post(f"/events/team/{booking.key}/approve/").status_code == 404
        with pytest.raises(NotAllowed):
            approve(booking=booking, by=amina, now=timezone.now())

    def test_a_deputy_sees_only_what_waits_for_an_answer(self, page, amina, deputy, signed_in):
        self.away(page, deputy)
        ask(make_session(title="Booked already"), amina)
        assert "Amina Test" not in words(signed_in(deputy))

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"deputy": "nobody@hub.example"}, "No colleague on the hub"),
            ({"deputy": "manager@hub.example"}, "This is you"),
            ({"deputy": "partner@hub.example"}, "No colleague on the hub"),
            ({"until_day": "2020-01-01"}, "before the first"),
            ({"from_day": "2020-01-01", "until_day": "2020-01-02"}, "has passed"),
            ({"until_day": "3020-01-01"}, "Check the year"),
            ({"until_day": "soon"}, "valid date"),
        ],
    )
    def test_a_slip_is_said_at_the_field_and_what_was_typed_stays(self, page, deputy, partner, typed, says):
        answer = self.away(page, deputy, typed=typed)
        assert answer.status_code == 400
        assert says in answer.content.decode()
        assert next(iter(typed.values())) in answer.content.decode()
