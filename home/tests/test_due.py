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
from events.models import EventPage
from home.duties.due import due_items
from home.duties.telling import all_duties
from people.models import Team
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
    assert due(signed_in(organiser)) == {"requests-to-organisers": 1}
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
