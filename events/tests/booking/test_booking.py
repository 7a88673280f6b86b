"""The gate: who gets a place, who waits, and what happens when a place comes free."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.booking import verbs as gate
from events.booking.lapsing import lapse
from events.booking.organising import add, cancel_session, settle
from events.booking.steps import enter
from events.booking.team_places import keep_places, name_place
from events.booking.verbs import Wanted, accept, ask_again, book, leave, pass_on, swap
from events.dates.working_days import working_days_after
from events.models import Booking, Breakout, Provision, Session
from events.states import LIVE, State
from people.refusals import NotAllowed, NotPossible, NotThere
from people.roles import Role
from tests.builders import in_a_working_week, make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db

NOW = timezone.now


@pytest.fixture
def crowd(hub):
    return [make_person(f"colleague{number}", Role.PRACTITIONER) for number in range(6)]


def sign_up(session, *people, now=None):
    return [book(key=session.key, person=person, now=now or NOW())[0] for person in people]


def states(session):
    return [booking.state for booking in session.bookings.order_by("pk")]


class TestAPlace:
    def test_is_booked_while_there_is_one_and_then_people_wait_in_the_order_they_came(self, crowd):
        session = make_session(capacity=2)
        sign_up(session, *crowd[:4])
        assert states(session) == ["booked", "booked", "waiting", "waiting"]
        assert [one.person for one in session.bookings.waiting()] == crowd[2:4]
        # Whoever waits has not been booked yet: reminders and lists ask when that was.
        assert [bool(one.booked_at) for one in session.bookings.order_by("pk")] == [True, True, False, False]

    def test_is_waited_for_behind_everybody_even_if_the_clock_of_the_machine_is_slow(self, crowd):
        session, now = make_session(capacity=1), NOW()
        sign_up(session, *crowd[:2], now=now)
        sign_up(session, crowd[2], now=now - timedelta(minutes=1))
        assert [one.person for one in session.bookings.waiting()] == crowd[1:3]

    def test_is_booked_once_however_often_one_presses(self, crowd):
        session = make_session()
        (first, new), (second, newer) = [book(key=session.key, person=crowd[0], now=NOW()) for _ in range(2)]
        assert (first, new, newer) == (second, True, False)
        assert session.bookings.count() == 1
        assert second.changes.count() == 1

    def test_goes_to_the_next_in_line_when_somebody_leaves_and_not_to_a_newcomer(self, crowd):
        session = make_session(capacity=1)
        first, _ = sign_up(session, *crowd[:2])
        leave(booking=first, by=crowd[0], now=NOW())
        assert states(session) == ["cancelled", "booked"]
        assert sign_up(session, crowd[2])[0].state == "waiting"

    def test_is_not_freed_by_somebody_who_leaves_the_queue(self, crowd):
        session = make_session(capacity=1)
        _, second, _ = sign_up(session, *crowd[:3])
        leave(booking=second, by=crowd[1], now=NOW())
        assert states(session) == ["booked", "cancelled", "waiting"]

    def test_is_lost_by_leaving_so_that_whoever_comes_back_is_last(self, crowd):
        session = make_session(capacity=1)
        first, *_ = sign_up(session, *crowd[:3])
        leave(booking=first, by=crowd[0], now=NOW())
        back = sign_up(session, crowd[0])[0]
        assert [one.person for one in session.bookings.waiting()] == [crowd[2], crowd[0]]
        assert back != first

    def test_has_a_number_that_is_used_again_when_it_is_free(self, crowd):
        session = make_session(capacity=3)
        bookings = sign_up(session, *crowd[:3])
        leave(booking=bookings[1], by=crowd[1], now=NOW())
        assert sign_up(session, crowd[3])[0].place == 2

    def test_can_be_given_up_twice_without_harm(self, crowd):
        session = make_session(capacity=1)
        first, *_ = sign_up(session, *crowd[:3])
        for _ in range(2):
            leave(booking=first, by=crowd[0], now=NOW())
        assert states(session) == ["cancelled", "booked", "waiting"]

    def test_is_given_up_by_its_owner_only(self, crowd):
        session = make_session()
        (mine,) = sign_up(session, crowd[0])
        with pytest.raises(NotAllowed):
            leave(booking=mine, by=crowd[1], now=NOW())


class TestABookingIsRefusedInWords:
    @pytest.mark.parametrize(
        ("fields", "code", "words"),
        [
            ({"opens_at": nine_thirty(3)}, "not-open", "opens on"),
            ({"closes_at": nine_thirty(-1)}, "closed", "closed on"),
            ({"starts": nine_thirty(-3)}, "over", "over"),
            ({"cancelled_at": nine_thirty(-1)}, "cancelled", "cancelled"),
        ],
    )
    def test_outside_its_time(self, crowd, fields, code, words):
        session = make_session(**fields)
        with pytest.raises(NotPossible, match=words) as refused:
            sign_up(session, crowd[0])
        assert refused.value.code == code
        assert session.bookings.count() == 0

    def test_when_it_is_full_and_has_no_queue(self, crowd):
        session = make_session(capacity=1, waiting_rule=Session.WaitingRule.NONE)
        sign_up(session, crowd[0])
        with pytest.raises(NotPossible, match="no waiting list"):
            sign_up(session, crowd[1])

    def test_when_it_is_full_and_the_queue_has_closed(self, crowd):
        session = make_session(capacity=1, starts=nine_thirty(1), queue_closes_at=NOW() - timedelta(hours=1))
        sign_up(session, crowd[0])
        with pytest.raises(NotPossible, match="has closed"):
            sign_up(session, crowd[1])

    def test_when_it_is_for_other_colleagues(self, crowd, partner):
        session = make_session(for_roles=[Role.PRACTITIONER])
        for stranger in (partner, make_person("maya", Role.MANAGER)):
            with pytest.raises(NotPossible, match="other colleagues"):
                sign_up(session, stranger)
        assert sign_up(session, crowd[0])[0].state == "booked"

    def test_for_partners_where_the_event_is_for_staff(self, partner):
        session = make_session()
        session.event.audience = "staff"
        session.event.save()
        with pytest.raises(NotThere):
            sign_up(session, partner)


class TestAPlaceThatComesFree:
    """Over five days before: straight in. Less: an offer of a working day. On the last day: the organiser."""

    def left(self, crowd, *, left_at=None, **fields):
        """The second person of the queue for one place on a Friday at 9.30, which the first gives up on Tuesday."""
        session = make_session(capacity=1, starts=in_a_working_week(4, 9, 30), **fields)
        first, _second = sign_up(session, *crowd[:2])
        leave(booking=first, by=crowd[0], now=left_at or in_a_working_week(1))
        return session.bookings.get(person=crowd[1])

    def test_is_offered_when_the_day_is_near_and_holds_the_place_meanwhile(self, crowd):
        offer = self.left(crowd)
        assert offer.state == "offered"
        assert offer.offered_until == in_a_working_week(2)
        assert sign_up(offer.session, crowd[2])[0].state == "waiting"
        assert accept(booking=offer, by=crowd[1], now=NOW()).state == "booked"
        assert accept(booking=offer, by=crowd[1], now=NOW()).state == "booked"

    @pytest.mark.parametrize(
        ("left_at", "until"),
        [
            pytest.param((0, 16, 30), (1, 16, 30), id="in the afternoon: until the next afternoon"),
            pytest.param((0, 22, 15), (2, 9, 0), id="late at night: from when offices open"),
            pytest.param((1, 6, 0), (2, 9, 0), id="early in the morning: from when offices open"),
            pytest.param((-3, 16, 30), (0, 16, 30), id="on Friday: over the weekend"),
            pytest.param((-2, 11, 0), (1, 9, 0), id="on Saturday: from Monday"),
            pytest.param((3, 7, 0), None, id="too near to the closing of the queue: the organiser decides"),
        ],
    )
    def test_is_kept_for_one_working_day_and_never_runs_out_in_a_night_or_a_weekend(self, crowd, left_at, until):
        offer = self.left(crowd, left_at=in_a_working_week(*left_at), waiting_rule="offer")
        assert offer.offered_until == (in_a_working_week(*until) if until else None)

    def test_is_offered_until_offices_close_where_the_queue_closes_in_a_night(self, crowd):
        offer = self.left(crowd, left_at=in_a_working_week(2), queue_closes_at=in_a_working_week(2, 23))
        assert offer.offered_until == in_a_working_week(2, 17)

    def test_is_the_organisers_to_give_on_the_last_day(self, crowd, organiser):
        session = make_session(
            capacity=1, starts=NOW() + timedelta(hours=20), queue_closes_at=NOW() + timedelta(hours=9)
        )
        first, second = sign_up(session, *crowd[:2])
        leave(booking=first, by=crowd[0], now=NOW())
        assert states(session) == ["cancelled", "waiting"]
        assert sign_up(session, crowd[2])[0].state == "waiting"
        assert add(session=session, person=crowd[1], by=organiser, now=NOW()) == second
        assert states(session) == ["cancelled", "booked", "waiting"]

    def test_goes_on_when_the_offer_lapses_and_its_holder_is_passed_over(self, crowd):
        offer = self.left(crowd)
        sign_up(offer.session, crowd[2])
        later = offer.offered_until + timedelta(minutes=1)
        for _ in range(2):
            lapse(now=later)
        assert states(offer.session) == ["cancelled", "waiting", "offered"]
        with pytest.raises(NotPossible, match="ended"):
            accept(booking=offer, by=crowd[1], now=later)
        offer.refresh_from_db()
        assert offer.passed

    def test_goes_on_when_the_offer_is_passed_on_and_one_may_ask_again(self, crowd):
        offer = self.left(crowd)
        pass_on(booking=offer, by=crowd[1], now=in_a_working_week(1))
        assert states(offer.session) == ["cancelled", "waiting"]
        # Nobody else waits: asking again gives the offer anew.
        assert ask_again(booking=offer, by=crowd[1], now=in_a_working_week(1)).state == "offered"

    def test_cannot_be_taken_a_second_too_late(self, crowd):
        offer = self.left(crowd)
        with pytest.raises(NotPossible, match="This offer ended on"):
            accept(booking=offer, by=crowd[1], now=offer.offered_until)

    @pytest.mark.parametrize(("rule", "state"), [("straight", "booked"), ("offer", "offered"), ("by-hand", "waiting")])
    def test_follows_the_sessions_own_rule(self, crowd, rule, state):
        assert self.left(crowd, waiting_rule=rule).state == state

    def test_needs_no_date_yet_and_a_request_has_its_days_to_be_answered_all_the_same(self, crowd):
        session, now = make_session(capacity=1, dates=0), NOW()
        first, _ = sign_up(session, *crowd[:2], now=now)
        leave(booking=first, by=crowd[0], now=now)
        assert states(session) == ["cancelled", "booked"]
        asked = make_session(dates=0, needs_approval=True)
        assert sign_up(asked, crowd[2], now=now)[0].answer_by == working_days_after(now, asked.approval_days)

    def test_is_open_to_everyone_once_the_queue_has_closed_and_those_in_it_were_told(self, crowd):
        session = make_session(capacity=1, starts=nine_thirty(8))
        first, *_ = sign_up(session, *crowd[:2])
        late = session.queue_closes + timedelta(minutes=5)
        lapse(now=late)
        assert states(session) == ["booked", "expired"]
        leave(booking=first, by=crowd[0], now=late)
        assert sign_up(session, crowd[2], now=late)[0].state == "booked"

    def test_more_places_go_to_the_queue_in_order_and_fewer_remove_nobody(self, crowd):
        session = make_session(capacity=1)
        sign_up(session, *crowd[:4])
        Session.objects.update(capacity=3)
        settle(session=session, now=NOW())
        assert states(session) == ["booked", "booked", "booked", "waiting"]
        Session.objects.update(capacity=1)
        settle(session=session, now=NOW())
        assert states(session) == ["booked", "booked", "booked", "waiting"]
        leave(booking=session.bookings.first(), by=crowd[0], now=NOW())
        assert states(session) == ["cancelled", "booked", "booked", "waiting"]


class TestHandingOver:
    def test_a_colleague_takes_the_place_without_it_coming_free(self, crowd):
        session = make_session(capacity=1)
        mine, _ = sign_up(session, *crowd[:2])
        swap(booking=mine, to=crowd[2], by=crowd[0], now=NOW())
        assert session.bookings.booked().get().person == crowd[2]
        assert session.bookings.waiting().get().person == crowd[1]

    def test_a_colleague_in_the_queue_leaves_it_for_the_place(self, crowd):
        session = make_session(capacity=1)
        mine, _ = sign_up(session, *crowd[:2])
        swap(booking=mine, to=crowd[1], by=crowd[0], now=NOW())
        assert states(session) == ["booked", "cancelled"]

    def test_what_was_asked_to_be_provided_is_not_handed_over(self, crowd):
        session = make_session()
        mine, _ = book(
            key=session.key, person=crowd[0], now=NOW(), wanted=Wanted(access="A step-free way in", note="x")
        )
        other, _ = book(key=session.key, person=crowd[2], now=NOW(), wanted=Wanted(food="Vegan"))
        mine = swap(booking=mine, to=crowd[1], by=crowd[0], now=NOW())
        mine = Booking.objects.get(pk=mine.pk)
        assert not hasattr(mine, "provision")
        assert other.provision.food == "Vegan"
        assert Provision.objects.get() == other.provision
        assert mine.note == ""

    @pytest.mark.parametrize("way", ["handed-over", "kept-and-named"])
    def test_whoever_waited_takes_along_what_they_asked_for_and_nothing_of_others(self, crowd, manager, way):
        session = make_session(capacity=2)
        rooms = [Breakout.objects.create(session=session, title=title, capacity=1) for title in ("Circles", "Trees")]
        ids = [room.pk for room in rooms]
        crowd[1].manager = manager
        crowd[1].save()
        if way == "handed-over":
            theirs = Wanted(breakouts=ids, food="Vegan", note="of the first")
            place, _ = book(key=session.key, person=crowd[0], now=NOW(), wanted=theirs)
        else:
            (place,) = keep_places(session=session, manager=manager, number=1, now=NOW())
        stays, _ = book(key=session.key, person=crowd[2], now=NOW(), wanted=Wanted(breakouts=ids[:1]))
        own = Wanted(breakouts=[ids[1]], access="A step-free way in", food="Halal", note="by the door")
        book(key=session.key, person=crowd[1], now=NOW(), wanted=own)
        if way == "handed-over":
            swap(booking=place, to=crowd[1], by=crowd[0], now=NOW())
        else:
            name_place(booking=place, person=crowd[1], manager=manager, now=NOW())
        place = session.bookings.booked().get(person=crowd[1])
        assert (place.breakout, [wish.breakout for wish in place.wishes.all()]) == (rooms[1], [rooms[1]])
        assert (place.provision.access, place.provision.food, place.note) == (
            "A step-free way in",
            "Halal",
            "by the door",
        )
        assert Provision.objects.count() == 1
        # What the first had liked better is free for who wished for it.
        stays.refresh_from_db()
        assert stays.breakout == rooms[0]

    def test_a_breakout_comes_with_the_place_and_the_wishes_for_it_do_not(self, crowd):
        session = make_session()
        room = Breakout.objects.create(session=session, title="Circles", capacity=1)
        mine, _ = book(key=session.key, person=crowd[0], now=NOW(), wanted=Wanted(breakouts=[room.pk]))
        Booking.objects.filter(pk=mine.pk).update(breakout_by_hand=True)
        swap(booking=mine, to=crowd[1], by=crowd[0], now=NOW())
        mine = Booking.objects.get(pk=mine.pk)
        assert (mine.breakout, list(mine.wishes.all()), mine.breakout_by_hand) == (room, [], False)

    @pytest.mark.parametrize(
        ("by", "to", "fields", "refused", "words"),
        [
            (3, 2, {}, NotAllowed, "Only the person who is booked"),
            (1, 2, {}, NotPossible, "no place here"),
            (0, 4, {}, NotPossible, "has a place or an offer already"),
            (0, 2, {"needs_approval": True}, NotPossible, "A manager approves"),
            (0, 2, {"cancelled_at": nine_thirty(-1)}, NotPossible, "cancelled"),
        ],
        ids=["by-somebody-else", "from-the-queue", "to-who-has-one", "where-a-manager-decides", "of-what-is-off"],
    )
    def test_a_place_is_handed_over_only_by_whose_it_is_and_to_who_has_none(
        self, crowd, by, to, fields, refused, words
    ):
        session = make_session(capacity=2)
        mine, _, waits = sign_up(session, crowd[0], crowd[4], crowd[1])
        Session.objects.filter(pk=session.pk).update(**fields)
        with pytest.raises(refused, match=words):
            swap(booking=waits if by == 1 else mine, to=crowd[to], by=crowd[by], now=NOW())
        assert [one.person for one in session.bookings.live().order_by("pk")] == [crowd[0], crowd[4], crowd[1]]


class TestBreakouts:
    def test_each_gets_the_dearest_that_has_a_place(self, crowd):
        session = make_session()
        rooms = [Breakout.objects.create(session=session, title=title, capacity=1) for title in ("Circles", "Trees")]
        wishes = Wanted(breakouts=[rooms[0].pk, rooms[1].pk, 999_999])
        for person in crowd[:3]:
            book(key=session.key, person=person, now=NOW(), wanted=wishes)
        assert [one.breakout for one in session.bookings.order_by("pk")] == [*rooms, None]

    def test_a_place_from_the_queue_brings_the_breakout_that_is_free_then(self, crowd):
        session = make_session(capacity=1)
        room = Breakout.objects.create(session=session, title="Circles", capacity=1)
        first, second = (
            book(key=session.key, person=person, now=NOW(), wanted=Wanted(breakouts=[room.pk]))[0]
            for person in crowd[:2]
        )
        leave(booking=first, by=crowd[0], now=NOW())
        second.refresh_from_db()
        assert (second.state, second.breakout) == ("booked", room)


class TestWhatTheDatabaseItselfRefuses:
    def refuses(self, **fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.create(**fields)

    def test_what_no_booking_can_be(self, crowd):
        session = make_session(capacity=1)
        sign_up(session, crowd[0])
        own = {"session": session, "person": crowd[1], "queued_at": NOW(), "booked_at": NOW()}
        self.refuses(**own | {"person": crowd[0]}, state=State.WAITING)
        self.refuses(**own, state=State.BOOKED, place=1, of_places=1)
        self.refuses(**own, state=State.BOOKED, place=2, of_places=1)
        self.refuses(**own, state=State.BOOKED)
        self.refuses(**own, state=State.WAITING, place=3, of_places=5)
        self.refuses(**own, state=State.OFFERED, place=2, of_places=5)
        self.refuses(**own, state=State.CANCELLED)
        self.refuses(**own, state=State.REQUESTED)
        self.refuses(**own | {"queued_at": None}, state=State.WAITING)
        self.refuses(**own | {"booked_at": None}, state=State.BOOKED, place=2, of_places=5)

    def test_a_step_that_does_not_exist_is_a_fault_of_the_program(self, crowd):
        session = make_session()
        (mine,) = sign_up(session, crowd[0])
        with pytest.raises(ValueError, match="cannot go"):
            enter(mine, State.WAITING, "waiting", now=NOW())


class TestACancelledSession:
    def test_ends_every_booking_and_moves_nobody_up(self, crowd, organiser):
        session = make_session(capacity=1)
        sign_up(session, *crowd[:3])
        for _ in range(2):
            cancel_session(session=session, by=organiser, now=NOW(), reason="The hall is flooded")
        assert not session.bookings.filter(state__in=LIVE).exists()
        assert {change.words for change in session.bookings.last().changes.filter(what="called-off")} == {
            "The hall is flooded"
        }


class TestOneWriter:
    def test_no_other_module_writes_the_state_of_a_booking(self):
        writes = re.compile(
            r"booking\w*\.state\s*=[^=]|Booking\.objects\.(bulk_)?create|[Bb]ooking[^\n]*\.update\([^)]*\bstate=", re.S
        )
        root = Path(gate.__file__).parents[2]
        files = [path for path in root.glob("*/**/*.py") if "tests" not in path.parts and ".venv" not in path.parts]
        rooms = [path for path in files if path.parts[len(root.parts)] not in ("bench", "notices")]
        writers = [str(path.relative_to(root)) for path in rooms if writes.search(path.read_text())]
        assert writers == ["events/booking/steps.py"]

    def test_a_request_is_answered_before_booking_closes(self, crowd):
        session = make_session(needs_approval=True, starts=in_a_working_week(2, 9, 30))
        (request,) = sign_up(session, crowd[0], now=in_a_working_week(1))
        assert request.answer_by == session.booking_closes
        lapse(now=session.booking_closes)
        assert states(session) == ["expired"]
