"""Programmes as people rely on them: their ticks stay theirs, and are counted once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events.attendance.attending import mark
from events.booking.verbs import book
from events.models import Came, EventPage, KindRules
from guidance.models import ProgrammePage
from learning import programmes
from learning.checklists import checklists, counts
from learning.models import Enrolment, StepDone
from learning.retention import forget
from notices.models import OutgoingMail
from pages.models import HubPage
from people.refusals import NotPossible
from people.roles import Role
from tests.builders import PARAGRAPH, make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db

STEPS = [
    {"type": "milestone", "id": f"step-{n}", "value": {"when": f"Month {n}", "title": title, "detail": ""}}
    for n, title in enumerate(["Agree your plan", "Be watched on a visit", "Hold your review"], 1)
]


def today():
    return timezone.localdate()


@pytest.fixture
def programme(hub):
    return make_text(ProgrammePage, "First year", body=PARAGRAPH, who_for="Everybody new", milestones=STEPS)


def join(person, programme, by=None):
    return programmes.join(person=person, programme=programme, by=by or person, today=today())


def tick(enrolment, key="step-1", *, by=None, on=None, title="Agree your plan"):
    day = on or today()
    return programmes.tick(
        enrolment=enrolment, milestone=key, title=title, on=day, by=by or enrolment.person, today=today()
    )


def checklist(enrolment):
    page = ProgrammePage.objects.get(pk=enrolment.programme_id)
    return checklists([enrolment], {page.pk: page.steps()})[0]


def test_a_tick_counts_once_and_can_be_taken_back(practitioner, programme):
    enrolment = join(practitioner, programme)
    tick(enrolment)
    tick(enrolment, on=today() - timedelta(days=3))
    own = checklist(enrolment)
    assert (own.done, own.steps, own.next_step.title) == (1, 3, "Be watched on a visit")
    assert own.rows[0].on == today() - timedelta(days=3)
    programmes.untick(enrolment=enrolment, milestone="step-1", by=practitioner)
    assert checklist(enrolment).done == 0


def test_joining_twice_is_once_and_coming_back_finds_what_was_done(practitioner, programme):
    enrolment = join(practitioner, programme)
    tick(enrolment)
    programmes.leave(enrolment=enrolment, by=practitioner, today=today())
    with pytest.raises(NotPossible, match="You have left"):
        tick(Enrolment.objects.get(pk=enrolment.pk), "step-2")
    again = join(practitioner, programme)
    assert again.pk == enrolment.pk == join(practitioner, programme).pk
    assert checklist(again).done == 1


def test_milestones_that_are_moved_reworded_or_taken_out_take_nobodys_ticks(practitioner, programme):
    enrolment = join(practitioner, programme)
    tick(enrolment, "step-1")
    tick(enrolment, "step-2", title="Be watched on a visit")
    reworded = {**STEPS[0], "value": {**STEPS[0]["value"], "title": "Agree how you will learn"}}
    programme.milestones = [STEPS[2], reworded]
    programme.save_revision().publish()
    own = checklist(enrolment)
    assert [(row.step.title, row.is_done) for row in own.rows] == [
        ("Hold your review", False),
        ("Agree how you will learn", True),
    ]
    assert [step.title for step in own.gone] == ["Be watched on a visit"]


def test_a_deleted_programme_leaves_people_their_steps(practitioner, programme):
    enrolment = join(practitioner, programme)
    tick(enrolment)
    programme.delete()
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    assert enrolment.title == "First year"
    assert checklists([enrolment], {})[0].gone[0].title == "Agree your plan"


@pytest.mark.parametrize(("days", "words"), [(1, "still to come"), (-4000, "three years")])
def test_a_day_that_cannot_be_is_refused_in_words(practitioner, programme, days, words):
    enrolment = join(practitioner, programme)
    with pytest.raises(NotPossible, match=words):
        tick(enrolment, on=today() + timedelta(days=days))


class TestWhoMay:
    def test_only_the_person_ticks_their_steps(self, manager, programme):
        person = make_person("leila", Role.PRACTITIONER, manager=manager)
        enrolment = join(person, programme, by=manager)
        with pytest.raises(PermissionDenied):
            tick(enrolment, by=manager)
        with pytest.raises(PermissionDenied):
            programmes.untick(enrolment=enrolment, milestone="step-1", by=manager)

    def test_a_manager_puts_their_own_team_on_it_and_nobody_else(self, manager, practitioner, programme):
        own = make_person("leila", Role.PRACTITIONER, manager=manager)
        join(own, programme, by=manager)
        letter = OutgoingMail.objects.get(kind="enrolled")
        assert letter.to == own.email
        assert "/me/programmes/" in letter.text
        with pytest.raises(PermissionDenied):
            join(practitioner, programme, by=manager)
        with pytest.raises(PermissionDenied):
            programmes.leave(enrolment=join(practitioner, programme), by=manager, today=today())

    def test_the_principal_social_worker_puts_anybody_on_it(self, psw, practitioner, programme):
        assert join(practitioner, programme, by=psw).enrolled_by == psw

    def test_nobody_is_put_on_what_they_cannot_open(self, psw, partner, programme):
        HubPage.objects.filter(pk=programme.pk).update(audience=HubPage.Audience.STAFF)
        with pytest.raises(NotPossible, match="cannot open"):
            join(partner, programme, by=psw)


class TestTiedToAnEvent:
    @pytest.fixture
    def session(self, hub):
        event = make_text(EventPage, "Module 1", event_kind="training")
        return make_session(event=event, starts=nine_thirty(-1), hours=1)

    @pytest.fixture
    def tied(self, session):
        steps = [{**STEPS[0], "value": {**STEPS[0]["value"], "event": session.event_id}}]
        return make_text(ProgrammePage, "Managers", body=PARAGRAPH, who_for="Managers", milestones=steps)

    def booked(self, session, person):
        return book(key=session.key, person=person, now=session.starts_at - timedelta(days=1))[0]

    def test_the_step_is_done_when_the_organiser_says_who_came_and_not_when_it_was_a_mistake(
        self, session, tied, practitioner, organiser
    ):
        booking, date = self.booked(session, practitioner), session.dates.get()
        enrolment = join(practitioner, tied)
        assert checklist(enrolment).done == 0
        said = {"booking": booking, "date": date, "by": organiser, "now": date.ends_at}
        mark(came=Came.YES, **said)
        row = checklist(enrolment).rows[0]
        assert row.on == timezone.localdate(date.starts_at)
        assert not row.ticked
        mark(came=Came.NO, **said)
        assert checklist(enrolment).done == 0
        mark(came=Came.YES, **said)
        mark(came="", **said)
        assert checklist(enrolment).done == 0

    def test_who_came_before_joining_has_it_done_already(self, session, tied, practitioner, organiser):
        booking, date = self.booked(session, practitioner), session.dates.get()
        mark(booking=booking, date=date, came=Came.YES, by=organiser, now=date.ends_at)
        assert checklist(join(practitioner, tied)).done == 1

    def test_nothing_is_told_of_kinds_where_a_manager_may_not_know_who_came(self, session, practitioner, organiser):
        KindRules.objects.filter(kind="training").update(attendance=KindRules.Attendance.ORGANISER)
        booking, date = self.booked(session, practitioner), session.dates.get()
        mark(booking=booking, date=date, came=Came.YES, by=organiser, now=date.ends_at)
        assert not practitioner.attended.exists()


def test_counts_are_of_these_people_and_of_these_steps(programme, practitioner, champion):
    for person in (practitioner, champion):
        tick(join(person, programme))
    tick(Enrolment.objects.get(person=champion), "step-3")
    lists = checklists(Enrolment.objects.all(), {programme.pk: programme.steps()})
    assert [n for _, n in counts(lists)] == [2, 0, 1]
    assert counts([]) == []


def test_checklists_of_many_people_are_one_query(programme, django_assert_num_queries):
    for number in range(5):
        tick(join(make_person(f"person{number}", Role.PRACTITIONER), programme))
    enrolments, steps = list(Enrolment.objects.all()), {programme.pk: programme.steps()}
    with django_assert_num_queries(1):  # no step is tied to an event, so nobody asks who came
        lists = checklists(enrolments, steps)
    assert sum(one.done for one in lists) == StepDone.objects.count() == 5


def test_what_was_left_or_attended_long_ago_is_forgotten_but_not_of_who_is_on_a_programme(
    programme, practitioner, champion, settings
):
    long_ago = today() - timedelta(days=31 * settings.HUB_TIME_KEEP_MONTHS)
    for person in (practitioner, champion):
        programmes.attended(person=person, page_id=programme.pk, on=long_ago, source="session-date:1")
        tick(join(person, programme))
    programmes.leave(enrolment=Enrolment.objects.get(person=champion), by=champion, today=long_ago)
    for _ in range(2):
        forget(now=timezone.now())
    assert list(Enrolment.objects.values_list("person", flat=True)) == [practitioner.pk]
    assert practitioner.attended.exists()
    assert not champion.attended.exists()
