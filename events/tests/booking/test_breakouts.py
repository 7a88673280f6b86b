"""Breakouts are not final: what comes free goes to who wished for it, people change their minds, organisers choose."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.booking.organising import set_capacity, settle
from events.booking.verbs import Wanted, book, leave
from events.booking.wishing import change_wishes, choose_for, telling_of_breakouts
from events.mail.telling import tell_due
from events.models import Booking, Breakout, Session, What
from events.tests.test_session_form import form
from notices.models import OutgoingMail
from people.refusals import NotAllowed, NotPossible
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

    def test_goes_to_as_many_as_there_are_places(self, session, join, circles):
        has, *wait = join("amina", circles), *(join(name, circles) for name in ("ben", "cy", "di"))
        Breakout.objects.filter(pk=circles.pk).update(capacity=3)
        settle(session=session, now=NOW())
        assert room_of(has, *wait) == [circles, circles, circles, None]

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


def breakouts_mail(person) -> str:
    tell_due(now=NOW())
    (mail,) = OutgoingMail.objects.filter(to=person.email, subject__startswith="Your breakout")
    return mail.text


class TestWhatTheCmsTakesAwayOrRenames:
    @pytest.fixture
    def save(self, session, organiser, signed_in):
        def save(**titles):
            """The session's form with other titles of breakouts; with None it is deleted."""
            rows = [
                {
                    "id": one.pk,
                    "title": titles.get(one.title, one.title) or one.title,
                    "capacity": one.capacity,
                    "DELETE": "" if titles.get(one.title, one.title) else "on",
                }
                for one in Breakout.objects.filter(session=session)
            ]
            rooms = nested_form_data({"breakouts": inline_formset(rows, initial=len(rows))})
            address = reverse("event_sessions:edit", args=[session.pk])
            return signed_in(organiser).post(address, form(session, **rooms))

        return save

    def test_is_told_to_those_in_it_with_the_old_name_and_the_new(self, save, join, circles, trees):
        mine, other = join("amina", circles), join("ben", trees)
        assert save(Circles="Round tables").status_code == 302
        words = breakouts_mail(mine.person)
        assert "it was “Circles”, it is “Round tables”." in words
        assert "Your place in the session stays as it was." in words
        assert not other.changes.filter(what=What.BREAKOUT).exists()

    def test_is_told_in_one_letter_with_where_they_are_then(self, save, join, circles, trees):
        moves, stays, has_none, waits = join("a", circles, trees), join("b"), join("c"), join("d", circles)
        Booking.objects.filter(pk=has_none.pk).update(breakout=circles, breakout_by_hand=True)
        assert save(Circles=None).status_code == 302
        assert room_of(moves, stays, has_none) == [trees, None, None]
        assert "“Circles” is not offered any more. Your breakout is Trees now." in breakouts_mail(moves.person)
        assert "You have no breakout now. On your booking you can say" in breakouts_mail(has_none.person)
        assert "“Circles” is not offered any more. On your booking" in breakouts_mail(waits.person)
        assert not stays.changes.filter(what=What.BREAKOUT).exists()
        has_none.refresh_from_db()
        assert not has_none.breakout_by_hand

    def test_is_told_to_nobody_once_it_is_over(self, save, session, join, circles):
        mine = join("amina", circles)
        Session.objects.update(ends_at=NOW() - timedelta(hours=1))
        with telling_of_breakouts(Session.objects.get(), by=None, now=NOW()):
            Breakout.objects.update(title="Round tables")
        assert not mine.changes.filter(what=What.BREAKOUT).exists()

    @pytest.mark.parametrize(
        ("titles", "status"),
        [
            ({"Circles": "Trees"}, 200),
            ({"Circles": "Trees", "Trees": "Circles"}, 302),
            ({"Circles": "Trees", "Trees": None}, 302),
        ],
    )
    def test_may_exchange_names_or_take_over_one_but_not_share_it(self, save, circles, trees, titles, status):
        assert save(**titles).status_code == status


class TestALetterOfABreakout:
    def test_says_that_the_organiser_took_somebody_out(self, join, circles, organiser):
        mine = join("amina")
        choose_for(booking=mine, breakout=circles, by=organiser, now=NOW())
        tell_due(now=NOW())
        OutgoingMail.objects.all().delete()
        choose_for(booking=mine, breakout=None, by=organiser, now=NOW())
        assert "The organiser took you out of Circles. You have no breakout now." in breakouts_mail(mine.person)

    def test_says_nothing_to_whom_the_organiser_leaves_where_they_are(self, join, circles, organiser):
        mine = join("amina", circles)
        for breakout in (circles, None):
            choose_for(booking=mine, breakout=breakout, by=organiser, now=NOW())
        assert not mine.changes.filter(what=What.BREAKOUT).exists()

    def test_that_comes_late_says_what_is_so(self, join, circles, trees, organiser):
        mine, gone = join("amina"), join("ben")
        for booking, rooms in ((mine, (circles, trees)), (gone, (circles,))):
            for breakout in rooms:
                choose_for(booking=booking, breakout=breakout, by=organiser, now=NOW())
        leave(booking=gone, by=gone.person, now=NOW())
        words = breakouts_mail(mine.person)
        assert ("Trees" in words, "Circles" in words) == (True, False)
        # The worker that had the first in its hands comes after the one that told the second.
        mine.changes.filter(words__contains="Circles").update(told_at=None)
        assert "Trees" in breakouts_mail(mine.person)
        assert not OutgoingMail.objects.filter(to=gone.person.email, subject__startswith="Your breakout").exists()


def test_what_is_over_or_off_is_settled(session, join, circles, organiser):
    mine = join("amina", circles)
    for verb in (
        lambda now: wish(mine, now=now),
        lambda now: choose_for(booking=mine, breakout=None, by=organiser, now=now),
    ):
        with pytest.raises(NotPossible, match="over"):
            verb(session.dates.get().ends_at + timedelta(minutes=1))
