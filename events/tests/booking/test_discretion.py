"""Rounds and groups: nobody learns from an answer of the hub who has booked there.

One sweep: every address that takes a person and a session is asked of somebody who has booked and of somebody who has
not. Both answers are the same, byte for byte.
"""

import re

import pytest
from django.core import mail
from django.utils import timezone

from events.booking.lapsing import lapse
from events.booking.team_places import book_for, keep_places, name_place
from events.booking.verbs import Wanted, book, leave, swap
from events.models import Booking, EventPage, KindRules, Session
from events.states import State
from people.refusals import NotAllowed, NotPossible
from people.roles import Role
from tests.builders import make_person, make_session, make_text

pytestmark = pytest.mark.django_db

COUNTED = ("rounds", "reflective-group")
FOR_ORGANISERS = ("action-learning", "consultation")


def session_of(kind: str, **fields) -> Session:
    return make_session(event=make_text(EventPage, f"A meeting: {kind}", event_kind=kind), **fields)


@pytest.fixture
def team(manager):
    """Two of one team: the first books wherever it is asked for."""
    return [make_person(name, Role.PRACTITIONER, manager=manager) for name in ("amina", "ben")]


def as_read(answer) -> tuple:
    """What somebody can see of an answer, but for what is different each time it is asked."""
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", answer.content.decode())
    return answer.status_code, answer.headers.get("Location"), text


@pytest.mark.parametrize("kind", [*COUNTED, *FOR_ORGANISERS])
@pytest.mark.parametrize("closed", [False, True])
class TestAnAnswerIsTheSameOfWhoHasBookedAndWhoHasNot:
    """Each address is asked of the same person before and after they have booked."""

    def before_and_after(self, session, person, ask, closed) -> tuple:
        now = timezone.now()
        if closed:
            Session.objects.filter(pk=session.pk).update(closes_at=now)
        before = as_read(ask())
        Session.objects.filter(pk=session.pk).update(closes_at=None)
        book(key=session.key, person=person, now=now)
        if closed:
            Session.objects.filter(pk=session.pk).update(closes_at=now)
        return before, as_read(ask())

    def test_to_a_manager(self, team, manager, signed_in, kind, closed):
        client, other = signed_in(manager), make_session()
        for where in ("book/", "keep/", "name"):
            session = session_of(kind, title=where)
            given = {"session": session.key, "person": team[0].pk, "number": 1}
            path = f"/events/team/{where}"
            if where == "name":
                # A place that was kept before nobody could keep one here any more.
                kept = keep_places(session=other, manager=manager, number=1, now=timezone.now())[0]
                Booking.objects.filter(pk=kept.pk).update(session=session, place=5)
                path = f"/events/team/{kept.key}/name/"
            before, after = self.before_and_after(
                session, team[0], lambda path=path, given=given: client.post(path, given), closed
            )
            assert before == after
            assert before[0] in (400, 409)
        for path in ("/events/team/", "/events/?show=team", "/insight/", "/"):
            session = session_of(kind, title=path)
            before, after = self.before_and_after(session, team[0], lambda path=path: client.get(path), closed)
            if path == "/events/?show=team":
                assert str(team[0]) not in after[2]
            else:
                assert before == after, path

    def test_to_a_colleague_who_would_hand_over(self, team, signed_in, kind, closed):
        session, colleague = session_of(kind), make_person("carys", Role.PRACTITIONER)
        mine, _ = book(key=session.key, person=colleague, now=timezone.now())
        client = signed_in(colleague)
        path, given = f"/me/bookings/{mine.key}/hand-over/", {"colleague": team[0].email}
        before, after = self.before_and_after(session, team[0], lambda: client.post(path, given), closed)
        assert before == after
        assert before[0] == 409
        assert "A colleague comes instead" not in client.get(f"/me/bookings/{mine.key}/").content.decode()


