"""What somebody reads of their booking: true for the state it was in, whose step it was, and how they stand now."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from events.booking.approving import approve, decline
from events.booking.lapsing import lapse
from events.booking.organising import add, cancel_session, remove
from events.booking.team_places import book_for, keep_places, name_place
from events.booking.verbs import accept, book, leave, pass_on, swap
from events.mail import sayings
from events.mail.sayings import Standing, happened, is_told, next_step, reason, stands
from events.mail.telling import tell_due
from events.models import Booking, BookingChange
from events.reading.availability import in_words
from events.states import LIVE, State, What, Whose
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db
NOW = timezone.now


class TestTheTable:
    """Pure: every cell of what happened, the state before and whose step, for every state now."""

    @pytest.mark.parametrize("what", [what for what in What if is_told(what)])
    def test_says_something_for_every_state_before_and_every_hand(self, what):
        for was, whose in product(["", *State], ["", *Whose]):
            head, first = happened(what, was, whose, by="Ben Test")
            assert head
            assert first or what in (What.MOVED, What.DATE_CANCELLED, What.BREAKOUT)
            assert "{" not in head + first

    def test_nobody_gives_up_what_they_had_not_or_what_another_took(self):
        for was, whose in product(["", *State], ["", *Whose]):
            _, first = happened(What.CANCELLED, was, whose)
            assert ("gave up your place" in first) == (was == State.BOOKED and whose == Whose.OWN)
            if was in (State.WAITING, State.REQUESTED):
                assert "place" not in first

    def test_promises_only_what_is_so_at_this_moment(self):
        now, until = NOW(), NOW() + timedelta(hours=5)
        promises = {
            "kept for you": {State.OFFERED},
            "place stays yours": {State.BOOKED},
            "keep your place": {State.BOOKED},
            "give it up": {State.BOOKED},
            "turn in the queue": {State.WAITING},
            "in the queue": {State.WAITING},
            "waits for an answer": {State.REQUESTED},
        }
        for what, state in product(What, State):
            said = next_step(what, state, until=until if state == State.OFFERED else None, now=now)
            for words, states in promises.items():
                assert words not in said or state in states, (what, state, said)
        for until in (now, now - timedelta(minutes=1)):
            late = next_step(What.OFFERED, State.OFFERED, until=until, now=now)
            assert "kept for you" not in late
            assert "The offer stood until" in late

    @pytest.mark.parametrize(
        ("one", "words"),
        [
            (Standing(State.BOOKED), "You have a place."),
            (Standing(State.BOOKED, breakout="Genograms"), "You have a place. Your breakout: Genograms."),
            (Standing(State.BOOKED, over=True, breakout="Genograms"), "You had a place."),
            (Standing(State.WAITING, turn=3, line=9), "You are 3rd of 9 in the queue."),
            (Standing(State.WAITING, turn=3, line=9, passed=True), "You let an offer go by: ask again if you still "),
            (Standing(State.DECLINED, reason="Duty"), "The answer was no: Duty"),
            (Standing(State.EXPIRED, came_from=State.WAITING), "The waiting list has closed, and no place came free"),
            (Standing(State.EXPIRED, came_from=State.REQUESTED, whose=Whose.MANAGER), "All places were taken before"),
            (Standing(State.EXPIRED, came_from=State.REQUESTED, whose=Whose.ORGANISER), "All places were taken before"),
            (Standing(State.EXPIRED, came_from=State.REQUESTED, whose=Whose.CLOCK), "This has lapsed. You can book"),
            (Standing(State.CANCELLED, called_off="Snow"), "The session was cancelled: Snow"),
            (Standing(State.CANCELLED, came_from=State.WAITING, whose=Whose.CLOCK), "You left the queue for a place."),
            (Standing(State.CANCELLED, came_from=State.WAITING, whose=Whose.OWN), "You have left the queue."),
            (
                Standing(State.CANCELLED, came_from=State.WAITING, whose=Whose.ORGANISER, reason="Full"),
                "The organiser took you out of the queue: Full",
            ),
            (
                Standing(State.CANCELLED, came_from=State.BOOKED, whose=Whose.OWN, reason="My own"),
                "You gave up your place, and it is free for somebody else.",
            ),
        ],
    )
    def test_says_how_somebody_stands_and_how_it_came_to_that(self, one, words):
        assert stands(one).startswith(words)

    @pytest.mark.parametrize(
        ("what", "whose", "words", "said"),
        [
            (What.CANCELLED, Whose.ORGANISER, "Snow", "Why: Snow."),
            (What.CANCELLED, Whose.ORGANISER, "Why not?", "Why: Why not?"),
            (What.CANCELLED, Whose.OWN, "My own", ""),
            (What.DECLINED, Whose.MANAGER, "", ""),
            (What.BOOKED, Whose.ORGANISER, "She is on probation", ""),
            (What.BREAKOUT, Whose.CLOCK, "You are in Genograms", "You are in Genograms."),
        ],
    )
    def test_gives_a_reason_to_whom_it_is_for_and_keeps_the_others_in_the_log(self, what, whose, words, said):
        assert reason(what, whose, words) == said

    def test_asks_nobody_who_just_came_to_give_the_place_up(self):
        for what in (What.BOOKED, What.NAMED, What.HANDED_TO):
            assert next_step(what, State.BOOKED, until=None, now=NOW()) == sayings.GIVE_UP
            assert next_step(what, State.BOOKED, until=None, now=NOW(), walked_in=True) == ""

    def test_every_row_is_about_a_step_that_exists(self):
        for what, was, whose in sayings.HAPPENED:
            assert What(what)
            assert was in ("", *State)
            assert whose in ("", *Whose)


@pytest.fixture
def cast(hub, organiser, manager):
    amina, ben = (make_person(name, Role.PRACTITIONER, manager=manager) for name in ("amina", "ben"))
    return {"amina": amina, "ben": ben, "organiser": organiser, "manager": manager}


def sign_up(session, *people) -> list[Booking]:
    return [book(key=session.key, person=person, now=NOW())[0] for person in people]


def told() -> None:
    tell_due(now=NOW())
    OutgoingMail.objects.all().delete()


def mails(person, now=None) -> list[OutgoingMail]:
    tell_due(now=now or NOW())
    return list(OutgoingMail.objects.filter(to=person.email).order_by("pk"))


def leaves_the_queue(cast):
    _, waits = sign_up(make_session(capacity=1), cast["ben"], cast["amina"])
    told()
    leave(booking=waits, by=cast["amina"], now=NOW())


def is_taken_out_of_the_queue(cast):
    _, waits = sign_up(make_session(capacity=1), cast["ben"], cast["amina"])
    told()
    remove(booking=waits, by=cast["organiser"], now=NOW(), reason="The course is for new staff")


def gives_up_a_place(cast):
    (booking,) = sign_up(make_session(), cast["amina"])
    told()
    leave(booking=booking, by=cast["amina"], now=NOW(), words="A private reason")


def is_removed(cast):
    (booking,) = sign_up(make_session(), cast["amina"])
    told()
    remove(booking=booking, by=cast["organiser"], now=NOW(), reason="You have been twice already")


def turns_an_offer_down(cast):
    session = make_session(capacity=1, waiting_rule="offer")
    first, waits = sign_up(session, cast["ben"], cast["amina"])
    leave(booking=first, by=cast["ben"], now=NOW())
    told()
    waits.refresh_from_db()
    leave(booking=waits, by=cast["amina"], now=NOW())


def lets_an_offer_go_by(cast):
    session = make_session(capacity=1, waiting_rule="offer")
    first, waits = sign_up(session, cast["ben"], cast["amina"])
    leave(booking=first, by=cast["ben"], now=NOW())
    told()
    pass_on(booking=waits, by=cast["amina"], now=NOW())


def an_offer_runs_out_before_it_was_told(cast):
    session = make_session(capacity=1, waiting_rule="offer")
    first, _ = sign_up(session, cast["ben"], cast["amina"])
    told()
    leave(booking=first, by=cast["ben"], now=NOW())
    lapse(now=NOW() + timedelta(days=8))


def takes_an_offer_before_it_was_told(cast):
    session = make_session(capacity=1, waiting_rule="offer")
    first, waits = sign_up(session, cast["ben"], cast["amina"])
    leave(booking=first, by=cast["ben"], now=NOW())
    accept(booking=waits, by=cast["amina"], now=NOW())


def takes_a_request_back(cast):
    (booking,) = sign_up(make_session(needs_approval=True), cast["amina"])
    told()
    leave(booking=booking, by=cast["amina"], now=NOW())


def is_approved_into_the_queue(cast):
    session = make_session(needs_approval=True, capacity=1)
    first, second = sign_up(session, cast["ben"], cast["amina"])
    approve(booking=first, by=cast["manager"], now=NOW())
    told()
    approve(booking=second, by=cast["manager"], now=NOW())


def is_declined(cast):
    (booking,) = sign_up(make_session(needs_approval=True), cast["amina"])
    told()
    decline(booking=booking, by=cast["manager"], now=NOW(), reason="Duty that week")


def is_handed_a_place_while_waiting(cast):
    first, _ = sign_up(make_session(capacity=1), cast["ben"], cast["amina"])
    told()
    swap(booking=first, to=cast["amina"], by=cast["ben"], now=NOW())


def is_named_for_a_kept_place_while_waiting(cast):
    session = make_session(capacity=1)
    (kept,) = keep_places(session=session, manager=cast["manager"], number=1, now=NOW())
    sign_up(session, cast["amina"])
    told()
    name_place(booking=kept, person=cast["amina"], manager=cast["manager"], now=NOW())


def is_named_for_a_kept_place_while_a_request_waits(cast):
    session = make_session(capacity=2, needs_approval=True)
    (kept,) = keep_places(session=session, manager=cast["manager"], number=1, now=NOW())
    sign_up(session, cast["amina"])
    told()
    name_place(booking=kept, person=cast["amina"], manager=cast["manager"], now=NOW())


def is_put_into_the_queue_by_the_manager(cast):
    session = make_session(capacity=1)
    sign_up(session, cast["ben"])
    told()
    book_for(session=session, person=cast["amina"], manager=cast["manager"], now=NOW())


def is_added(cast):
    session = make_session(capacity=1)
    sign_up(session, cast["ben"])
    told()
    add(session=session, person=cast["amina"], by=cast["organiser"], now=NOW(), because="She leads a breakout")


def waits_when_it_is_called_off(cast):
    session = make_session(capacity=1)
    sign_up(session, cast["ben"], cast["amina"])
    told()
    cancel_session(session=session, by=cast["organiser"], now=NOW(), reason="Snow")


def the_queue_closes(cast):
    session = make_session(capacity=1, starts=nine_thirty(20))
    sign_up(session, cast["ben"], cast["amina"])
    told()
    lapse(now=nine_thirty(20) - timedelta(hours=1))


LIVES = {
    leaves_the_queue: ("You have left the queue", ["You have left the queue."], ["place goes", "gave up"]),
    is_taken_out_of_the_queue: (
        "You are no longer in the queue",
        ["The organiser took you out of the queue.", "Why: The course is for new staff."],
        ["gave up", "place goes"],
    ),
    gives_up_a_place: ("Your booking is cancelled", ["You gave up your place"], ["A private reason", "organiser"]),
    is_removed: (
        "Your booking is cancelled",
        ["The organiser cancelled your booking.", "Why: You have been twice already."],
        ["gave up"],
    ),
    turns_an_offer_down: ("You turned the offer down", ["have left the queue"], ["kept for you", "gave up"]),
    lets_an_offer_go_by: (
        "You let the offer go by",
        ["no further offer until you ask"],
        ["without an answer", "kept for you"],
    ),
    an_offer_runs_out_before_it_was_told: (
        "The offer has ended",
        ["ended without an answer", "You are still in the queue"],
        ["kept for you", "is offered to you"],
    ),
    takes_an_offer_before_it_was_told: (
        "You have a place",
        ["You took the place that was offered"],
        ["kept for you", "queue"],
    ),
    takes_a_request_back: ("You took your request back", ["You took your request back."], ["place goes", "gave up"]),
    is_approved_into_the_queue: (
        "You are in the queue",
        ["Your request is approved. No place is free now"],
        ["You have a place"],
    ),
    is_declined: ("The answer is no", ["Why: Duty that week."], ["lapsed"]),
    is_handed_a_place_while_waiting: (
        "You have a place",
        ["Ben Test handed you the place. You have left the queue for it."],
        ["cancelled"],
    ),
    is_named_for_a_kept_place_while_waiting: (
        "You have a place",
        ["A place was kept for your team, and it is yours. You have left the queue for it."],
        ["cancelled"],
    ),
    is_named_for_a_kept_place_while_a_request_waits: (
        "You have a place",
        ["A place was kept for your team, and it is yours. Your request needs no answer any more."],
        ["cancelled", "queue"],
    ),
    is_put_into_the_queue_by_the_manager: (
        "You are in the queue",
        ["Your manager asked for a place for you."],
        ["You have a place"],
    ),
    is_added: ("You have a place", ["The organiser gave you a place."], ["She leads a breakout"]),
    waits_when_it_is_called_off: ("Cancelled", ["for which you stood in the queue", "Why: Snow."], ["your place"]),
    the_queue_closes: (
        "The waiting list has closed",
        ["No place came free for you in time."],
        ["Your booking", "Why:"],
    ),
}


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__.replace("_", " "))
def test_each_turn_of_a_life_is_one_true_letter_and_the_same_on_the_page(cast, life):
    head, said, unsaid = LIVES[life]
    life(cast)
    (mail,) = mails(cast["amina"])
    body = mail.text.split("\nWhen: ")[0]
    assert mail.subject.startswith(f"{head}: Practice day, ")
    for words in said:
        assert words in mail.text
        assert words in re.sub(r"\s+", " ", mail.html.replace("&#x27;", "'"))
    for words in unsaid:
        assert words not in body, body
    last = Booking.objects.filter(person=cast["amina"]).order_by("pk").last()
    page = in_words(last, NOW())
    for words in ("gave up your place", "place is offered"):
        assert (words in page) == (words in body or (words == "place is offered" and last.state == State.OFFERED)), page
    if last.state not in LIVE:
        assert "You have a place." not in page


def test_nobody_reads_twice_of_what_is_no_longer_so(cast):
    session = make_session(capacity=1, waiting_rule="straight")
    first, _ = sign_up(session, cast["ben"], cast["amina"])
    leave(booking=first, by=cast["ben"], now=NOW())
    (mail,) = mails(cast["amina"])
    assert mail.subject.startswith("You have a place")
    (left,) = mails(cast["ben"])
    assert left.subject.startswith("Your booking is cancelled")
    assert left.calendar_files == []
    assert not BookingChange.objects.filter(told_at=None, person__isnull=False).exists()


def test_a_manager_reads_where_the_booking_of_somebody_led(cast, signed_in):
    session = make_session(capacity=1)
    client = signed_in(cast["manager"])
    pages = []
    for name in ("ben", "amina", "amina"):
        given = {"person": cast[name].pk, "session": session.key}
        pages.append(client.post("/events/team/book/", given, follow=True).content.decode())
    assert "Booked. They are told." in pages[0]
    assert "No place is free now, so they are in the queue. They are told." in pages[1]
    assert "Nothing was changed." in pages[2]
    assert "Booked. They are told." not in pages[1] + pages[2]
