"""Protected time as it is counted: by its person, by what they attended, and for a team without names."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from learning import time, wording
from learning.models import LearningSettings, TimeEntry, TimeState
from people.roles import Role
from tests.builders import make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 10)
TAKEN, PLANNED, LOST = TimeState.TAKEN, TimeState.PLANNED, TimeState.LOST


def write(person, minutes, state=TAKEN, *, on=NOVEMBER, what="Reading", source=""):
    return time.record(person=person, on=on, minutes=minutes, state=state, what=what, source=source)


@pytest.fixture
def team(manager):
    """Five people whose manager is the manager."""
    return [make_person(f"member{number}", Role.PRACTITIONER, manager=manager) for number in range(5)]


class TestWords:
    @pytest.mark.parametrize(
        ("minutes", "words"),
        [
            (0, "0 hours"),
            (1, "1 minute"),
            (30, "30 minutes"),
            (60, "1 hour"),
            (61, "1 hour 1 minute"),
            (75, "1.25 hours"),
            (90, "1.5 hours"),
            (110, "1 hour 50 minutes"),
            (120, "2 hours"),
            (1_234_575, "20,576.25 hours"),
        ],
    )
    def test_a_length_is_said_as_people_say_it(self, minutes, words):
        assert wording.length(minutes) == words

    @pytest.mark.parametrize(
        ("part", "whole", "words"),
        [
            (0, 120, "0 of 2 hours"),
            (90, 120, "1.5 of 2 hours"),
            (15, 120, "0.25 of 2 hours"),
            (50, 120, "50 minutes of 2 hours"),
            (30, 60, "0.5 of 1 hour"),
            (150, 120, "2.5 of 2 hours"),
            (20, 45, "20 minutes of 45 minutes"),
        ],
    )
    def test_so_much_of_what_is_protected(self, part, whole, words):
        assert wording.of(part, whole) == words


class TestAMonth:
    def test_whoever_came_to_an_hour_and_a_half_has_one_and_a_half_of_two_hours(self, practitioner):
        session = make_session(hours=1.5, starts=nine_thirty(0))
        attended = session.dates.get()
        on = attended.starts_at.date()
        for _ in range(2):
            time.record(
                person=practitioner,
                on=on,
                minutes=attended.minutes,
                state=TAKEN,
                what=str(session),
                source=f"session-date:{attended.pk}",
            )
        assert time.month(practitioner, on).words == "1.5 of 2 hours"

    def test_tells_taken_planned_and_lost_apart(self, practitioner):
        for minutes, state in ((60, TAKEN), (15, TAKEN), (30, PLANNED), (45, LOST)):
            write(practitioner, minutes, state)
        found = time.month(practitioner, NOVEMBER)
        assert (found.taken, found.planned, found.lost, found.target) == (75, 30, 45, 120)
        assert found.title == "November 2026"
        assert [part["words"] for part in found.parts] == [
            "1.25 hours taken",
            "30 minutes planned",
            "45 minutes lost to work",
        ]

    def test_holds_its_first_and_its_last_day_and_nobody_elses_time(self, practitioner, editor):
        for on in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)):
            write(practitioner, 10, on=on)
        write(editor, 60)
        assert time.month(practitioner, date(2026, 11, 30)).taken == 20
        assert len(time.entries(practitioner, date(2026, 11, 1))) == 2
        assert time.month(practitioner, date(2026, 12, 31)).taken == 10

    def test_counts_against_what_the_council_protects(self, practitioner):
        assert not LearningSettings.objects.exists()
        assert time.month(practitioner, NOVEMBER).target == 120
        assert not LearningSettings.objects.exists()
        LearningSettings.objects.create(protected_minutes=240)
        assert time.month(practitioner, NOVEMBER).words == "0 of 4 hours"

    @pytest.mark.parametrize("minutes", [(30, 0, 0), (300, 0, 0), (50, 50, 50), (7, 11, 600)])
    def test_its_bar_never_leaves_its_track(self, minutes):
        taken, planned, lost = minutes
        parts = time.Month(first=NOVEMBER, taken=taken, planned=planned, lost=lost, target=120).parts
        end = 0.0
        for part in parts:
            assert float(part["x"]) == pytest.approx(end, abs=0.01)
            end = float(part["x"]) + float(part["width"])
        assert end <= 100.05

    def test_is_read_with_one_question_however_much_is_in_it(self, practitioner, django_assert_num_queries):
        for _ in range(40):
            write(practitioner, 5)
        with django_assert_num_queries(1):
            time.month(practitioner, NOVEMBER)


class TestRecord:
    def test_of_one_source_is_written_once_and_changes_with_it(self, practitioner):
        write(practitioner, 90, PLANNED, source="session-date:12")
        write(practitioner, 60, TAKEN, source="session-date:12", on=date(2026, 12, 1), what="Practice day")
        entry = TimeEntry.objects.get()
        assert (entry.minutes, entry.state, entry.on, entry.what) == (60, TAKEN, date(2026, 12, 1), "Practice day")

    def test_of_one_source_is_each_persons_own(self, practitioner, editor):
        for person in (practitioner, editor):
            write(person, 90, source="session-date:12")
        assert TimeEntry.objects.count() == 2

    def test_without_a_source_is_written_each_time(self, practitioner):
        write(practitioner, 30)
        write(practitioner, 30)
        assert time.month(practitioner, NOVEMBER).taken == 60

    def test_of_no_time_leaves_nothing(self, practitioner):
        write(practitioner, 90, source="session-date:12")
        assert write(practitioner, 0, source="session-date:12") is None
        assert write(practitioner, -5) is None
        assert not TimeEntry.objects.exists()

    def test_takes_a_title_and_a_day_that_are_too_long(self, practitioner):
        entry = write(practitioner, 5000, what="x" * 400)
        assert (len(entry.what), entry.minutes) == (120, 24 * 60)

    def test_can_be_taken_back_again_and_again(self, practitioner, editor):
        for person in (practitioner, editor):
            write(person, 90, source="session-date:12")
        for _ in range(2):
            time.remove(person=practitioner, source="session-date:12")
        time.remove(person=editor, source="")
        assert TimeEntry.objects.get().person == editor

    @pytest.mark.parametrize("minutes", [0, 1441])
    def test_the_database_itself_keeps_no_time_that_cannot_be(self, practitioner, minutes):
        with pytest.raises(IntegrityError), transaction.atomic():
            TimeEntry.objects.create(person=practitioner, on=NOVEMBER, minutes=minutes, state=TAKEN, what="x")

    def test_goes_with_its_person(self, practitioner):
        write(practitioner, 90)
        practitioner.delete()
        assert not TimeEntry.objects.exists()


class TestWhoMayChangeIt:
    def test_only_the_person_not_the_manager_and_no_administrator(self, practitioner, manager, administrator):
        practitioner.manager = manager
        practitioner.save()
        entry = write(practitioner, 90, PLANNED)
        for other in (manager, administrator):
            with pytest.raises(PermissionDenied):
                time.mark(entry=entry, state=TAKEN, by=other, today=NOVEMBER)
            with pytest.raises(PermissionDenied):
                time.delete(entry=entry, by=other)
        time.mark(entry=entry, state=LOST, by=practitioner, today=NOVEMBER)
        assert TimeEntry.objects.get().state == LOST

    def test_what_is_still_to_come_is_not_taken_but_may_be_lost(self, practitioner):
        entry = write(practitioner, 90, PLANNED)
        with pytest.raises(time.NotYet):
            time.mark(entry=entry, state=TAKEN, by=practitioner, today=date(2026, 11, 9))
        assert TimeEntry.objects.get().state == PLANNED
        time.mark(entry=entry, state=LOST, by=practitioner, today=date(2026, 11, 9))
        time.mark(entry=entry, state=TAKEN, by=practitioner, today=NOVEMBER)
        assert TimeEntry.objects.get().state == TAKEN


class TestTeamTotals:
    def test_are_the_sum_of_all_against_what_is_protected_for_all(self, manager, team, practitioner):
        for number, member in enumerate(team):
            write(member, 30 * number)
        write(team[0], 60, LOST)
        write(practitioner, 600)
        totals = time.team_totals(manager, NOVEMBER)
        assert (totals.people, totals.month.taken, totals.month.lost, totals.month.target) == (5, 300, 60, 600)
        assert totals.month.words == "5 of 10 hours"

    def test_are_hidden_for_fewer_than_five_people_and_leavers_do_not_count(self, manager, team):
        for member in team:
            write(member, 60)
        team[0].is_active = False
        team[0].save()
        totals = time.team_totals(manager, NOVEMBER)
        assert (totals.people, totals.month) == (4, None)

    def test_hold_nothing_of_the_managers_own(self, manager, team):
        write(manager, 600)
        assert time.team_totals(manager, NOVEMBER).month.taken == 0

    def test_are_for_managers(self, practitioner, administrator):
        for person in (practitioner, administrator):
            with pytest.raises(PermissionDenied):
                time.team_totals(person, NOVEMBER)

    def test_ask_no_more_of_the_database_for_a_large_team(self, manager, team, django_assert_max_num_queries):
        for member in team:
            write(member, 10)
        with django_assert_max_num_queries(4):
            time.team_totals(manager, NOVEMBER)
