"""Managers ask for a briefing of their team, organisers answer, and teams that were not reached stand out."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.booking.organising import cancel_date, cancel_session
from events.booking.retention import forget
from events.briefings.briefing import accept_briefing, ask_for_briefing, decline_briefing
from events.briefings.interest import ask_for_a_date
from events.models import BriefingRequest, EventPage, KindRules, Session
from notices.models import OutgoingMail
from people.models import Team
from people.refusals import NotAllowed, NotPossible
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db
WISH = {"people": 12, "wanted": "Tuesdays, 9.30 to 11"}


@pytest.fixture
def event(hub):
    return make_text(EventPage, "Briefing", event_kind="team-briefing")


@pytest.fixture
def north(hub):
    return Team.objects.create(name="Assessment, north", district="North")


@pytest.fixture
def manager(manager, north):
    manager.team = north
    manager.save()
    return manager


@pytest.fixture
def page(manager, signed_in):
    return signed_in(manager)


@pytest.fixture
def desk(organiser, signed_in):
    return signed_in(organiser)


@pytest.fixture
def wish(event, north, manager):
    return ask_for_briefing(event=event, team=north, by=manager, now=timezone.now(), **WISH)[0]


def words(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


def session_form(event, **fields) -> dict:
    starts = nine_thirty(20)
    dates = [{"starts_at": f"{starts:%Y-%m-%d %H:%M}", "ends_at": f"{starts + timedelta(hours=1):%Y-%m-%d %H:%M}"}]
    basis = {"event": event.pk, "held": "in-person", "place": "Team room", "capacity": 12}
    rules = {"waiting_rule": "closeness", "offer_days": 1, "approval_days": 3}
    sets = {"dates": inline_formset(dates), "breakouts": inline_formset([])}
    return basis | rules | nested_form_data(sets) | fields


class TestAsking:
    def test_is_one_form_on_the_events_page_and_twice_is_once(self, page, event, north, organiser):
        assert f"/events/briefing/{event.pk}/" in page.get(event.address).content.decode()
        for _ in range(2):
            answer = page.post(f"/events/briefing/{event.pk}/", {"team": north.pk, **WISH})
            assert answer.status_code == 302
        assert BriefingRequest.objects.get().wanted == WISH["wanted"]
        assert [mail.to for mail in OutgoingMail.objects.filter(kind="briefing")] == [organiser.email]
        assert "Waiting for an answer" in words(page.get(answer.url))

    def test_a_colleague_who_asks_for_the_same_team_replaces_the_wish_and_whoever_asked_first_is_told(
        self, event, north, manager, wish
    ):
        other = make_person("other", Role.MANAGER, team=north)
        ask_for_briefing(event=event, team=north, by=other, now=timezone.now(), people=4, wanted="Mondays")
        [told] = OutgoingMail.objects.filter(kind="briefing-changed")
        assert told.to == manager.email
        for each in ("Tuesdays, 9.30 to 11", "12 people", "Mondays", str(other)):
            assert each in told.text
        ask_for_briefing(event=event, team=north, by=other, now=timezone.now(), people=5, wanted="Mondays")
        assert OutgoingMail.objects.filter(kind="briefing-changed").count() == 1

    def test_asked_again_with_another_wish_has_the_new_one_and_the_organisers_read_it(
        self, event, north, manager, organiser, wish
    ):
        later = {"people": 15, "wanted": "Thursdays at noon"}
        again, is_new = ask_for_briefing(event=event, team=north, by=manager, now=timezone.now(), **later)
        wish.refresh_from_db()
        assert (again, is_new, wish.wanted, wish.people) == (wish, False, "Thursdays at noon", 15)
        letters = OutgoingMail.objects.filter(to=organiser.email).order_by("pk")
        assert [("Thursdays at noon" in one.text) for one in letters] == [False, True]

    def test_without_an_organiser_is_read_by_who_looks_after_the_hub(self, event, north, manager, administrator, wish):
        assert [mail.to for mail in OutgoingMail.objects.filter(kind="briefing")] == [administrator.email]

    def test_is_taken_back_by_who_asked_and_then_asked_anew(self, page, event, north, wish, signed_in):
        colleague = signed_in(make_person("colleague", Role.MANAGER, team=north))
        assert colleague.post(f"/events/briefing/{wish.key}/withdraw/").status_code == 404
        for _ in range(2):
            assert page.post(f"/events/briefing/{wish.key}/withdraw/").status_code == 302
        page.post(f"/events/briefing/{event.pk}/", {"team": north.pk, **WISH})
        assert sorted(BriefingRequest.objects.values_list("state", flat=True)) == ["asked", "withdrawn"]

    def test_is_for_ones_own_team_and_those_one_manages(self, page, event, manager):
        south, west = Team.objects.create(name="South"), Team.objects.create(name="West")
        make_person("amina", Role.PRACTITIONER, manager=manager, team=south)
        assert page.post(f"/events/briefing/{event.pk}/", {"team": south.pk, **WISH}).status_code == 302
        answer = page.post(f"/events/briefing/{event.pk}/", {"team": west.pk, **WISH})
        assert answer.status_code == 400
        assert "Choose one of your teams" in words(answer)
        with pytest.raises(NotAllowed):
            ask_for_briefing(event=event, team=west, by=manager, now=timezone.now(), **WISH)

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("team", "", "Choose a team"),
            ("team", "x", "Choose one of your teams"),
            ("people", "", "how many people come"),
            ("people", "many", "whole number"),
            ("people", "0", "greater than or equal to 1"),
            ("people", "99999999999999999999", "less than or equal to 500"),
            ("wanted", " ", "Say when it suits you"),
            ("wanted", "x" * 501, "at most 500"),
            ("wanted", "Tues\x00day", "Null characters"),
        ],
    )
    def test_is_refused_at_the_field_and_what_was_typed_stays(self, page, event, north, field, value, says):
        answer = page.post(f"/events/briefing/{event.pk}/", {"team": north.pk, **WISH, field: value})
        assert answer.status_code == 400
        assert says in words(answer)
        assert (str(WISH["people"]) if field != "people" else WISH["wanted"]) in answer.content.decode()
        assert not BriefingRequest.objects.exists()

    def test_says_so_where_the_hub_knows_no_team(self, event, signed_in):
        nobodys = signed_in(make_person("new", Role.MANAGER))
        assert "does not know your team" in words(nobodys.get(f"/events/briefing/{event.pk}/"))

    def test_is_for_managers_and_for_events_that_come_to_teams(
        self, page, event, practitioner, partner, editor, signed_in
    ):
        training = make_text(EventPage, "Training", event_kind="training")
        assert page.get(f"/events/briefing/{training.pk}/").status_code == 404
        assert page.get("/events/briefing/999999/").status_code == 404
        assert "/events/briefing/" not in page.get(training.address).content.decode()
        for person in (practitioner, partner, editor):
            assert signed_in(person).get(f"/events/briefing/{event.pk}/").status_code == 404
            assert "/events/briefing/" not in signed_in(person).get(event.address).content.decode()

    def test_needs_a_token_against_forgery(self, event, manager, organiser, wish):
        for person, path in (
            (manager, f"/events/briefing/{event.pk}/"),
            (manager, f"/events/briefing/{wish.key}/withdraw/"),
            (organiser, f"/events/asked/{wish.key}/decline/"),
        ):
            client = Client(enforce_csrf_checks=True)
            client.force_login(person)
            assert client.post(path, {"reason": "No"}).status_code == 403
        wish.refresh_from_db()
        assert wish.state == "asked"


class TestAnswering:
    def test_a_session_made_for_it_accepts_it_and_the_manager_is_told(self, desk, page, event, north, wish, manager):
        address = f"{reverse('event_sessions:add')}?briefing={wish.key}"
        filled_in = desk.get(address).content.decode()
        assert WISH["wanted"] in filled_in
        assert 'value="Assessment, north"' in filled_in
        assert desk.post(address, session_form(event, teams=[north.pk])).status_code == 302
        wish.refresh_from_db()
        assert wish.state == "accepted"
        assert list(wish.session.teams.all()) == [north]
        mail = OutgoingMail.objects.get(to=manager.email)
        assert "There is a date" in mail.subject
        assert "9.30am" in mail.text
        assert "Book places" in words(page.get(f"/events/briefing/{event.pk}/"))

    def test_a_session_without_a_date_is_not_told_as_a_date(self, desk, event, north, wish, manager):
        address = f"{reverse('event_sessions:add')}?briefing={wish.key}"
        none = nested_form_data({"dates": inline_formset([])})
        assert desk.post(address, session_form(event, teams=[north.pk]) | none).status_code == 302
        mail = OutgoingMail.objects.get(to=manager.email)
        assert "is being planned" in mail.subject
        assert "There is a date" not in mail.subject
        assert "No date yet" in mail.text

    def test_organisers_see_which_date_fell_of_what_came_of_a_wish(self, desk, event, north, wish, organiser):
        session = make_session(event=event)
        accept_briefing(request=wish, session=session, by=organiser, now=timezone.now())
        cancel_session(session=session, by=organiser, now=timezone.now(), reason="No trainer.")
        assert session.where_when.in_short in words(desk.get("/events/asked/"))

    def test_a_form_with_a_mistake_answers_nothing_and_remembers_for_whom_it_is(self, desk, event, wish):
        address = f"{reverse('event_sessions:add')}?briefing={wish.key}"
        answer = desk.post(address, session_form(event, capacity=0))
        assert f"?briefing={wish.key}" in answer.content.decode()
        wish.refresh_from_db()
        assert wish.state == "asked"
        assert not Session.objects.exists()

    def test_one_that_was_answered_meanwhile_makes_no_second_session(self, desk, event, wish, organiser):
        decline_briefing(request=wish, by=organiser, now=timezone.now(), reason="No trainer")
        answer = desk.post(f"{reverse('event_sessions:add')}?briefing={wish.key}", session_form(event))
        assert answer.status_code == 200
        assert "answered or withdrawn meanwhile" in answer.content.decode()
        assert not Session.objects.exists()

    @pytest.mark.parametrize("query", ["briefing=nonsense", "briefing=5b1f6e0e-0000-4000-8000-000000000000"])
    def test_of_what_nobody_asked_is_not_found(self, desk, query, hub):
        assert desk.get(f"{reverse('event_sessions:add')}?{query}").status_code == 404

    @pytest.mark.parametrize("query", ["event=x", "event=99999999999999999999999", "event=²"])
    def test_an_unknown_event_fills_in_nothing(self, desk, query, hub):
        assert desk.get(f"{reverse('event_sessions:add')}?{query}").status_code == 200

    def test_no_is_said_with_a_reason_that_the_manager_reads(self, desk, page, event, wish, manager):
        assert desk.post(f"/events/asked/{wish.key}/decline/", {"reason": " "}).status_code == 400
        assert desk.post(f"/events/asked/{wish.key}/decline/", {"reason": "No trainer\x00 in May"}).status_code == 302
        assert "No trainer in May" in words(page.get(f"/events/briefing/{event.pk}/"))
        assert "No trainer in May" in OutgoingMail.objects.get(to=manager.email).text
        assert "\x00" not in BriefingRequest.objects.get().words
        again = desk.post(f"/events/asked/{wish.key}/decline/", {"reason": "Once more"})
        assert again.status_code == 409
        assert OutgoingMail.objects.filter(to=manager.email).count() == 1

    def test_is_for_organisers(self, wish, manager, editor, psw, practitioner, signed_in):
        for person in (manager, editor, psw, practitioner):
            client = signed_in(person)
            assert client.get("/events/asked/").status_code == 404
            assert client.post(f"/events/asked/{wish.key}/decline/", {"reason": "No"}).status_code == 404
            with pytest.raises(NotAllowed):
                accept_briefing(request=wish, session=make_session(), by=person, now=timezone.now())

    def test_stands_on_one_page_with_the_dates_that_people_wait_for(self, desk, wish, practitioner, event):
        ask_for_a_date(event=event, person=practitioner, now=timezone.now())
        page = words(desk.get("/events/asked/"))
        assert "Assessment, north: Briefing" in page
        assert "1 person wants a date" in page
        assert "What is asked for (1)" in desk.get("/me/").content.decode()

    def test_comes_in_few_queries(self, desk, event, organiser, manager, django_assert_max_num_queries):
        for number in range(40):
            team = Team.objects.create(name=f"Team {number}")
            asked = BriefingRequest.objects.create(
                event=event, team=team, asked_by=manager, asked_at=timezone.now(), **WISH
            )
            if number % 2:
                decline_briefing(request=asked, by=organiser, now=timezone.now(), reason="No")
        desk.get("/events/asked/")
        with django_assert_max_num_queries(10):
            desk.get("/events/asked/")

    def test_is_forgotten_when_names_are(self, wish, organiser):
        now = timezone.now()
        decline_briefing(request=wish, by=organiser, now=now, reason="No")
        months = KindRules.objects.get(kind="team-briefing").keep_months
        forget(now=now + timedelta(days=30 * (months - 1)))
        assert BriefingRequest.objects.exists()
        forget(now=now + timedelta(days=31 * (months + 1)))
        assert not BriefingRequest.objects.exists()

    def test_cannot_be_given_to_an_event_that_does_not_come_to_teams(self, manager, north):
        training = make_text(EventPage, "Training", event_kind="training")
        with pytest.raises(NotPossible):
            ask_for_briefing(event=training, team=north, by=manager, now=timezone.now(), **WISH)


class TestCoverage:
    @pytest.fixture
    def teams(self, hub):
        return [Team.objects.create(name=name) for name in ("North", "South", "West")]

    @staticmethod
    def held(event, *teams, days=-20, **fields) -> Session:
        session = make_session(event=event, starts=nine_thirty(days), **fields)
        session.teams.set(teams)
        return session

    @staticmethod
    def rows(client, query="") -> dict[str, str]:
        page = BeautifulSoup(client.get(f"/events/coverage/{query}").content, "html.parser")
        return {
            row.th.find(string=True).strip(): " | ".join(
                cell.get_text(" ", strip=True).removeprefix(cell.span.get_text()).strip() for cell in row.select("td")
            )
            for row in page.select("tbody tr")
        }

    def test_shows_who_was_reached_and_puts_teams_with_none_first(self, desk, event, teams):
        north, south, _ = teams
        self.held(event, north, south)
        group = make_text(EventPage, "Group", event_kind="reflective-group")
        self.held(group, north)
        self.held(event, south, days=30)
        rows = self.rows(desk)
        assert list(rows) == ["West", "South", "North"]
        assert rows["West"] == "None in 12 months | None in 12 months"
        assert "Planned for" in rows["South"]
        assert "None" not in rows["North"]
        assert "Team briefing: 2 of 3 teams" in words(desk.get("/events/coverage/"))
        assert list(self.rows(desk, "?show=briefing")) == ["West"]

    def test_counts_neither_what_was_cancelled_nor_what_is_long_ago(self, desk, event, teams, organiser):
        north, south, west = teams
        ahead = self.held(event, north, days=5, dates=2)
        cancel_date(date=ahead.dates.first(), by=organiser, now=timezone.now(), reason="Snow")
        ahead.dates.filter(cancelled_at__isnull=False).update(
            starts_at=nine_thirty(-5), ends_at=nine_thirty(-5) + timedelta(hours=1)
        )
        self.held(event, south, days=-400)
        self.held(make_text(EventPage, "Training", event_kind="training"), west)
        for said in self.rows(desk).values():
            assert said.startswith("None in 12 months")

    def test_says_which_team_has_asked(self, desk, wish):
        assert "Asked for" in self.rows(desk)["Assessment, north"]

    def test_is_for_organisers_and_the_principal_social_worker(
        self, psw, organiser, manager, practitioner, partner, editor, signed_in
    ):
        for person in (psw, organiser):
            assert signed_in(person).get("/events/coverage/").status_code == 200
            assert "/events/coverage/" in signed_in(person).get("/me/").content.decode()
        for person in (manager, practitioner, partner, editor):
            assert signed_in(person).get("/events/coverage/").status_code == 404

    def test_leaves_out_nonsense_in_the_address_and_says_so(self, desk):
        answer = desk.get("/events/coverage/?show=%00everything")
        assert answer.status_code == 200
        assert "left it out" in words(answer)

    def test_comes_in_few_queries_however_many_teams(self, desk, event, django_assert_max_num_queries):
        teams = Team.objects.bulk_create(Team(name=f"Team {number:03}") for number in range(120))
        for number in range(30):
            self.held(event, *teams[number : number + 3], days=-number - 2)
        desk.get("/events/coverage/")
        with django_assert_max_num_queries(10):
            desk.get("/events/coverage/")
