"""What people were promised about time: when a place is theirs to give up, whose turn it is, what is forgotten when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from events.attendance.lists import teams
from events.booking.approving import approve
from events.booking.retention import forget
from events.booking.team_places import keep_places
from events.booking.times import deadline, offer_ends
from events.booking.verbs import book, leave
from events.dates.working_days import working_day_before, working_days_after
from events.models import (
    Attendance,
    AttendanceCorrection,
    Booking,
    BookingChange,
    KindRules,
    Provision,
    Session,
    SessionChange,
)
from people.models import Team
from people.refusals import NotPossible
from people.roles import Role
from tests.builders import in_a_working_week, make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
BEFORE = nine_thirty(1)


@pytest.fixture
def crowd(hub):
    return [make_person(f"colleague{number}", Role.PRACTITIONER) for number in range(4)]


class TestAPlaceAtASessionThatIsOver:
    @pytest.mark.parametrize("after", [timedelta(0), MINUTE, 30 * DAY], ids=str)
    def test_cannot_be_given_up_any_more_and_stays_as_it_was(self, crowd, after):
        session = make_session()
        booking, _ = book(key=session.key, person=crowd[0], now=BEFORE)
        with pytest.raises(NotPossible, match="is over"):
            leave(booking=booking, by=crowd[0], now=session.dates.get().ends_at + after)
        assert Booking.objects.get().state == "booked"

    def test_can_be_given_up_until_then(self, crowd):
        session = make_session()
        booking, _ = book(key=session.key, person=crowd[0], now=BEFORE)
        leave(booking=booking, by=crowd[0], now=session.dates.get().starts_at - MINUTE)
        assert Booking.objects.get().state == "cancelled"


class TestAnOffer:
    @pytest.mark.parametrize("hours_left", [2, 6, 20, 40, 400])
    def test_never_outlives_the_waiting_list(self, hub, hours_left):
        now = in_a_working_week(0, 10)
        session = make_session(starts=now + 30 * DAY, queue_closes_at=now + timedelta(hours=hours_left))
        assert now < offer_ends(session, now) <= session.queue_closes

    def test_ends_when_the_list_closes_even_where_no_office_is_open_before(self):
        saturday = in_a_working_week(5, 10)
        assert deadline(saturday, 1, no_later=saturday + timedelta(hours=3)) == saturday + timedelta(hours=3)


class TestARequestThatIsApproved:
    """The queue is one: whoever asked earlier is first, whether they wait for a place or for a yes."""

    @pytest.fixture
    def full(self, crowd, organiser):
        """One place, taken, of a session that gives free places by hand; two have asked, one minute apart."""
        session = make_session(capacity=1, needs_approval=True, waiting_rule=Session.WaitingRule.BY_HAND)
        asked = [book(key=session.key, person=crowd[n], now=BEFORE + n * MINUTE)[0] for n in range(3)]
        approve(booking=asked[0], by=organiser, now=BEFORE + 5 * MINUTE)
        return asked

    def test_does_not_overtake_who_was_approved_and_waits_since_earlier(self, full, crowd, organiser):
        first, earlier, later = full
        assert approve(booking=earlier, by=organiser, now=BEFORE + 6 * MINUTE).state == "waiting"
        leave(booking=first, by=crowd[0], now=BEFORE + 7 * MINUTE)
        assert approve(booking=later, by=organiser, now=BEFORE + 8 * MINUTE).state == "waiting"
        assert [one.person for one in Booking.objects.next_in_line()] == crowd[1:3]

    def test_goes_before_who_asked_later_and_was_approved_first(self, full, crowd, organiser):
        first, earlier, later = full
        assert approve(booking=later, by=organiser, now=BEFORE + 6 * MINUTE).state == "waiting"
        leave(booking=first, by=crowd[0], now=BEFORE + 7 * MINUTE)
        assert approve(booking=earlier, by=organiser, now=BEFORE + 8 * MINUTE).state == "booked"


class TestWhatIsForgotten:
    @pytest.fixture
    def over(self, crowd):
        """A session with four bookings, each with what to provide."""
        session = make_session()
        for person in crowd:
            booking, _ = book(key=session.key, person=person, now=BEFORE)
            Provision.objects.create(booking=booking, access="A ramp", food="No nuts")
        return session

    def test_is_what_to_provide_28_days_after_the_end_and_not_a_minute_earlier(self, over):
        assert settings.HUB_PROVISION_DAYS == 28
        ends = over.dates.get().ends_at
        forget(now=ends + 28 * DAY)
        assert Provision.objects.count() == 4
        forget(now=ends + 28 * DAY + MINUTE)
        assert not Provision.objects.exists()
        assert Booking.objects.exclude(person=None).count() == 4

    @pytest.mark.parametrize("state", ["cancelled", "declined", "expired"])
    def test_is_what_to_provide_for_a_booking_that_ended_at_the_next_run(self, over, crowd, state):
        more = {"cancelled_at": BEFORE} if state == "cancelled" else {}
        Booking.objects.filter(person=crowd[0]).update(state=state, place=None, of_places=None, booked_at=None, **more)
        forget(now=BEFORE + DAY)
        assert {one.booking.person for one in Provision.objects.all()} == set(crowd[1:])

    def test_is_who_came_after_the_months_of_the_kind_and_numbers_stay(self, over, organiser):
        KindRules.objects.filter(kind=over.event.event_kind).update(keep_months=12)
        date = over.dates.get()
        for booking in Booking.objects.all():
            Attendance.objects.create(booking=booking, date=date, came="yes", minutes=90, how="list", at=date.ends_at)
        Booking.objects.update(note="Bringing a colleague", reason_words="Ill")
        forget(now=date.ends_at + 360 * DAY)
        assert Booking.objects.exclude(person=None).count() == 4
        forget(now=date.ends_at + 370 * DAY)
        assert set(Booking.objects.values_list("person", "reserved_by", "note", "reason_words")) == {
            (None, None, "", "")
        }
        assert not BookingChange.objects.exists()
        assert Attendance.objects.filter(came="yes").count() == 4

    def test_is_with_the_names_whatever_else_would_tell_of_them(self, over, organiser):
        KindRules.objects.filter(kind=over.event.event_kind).update(keep_months=12)
        date, booking = over.dates.get(), Booking.objects.first()
        Attendance.objects.create(
            booking=booking,
            date=date,
            came="no",
            minutes=0,
            how=Attendance.How.CLOSING,
            why="court",
            why_words="A hearing",
            at=date.ends_at,
        )
        AttendanceCorrection.objects.create(
            booking=booking, date=date, was="yes", now="no", by=organiser, reason="Amina told me", at=date.ends_at
        )
        SessionChange.objects.create(session=over, after={}, at=date.ends_at)
        young = make_session(event=over.event, starts=nine_thirty(21) + 300 * DAY)
        recent, _ = book(key=young.key, person=booking.person, now=BEFORE)
        Attendance.objects.create(
            booking=recent, date=young.dates.get(), came="no", minutes=0, how="shut", why="unwell", at=date.ends_at
        )
        AttendanceCorrection.objects.create(
            booking=recent, date=young.dates.get(), was="yes", now="no", by=organiser, reason="x", at=date.ends_at
        )
        SessionChange.objects.create(session=young, after={}, at=date.ends_at)
        forget(now=date.ends_at + 370 * DAY)
        of_then = Attendance.objects.exclude(booking=recent)
        assert list(of_then.values_list("came", "how", "why", "why_words")) == [("no", "list", "", "")]
        # Of a session that is not so long ago all is there.
        assert list(SessionChange.objects.values_list("session", flat=True)) == [young.pk]
        assert Booking.objects.exclude(person=None).get().session == young
        assert BookingChange.objects.filter(booking__session=young).exists()
        assert Attendance.objects.get(booking=recent).why == "unwell"
        assert AttendanceCorrection.objects.get().booking == recent

    def test_is_who_kept_a_place_that_was_never_named(self, over, manager):
        KindRules.objects.filter(kind=over.event.event_kind).update(keep_months=12)
        keep_places(session=over, manager=manager, number=1, now=BEFORE)
        Booking.objects.exclude(person=None).delete()
        forget(now=over.dates.get().ends_at + 370 * DAY)
        assert Booking.objects.get().reserved_by is None

    def test_of_one_kind_takes_nothing_of_another(self, over):
        KindRules.objects.exclude(kind=over.event.event_kind).update(keep_months=1)
        KindRules.objects.filter(kind=over.event.event_kind).update(keep_months=36)
        SessionChange.objects.create(session=over, after={}, at=BEFORE)
        forget(now=over.dates.get().ends_at + 400 * DAY)
        assert Booking.objects.exclude(person=None).count() == 4
        assert SessionChange.objects.exists()


def test_a_team_of_which_nobody_came_is_not_shown_as_none(hub, organiser):
    """Nought tells of each of them as surely as a name does."""
    session = make_session(starts=nine_thirty(8), capacity=40)
    date = session.dates.get()
    for name, came, people in (("North", True, 7), ("South", True, 6), ("West", False, 6)):
        team = Team.objects.create(name=name)
        for number in range(people):
            person = make_person(f"{name}{number}".lower(), Role.PRACTITIONER, team=team)
            booking, _ = book(key=session.key, person=person, now=BEFORE)
            said = "yes" if came else "no"
            Attendance.objects.create(booking=booking, date=date, came=said, minutes=90, how="list", at=date.starts_at)
    shown = dict(teams(session).rows[:3])
    assert shown["West"] == "Not shown"
    assert 0 not in shown.values()


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        # As rows come out of the database: by the clock they are kept by, over the nights on which ours changes.
        (datetime(2026, 10, 23, 8, 30, tzinfo=UTC), datetime(2026, 10, 26, 9, 30, tzinfo=UTC)),
        (datetime(2027, 3, 25, 9, 30, tzinfo=UTC), datetime(2027, 3, 30, 8, 30, tzinfo=UTC)),
    ],
)
def test_half_past_nine_stays_half_past_nine_when_the_clocks_change(asked, until):
    assert working_days_after(asked, 1) == until
    assert working_day_before(until) == asked
