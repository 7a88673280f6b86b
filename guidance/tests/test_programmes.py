"""Programmes as people see them: their own steps, a manager's team, everybody's counts."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from bench import ground
from events.models import EventPage
from guidance.models import ProgrammePage
from learning import programmes
from learning.models import Attended, Enrolment
from notices.models import OutgoingMail
from pages.models import HubPage
from people.roles import Role
from tests.builders import PARAGRAPH, make_person, make_text

pytestmark = pytest.mark.django_db

TEAM = "/me/team/programmes/"


def step(n, title, **value):
    return {"type": "milestone", "id": f"step-{n}", "value": {"when": f"Month {n}", "title": title, **value}}


@pytest.fixture
def module(hub):
    return make_text(EventPage, "Module 1", event_kind="training")


@pytest.fixture
def programme(module):
    steps = [step(1, "Finish module 1", event=module.pk), step(2, "Hold your review")]
    return make_text(ProgrammePage, "First year", body=PARAGRAPH, who_for="Everybody new", milestones=steps)


@pytest.fixture
def leila(manager):
    return make_person("leila", Role.PRACTITIONER, manager=manager)


def soup(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def join(person, programme):
    return programmes.join(person=person, programme=programme, by=person, today=timezone.localdate())


def figures(page, under):
    return [(tag["data-n"], tag["data-base"]) for tag in page.select(f"{under} [data-figure]")]


class TestMine:
    def test_a_person_joins_ticks_and_takes_it_back_on_the_programmes_page(self, leila, signed_in, programme):
        client = signed_in(leila)
        page = soup(client, programme.address)
        assert "Join this programme" in page.get_text()
        client.post("/me/programmes/join/", {"programme": programme.pk, "back": "page"})
        enrolment = Enrolment.objects.get(person=leila)
        sent = {"milestone": "step-2", "back": "page"}
        done = client.post(f"/me/programmes/{enrolment.pk}/tick/", sent, follow=True)
        assert done.redirect_chain[0][0].startswith(programme.address)
        assert "Done, and written down." in done.content.decode()
        page = soup(client, programme.address)
        assert figures(page, "#steps") == [("1", "2")]
        assert "Join this programme" not in page.get_text()
        client.post(f"/me/programmes/{enrolment.pk}/untick/", sent)
        assert figures(soup(client, programme.address), "#steps") == [("0", "2")]

    def test_a_step_that_is_tied_to_an_event_says_where_to_book_and_then_that_one_came(
        self, leila, signed_in, programme, module
    ):
        join(leila, programme)
        client = signed_in(leila)
        assert soup(client, "/me/programmes/").find("a", href=module.address).get_text() == "Book: Module 1"
        today = timezone.localdate()
        Attended.objects.create(person=leila, page=module.hubpage_ptr, on=today, source="session-date:1")
        page = soup(client, "/me/programmes/")
        assert page.find("a", href=module.address) is None
        assert "You came on" in page.select_one("[data-step=done]").get_text()

    def test_a_day_to_come_is_refused_at_the_step_and_a_bad_date_too(self, leila, signed_in, programme):
        enrolment, client = join(leila, programme), signed_in(leila)
        ahead = (timezone.localdate() + timedelta(days=2)).isoformat()
        for day, status, words in ((ahead, 409, "still to come"), ("soon", 400, "Write the day as a date")):
            answer = client.post(f"/me/programmes/{enrolment.pk}/tick/", {"milestone": "step-2", "on": day})
            assert answer.status_code == status
            assert words in BeautifulSoup(answer.content, "html.parser").select_one("[role=alert]").get_text()
        assert not enrolment.done.exists()

    def test_a_step_that_went_while_the_page_was_open_is_said(self, leila, signed_in, programme):
        enrolment = join(leila, programme)
        answer = signed_in(leila).post(f"/me/programmes/{enrolment.pk}/tick/", {"milestone": "step-9"})
        assert answer.status_code == 409
        assert "no longer part of the programme" in answer.content.decode()

    def test_leaving_is_undone_with_one_press(self, leila, signed_in, programme):
        enrolment, client = join(leila, programme), signed_in(leila)
        client.post(f"/me/programmes/{enrolment.pk}/tick/", {"milestone": "step-2"})
        left = client.post(f"/me/programmes/{enrolment.pk}/leave/", follow=True).content.decode()
        assert "You have left the programme" in left
        assert "Join again" in left
        client.post("/me/programmes/join/", {"programme": programme.pk})
        assert figures(soup(client, "/me/programmes/"), "main") == [("1", "2")]

    def test_a_programme_that_goes_from_the_hub_leaves_people_what_they_did(self, leila, signed_in, programme):
        enrolment, client = join(leila, programme), signed_in(leila)
        client.post(f"/me/programmes/{enrolment.pk}/tick/", {"milestone": "step-2"})
        programme.unpublish()
        words = soup(client, "/me/programmes/").get_text()
        assert "not on the hub at the moment" in words
        assert "Hold your review" in words

    def test_somebody_elses_steps_are_not_there(self, leila, practitioner, signed_in, programme):
        enrolment = join(leila, programme)
        for do in ("tick", "untick", "leave", "nothing"):
            answer = signed_in(practitioner).post(f"/me/programmes/{enrolment.pk}/{do}/", {"milestone": "step-2"})
            assert answer.status_code == 404

    @pytest.mark.parametrize("key", ["", "x", "0", "9" * 30, "\x00"])
    def test_joining_what_is_not_there_is_not_found(self, leila, signed_in, key):
        assert signed_in(leila).post("/me/programmes/join/", {"programme": key}).status_code == 404

    def test_a_partner_cannot_join_what_is_for_staff(self, partner, signed_in, programme):
        HubPage.objects.filter(pk=programme.pk).update(audience=HubPage.Audience.STAFF)
        assert signed_in(partner).post("/me/programmes/join/", {"programme": programme.pk}).status_code == 404


class TestOthers:
    def test_a_tick_moves_the_totals_of_the_manager_and_of_the_principal_social_worker(
        self, leila, manager, psw, signed_in, programme
    ):
        enrolment, client = join(leila, programme), signed_in(leila)

        def totals():
            sums = "[data-programme] > .panel > p"
            team = figures(soup(signed_in(manager), TEAM), f'[aria-labelledby="team"] {sums}')
            return team, figures(soup(signed_in(psw), TEAM), f'[aria-labelledby="everybody"] {sums}')

        assert totals() == ([("0", "2"), ("0", "1")], [("0", "2"), ("0", "1")])
        client.post(f"/me/programmes/{enrolment.pk}/tick/", {"milestone": "step-1"})
        assert totals() == ([("1", "2"), ("0", "1")], [("1", "2"), ("0", "1")])
        client.post(f"/me/programmes/{enrolment.pk}/tick/", {"milestone": "step-2"})
        assert totals() == ([("2", "2"), ("1", "1")], [("2", "2"), ("1", "1")])

    def test_the_programmes_own_page_tells_a_manager_and_the_principal_social_worker_and_nobody_else(
        self, leila, practitioner, manager, psw, signed_in, programme
    ):
        join(leila, programme)
        join(practitioner, programme)
        assert "1 person" in soup(signed_in(manager), programme.address).select_one("[data-totals]").get_text()
        assert "2 people" in soup(signed_in(psw), programme.address).select_one("[data-totals]").get_text()
        assert soup(signed_in(practitioner), programme.address).select_one("[data-totals]") is None

    def test_nobodys_own_steps_are_kept_in_a_page_that_others_are_shown(self, leila, champion, signed_in, programme):
        enrolment = join(leila, programme)
        signed_in(leila).post(f"/me/programmes/{enrolment.pk}/tick/", {"milestone": "step-2"})
        assert "Done on" in soup(signed_in(leila), programme.address).get_text()
        other = soup(signed_in(champion), programme.address)
        assert "Your milestones" not in other.get_text()
        assert not other.select("[data-step=done]")

    def test_the_page_costs_little_more_for_who_is_on_it(self, leila, psw, signed_in, programme):
        join(leila, programme)
        for person, most in ((leila, 10), (psw, 11)):
            _, warm = ground.cold_and_warm(signed_in(person), programme.address)
            assert len(warm) <= most, warm

    @pytest.mark.parametrize("key", ["99999999999999999999", "0"])
    def test_numbers_that_no_row_has_are_not_found(self, manager, signed_in, key):
        client = signed_in(manager)
        for address in (f"/me/programmes/{key}/tick/", f"{TEAM}{key}/leave/", f"/me/reminders/{key}/put-away/"):
            assert client.post(address).status_code == 404

    def test_a_manager_sees_only_their_own_team_and_the_principal_social_worker_no_names(
        self, leila, practitioner, manager, psw, signed_in, programme
    ):
        join(leila, programme)
        join(practitioner, programme)
        seen = soup(signed_in(manager), TEAM)
        assert str(leila) in seen.main.get_text()
        assert str(practitioner) not in seen.main.get_text()
        assert seen.select_one('[aria-labelledby="everybody"]') is None
        counted = soup(signed_in(psw), TEAM)
        assert "2 people" in counted.select_one('[aria-labelledby="everybody"]').get_text()
        assert str(leila) not in counted.get_text()

    def test_it_is_not_there_for_others(self, practitioner, partner, editor, signed_in, programme):
        for person in (practitioner, partner, editor):
            assert signed_in(person).get(TEAM).status_code == 404
            assert signed_in(person).post(f"{TEAM}enrol/", {}).status_code == 404

    def test_a_manager_puts_somebody_on_it_who_is_told_and_takes_them_off(self, leila, manager, signed_in, programme):
        client = signed_in(manager)
        client.post(f"{TEAM}enrol/", {"programme": programme.pk, "person": leila.pk})
        assert OutgoingMail.objects.filter(to=leila.email, kind="enrolled").count() == 1
        again = client.post(f"{TEAM}enrol/", {"programme": programme.pk, "person": leila.pk}, follow=True)
        assert "They are on this programme already" in again.content.decode()
        assert OutgoingMail.objects.filter(to=leila.email, kind="enrolled").count() == 1
        enrolment = Enrolment.objects.get(person=leila)
        client.post(f"{TEAM}{enrolment.pk}/leave/")
        enrolment.refresh_from_db()
        assert enrolment.left_on

    def test_a_manager_does_not_reach_beyond_their_team(self, practitioner, manager, signed_in, programme):
        client = signed_in(manager)
        answer = client.post(f"{TEAM}enrol/", {"programme": programme.pk, "person": practitioner.pk})
        assert answer.status_code == 400
        assert "Choose somebody of your team." in answer.content.decode()
        enrolment = join(practitioner, programme)
        assert client.post(f"{TEAM}{enrolment.pk}/leave/").status_code == 404

    def test_the_principal_social_worker_writes_an_address(self, psw, practitioner, signed_in, programme):
        client = signed_in(psw)
        for sent, words in (
            ({}, "Choose somebody of your team, or write an address"),
            ({"email": "nobody@hub.example"}, "Nobody on the hub has this address"),
            ({"email": "not an address"}, "Write an e-mail address"),
        ):
            answer = client.post(f"{TEAM}enrol/", {"programme": programme.pk, **sent})
            assert answer.status_code == 400
            assert words in answer.content.decode()
        client.post(f"{TEAM}enrol/", {"programme": programme.pk, "email": practitioner.email.upper()})
        assert Enrolment.objects.filter(person=practitioner).exists()

    def test_who_cannot_open_it_is_not_put_on_it_and_the_form_comes_back(self, psw, partner, signed_in, programme):
        HubPage.objects.filter(pk=programme.pk).update(audience=HubPage.Audience.STAFF)
        answer = signed_in(psw).post(f"{TEAM}enrol/", {"programme": programme.pk, "email": partner.email})
        assert answer.status_code == 409
        assert "cannot open this programme" in answer.content.decode()
        assert partner.email in answer.content.decode()
