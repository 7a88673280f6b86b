"""What somebody was writing when their sign-in ended is there again, for them alone; who works stays signed in."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from people.signing_in import unfinished
from tests.builders import PASSWORD

HERE = {"origin": "http://testserver"}
WROTE = {"appearance": "dark", "words": "A long evening’s worth of words.\nAnd a second line."}


@pytest.fixture
def client(practitioner):
    """Somebody who has been here today, and whose sign-in has ended since."""
    client = Client()
    client.force_login(practitioner)
    client.get("/me/")
    del client.cookies["sessionid"]
    return client


def sent(client, address="/me/", fields=WROTE, **headers):
    return client.post(address, fields, headers={**HERE, **headers})


def sign_in(client, page, email="practitioner@hub.example"):
    token = page.context["unfinished"]
    return client.post("/accounts/login/", {"login": email, "password": PASSWORD, "unfinished": token})


@pytest.mark.django_db
class TestAFormThatWasSentTooLate:
    def test_comes_back_after_signing_in_and_arrives(self, client, practitioner):
        page = sent(client)
        assert page.status_code == 401
        assert "Nothing is lost" in page.content.decode()
        assert WROTE["words"] not in page.content.decode(), "sealed: another person may sit here now"
        assert sign_in(client, page).url == "/accounts/go-on/"
        again = client.get("/accounts/go-on/")
        assert [("appearance", "dark"), ("words", WROTE["words"])] == again.context["sent"].fields
        fields = {**dict(again.context["sent"].fields), "unfinished": "arriving"}
        assert client.post(again.context["sent"].path, fields, headers=HERE).status_code == 302
        practitioner.refresh_from_db()
        assert practitioner.appearance == "dark"
        assert client.get("/accounts/go-on/").context["sent"] is None

    def test_survives_a_wrong_password(self, client):
        token = sent(client).context["unfinished"]
        wrong = client.post("/accounts/login/", {"login": "a@b.example", "password": "wrong", "unfinished": token})
        assert wrong.context["unfinished"] == token
        assert sign_in(client, wrong).url == "/accounts/go-on/"

    def test_is_not_given_to_whoever_signs_in_instead(self, client, manager):
        page = sent(client)
        assert sign_in(client, page, "manager@hub.example").url == "/"
        assert client.get("/accounts/go-on/").context["sent"] is None

    def test_can_be_thrown_away_and_is_gone_on_signing_out(self, client):
        sign_in(client, sent(client))
        client.post("/accounts/go-on/", headers=HERE)
        assert client.get("/accounts/go-on/").context["sent"] is None
        client.post("/accounts/logout/")
        assert unfinished.WHO not in {name for name, kept in client.cookies.items() if kept.value}

    @pytest.mark.parametrize(
        "headers",
        [{"origin": "https://elsewhere.example"}, {"origin": ""}, {"origin": "http://testserver.elsewhere.example"}],
    )
    def test_from_another_site_is_not_kept(self, client, headers):
        assert sent(client, **headers).status_code == 302

    def test_by_somebody_who_was_never_here_leads_to_the_sign_in_page_as_ever(self, hub):
        assert sent(Client()).status_code == 302

    def test_is_sealed_and_does_not_last(self, client, practitioner):
        token, who = sent(client).context["unfinished"], str(practitioner.pk)
        assert unfinished.unseal(token, who)
        assert unfinished.unseal(token[:-4] + "AAAA", who) is None
        assert unfinished.unseal("", who) is None
        with time_machine.travel(timezone.now() + timedelta(hours=13)):
            assert unfinished.unseal(token, who) is None

    def test_keeps_every_choice_and_says_that_files_have_to_be_chosen_again(self, client):
        file = SimpleUploadedFile("sheet.txt", b"words")
        sign_in(client, sent(client, fields={"choice": ["b", "a"], "words": "w", "file": file}))
        again = client.get("/accounts/go-on/")
        assert again.context["sent"].fields == [("choice", "b"), ("choice", "a"), ("words", "w")]
        assert "chosen again" in again.content.decode()

    def test_as_long_as_the_hub_takes_it_comes_back(self, client):
        # Two million letters, as many as a form may have.
        words = " ".join(f"word{number}" for number in range(200_000))
        page = sent(client, fields={"words": words})
        assert len(words) > 2_000_000
        sign_in(client, page)
        assert client.get("/accounts/go-on/").context["sent"].fields == [("words", words)]

    def test_longer_than_the_sign_in_page_can_carry_is_said_to_be_before_it_is_lost(self, client, monkeypatch):
        monkeypatch.setattr(unfinished, "LONGEST", 50)
        page = sent(client)
        assert page.status_code == 401
        assert "has not been sent" in page.content.decode()
        assert "Nothing is lost" not in page.content.decode()

    def test_that_is_refused_when_it_arrives_waits_on(self, client):
        fields = {"what": "Words without the minutes"}
        sign_in(client, sent(client, "/me/time/", fields))
        assert client.post("/me/time/", {**fields, "unfinished": "arriving"}, headers=HERE).status_code >= 400
        assert client.get("/accounts/go-on/").context["sent"].path == "/me/time/"

    def test_is_known_by_a_mark_that_no_script_reads(self, practitioner):
        client = Client()
        client.force_login(practitioner)
        client.get("/me/")
        assert client.cookies[unfinished.WHO]["httponly"]

    def test_a_password_is_never_kept(self, client):
        page = sent(client, "/accounts/password/change/", {"oldpassword": "x", "password1": "y", "words": "w"})
        told = unfinished.unseal(page.context["unfinished"], unfinished.last_here(page.wsgi_request))
        assert [name for name, _ in told.fields] == ["words"]

    def test_beside_a_new_sign_in_is_kept_too(self, practitioner):
        client = Client(enforce_csrf_checks=True)
        client.force_login(practitioner)
        assert sent(client).url == "/accounts/go-on/"
        assert client.get("/accounts/go-on/").context["sent"].path == "/me/"
        assert sent(client, origin="https://elsewhere.example").status_code == 403


@pytest.mark.django_db
class TestStayingIn:
    def at(self, client, hours: float) -> bool:
        """Whether they are still signed in so many hours after signing in; this counts as something they did."""
        with time_machine.travel(self.start + timedelta(hours=hours)):
            return client.get("/me/").status_code == 200

    @pytest.fixture
    def working(self, practitioner):
        client, self.start = Client(), timezone.now()
        client.force_login(practitioner)
        return client

    def test_lasts_while_somebody_works(self, working):
        assert all(self.at(working, hours) for hours in (3, 7, 11.5))

    def test_ends_eight_hours_after_the_last_thing_they_did(self, working):
        assert self.at(working, 3)
        assert not self.at(working, 11.1)

    def test_ends_after_the_longest_day_however_busy(self, working):
        assert all(self.at(working, hours) for hours in (5, 9))
        assert not self.at(working, 12.1)

    def test_reading_writes_nothing_most_of_the_time(self, working):
        self.at(working, 0.1)
        before = working.session["seen_at"]
        self.at(working, 0.15)
        assert working.session["seen_at"] == before
        self.at(working, 0.5)
        assert working.session["seen_at"] > before


@pytest.mark.django_db
class TestAnAddressThatOnlyTakesAForm:
    @pytest.mark.parametrize(
        ("address", "leads_to"),
        [
            ("/me/time/1/mark/", "/me/time/"),
            ("/me/calendar/", "/me/"),
            ("/events/team/keep/", "/events/team/"),
            ("/guidance/follow/3/", "/guidance/"),
            ("/events/interest/3/", "/events/"),
            ("/me/reminders/3/away/", "/me/"),
        ],
    )
    def test_leads_to_the_page_with_the_form(self, signed_in, manager, address, leads_to):
        response = signed_in(manager).get(address)
        assert (response.status_code, response.url) == (303, leads_to)
        assert signed_in(manager).get(leads_to).status_code == 200

    def test_of_a_booking_leads_to_the_booking(self, signed_in, manager):
        key = "5a3c7f0e-5f0a-4b9d-9d57-0d6f6a3a7f10"
        assert signed_in(manager).get(f"/me/bookings/{key}/leave/").url == f"/me/bookings/{key}/"
        assert signed_in(manager).get(f"/events/desk/{key}/bookings/{key}/remove/").url == f"/events/desk/{key}/"
