"""Who came: 550 people check themselves in, an organiser ticks the rest, and Rounds know only a number."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from events.attendance import lists
from events.attendance.attending import add_walk_in, check_in, hours_of, mark, set_heads, set_others
from events.attendance.room_codes import room_code
from events.booking.organising import cancel_date, set_capacity
from events.booking.verbs import book, leave
from events.models import Attendance, AttendanceCorrection, EventPage, Session
from learning.models import TimeEntry
from learning.time import month
from people.refusals import NotAllowed, NotPossible
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(hub):
    return make_person("amina", Role.PRACTITIONER)


@pytest.fixture
def day(amina, organiser):
    """A day of an hour and a half with a place for Amina; tests travel to its morning."""
    session = make_session(hours=1.5, starts=nine_thirty(8), organiser=organiser)
    book(key=session.key, person=amina, now=timezone.now())
    session.date = session.dates.get()
    return session


def at(session, **later):
    return session.date.starts_at + timedelta(**later)


def arrive(session, person, now, **more):
    """Types the code that is on the screen at that moment."""
    return check_in(code=room_code(session.date, now), person=person, now=now, **more)


class TestCheckingOneselfIn:
    def test_with_the_rooms_code_is_done_once_and_counts_as_protected_time(self, day, amina):
        code = room_code(day.date, at(day, minutes=-5)).lower()
        for _ in range(2):
            check_in(code=f" {code[:3]}-{code[3:]} ", person=amina, now=at(day, minutes=-5))
        attendance = Attendance.objects.get()
        assert (attendance.came, attendance.minutes, attendance.how) == ("yes", 90, "self")
        assert month(amina, timezone.localdate(day.date.starts_at)).words == "1.5 of 2 hours"

    @pytest.mark.parametrize(("minutes", "code"), [(-31, "too-early"), (121, "too-late")])
    def test_is_possible_only_around_the_time(self, day, amina, minutes, code):
        with pytest.raises(NotPossible) as refused:
            arrive(day, amina, at(day, minutes=minutes))
        assert refused.value.code == code

    def test_is_each_persons_own_whoever_came_before(self, day, organiser, amina):
        ben = make_person("ben", Role.PRACTITIONER)
        theirs, _ = book(key=day.key, person=ben, now=timezone.now())
        mark(booking=theirs, date=day.date, came="no", by=organiser, now=at(day))
        for person in (amina, ben):
            arrive(day, person, at(day, minutes=1))
        assert set(Attendance.objects.values_list("booking__person", "came")) == {(amina.pk, "yes"), (ben.pk, "yes")}
        assert AttendanceCorrection.objects.get().booking == theirs

    @pytest.mark.parametrize("minutes", [-30, 120])
    def test_opens_and_closes_half_an_hour_around_it(self, day, amina, minutes):
        assert arrive(day, amina, at(day, minutes=minutes)) == day.date

    def test_needs_the_right_code_and_a_date_that_is_on(self, day, amina):
        for code in ("", "ZZZZZZ", "x" * 5000, "\x00"):
            with pytest.raises(NotPossible, match="No room shows this code now"):
                check_in(code=code, person=amina, now=at(day))

    def test_offers_whoever_just_came_a_place_while_there_is_one(self, day):
        ben = make_person("ben", Role.PRACTITIONER)
        with pytest.raises(NotPossible, match="places are free") as refused:
            arrive(day, ben, at(day, minutes=-5))
        assert (refused.value.code, day.bookings.filter(person=ben).exists()) == ("walk-in", False)
        for _ in range(2):
            arrive(day, ben, at(day, minutes=40), walking_in=True)
        booking = day.bookings.get(person=ben)
        assert (booking.state, booking.walked_in, booking.attendance.count()) == ("booked", True, 1)

    @pytest.mark.parametrize(
        "change",
        [
            {"capacity": 1},
            {"cancelled_at": timezone.now()},
            {"walk_ins": False},
            {"needs_approval": True},
            {"for_roles": [Role.MANAGER]},
        ],
    )
    def test_says_no_to_a_walk_in_where_it_is_full_or_not_for_everyone(self, day, change):
        Session.objects.filter(pk=day.pk).update(**change)
        ben = make_person("ben", Role.PRACTITIONER)
        for walking_in in (False, True):
            with pytest.raises(NotPossible, match="You have no place here") as refused:
                arrive(day, ben, at(day), walking_in=walking_in)
            assert refused.value.code == "no-place"
        assert not day.bookings.filter(person=ben).exists()

    def test_says_no_to_a_walk_in_for_whom_the_event_is_not(self, day, partner):
        EventPage.objects.update(audience="staff")
        with pytest.raises(NotPossible, match="You have no place here"):
            arrive(day, partner, at(day), walking_in=True)

    def test_gives_a_free_place_while_the_queue_is_open_and_nobody_stands_in_it(self, day):
        Session.objects.filter(pk=day.pk).update(queue_closes_at=at(day))
        arrive(day, make_person("ben", Role.PRACTITIONER), at(day, minutes=-10), walking_in=True)
        assert day.bookings.get(person__first_name="Ben").state == "booked"

    def test_leaves_a_free_place_to_those_in_the_queue_while_it_is_open(self, day, organiser):
        Session.objects.filter(pk=day.pk).update(capacity=1, waiting_rule="by-hand", queue_closes_at=at(day))
        carys, ben = (make_person(name, Role.PRACTITIONER) for name in ("carys", "ben"))
        book(key=day.key, person=carys, now=timezone.now())
        Session.objects.filter(pk=day.pk).update(capacity=2)
        with pytest.raises(NotPossible, match="You have no place here"):
            arrive(day, ben, at(day, minutes=-10), walking_in=True)
        arrive(day, ben, at(day, minutes=1), walking_in=True)
        assert day.bookings.get(person=ben).state == "booked"

    @pytest.mark.parametrize(("rule", "state"), [("by-hand", "waiting"), ("offer", "offered")])
    def test_gives_a_free_place_to_who_waits_for_it_or_was_offered_it(self, day, organiser, rule, state):
        Session.objects.filter(pk=day.pk).update(capacity=1, waiting_rule=rule, queue_closes_at=at(day))
        carys = make_person("carys", Role.PRACTITIONER)
        book(key=day.key, person=carys, now=timezone.now())
        with pytest.raises(NotPossible, match="You have no place here"):
            arrive(day, carys, at(day, minutes=1), walking_in=True)
        set_capacity(session=day, capacity=2, by=organiser, now=timezone.now())
        assert day.bookings.get(person=carys).state == state
        arrive(day, carys, at(day, minutes=1), walking_in=True)
        assert day.bookings.get(person=carys).state == "booked"

    def test_takes_back_that_somebody_did_not_come(self, day, organiser, amina):
        mark(booking=day.bookings.get(), date=day.date, came="no", by=organiser, now=at(day, minutes=10))
        arrive(day, amina, at(day, minutes=20))
        assert Attendance.objects.get().came == "yes"
        correction = AttendanceCorrection.objects.get()
        assert (correction.was, correction.now, correction.by) == ("no", "yes", amina)

    def test_keeps_no_name_where_heads_are_counted(self, amina, organiser):
        rounds = make_session(event=make_text(EventPage, "Rounds", event_kind="rounds"))
        book(key=rounds.key, person=amina, now=timezone.now())
        rounds.date = rounds.dates.get()
        assert arrive(rounds, amina, at(rounds)) == rounds.date
        assert not Attendance.objects.exists()
        assert not TimeEntry.objects.exists()
        with pytest.raises(NotPossible, match="no names"):
            mark(booking=rounds.bookings.get(), date=rounds.date, came="yes", by=organiser, now=at(rounds))
        assert set_heads(date=rounds.date, heads=23, by=organiser).heads == 23

    def test_on_the_screen_takes_one_press(self, day, amina, signed_in):
        with time_machine.travel(at(day, minutes=-5)):
            client = signed_in(amina)
            page = client.get(f"/events/check-in/?code={room_code(day.date, timezone.now())}")
            typed = BeautifulSoup(page.content, "html.parser").select_one("[name=code]")["value"]
            done = client.post("/events/check-in/", {"code": typed}, follow=True)
            assert "You are checked in" in done.content.decode()
            # What a refresh asks for again says it again and does nothing.
            assert "You are checked in" in client.get(done.redirect_chain[0][0]).content.decode()
            assert signed_in(make_person("ben")).get(done.redirect_chain[0][0]).status_code == 404
            wrong = client.post("/events/check-in/", {"code": "WRONG1"})
            assert wrong.status_code == 400
            assert 'value="WRONG1"' in wrong.content.decode()

    def test_takes_a_second_press_of_somebody_who_came_without_booking(self, day, signed_in):
        with time_machine.travel(at(day, minutes=-5)):
            client = signed_in(make_person("ben", Role.PRACTITIONER))
            offer = client.post("/events/check-in/", {"code": room_code(day.date, timezone.now())})
            assert offer.status_code == 409
            form = BeautifulSoup(offer.content, "html.parser").select_one("main form")
            assert "places are free" in offer.content.decode()
            again = {field["name"]: field["value"] for field in form.select("input") if "csrf" not in field["name"]}
            assert "You are checked in" in client.post("/events/check-in/", again, follow=True).content.decode()

    def test_where_heads_are_counted_says_that_there_is_nothing_to_do(self, amina, signed_in):
        rounds = make_session(event=make_text(EventPage, "Rounds", event_kind="rounds"))
        rounds.date = rounds.dates.get()
        with time_machine.travel(at(rounds)):
            client = signed_in(amina)
            answer = client.post("/events/check-in/", {"code": room_code(rounds.date, timezone.now())}, follow=True)
        assert "no names are kept" in answer.content.decode()
        assert not rounds.bookings.exists()

    @pytest.mark.parametrize(("seconds", "holds"), [(0, True), (179, True), (181, True), (361, False), (-181, False)])
    def test_is_no_use_to_who_hears_the_code_later_or_has_one_to_come(self, day, amina, seconds, holds):
        # From the first second of a code, whatever time the day begins.
        now = at(day, seconds=-(int(at(day).timestamp()) % 180))
        code, then = room_code(day.date, now), now + timedelta(seconds=seconds)
        refused = pytest.raises(NotPossible, match="changes every few minutes")
        with nullcontext() if holds else refused:
            check_in(code=code, person=amina, now=then)
        assert Attendance.objects.exists() == holds

    def test_of_two_rooms_at_once_leads_to_the_right_one(self, day, amina, organiser):
        other = make_session(hours=1.5, starts=nine_thirty(8), organiser=organiser)
        assert check_in(code=room_code(day.date, at(day)), person=amina, now=at(day)) == day.date
        assert room_code(day.date, at(day)) != room_code(other.dates.get(), at(day))

    @pytest.mark.parametrize(("minutes", "late"), [(-5, 0), (10, 0), (11, 11), (35, 35)])
    def test_marks_who_comes_late(self, day, amina, organiser, signed_in, minutes, late):
        arrive(day, amina, at(day, minutes=minutes))
        attendance = Attendance.objects.get()
        assert (attendance.late, attendance.minutes) == (late, 90)
        words = f"Came, {late} minutes late" if late else "Came"
        assert attendance.words == words
        assert lists.attendance(day).rows[0][2] == words
        with time_machine.travel(at(day, minutes=60)):
            assert words in signed_in(organiser).get(f"/events/desk/{day.key}/dates/{day.date.key}/").content.decode()
            said = signed_in(amina).get(f"/events/check-in/{day.date.key}/").content.decode()
        assert (f"{late} minutes after the start" in said) == bool(late)
        mark(booking=day.bookings.get(), date=day.date, came="part", by=organiser, now=at(day, minutes=61), minutes=30)
        assert Attendance.objects.get().late == late
        mark(booking=day.bookings.get(), date=day.date, came="yes", by=organiser, now=at(day, minutes=62))
        assert Attendance.objects.get().words == "Came"

    def test_cannot_be_guessed(self, amina, signed_in):
        cache.clear()
        client = signed_in(amina)
        with time_machine.travel(timezone.now(), tick=False):
            answers = [client.post("/events/check-in/", {"code": f"GUESS{n}"}) for n in range(11)]
        assert [answer.status_code for answer in answers] == [400] * 10 + [429]
        assert answers[-1]["Retry-After"] == "60"


class TestTheOrganisersList:
    def test_ticks_undoes_and_keeps_every_change(self, day, organiser, amina):
        booking, now = day.bookings.get(), at(day, minutes=10)
        # Each twice: a second tap on the phone is no change.
        for came in ("", "no", "yes", ""):
            for _ in range(2):
                mark(booking=booking, date=day.date, came=came, by=organiser, now=now)
        changes = list(AttendanceCorrection.objects.values_list("was", "now"))
        assert changes == [("no", "yes"), ("yes", "")]
        assert not TimeEntry.objects.filter(person=amina).exists()

    def test_counts_part_of_a_day_as_part(self, day, organiser):
        booking = day.bookings.get()
        mark(booking=booking, date=day.date, came="part", minutes=45, by=organiser, now=at(day))
        assert hours_of(booking) == 0.75
        mark(booking=booking, date=day.date, came="part", minutes=9999, by=organiser, now=at(day))
        assert hours_of(booking) == 1.5

    def test_asks_why_when_it_is_changed_days_later(self, day, organiser):
        booking = day.bookings.get()
        mark(booking=booking, date=day.date, came="no", by=organiser, now=at(day))
        with pytest.raises(NotPossible, match="Say why"):
            mark(booking=booking, date=day.date, came="yes", by=organiser, now=at(day, days=3))
        mark(booking=booking, date=day.date, came="yes", by=organiser, now=at(day, days=3), reason="Sat at the back")
        assert AttendanceCorrection.objects.get().reason == "Sat at the back"

    def test_asks_why_from_twelve_hours_after_the_end_and_not_for_what_was_never_written_down(self, day, organiser):
        booking, late = day.bookings.get(), day.date.ends_at + timedelta(hours=12)
        mark(booking=booking, date=day.date, came="no", by=organiser, now=late + timedelta(days=9))
        mark(booking=booking, date=day.date, came="yes", by=organiser, now=late)
        with pytest.raises(NotPossible, match="Say why"):
            mark(booking=booking, date=day.date, came="no", by=organiser, now=late + timedelta(seconds=1), reason=" ")
        assert Attendance.objects.get().came == "yes"

    def test_takes_other_minutes_of_who_left_early_as_a_correction_and_the_same_ones_as_none(self, day, organiser):
        booking = day.bookings.get()
        for minutes in (45, 45, 60):
            mark(booking=booking, date=day.date, came="part", minutes=minutes, by=organiser, now=at(day))
        assert list(AttendanceCorrection.objects.values_list("was", "now")) == [("part", "part")]
        assert hours_of(booking) == 1

    def test_says_that_a_reason_is_not_kept_where_nothing_is_corrected(self, day, organiser, amina):
        booking, now = day.bookings.get(), at(day)
        ben, _ = book(key=day.key, person=make_person("ben", Role.PRACTITIONER), now=timezone.now())
        for one, came in ((booking, "no"), (booking, "yes"), (ben, "yes")):
            mark(
                booking=one, date=day.date, came=came, by=organiser, now=now, reason="Seen at the door" * (came != "no")
            )
            if one == booking and came == "yes":
                # The same press once more is fine: its reason is kept with the first.
                mark(booking=one, date=day.date, came=came, by=organiser, now=now, reason="Seen at the door")
        for one, reason in ((booking, "Another reason"), (ben, "Seen at the door")):
            with pytest.raises(NotPossible, match="nothing to correct"):
                mark(booking=one, date=day.date, came="yes", by=organiser, now=now, reason=reason)

    def test_takes_somebody_who_is_on_it_already_without_a_reason_and_says_that_none_is_needed(
        self, day, organiser, amina
    ):
        given = {"date": day.date, "person": amina, "by": organiser, "now": at(day)}
        with pytest.raises(NotPossible, match="no reason is needed"):
            add_walk_in(**given, because="She stands here")
        assert not Attendance.objects.exists()
        for _ in range(2):
            assert add_walk_in(**given, because=" ").came == "yes"
        full = make_session(capacity=1, starts=day.date.starts_at, organiser=organiser)
        book(key=full.key, person=organiser, now=timezone.now())
        given["date"] = full.dates.get()
        # Twice is once, with the reason that is in the log.
        assert add_walk_in(**given, because="She stands here") == add_walk_in(**given, because="She stands here")
        with pytest.raises(NotPossible, match="no reason is needed"):
            add_walk_in(**given, because="Another reason")

    def test_of_a_session_with_a_long_name_counts_as_protected_time_like_any_other(self, amina, organiser):
        session = make_session(starts=nine_thirty(8), title="A long name" * 10, organiser=organiser)
        booking, _ = book(key=session.key, person=amina, now=timezone.now())
        date = session.dates.get()
        mark(booking=booking, date=date, came="yes", by=organiser, now=date.starts_at)
        entry = TimeEntry.objects.get(person=amina)
        assert (len(entry.what), entry.minutes, entry.on) == (120, 120, timezone.localdate(date.starts_at))

    def test_is_for_its_organisers_and_for_people_with_a_place(self, day, organiser, manager, amina):
        booking = day.bookings.get()
        with pytest.raises(NotAllowed):
            mark(booking=booking, date=day.date, came="yes", by=manager, now=at(day))
        with pytest.raises(NotPossible, match="not begun"):
            mark(booking=booking, date=day.date, came="yes", by=organiser, now=at(day, hours=-2))
        leave(booking=booking, by=amina, now=timezone.now())
        booking.refresh_from_db()
        with pytest.raises(NotPossible, match="no place here"):
            mark(booking=booking, date=day.date, came="yes", by=organiser, now=at(day))

    def test_on_a_phone_finds_a_name_and_ticks_with_one_tap(self, day, organiser, signed_in):
        with time_machine.travel(at(day, minutes=5)):
            client = signed_in(organiser)
            base = f"/events/desk/{day.key}/dates/{day.date.key}/"
            page = BeautifulSoup(client.get(f"{base}?q=ami").content, "html.parser")
            form = page.select_one(".person form")
            answer = client.post(form["action"] if form["action"].startswith("/") else base, {"came": "yes"})
            assert answer["Location"] == f"{base}?q=ami"
            assert "1 of 1 are here" in client.get(base).content.decode()
            assert client.post(form["action"], {"came": "perhaps"}).status_code == 400
            assert client.post(form["action"], {"came": "part", "minutes": "-1"}).status_code == 400
            screen = client.get(f"{base}code/")
            assert room_code(day.date, timezone.now()) in screen.content.decode()
            assert "<svg" in screen.content.decode()
            assert 0 < int(screen["Refresh"]) <= 181

    def test_adds_and_ticks_somebody_who_stands_there(self, day, organiser, signed_in):
        make_person("ben", Role.PRACTITIONER)
        Session.objects.filter(pk=day.pk).update(capacity=1)
        mark(booking=day.bookings.get(), date=day.date, came="yes", by=organiser, now=at(day))
        base = f"/events/desk/{day.key}/dates/{day.date.key}/"
        with time_machine.travel(at(day, minutes=5)):
            client = signed_in(organiser)
            full = client.post(f"{base}add/", {"colleague": "ben@hub.example"})
            assert full.status_code == 400
            assert "Say why this person comes on top" in full.content.decode()
            typed = {"colleague": "ben@hub.example", "because": "Stands at the door"}
            for _ in range(2):
                assert client.post(f"{base}add/", typed).status_code == 302
            assert client.post(f"{base}add/", {"colleague": "nobody@hub.example"}).status_code == 400
        booking = day.bookings.get(person__email="ben@hub.example")
        assert (booking.walked_in, booking.attendance.get().came) == (True, "yes")

    def test_counts_others_without_names(self, day, organiser, signed_in):
        base = f"/events/desk/{day.key}/dates/{day.date.key}/"
        with time_machine.travel(at(day, minutes=5)):
            client = signed_in(organiser)
            for nonsense in ("-1", "many", "", "99999999999999999999"):
                assert client.post(f"{base}others/", {"others": nonsense}).status_code == 400
            assert client.post(f"{base}others/", {"others": "9"}).status_code == 302
            assert "0 of 1 are here, and 9 others." in client.get(base).content.decode()
            assert client.post(f"{base}heads/", {"heads": "9"}).status_code == 409

    def test_asks_for_the_reason_of_a_late_correction_and_keeps_what_was_typed(self, day, organiser, signed_in):
        booking, base = day.bookings.get(), f"/events/desk/{day.key}/dates/{day.date.key}/"
        mark(booking=booking, date=day.date, came="no", by=organiser, now=at(day))
        with time_machine.travel(at(day, days=3)):
            client = signed_in(organiser)
            assert "Reason for the correction" in client.get(base).content.decode()
            answer = client.post(f"{base}{booking.key}/", {"came": "part", "minutes": "40"})
            assert answer.status_code == 409
            row = BeautifulSoup(answer.content, "html.parser").select_one(".person details[open]")
            assert row.select_one("[name=minutes]")["value"] == "40"

    def test_of_a_cancelled_date_takes_no_ticks(self, organiser, amina, signed_in):
        session = make_session(starts=nine_thirty(8), dates=2)
        booking, _ = book(key=session.key, person=amina, now=timezone.now())
        date = session.dates.first()
        cancel_date(date=date, by=organiser, now=timezone.now(), reason="Snow")
        base = f"/events/desk/{session.key}/dates/{date.key}/"
        with time_machine.travel(date.starts_at):
            client = signed_in(organiser)
            assert "This date was cancelled" in client.get(base).content.decode()
            assert client.post(f"{base}{booking.key}/", {"came": "yes"}).status_code == 409
            assert client.post(f"{base}others/", {"others": "3"}).status_code == 409
            assert client.post(f"{base}add/", {"colleague": "amina@hub.example"}).status_code == 409
            assert client.get(f"{base}code/").status_code == 404

    def test_is_a_number_or_names_and_said_by_its_organisers_alone(self, day, organiser, amina):
        rounds = make_session(event=make_text(EventPage, "Rounds", event_kind="rounds")).dates.get()
        for say, number, fits, other in (
            (set_heads, "heads", rounds, day.date),
            (set_others, "others", day.date, rounds),
        ):
            with pytest.raises(NotAllowed):
                say(date=fits, by=amina, **{number: 3})
            with pytest.raises(NotPossible):
                say(date=other, by=organiser, **{number: 3})
            say(date=fits, by=organiser, **{number: 3})
            assert [getattr(type(one).objects.get(pk=one.pk), number) for one in (fits, other)] == [3, None]
        type(rounds).objects.filter(pk=rounds.pk).update(cancelled_at=timezone.now())
        rounds.refresh_from_db()
        with pytest.raises(NotPossible, match="was cancelled"):
            set_heads(date=rounds, heads=4, by=organiser)

    def test_takes_no_press_from_another_site(self, day, organiser):
        client = Client(enforce_csrf_checks=True)
        client.force_login(organiser)
        base = f"/events/desk/{day.key}/dates/{day.date.key}/"
        for path in (f"{base}{day.bookings.get().key}/", f"{base}heads/", f"{base}add/", "/events/check-in/"):
            assert client.post(path, {"came": "yes"}).status_code == 403
        assert not Attendance.objects.exists()

    def test_is_hidden_from_everybody_else(self, day, manager, amina, partner, signed_in):
        for person in (manager, amina, partner):
            client = signed_in(person)
            base = f"/events/desk/{day.key}/dates/{day.date.key}/"
            assert client.get(base).status_code == 404
            assert client.get(f"{base}code/").status_code == 404
            for path in ("heads/", "others/", "add/"):
                assert client.post(base + path, {"heads": 3}).status_code == 404
            assert client.post(f"{base}{day.bookings.get().key}/", {"came": "yes"}).status_code == 404

    def test_takes_a_number_where_heads_are_counted_and_refuses_nonsense(self, organiser, signed_in):
        rounds = make_session(event=make_text(EventPage, "Rounds", event_kind="rounds"))
        date = rounds.dates.get()
        client, base = signed_in(organiser), f"/events/desk/{rounds.key}/dates/{date.key}/"
        assert client.post(f"{base}heads/", {"heads": "many"}).status_code == 400
        assert client.post(f"{base}heads/", {"heads": "23"}).status_code == 302
        page = client.get(base).content.decode()
        assert 'value="23"' in page
        assert "Find by name" not in page

    def test_stays_within_twelve_queries(self, day, organiser, signed_in, django_assert_max_num_queries):
        for number in range(30):
            book(key=day.key, person=make_person(f"p{number}", Role.PRACTITIONER), now=timezone.now())
        client = signed_in(organiser)
        base = f"/events/desk/{day.key}/dates/{day.date.key}/"
        client.get(base)
        with django_assert_max_num_queries(12):
            client.get(base)
