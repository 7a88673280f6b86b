"""Breakouts are not final: what comes free goes to who wished for it, people change their minds, organisers choose."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from events.booking import Wanted, book, leave
from events.models import Booking, Breakout, What
from events.organising import set_capacity, settle
from events.refusals import NotAllowed, NotPossible
from events.telling import tell_due
from events.wishing import change_wishes, choose_for
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_session

pytestmark = pytest.mark.django_db

NOW = timezone.now


@pytest.fixture
def session(hub):
    return make_session(capacity=10)


@pytest.fixture
def circles(session):
    return Breakout.objects.create(session=session, title="Circles", capacity=1)


@pytest.fixture
def trees(session):
    return Breakout.objects.create(session=session, title="Trees", capacity=1)


@pytest.fixture
def join(session):
    def join(name, *rooms):
        wanted = Wanted(breakouts=[room.pk for room in rooms])
        return book(key=session.key, person=make_person(name, Role.PRACTITIONER), now=NOW(), wanted=wanted)[0]

    return join


def room_of(*bookings):
    return [Booking.objects.get(pk=one.pk).breakout for one in bookings]


def wish(booking, *rooms, now=None):
    return change_wishes(booking=booking, by=booking.person, now=now or NOW(), breakouts=[room.pk for room in rooms])


class TestAPlaceThatComesFree:
    def test_goes_to_who_wished_for_it_most_and_then_to_who_came_first(self, join, circles, trees):
        has, second, first, late = join("amina", circles), join("ben", trees, circles), join("cy", circles), join("di")
        latest = join("eve", circles)
        assert room_of(has, second, first, late, latest) == [circles, trees, None, None, None]
        leave(booking=has, by=has.person, now=NOW())
        assert room_of(second, first, latest) == [trees, circles, None]
        tell_due(now=NOW())
        mail = OutgoingMail.objects.get(to=first.person.email, subject__startswith="Your breakout")
        assert "your breakout is Circles now" in mail.text
        assert first.changes.filter(what=What.BREAKOUT).count() == 1

    def test_goes_to_a_first_wish_before_it_goes_to_the_second_wish_of_who_came_earlier(self, join, circles, trees):
        has, _ = join("amina", circles), join("ben", trees)
        second_wish, first_wish = join("cy", trees, circles), join("di", circles)
        leave(booking=has, by=has.person, now=NOW())
        assert room_of(second_wish, first_wish) == [None, circles]

    def test_frees_the_less_dear_one_of_who_moves_up_for_the_next(self, join, circles, trees):
        has, between, waits = join("amina", circles), join("ben", circles, trees), join("cy", trees)
        assert room_of(has, between, waits) == [circles, trees, None]
        leave(booking=has, by=has.person, now=NOW())
        assert room_of(between, waits) == [circles, trees]

    def test_takes_nobody_from_what_they_like_better(self, join, circles, trees):
        has, content = join("amina", circles), join("ben", trees, circles)
        leave(booking=has, by=has.person, now=NOW())
        assert room_of(content) == [trees]

    def test_goes_to_who_has_a_place_before_it_goes_to_who_comes_from_the_queue(
        self, session, join, circles, organiser
    ):
        set_capacity(session=session, capacity=2, by=organiser, now=NOW())
        has, waits, queued = join("amina", circles), join("ben", circles), join("cy", circles)
        leave(booking=has, by=has.person, now=NOW())
        assert room_of(waits, queued) == [circles, None]
        queued.refresh_from_db()
        assert queued.state == "booked"

    def test_because_there_are_more_of_them_goes_to_who_waits(self, session, join, circles):
        _, waits = join("amina", circles), join("ben", circles)
        Breakout.objects.update(capacity=2)
        settle(session=session, now=NOW())
        assert room_of(waits) == [circles]


class TestWishes:
    def test_are_changed_and_what_is_still_wished_for_is_kept(self, join, circles, trees):
        has, mine = join("amina", circles), join("ben", trees)
        wish(mine, circles, trees)
        assert room_of(has, mine) == [circles, trees]
        wish(mine, circles)
        assert room_of(mine) == [None]
        leave(booking=has, by=has.person, now=NOW())
        assert room_of(mine) == [circles]

    def test_that_are_given_up_free_the_place_for_others(self, join, circles):
        has, waits = join("amina", circles), join("ben", circles)
        wish(has)
        assert room_of(has, waits) == [None, circles]

    def test_are_changed_until_the_cut_off_and_by_nobody_else(self, session, join, circles, organiser):
        mine = join("amina", circles)
        with pytest.raises(NotPossible, match="settled on"):
            wish(mine, now=session.queue_closes)
        with pytest.raises(NotAllowed):
            change_wishes(booking=mine, by=organiser, now=NOW(), breakouts=[])
        assert room_of(mine) == [circles]

    def test_of_a_breakout_that_is_not_there_are_left_out(self, join, circles):
        mine = join("amina", circles)
        change_wishes(booking=mine, by=mine.person, now=NOW(), breakouts=[circles.pk, circles.pk, 999_999])
        assert room_of(mine) == [circles]

    def test_are_changed_on_the_page_of_the_booking(self, join, circles, trees, signed_in):
        mine = join("amina", circles)
        client, path = signed_in(mine.person), f"/me/bookings/{mine.key}/"
        page = BeautifulSoup(client.get(path).content, "html.parser")
        chosen = page.select_one("[name=breakout1] [selected]")
        assert (chosen["value"], "You can change this until" in page.text) == (str(circles.pk), True)
        assert client.post(f"{path}breakouts/", {"breakout1": trees.pk, "breakout2": ""}).status_code == 302
        assert room_of(mine) == [trees]
        assert client.post(f"{path}breakouts/", {"breakout1": "x"}).status_code == 400
        assert signed_in(make_person("ben")).post(f"{path}breakouts/", {}).status_code == 404


class TestTheOrganiser:
    def test_chooses_for_somebody_and_it_stays_whatever_comes_free(self, join, circles, trees, organiser):
        has, mine = join("amina", circles), join("ben", circles)
        choose_for(booking=mine, breakout=trees, by=organiser, now=NOW())
        leave(booking=has, by=has.person, now=NOW())
        assert room_of(mine) == [trees]
        assert mine.changes.get(what=What.BREAKOUT).words == "The organiser chose for you: Trees."
        choose_for(booking=mine, breakout=None, by=organiser, now=NOW())
        assert room_of(mine) == [circles]

    def test_gives_no_place_that_is_taken_and_nobody_else_chooses(self, join, circles, organiser):
        _, mine = join("amina", circles), join("ben")
        with pytest.raises(NotPossible, match="All places of Circles"):
            choose_for(booking=mine, breakout=circles, by=organiser, now=NOW())
        with pytest.raises(NotAllowed):
            choose_for(booking=mine, breakout=None, by=mine.person, now=NOW())

    def test_finds_who_has_none_and_chooses_at_the_desk(self, session, join, circles, trees, organiser, signed_in):
        _, mine = join("amina", circles), join("ben", circles)
        desk, path = signed_in(organiser), f"/events/desk/{session.key}/"
        found = BeautifulSoup(desk.get(f"{path}?breakout=none").content, "html.parser").find(id="people").parent.text
        assert ("1 found, without a breakout" in found, "Ben" in found, "Amina" in found) == (True, True, False)
        choose = f"{path}bookings/{mine.key}/breakout/"
        assert desk.post(choose, {"breakout": circles.pk}).status_code == 409
        assert desk.post(choose, {"breakout": "999999"}).status_code == 404
        assert desk.post(choose, {"breakout": trees.pk}).status_code == 302
        assert room_of(mine) == [trees]


def test_what_is_over_or_off_is_settled(session, join, circles, organiser):
    mine = join("amina", circles)
    for verb in (
        lambda now: wish(mine, now=now),
        lambda now: choose_for(booking=mine, breakout=None, by=organiser, now=now),
    ):
        with pytest.raises(NotPossible, match="over"):
            verb(session.dates.get().ends_at + timedelta(minutes=1))
