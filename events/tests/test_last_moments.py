"""What organisers and managers may still do: to the second at which it ends, and never for who has left the service."""

from datetime import timedelta

import pytest

from events.booking import organising, wishing
from events.booking.approving import approve
from events.booking.team_places import book_for, keep_places, name_place
from events.booking.verbs import book, swap
from events.models import Booking, Breakout, Session
from people.refusals import NotAllowed, NotPossible, NotThere
from people.roles import Role
from tests.builders import make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db
SECOND, BEFORE = timedelta(seconds=1), nine_thirty(1)


@pytest.fixture
def cast(hub, organiser, manager):
    amina, ben = (make_person(name, Role.PRACTITIONER, manager=manager) for name in ("amina", "ben"))
    return {"amina": amina, "ben": ben, "organiser": organiser, "manager": manager}


def move(session, cast, now):
    date = session.dates.get()
    organising.move_date(
        date=date,
        starts_at=date.starts_at,
        ends_at=date.ends_at + timedelta(hours=1),
        place="Annexe",
        by=cast["organiser"],
        now=now,
    )


def cancel_the_first_date(session, cast, now):
    organising.cancel_date(date=session.dates.first(), by=cast["organiser"], now=now, reason="Snow")


def call_off(session, cast, now):
    organising.cancel_session(session=session, by=cast["organiser"], now=now, reason="Snow")


def remove(session, cast, now):
    booking = session.bookings.first()
    organising.remove(booking=booking, by=cast["organiser"], now=now, reason="The course is for new staff")


def choose(session, cast, now):
    room = session.breakouts.get()
    wishing.choose_for(booking=session.bookings.first(), breakout=room, by=cast["organiser"], now=now)


def say_yes(session, cast, now):
    Booking.objects.update(state="requested", place=None, of_places=None, answer_by=now, queued_at=BEFORE)
    approve(booking=session.bookings.first(), by=cast["organiser"], now=now)


def keep(session, cast, now):
    keep_places(session=session, manager=cast["manager"], number=1, now=now)


def book_somebody(session, cast, now):
    book_for(session=session, person=cast["ben"], manager=cast["manager"], now=now)


def hand_over(session, cast, now):
    swap(booking=session.bookings.first(), to=cast["ben"], by=cast["amina"], now=now)


ENDS = {
    move: "starts_at",
    cancel_the_first_date: "ends_at",
    call_off: "ends_at",
    remove: "ends_at",
    choose: "ends_at",
    say_yes: "ends_at",
    hand_over: "ends_at",
    keep: "queue_closes",
    book_somebody: "starts_at",
}


@pytest.mark.parametrize("verb", ENDS, ids=lambda verb: verb.__name__.replace("_", " "))
def test_what_others_do_for_people_ends_at_the_second_it_is_said_to(cast, verb):
    session = make_session()
    Breakout.objects.create(session=session, title="Circles", capacity=1)
    book(key=session.key, person=cast["amina"], now=BEFORE)
    session.refresh_from_db()
    end = getattr(session, ENDS[verb])
    with pytest.raises(NotPossible):
        verb(session, cast, end)
    verb(Session.objects.get(pk=session.pk), cast, end - SECOND)


@pytest.mark.parametrize(
    ("after", "state"), [(-SECOND, "booked"), (timedelta(0), "waiting")], ids=["before", "as-it-closes"]
)
def test_who_is_moved_to_the_front_has_a_free_place_only_until_the_queue_closes(cast, after, state):
    session = make_session(capacity=1, waiting_rule="straight")
    book(key=session.key, person=cast["amina"], now=BEFORE)
    waits, _ = book(key=session.key, person=cast["ben"], now=BEFORE)
    Session.objects.update(capacity=2)
    session.refresh_from_db()
    now = session.queue_closes + after
    assert organising.move_to_front(booking=waits, by=cast["organiser"], now=now, reason="Duty").state == state


def is_added(session, cast):
    words = {"because": "They lead a breakout", "although": True}
    organising.add(session=session, person=cast["ben"], by=cast["organiser"], now=BEFORE, **words)


def is_handed_a_place(session, cast):
    swap(booking=session.bookings.first(), to=cast["ben"], by=cast["amina"], now=BEFORE)


def is_named(session, cast):
    (kept,) = keep_places(session=session, manager=cast["manager"], number=1, now=BEFORE)
    name_place(booking=kept, person=cast["ben"], manager=cast["manager"], now=BEFORE)


def is_booked(session, cast):
    book_for(session=session, person=cast["ben"], manager=cast["manager"], now=BEFORE)


def books(session, cast):
    book(key=session.key, person=cast["ben"], now=BEFORE)


@pytest.mark.parametrize("way", [is_added, is_handed_a_place, is_named, is_booked, books], ids=lambda way: way.__name__)
def test_whoever_has_left_the_service_gets_no_place_by_any_door(cast, way):
    session = make_session()
    book(key=session.key, person=cast["amina"], now=BEFORE)
    cast["ben"].is_active = False
    cast["ben"].save()
    with pytest.raises((NotPossible, NotAllowed, NotThere)):
        way(session, cast)
    assert not Booking.objects.filter(person=cast["ben"]).exists()


@pytest.mark.parametrize("who", ["organiser", "manager"])
def test_whoever_has_left_the_service_decides_nothing_any_more(cast, who):
    session = make_session(needs_approval=True)
    asks, _ = book(key=session.key, person=cast["amina"], now=BEFORE)
    by = cast[who]
    by.is_active = False
    by.save()
    with pytest.raises(NotAllowed):
        approve(booking=asks, by=by, now=BEFORE)
    with pytest.raises((NotAllowed, NotPossible)):
        keep_places(session=session, manager=by, number=1, now=BEFORE)
    with pytest.raises(NotAllowed):
        organising.move_date(
            date=session.dates.get(), starts_at=nine_thirty(30), ends_at=nine_thirty(31), place="", by=by, now=BEFORE
        )
