"""Closing the list of who came: one press for all others, taken back by another; figures wait, and nobody is blamed."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from events.attendance import closing, lists
from events.attendance.attending import check_in, mark
from events.attendance.closing import close_list, missed_by, open_list, open_lists, say_what_happened
from events.attendance.room_codes import room_code
from events.booking.organising import cancel_date, cancel_session
from events.booking.team_places import keep_places
from events.booking.verbs import book, leave
from events.models import Attendance, EventPage, ListClosing
from home.duties.due import due_items
from insight.dashboard import Dashboard
from learning.models import TimeEntry, TimeState
from notices.models import OutgoingMail
from pages.wording import day
from people.refusals import NotAllowed, NotPossible
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db
NAMES = ("amina", "ben", "carys")


@pytest.fixture
def people(hub):
    return [make_person(name, Role.PRACTITIONER) for name in NAMES]


@pytest.fixture
def date(people, organiser):
    """Over since yesterday: Amina checked herself in, Ben was ticked as missing, of Carys nobody said anything."""
    session = make_session(starts=nine_thirty(8), organiser=organiser)
    for person in people:
        book(key=session.key, person=person, now=timezone.now())
    date = session.dates.get()
    TimeEntry.objects.create(
        person=people[2],
        on=timezone.localdate(date.starts_at),
        minutes=120,
        state=TimeState.PLANNED,
        what="A day",
        source=f"session-date:{date.pk}",
    )
    check_in(code=room_code(date, date.starts_at), person=people[0], now=date.starts_at)
    ben = session.bookings.get(person=people[1])
    mark(booking=ben, date=date, came="no", by=organiser, now=date.starts_at)
    return date


def after(date):
    return date.ends_at + timedelta(hours=20)


def said(date) -> dict[str, str]:
    return dict(Attendance.objects.filter(date=date).values_list("booking__person__first_name", "came"))


def used(date):
    return next(one for one in Dashboard(make_person("psw", Role.PSW), after(date)).live if "used" in one.label)


class TestClosing:
    def test_calls_the_others_missing_in_one_press_and_asks_each_once(self, date, organiser, people):
        assert close_list(date=date, by=organiser, now=after(date)) == 1
        assert close_list(date=date, by=organiser, now=after(date)) == 0
        assert said(date) == {"Amina": "yes", "Ben": "no", "Carys": "no"}
        assert not TimeEntry.objects.filter(person=people[2]).exists()
        asked = OutgoingMail.objects.filter(kind="missed")
        assert sorted(asked.values_list("to", flat=True)) == ["ben@hub.example", "carys@hub.example"]
        assert "nobody is blamed" in asked.first().text

    def test_closes_no_other_list_and_asks_nobody_who_came(self, date, organiser, people):
        elsewhere = make_session(starts=nine_thirty(7))
        keep_places(session=elsewhere, manager=make_person("maya", Role.MANAGER), number=1, now=timezone.now())
        # Where nobody is on the list, by name, there is nothing to close.
        assert list(open_lists(after(date))) == [date]
        close_list(date=date, by=organiser, now=after(date))
        assert elsewhere.dates.get().list_closed_at is None
        assert [missed_by(person, after(date)).count() for person in people] == [0, 1, 1]
        of_ben = missed_by(people[1], after(date)).get()
        with pytest.raises(NotAllowed, match="Only who is named"):
            say_what_happened(attendance=of_ben, by=people[0], why=Attendance.Why.THERE, now=after(date))

    def test_is_taken_back_with_a_log_and_what_people_said_themselves_stays(self, date, organiser):
        for _ in range(2):
            close_list(date=date, by=organiser, now=after(date))
            open_list(date=date, by=organiser, now=after(date))
        assert said(date) == {"Amina": "yes", "Ben": "no"}
        assert list(ListClosing.objects.values_list("closed", "others")) == [(True, 1), (False, 1)] * 2
        assert OutgoingMail.objects.filter(kind="missed").count() == 2

    def test_what_somebody_said_of_it_is_not_thrown_away_when_the_list_is_opened_again(self, date, organiser, people):
        close_list(date=date, by=organiser, now=after(date))
        carys = Attendance.objects.get(booking__person=people[2])
        say_what_happened(attendance=carys, by=people[2], why="court", now=after(date))
        open_list(date=date, by=organiser, now=after(date))
        close_list(date=date, by=organiser, now=after(date))
        assert Attendance.objects.get(booking__person=people[2]).why == "court"

    def test_waits_until_it_is_over_and_until_then_no_figure_counts_the_date(self, date, organiser):
        with pytest.raises(NotPossible, match="not over yet"):
            close_list(date=date, by=organiser, now=date.starts_at)
        before = used(date)
        assert before.share.base == 0
        assert "List not closed: 1 date" in before.counted

    def test_is_possible_from_the_moment_the_date_ends(self, date, organiser):
        assert list(open_lists(date.ends_at)) == [date]
        assert not open_lists(date.ends_at - timedelta(seconds=1)).exists()
        assert close_list(date=date, by=organiser, now=date.ends_at) == 1

    def test_is_not_asked_for_a_date_that_was_cancelled(self, people, organiser):
        session = make_session(starts=nine_thirty(8), dates=2, organiser=organiser)
        book(key=session.key, person=people[0], now=timezone.now())
        fell, held = session.dates.all()
        cancel_date(date=fell, by=organiser, now=timezone.now(), reason="Snow")
        assert list(open_lists(after(held))) == [held]

    def test_writes_to_nobody_who_has_left(self, date, organiser, people):
        people[2].is_active = False
        people[2].save()
        close_list(date=date, by=organiser, now=after(date))
        assert list(OutgoingMail.objects.filter(kind="missed").values_list("to", flat=True)) == ["ben@hub.example"]

    def test_asks_what_happened_for_sixty_days(self, date, organiser, people):
        close_list(date=date, by=organiser, now=after(date))
        ends = date.ends_at + timedelta(days=60)
        assert missed_by(people[2], ends - timedelta(seconds=1)).exists()
        assert not missed_by(people[2], ends).exists()

    def test_makes_the_figure_of_all_who_had_a_place(self, date, organiser):
        close_list(date=date, by=organiser, now=after(date))
        figure = used(date)
        assert (figure.share.n, figure.share.base) == (1, 3)
        assert "not closed" not in figure.counted

    def test_exports_say_of_an_open_list_that_it_is_open(self, date, organiser):
        session = date.session
        assert "(list not closed)" in lists.attendance(session).head[2]
        assert any("List not closed" in str(row[0]) for row in lists.teams(session).rows)
        close_list(date=date, by=organiser, now=after(date))
        session.refresh_from_db()
        assert "not closed" not in " ".join(lists.attendance(session).head)
        assert not any("List not closed" in str(row[0]) for row in lists.teams(session).rows)

    def test_is_waited_for_on_the_organisers_home_and_never_where_heads_are_counted(self, date, organiser):
        rounds = make_session(event=make_text(EventPage, "Rounds", event_kind="rounds"), starts=date.starts_at)
        book(key=rounds.key, person=organiser, now=timezone.now())
        assert list(open_lists(after(date))) == [date]
        due, _ = due_items(organiser, after(date))
        assert "A list of who came is not closed: Practice day" in [one.words for one in due]
        with pytest.raises(NotPossible, match="heads"):
            close_list(date=rounds.dates.get(), by=organiser, now=after(date))

    def test_on_the_screen_is_one_press_and_its_undo(self, date, organiser, practitioner, signed_in):
        address = f"/events/desk/{date.session.key}/dates/{date.key}/"
        with time_machine.travel(after(date)):
            client = signed_in(organiser)
            assert "1 other did not come" in client.get(address).content.decode()
            assert "List of who came not closed" in client.get("/events/desk/?show=past").content.decode()
            assert "The list is closed" in client.post(f"{address}close/", follow=True).content.decode()
            assert "The list is not closed" in client.post(f"{address}open/", follow=True).content.decode()
            assert signed_in(practitioner).post(f"{address}close/").status_code == 404


class TestWhoWasMissed:
    @pytest.fixture
    def address(self, date, organiser):
        close_list(date=date, by=organiser, now=after(date))
        return f"/me/bookings/{date.session.bookings.get(person__first_name='Carys').key}/missed/{date.key}/"

    def test_says_what_happened_without_blame_and_only_they_can(self, date, address, people, organiser, signed_in):
        with time_machine.travel(after(date)):
            client = signed_in(people[2])
            assert address in client.get("/me/bookings/").content.decode()
            assert "You were missed at an event" in client.get("/").content.decode()
            assert client.post(address, {}).status_code == 400
            assert "Thank you" in client.post(address, {"why": "court"}, follow=True).content.decode()
            assert address not in client.get("/me/bookings/").content.decode()
            assert signed_in(people[1]).get(address).status_code == 404
            desk = signed_in(organiser).get(f"/events/desk/{date.session.key}/dates/{date.key}/").content.decode()
        assert "Did not come: Court" in desk

    def test_who_was_there_after_all_is_heard_by_the_organiser(self, date, address, people, organiser, signed_in):
        other = make_person("olu", Role.ORGANISER)
        with time_machine.travel(after(date)):
            signed_in(people[2]).post(address, {"why": "there"})
        assert not OutgoingMail.objects.filter(to=other.email).exists()
        assert "They say that they were there" in OutgoingMail.objects.get(to=organiser.email).text
        carys = date.session.bookings.get(person=people[2])
        mark(booking=carys, date=date, came="yes", by=organiser, now=after(date), reason="Was there.")
        with time_machine.travel(after(date)):
            assert signed_in(people[2]).get(address).status_code == 404

    def test_may_say_so_for_sixty_days_and_the_form_says_until_when(self, date, address, people, signed_in):
        assert settings.HUB_MISSED_DAYS == 60
        last = date.ends_at + timedelta(days=60)
        for moment, until in ((last - timedelta(seconds=1), 302), (last, 409)):
            with time_machine.travel(moment, tick=False):
                client = signed_in(people[2])
                assert f"until {day(last)}" in client.get(address).content.decode()
                answer = client.post(address, {"why": "court", "words": "It took all day"})
                assert answer.status_code == until
        # What comes too late is not lost to whoever wrote it.
        assert "It took all day" in answer.content.decode()

    @pytest.mark.parametrize("meanwhile", ["opened", "corrected"])
    def test_whose_list_changes_while_they_write_is_told_and_nothing_is_lost_or_broken(
        self, meanwhile, date, address, people, organiser, signed_in, monkeypatch
    ):
        lock = closing.locked

        def first_somebody_else(pk):
            monkeypatch.setattr(closing, "locked", lock)
            if meanwhile == "opened":
                open_list(date=date, by=organiser, now=after(date))
            else:
                carys = date.session.bookings.get(person=people[2])
                mark(booking=carys, date=date, came="yes", by=organiser, now=after(date), reason="Was there")
            return lock(pk)

        monkeypatch.setattr(closing, "locked", first_somebody_else)
        with time_machine.travel(after(date)):
            answer = signed_in(people[2]).post(address, {"why": "court", "words": "It took all day"})
        assert answer.status_code == 409
        assert "nothing to explain" in answer.content.decode()
        assert "It took all day" in answer.content.decode()
        assert not Attendance.objects.filter(why="court").exists()


class TestWhatIsGivenUpAfterADate:
    """A place that ended after a date was over was a place at that date."""

    @pytest.fixture
    def course(self, people, organiser):
        session = make_session(starts=nine_thirty(8), dates=2, organiser=organiser)
        for person in people:
            book(key=session.key, person=person, now=timezone.now())
        return session

    def test_whoever_came_is_still_ticked_though_the_rest_is_called_off(self, course, people, organiser, signed_in):
        first, evening = course.dates.first(), nine_thirty(8) + timedelta(hours=9)
        cancel_session(session=course, by=organiser, now=evening, reason="The trainer is ill.")
        assert list(open_lists(evening)) == [first]
        booking = course.bookings.get(person=people[0])
        assert mark(booking=booking, date=first, came="yes", by=organiser, now=evening).came == "yes"
        with time_machine.travel(evening, tick=False):
            page = signed_in(organiser).get(f"/events/desk/{course.key}/dates/{first.key}/").content.decode()
        assert "1 of 3 are here" in page
        assert close_list(date=first, by=organiser, now=evening) == 2

    def test_whoever_leaves_after_the_first_date_is_on_its_list_and_not_on_the_next(self, course, people, organiser):
        first, second = course.dates.all()
        booking = course.bookings.get(person=people[0])
        leave(booking=booking, by=people[0], now=first.ends_at)
        assert booking in course.bookings.expected_at(first)
        assert booking not in course.bookings.expected_at(second)

    def test_whoever_said_before_the_end_that_they_cannot_come_is_not_missed(self, course, people, organiser):
        first = course.dates.first()
        booking = course.bookings.get(person=people[0])
        leave(booking=booking, by=people[0], now=first.starts_at + timedelta(minutes=5))
        close_list(date=first, by=organiser, now=first.ends_at)
        assert not booking.attendance.exists()
