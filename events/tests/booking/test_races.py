"""Everybody presses at nine: exactly the places that there are, on PostgreSQL and on SQLite, and a control that fails.

Threads with a connection each press at the same moment. The control takes the lock away, and with it the numbering
that the database holds, and must then overbook: otherwise these tests would prove nothing.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from events.attendance.attending import check_in
from events.attendance.room_codes import room_code
from events.booking import lock, steps, verbs
from events.booking.verbs import Wanted, book, leave
from events.booking.wishing import change_wishes
from events.checks import transactions_begin_as_writers
from events.models import Booking, Breakout, Session
from people.models import User
from people.refusals import NotPossible
from tests.builders import make_session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(hub):
    User.objects.bulk_create(User(email=f"person{number}@hub.example", password="!") for number in range(600))
    return list(User.objects.filter(email__startswith="person").order_by("pk"))


def at_once(task, arguments, *, threads: int) -> list:
    """Run a task for each argument with so many threads, begun together; returns results and exceptions."""
    together = threading.Barrier(threads)
    seen = threading.local()

    def one(argument):
        if not hasattr(seen, "begun"):
            seen.begun = True
            together.wait(timeout=30)
        try:
            return task(argument)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, arguments))


def press(session):
    return lambda person: book(key=session.key, person=person, now=timezone.now())


class TestSixHundredPeoplePressAtNine:
    def test_550_have_a_place_and_50_wait_in_order_and_nobody_sees_an_error(self, people):
        session = make_session(capacity=550)
        results = at_once(press(session), people, threads=32)
        assert [result for result in results if isinstance(result, Exception)] == []
        assert session.bookings.booked().count() == 550
        assert sorted(session.bookings.booked().values_list("place", flat=True)) == list(range(1, 551))
        line = list(session.bookings.waiting())
        assert len(line) == 50
        assert [one.queued_at for one in line] == sorted({one.queued_at for one in line})
        assert session.bookings.values("person").distinct().count() == 600


class TestAHallChecksIn:
    def test_everybody_is_there_once_and_walk_ins_have_just_the_places_that_are_free(self, people):
        now = timezone.now()
        session = make_session(capacity=60, starts=now + timedelta(hours=1))
        date = session.dates.get()
        for person in people[:50]:
            book(key=session.key, person=person, now=now)

        def arrive(person):
            return check_in(code=room_code(date, date.starts_at), person=person, now=date.starts_at, walking_in=True)

        # Fifty with a place and thirty without come, and every one presses twice.
        results = at_once(arrive, people[:80] * 2, threads=16)
        refused = {type(result) for result in results if isinstance(result, Exception)}
        assert refused == {NotPossible}
        assert session.bookings.booked().count() == 60
        assert date.attendance.count() == 60
        assert session.bookings.filter(walked_in=True).count() == 10


class TestFortyRequestsOfTwentyPeopleForTenPlaces:
    def test_10_have_a_place_and_10_wait_and_everybody_is_there_once(self, people):
        for _ in range(25):
            session = make_session(capacity=10)
            results = at_once(press(session), people[:20] * 2, threads=16)
            assert [result for result in results if isinstance(result, Exception)] == []
            assert session.bookings.booked().count() == 10
            assert session.bookings.waiting().count() == 10
            assert session.bookings.values("person").distinct().count() == 20

    def test_without_the_lock_the_same_test_overbooks(self, people, monkeypatch):
        """The control: neither the lock nor the numbered places."""
        monkeypatch.setattr(verbs, "locked", no_lock)
        monkeypatch.setattr(steps, "_free_number", slowly)
        with numbers_may_repeat():
            for _ in range(5):
                session = make_session(capacity=10)
                at_once(press(session), people[:20] * 2, threads=16)
                if session.bookings.booked().count() > 10:
                    break
            overbooked = session.bookings.booked().count()
            Booking.objects.all().delete()
        assert overbooked > 10

    def test_without_the_lock_the_numbered_places_still_hold(self, people, monkeypatch):
        """The second line of defence: people see an error, but nobody is given a place that does not exist."""
        monkeypatch.setattr(verbs, "locked", no_lock)
        monkeypatch.setattr(steps, "_free_number", slowly)
        session = make_session(capacity=10)
        at_once(press(session), people[:40], threads=16)
        assert session.bookings.held().count() <= 10


class TestBreakoutsAtOnce:
    def test_no_room_is_overfull_and_no_place_is_left_that_somebody_wishes_for(self, people):
        session = make_session(capacity=30)
        rooms = [Breakout.objects.create(session=session, title=f"Room {n}", capacity=5) for n in range(3)]
        every_wish = [[room.pk for room in (*rooms[n:], *rooms[:n])] for n in range(3)]
        held = [
            book(key=session.key, person=person, now=timezone.now(), wanted=Wanted(breakouts=every_wish[n % 3]))[0]
            for n, person in enumerate(people[:20])
        ]

        def do(number):
            booking, now = held[number], timezone.now()
            if number < 4:
                return leave(booking=booking, by=booking.person, now=now)
            wishes = every_wish[(number + 1) % 3]
            return change_wishes(booking=booking, by=booking.person, now=now, breakouts=wishes)

        results = at_once(do, range(20), threads=10)
        assert [result for result in results if isinstance(result, Exception)] == []
        assert [room.bookings.held().count() for room in rooms] == [5, 5, 5]
        assert session.bookings.held().filter(breakout=None).count() == 1


class TestLeavingAndComingAtOnce:
    def test_every_freed_place_goes_to_one_person_and_the_session_ends_full(self, people):
        for _ in range(8):
            session = make_session(capacity=20)
            for person in people[:40]:
                book(key=session.key, person=person, now=timezone.now())
            leaving = list(session.bookings.booked()[:10])
            # Those who leave are replaced by the first ten in line, whoever else presses meanwhile.
            first_in_line = [one.person_id for one in session.bookings.waiting()[:10]]
            work = [*[("leave", one) for one in leaving], *[("book", one) for one in people[40:52]]]

            def do(what, session=session):
                kind, one = what
                if kind == "leave":
                    return leave(booking=one, by=one.person, now=timezone.now())
                return book(key=session.key, person=one, now=timezone.now())

            results = at_once(do, work, threads=11)
            assert [result for result in results if isinstance(result, Exception)] == []
            assert session.bookings.held().count() == 20
            assert set(first_in_line) <= set(session.bookings.booked().values_list("person", flat=True))


class TestSomebodyHoldsTheDoor:
    @pytest.fixture
    def held(self):
        """Holds the lock of a session until it is let go."""

        @contextmanager
        def held(session):
            holding, done = threading.Event(), threading.Event()

            def hold():
                with lock.locked(session.pk):
                    holding.set()
                    done.wait(10)
                connections.close_all()

            holder = threading.Thread(target=hold)
            holder.start()
            holding.wait(10)
            yield done.set
            done.set()
            holder.join()

        return held

    @pytest.mark.parametrize("by", ["somebody who books", "anybody who writes"])
    def test_one_is_told_to_try_again_and_nothing_was_written(self, people, held, settings, monkeypatch, by):
        settings.HUB_TURN_SECONDS = 0.15
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '150ms'")
        session = make_session()
        if by == "anybody who writes":
            # They take no turn: only the database's own lock is in the way.
            monkeypatch.setattr(lock, "turn", lambda *_, **__: nullcontext())
        # Whoever holds the door would let go after a while, and then the place would be taken: no clock is asked.
        with held(session), pytest.raises(lock.Busy, match="no place was taken"):
            book(key=session.key, person=people[0], now=timezone.now())
        assert session.bookings.count() == 0
        assert book(key=session.key, person=people[0], now=timezone.now())[1]

    def test_those_who_wait_before_it_go_in_as_they_came(self, people, held):
        session, came = make_session(capacity=12), {}

        def arrive(person):
            came[person.pk] = time.monotonic()
            book(key=session.key, person=person, now=timezone.now())
            connections.close_all()

        with held(session) as let_go, ThreadPoolExecutor(24) as pool:
            for person in people[:24]:
                pool.submit(arrive, person)
                time.sleep(0.04)
            let_go()
        booked = set(session.bookings.booked().values_list("person", flat=True))
        last = max(came[pk] for pk in booked)
        # Not a lottery: nobody waits of whom somebody with a place came a quarter of a second later.
        assert [pk for pk in came if pk not in booked and came[pk] < last - 0.25] == []
        assert session.bookings.count() == 24


@contextmanager
def no_lock(**which):
    """What the gate would be without its lock: each statement for itself, as check-then-insert does."""
    yield Session.objects.get(**which)


def slowly(session, full):
    """Between counting and writing there is always a moment; here it is long enough to be seen."""
    time.sleep(0.02)
    return full.held + 1


@contextmanager
def numbers_may_repeat():
    """Takes away what the database itself holds, so that only counting is left."""
    constraint = next(one for one in Booking._meta.constraints if one.name == "one_booking_of_a_place")
    # SQLite makes the table anew from what the model says.
    Booking._meta.constraints.remove(constraint)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Booking, constraint)
    try:
        yield
    finally:
        Booking._meta.constraints.append(constraint)
        with connection.schema_editor() as editor:
            editor.add_constraint(Booking, constraint)


class TestTheSettingsThatTheLockNeeds:
    def test_are_checked_when_the_hub_starts(self, monkeypatch):
        assert transactions_begin_as_writers(None) == []
        other = {"default": {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}}
        monkeypatch.setattr(settings, "DATABASES", other)
        (error,) = transactions_begin_as_writers(None)
        assert error.id == "events.E001"