@pytest.mark.parametrize("kind", COUNTED)
class TestTheDeskOfAKindThatKeepsNoNames:
    PAGES = ("", "?q=amina", "papers/", "needs/")
    GONE = ("people.csv", "people.xlsx", "attendance.csv", "teams.xlsx", "papers/badges/")

    def test_shows_numbers_and_nobody(self, team, organiser, signed_in, kind):
        session, desk = session_of(kind, capacity=1), signed_in(organiser)
        for person in team:
            book(key=session.key, person=person, now=timezone.now(), wanted=Wanted(access="A ramp"))
        base = f"/events/desk/{session.key}/"
        for path in self.PAGES:
            text = desk.get(base + path).content.decode()
            for person in team:
                assert str(person) not in text
                assert person.email not in text
        assert "1 of 1 place taken, 1 person in the queue" in desk.get(base).content.decode()
        assert "A ramp" in desk.get(f"{base}needs/").content.decode()
        for path in self.GONE:
            assert desk.get(base + path).status_code == 404

    def test_adds_removes_and_moves_nobody_by_name(self, team, organiser, signed_in, kind):
        session, desk = session_of(kind, capacity=1), signed_in(organiser)
        path, given = f"/events/desk/{session.key}/add/", {"colleague": team[0].email, "because": "Needed"}
        before = as_read(desk.post(path, given))
        held, _ = book(key=session.key, person=team[0], now=timezone.now())
        waits, _ = book(key=session.key, person=team[1], now=timezone.now())
        after = as_read(desk.post(path, given))
        # The desk counts, and that is all that has changed.
        assert re.sub(r"\d of 1 place", "", before[2])[:2000] == re.sub(r"\d of 1 place", "", after[2])[:2000]
        assert (before[0], after[0]) == (409, 409)
        assert "has a place already" not in after[2]
        for booking, do in ((held, "remove"), (waits, "front"), (waits, "give")):
            answer = desk.post(f"/events/desk/{session.key}/bookings/{booking.key}/{do}/", {"reason": "Needed"})
            assert answer.status_code == 409
            assert str(booking.person) not in answer.content.decode()
        assert session.bookings.live().count() == 2


@pytest.mark.parametrize("kind", [*COUNTED, *FOR_ORGANISERS])
def test_the_verbs_refuse_before_they_look_at_the_person(team, manager, kind):
    session, now = session_of(kind), timezone.now()
    for person in team:
        if person == team[0]:
            book(key=session.key, person=person, now=now)
        with pytest.raises(NotPossible, match="books for themselves"):
            book_for(session=session, person=person, manager=manager, now=now)
    with pytest.raises(NotPossible, match="books for themselves"):
        keep_places(session=session, manager=manager, number=1, now=now)


class TestNoApprovalAndNoNote:
    @pytest.mark.parametrize("kind", [*COUNTED, *FOR_ORGANISERS])
    def test_nobody_is_asked_whatever_the_session_says(self, team, manager, kind):
        session = session_of(kind, needs_approval=True)
        booking, _ = book(key=session.key, person=team[0], now=timezone.now())
        assert booking.state == State.BOOKED
        assert mail.outbox == []

    @pytest.mark.parametrize("kind", COUNTED)
    def test_a_note_is_refused_in_words_and_has_no_field(self, team, signed_in, kind):
        session, client = session_of(kind), signed_in(team[0])
        with pytest.raises(NotPossible, match="no note is kept"):
            book(key=session.key, person=team[0], now=timezone.now(), wanted=Wanted(note="Near the door"))
        assert 'name="note"' not in client.get(f"/events/book/{session.key}/").content.decode()
        mine, _ = book(key=session.key, person=team[0], now=timezone.now())
        assert 'name="words"' not in client.get(f"/me/bookings/{mine.key}/").content.decode()
        leave(booking=mine, by=team[0], now=timezone.now())

    def test_a_request_is_settled_when_nobody_is_asked_any_more(self, team, hub):
        session = session_of("training", needs_approval=True, capacity=1)
        requests = [book(key=session.key, person=person, now=timezone.now())[0] for person in team]
        assert {one.state for one in requests} == {State.REQUESTED}
        KindRules.objects.filter(kind="training").update(attendance="counted")
        lapse(now=timezone.now())
        states = [Booking.objects.get(pk=one.pk).state for one in requests]
        assert states == [State.BOOKED, State.WAITING]


@pytest.mark.parametrize("kind", ["training", "practice-day"])
def test_where_managers_may_know_all_of_it_is_still_possible(team, manager, kind):
    session, now = session_of(kind), timezone.now()
    booked, _ = book_for(session=session, person=team[0], manager=manager, now=now)
    kept = keep_places(session=session, manager=manager, number=1, now=now)[0]
    with pytest.raises(NotPossible, match="has a place already"):
        name_place(booking=kept, person=team[0], manager=manager, now=now)
    name_place(booking=kept, person=team[1], manager=manager, now=now)
    assert swap(booking=booked, to=make_person("carys", Role.PRACTITIONER), by=team[0], now=now).is_live
    with pytest.raises(NotAllowed):
        book_for(session=session, person=make_person("dev", Role.PRACTITIONER), manager=manager, now=now)
