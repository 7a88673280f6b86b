"""The landing page says what waits, to each by what they do, and nothing that is not theirs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from champions.asking import ask
from champions.tests.test_champions import make_champion
from events.booking.approving import ask_due
from events.booking.verbs import book
from events.briefings.briefing import ask_for_briefing
from events.models import BookingChange, EventPage, Session, What
from home.duties.due import due_items
from home.duties.telling import all_duties, tell_due
from notices.models import OutgoingMail
from people.leaving import leave_service
from people.models import Team, User
from people.roles import Role
from people.standing_in import name_deputy
from tests.builders import day_from_now, make_person, make_session, make_text, make_tool

pytestmark = pytest.mark.django_db


def due(client) -> dict[str, int]:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    return {item["data-due"]: int(item["data-count"]) for item in page.select("[data-due]")}


def test_nothing_is_said_to_be_nothing(practitioner, signed_in):
    client = signed_in(practitioner)
    assert due(client) == {}
    assert "Nothing waits for you" in client.get("/").content.decode()


def test_a_manager_sees_requests_of_the_team_and_a_colleague_does_not(manager, practitioner, signed_in):
    amina = make_person("amina", Role.PRACTITIONER, manager=manager)
    book(key=make_session(needs_approval=True).key, person=amina, now=timezone.now())
    assert due(signed_in(manager)) == {"requests": 1}
    assert due(signed_in(practitioner)) == {}


def test_whoever_answers_for_a_team_sees_its_requests_whatever_their_role(manager, practitioner, signed_in):
    amina = make_person("amina", Role.PRACTITIONER, manager=manager)
    today = timezone.localdate()
    name_deputy(manager=manager, deputy=practitioner, from_day=today, until_day=today)
    book(key=make_session(needs_approval=True).key, person=amina, now=timezone.now())
    assert due(signed_in(practitioner)) == {"requests": 1}


def test_an_organiser_sees_the_requests_of_people_for_whom_nobody_else_is_known(organiser, manager, signed_in):
    amina = make_person("amina", Role.PRACTITIONER)
    booking, _ = book(key=make_session(needs_approval=True).key, person=amina, now=timezone.now())
    ask_due(now=timezone.now())
    page = signed_in(organiser).get("/").content.decode()
    assert due(signed_in(organiser)) == {"desk-requests": 1}
    assert f"/events/desk/{booking.session.key}/" in page
    amina.manager = manager
    amina.save()
    ask_due(now=timezone.now() + timedelta(minutes=1))
    assert due(signed_in(organiser)) == {}
    assert due(signed_in(manager)) == {"requests": 1}


def test_a_champion_sees_questions_and_whoever_asked_the_answer(champion, practitioner, signed_in):
    profile = make_champion(person=champion)
    question = ask(champion=profile, asker=practitioner, text="How?", key=uuid4(), now=timezone.now())
    assert due(signed_in(champion)) == {"questions": 1}
    signed_in(champion).post(f"/me/questions/{question.key}/answer/", {"answer": "Slowly."})
    assert due(signed_in(champion)) == {}
    assert due(signed_in(practitioner)) == {"answers": 1}


def test_an_owner_sees_pages_that_are_due_and_the_principal_social_worker_all_that_are_late(
    editor, psw, practitioner, signed_in
):
    for days, steward in ((-3, editor), (10, editor), (200, editor), (-3, None)):
        make_tool(
            f"Tool {days} {steward}", steward=steward, reviewed_on=day_from_now(-300), next_review=day_from_now(days)
        )
    assert due(signed_in(editor))["reviews"] == 2
    assert due(signed_in(psw)) == {"overdue": 2}
    assert due(signed_in(practitioner)) == {}
    page = signed_in(editor).get("/me/pages/").content.decode()
    assert page.index("Tool -3") < page.index("Tool 10") < page.index("Tool 200")
    assert "/edit/" in page


def test_an_organiser_sees_briefings_that_teams_ask_for_and_the_coming_week(organiser, manager, signed_in):
    event = make_text(EventPage, "Briefing", event_kind="team-briefing")
    manager.team = Team.objects.create(name="North")
    manager.save()
    ask_for_briefing(event=event, team=manager.team, by=manager, wanted="Soon", people=4, now=timezone.now())
    make_session(event=event, organiser=organiser, starts=timezone.now() + timedelta(days=2))
    assert due(signed_in(organiser)) == {"briefings": 1, "sessions": 1}


def test_somebody_with_every_role_sees_each_thing_once_and_it_is_two_queries(hub, django_assert_num_queries):
    everybody = make_person("everybody", *Role)
    assert everybody.roles
    due_items(everybody, timezone.now())
    # Whose yes a request waits for is a rule that no query can say, and asked first.
    with django_assert_num_queries(2):
        assert due_items(everybody, timezone.now()) == ([], [])
    assert len({duty.name for duty in all_duties()}) == len(all_duties())


class TestWhoeverAnswersARequestFindsItOnTheLandingPage:
    """Whoever is written to, whatever their role: home and mail say the same."""

    @pytest.fixture
    def asked(self, hub):
        """A request of somebody whose manager has no role of a manager."""
        lead = make_person("lead", Role.PRACTITIONER)
        amina = make_person("amina", Role.PRACTITIONER, manager=lead)
        book(key=make_session(needs_approval=True).key, person=amina, now=timezone.now())
        return amina

    def sees(self, person, signed_in) -> dict[str, int]:
        """What they see there, once it is made sure that they, and nobody else, were asked by mail."""
        ask_due(now=timezone.now())
        told = BookingChange.objects.filter(what=What.ASKED).values_list("person__email", flat=True)
        assert person.email in told
        return due(signed_in(person))

    def test_a_manager_who_has_no_role_of_one(self, asked, signed_in):
        assert self.sees(asked.manager, signed_in) == {"requests": 1}

    def test_who_stands_in(self, asked, signed_in):
        ben, today = make_person("ben", Role.PRACTITIONER), timezone.localdate()
        name_deputy(manager=asked.manager, deputy=ben, from_day=today, until_day=today)
        assert self.sees(ben, signed_in) == {"requests": 1}

    def test_the_organiser_where_nobody_is_known(self, asked, organiser, signed_in):
        User.objects.filter(pk=asked.pk).update(manager=None)
        assert self.sees(organiser, signed_in) == {"desk-requests": 1}
        page = BeautifulSoup(signed_in(organiser).get("/").content, "html.parser")
        [link] = page.select("[data-due=desk-requests] a")
        assert f"/events/desk/{Session.objects.get().key}/" in link["href"]
        assert "Amina" in page.select_one("[data-due=desk-requests]").text

    def test_and_an_organiser_no_longer_once_somebody_answers_for_them(self, asked, organiser, manager, signed_in):
        User.objects.filter(pk=asked.pk).update(manager=None)
        ask_due(now=timezone.now())
        User.objects.filter(pk=asked.pk).update(manager=manager)
        assert due(signed_in(organiser)) == {}
        User.objects.filter(pk=asked.pk).update(manager=None, team=Team.objects.create(name="North"))
        assert due(signed_in(organiser)) == {"desk-requests": 1}
        User.objects.filter(pk=manager.pk).update(team=Team.objects.get())
        assert due(signed_in(organiser)) == {}

    def test_nobody_who_organises_no_longer(self, asked, organiser, signed_in):
        User.objects.filter(pk=asked.pk).update(manager=None)
        ask_due(now=timezone.now())
        organiser.groups.clear()
        assert due(signed_in(organiser)) == {}


class TestAListThatIsNotClosed:
    @pytest.fixture
    def over(self, practitioner):
        guest = make_person("guest", Role.PRACTITIONER)
        session = make_session(organiser=guest)
        book(key=session.key, person=practitioner, now=timezone.now())
        ended = timezone.now() - timedelta(hours=2)
        session.dates.update(starts_at=ended - timedelta(hours=2), ends_at=ended)
        Session.objects.update(starts_at=ended - timedelta(hours=2), ends_at=ended)
        return guest

    def told(self) -> set[str]:
        tell_due(now=timezone.now())
        return set(OutgoingMail.objects.filter(kind="waits-list").values_list("to", flat=True))

    def test_waits_for_whoever_is_named_though_they_have_no_role_of_an_organiser(self, over, organiser, signed_in):
        assert due(signed_in(over))["lists"] == 1
        assert due(signed_in(organiser)) == {}
        assert self.told() == {over.email}

    @pytest.mark.parametrize("how", ["by the verb", "as found by the job"])
    def test_is_every_organisers_once_who_was_named_has_left(self, over, organiser, signed_in, how):
        if how == "by the verb":
            leave_service(person=over, by=None, now=timezone.now())
        else:
            User.objects.filter(pk=over.pk).update(is_active=False)
        assert due(signed_in(organiser))["lists"] == 1
        assert self.told() == {organiser.email}
