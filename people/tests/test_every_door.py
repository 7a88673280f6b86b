"""Nothing opens without signing in, nothing typed into a form breaks it, and no door tells more than it should."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from django.utils.regex_helper import normalize

from notices.models import OutgoingMail
from people.models import User, WayBackIn
from people.roles import Role
from people.signing_in import way_back_in
from tests.builders import PASSWORD, make_person, make_tool

pytestmark = pytest.mark.django_db

PUBLIC = {
    "/accounts/login/", "/accounts/logout/", "/accounts/inactive/", "/accounts/signup/",
    "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/password/reset/key/done/",
    "/healthz/live", "/healthz/ready", "/robots.txt", "/sitemap.xml", "/favicon.ico", "/brand.css",
}  # fmt: skip
DOORS = ("/accounts/login/", "/accounts/password/reset/", "/admin/login/")
BAD = {
    "NUL": "\x00",
    "NUL inside": "leila\x00@hub.example",
    "quote": '"',
    "emoji": "😀",
    "right to left": "\u202eleila@hub.example",
    "long": "x" * 10_000,
    "long address": "x" * 10_000 + "@hub.example",
    "line break": "leila@hub.example\r\nBcc: all@hub.example",
    "markup": "<script>alert(1)</script>",
}


@pytest.fixture(autouse=True)
def throttles_start_afresh_and_mail_goes_to_the_outbox(db, settings):
    cache.clear()
    settings.EMAIL_BACKEND = "notices.backend.OutboxEmailBackend"


def every_address(resolver, before="^/"):
    """Each address that the hub knows, parameters filled with something that might be there: 1, or x."""
    for entry in resolver.url_patterns:
        pattern = before + entry.pattern.regex.pattern.lstrip("^").removeprefix("\\A")
        if isinstance(entry, URLResolver):
            yield from every_address(entry, pattern)
            continue
        for form, names in normalize(pattern.replace("\\Z", "$")):
            for value in ("1", "x"):
                yield "/" + (form % dict.fromkeys(names, value)).lstrip("/")


def test_no_address_at_all_opens_for_somebody_who_has_not_signed_in(hub):
    """Parameters included: a page to edit, a document, a picture, a code."""
    tool = make_tool()
    seen, opened = set(), set()
    client = Client(raise_request_exception=True)
    for address in {*every_address(get_resolver()), tool.address, f"{tool.address}print/", "/media/images/x.png"}:
        for response in (client.get(address), client.post(address)):
            seen.add(address)
            kept_out = response.status_code in {400, 403, 404, 405} or (
                response.status_code in {301, 302} and response.url.split("?")[0] in (*DOORS, f"{address}/")
            )
            if not kept_out and address not in PUBLIC and not address.startswith("/accounts/password/reset/key/"):
                opened.add((address, response.status_code, response.get("Location", "")))
    assert opened == set()
    assert len(seen) > 250


def test_what_is_open_tells_nothing_about_the_hub(hub):
    make_tool("Paper boats")
    make_person("leila", Role.PRACTITIONER)
    for address in sorted(PUBLIC):
        response = Client().get(address, follow=True)
        page = b"".join(response if response.streaming else [response.content]).decode()
        assert "Paper boats" not in page, address
        assert "leila" not in page.lower(), address


class TestForms:
    @pytest.mark.parametrize("what", BAD)
    def test_whatever_is_typed_into_sign_in_comes_back_with_words(self, hub, what):
        for fields in (
            {"login": BAD[what], "password": PASSWORD},
            {"login": "leila@hub.example", "password": BAD[what]},
            {"login": "leila@hub.example", "password": PASSWORD, "next": BAD[what]},
        ):
            response = Client().post("/accounts/login/", fields)
            assert response.status_code == 400
            assert b"<script>alert" not in response.content
            assert response.context["form"].errors
        assert f'value="{"leila@hub.example"}"' in response.content.decode()

    @pytest.mark.parametrize("what", BAD)
    def test_whatever_is_typed_into_forgotten_password_sends_nothing(self, hub, what):
        make_person("leila", Role.PRACTITIONER)
        response = Client().post("/accounts/password/reset/", {"email": BAD[what]})
        assert response.status_code == 400
        assert b"<script>alert" not in response.content
        assert not WayBackIn.objects.exists()

    @pytest.mark.parametrize("what", BAD)
    def test_whatever_is_typed_into_my_hub_changes_nothing(self, practitioner, signed_in, what):
        client = signed_in(practitioner)
        for address, fields in (
            ("/me/", {"appearance": BAD[what]}),
            ("/accounts/password/change/", dict.fromkeys(("oldpassword", "password1", "password2"), BAD[what])),
        ):
            response = client.post(address, fields)
            assert response.status_code == 400
            assert b"<script>alert" not in response.content
        practitioner.refresh_from_db()
        assert practitioner.appearance == ""
        assert practitioner.check_password(PASSWORD)

    def test_a_form_from_another_site_is_refused_in_our_look(self, practitioner):
        client = Client(enforce_csrf_checks=True)
        client.force_login(practitioner)
        response = client.post("/me/", {"appearance": "dark"})
        assert response.status_code == 403
        assert 'id="content"' in response.content.decode()

    def test_nothing_at_all_is_told_at_each_field(self, hub):
        response = Client().post("/accounts/login/", {})
        assert response.status_code == 400
        assert {"login", "password"} <= response.context["form"].errors.keys()

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_a_form_is_got_or_posted_and_nothing_else(self, practitioner, signed_in, method):
        for address in ("/me/", "/search/"):
            assert getattr(signed_in(practitioner), method)(address).status_code == 405


class TestThrottle:
    def wrong(self, number, name="leila"):
        return Client().post(
            "/accounts/login/",
            {"login": f"{name}@hub.example", "password": f"wrong-{number}"},
            REMOTE_ADDR=f"10.0.0.{number}",
        )

    def test_four_wrong_passwords_do_not_shut_somebody_out(self, hub):
        make_person("leila", Role.PRACTITIONER)
        for number in range(4):
            self.wrong(number)
        response = Client().post("/accounts/login/", {"login": "leila@hub.example", "password": PASSWORD})
        assert response.status_code == 302

    def test_wrong_passwords_for_one_person_shut_nobody_else_out(self, hub):
        make_person("leila", Role.PRACTITIONER)
        make_person("tom", Role.PRACTITIONER)
        for number in range(6):
            self.wrong(number)
        response = Client().post(
            "/accounts/login/", {"login": "tom@hub.example", "password": PASSWORD}, REMOTE_ADDR="10.0.0.50"
        )
        assert response.status_code == 302

    def test_somebody_who_does_not_exist_is_shut_out_just_the_same(self, hub):
        make_person("leila", Role.PRACTITIONER)
        known = [self.wrong(number).status_code for number in range(7)]
        cache.clear()
        unknown = [self.wrong(number, "nobody").status_code for number in range(7)]
        assert known == unknown

    def test_asking_for_links_again_and_again_sends_only_a_few(self, hub):
        make_person("leila", Role.PRACTITIONER)
        for number in range(8):
            Client().post("/accounts/password/reset/", {"email": "leila@hub.example"}, REMOTE_ADDR=f"10.0.0.{number}")
        assert WayBackIn.objects.count() == 5


class TestResetLink:
    @pytest.fixture
    def elsewhere(self, hub):
        """Another browser in which she is signed in already: perhaps not by herself."""
        client = Client()
        client.force_login(make_person("leila", Role.PRACTITIONER))
        return client

    @pytest.fixture
    def link(self, elsewhere):
        Client().post("/accounts/password/reset/", {"email": "leila@hub.example"})
        way_back_in.send_due(now=timezone.now())
        text = OutgoingMail.objects.get().text
        return re.search(r"\S+/accounts/password/reset/key/\S+", text)[0].removeprefix(settings.BASE_URL)

    @pytest.mark.parametrize("end", ["0-0", "x-y", "1-" + "x" * 5000, "zzzzzzzzzzzzz-set-password", "1-😀"])
    def test_a_link_that_nobody_was_sent_says_so_and_opens_nothing(self, hub, end):
        response = Client().get(f"/accounts/password/reset/key/{end}/")
        assert response.context["token_fail"]

    def test_the_key_of_one_person_does_not_open_another_account(self, link):
        other = make_person("tom", Role.PRACTITIONER)
        from allauth.account.utils import user_pk_to_url_str

        key = link.rstrip("/").split("/")[-1].split("-", 1)[1]
        response = Client().get(f"/accounts/password/reset/key/{user_pk_to_url_str(other)}-{key}/")
        assert response.context["token_fail"]

    def test_a_new_password_signs_out_whoever_else_was_in(self, elsewhere, link):
        assert elsewhere.get("/me/").status_code == 200
        client = Client()
        form = client.get(link)
        client.post(form.url, {"password1": "a-new-long-password", "password2": "a-new-long-password"})
        assert elsewhere.get("/me/").status_code == 302

    def test_two_different_new_passwords_are_refused_and_the_link_still_works(self, link):
        client = Client()
        form = client.get(link)
        refused = client.post(form.url, {"password1": "a-new-long-password", "password2": "another-long-password"})
        assert refused.status_code == 400
        assert User.objects.get().check_password(PASSWORD)
        done = client.post(form.url, {"password1": "a-new-long-password", "password2": "a-new-long-password"})
        assert done.status_code == 302
        assert User.objects.get().check_password("a-new-long-password")

    def test_the_link_is_dead_after_an_hour(self, link):
        from datetime import timedelta

        import time_machine

        with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=True):
            assert Client().get(link).context["token_fail"]

    def test_the_mail_says_who_asked_for_nothing_more_and_names_no_other_host(self, link):
        mail = OutgoingMail.objects.get()
        assert mail.kind == "password_reset_key"
        assert mail.subject
        assert "\n" not in mail.subject
        assert set(re.findall(r"https?://[^/\s]+", mail.text + mail.html)) == {settings.BASE_URL}

    def test_a_host_that_is_not_ours_is_not_answered(self, hub):
        make_person("leila", Role.PRACTITIONER)
        response = Client(HTTP_HOST="evil.example").post("/accounts/password/reset/", {"email": "leila@hub.example"})
        assert response.status_code == 400
        assert not WayBackIn.objects.exists()


class TestLeadingOn:
    ELSEWHERE = [
        "//evil.example", "///evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example",
        "https:evil.example", "javascript:alert(1)", "\x00//evil.example", "http://testserver@evil.example",
        "data:text/html,x", " //evil.example", "\t//evil.example", "https://evil.example\\@testserver/",
    ]  # fmt: skip

    @pytest.mark.parametrize("elsewhere", ELSEWHERE, ids=ascii)
    def test_neither_before_nor_after_signing_in_is_anybody_led_to_another_site(
        self, practitioner, signed_in, elsewhere
    ):
        before = Client().post(
            "/accounts/login/", {"login": practitioner.email, "password": PASSWORD, "next": elsewhere}
        )
        assert before.url == "/"
        after = signed_in(practitioner).get("/accounts/login/", {"next": elsewhere})
        assert after.url == "/"
        page = Client().get("/accounts/login/", {"next": elsewhere}).content.decode()
        assert not re.search(r'(href|action)="[^"]*evil', page)

    def test_everybody_is_led_back_to_where_they_were_going(self, practitioner):
        wanted = "/toolkits/?age=7&need=safety"
        page = Client().get(wanted)
        assert page.status_code == 302
        form = Client().get(page.url).content.decode()
        assert 'name="next"' in form
        response = Client().post(
            "/accounts/login/", {"login": practitioner.email, "password": PASSWORD, "next": wanted}
        )
        assert response.url == wanted


class TestSession:
    def test_a_session_cookie_is_out_of_reach_of_scripts_and_other_sites_and_ends_with_the_day(self, practitioner):
        client = Client()
        client.post("/accounts/login/", {"login": practitioner.email, "password": PASSWORD})
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert client.session.get_expiry_age() <= 8 * 60 * 60

    def test_signing_in_begins_a_new_session_so_that_a_planted_one_is_worthless(self, practitioner):
        client = Client()
        client.get("/accounts/login/")
        session = client.session
        session["planted"] = True
        session.save()
        planted = session.session_key
        client.cookies[settings.SESSION_COOKIE_NAME] = planted
        client.post("/accounts/login/", {"login": practitioner.email, "password": PASSWORD})
        assert client.session.session_key != planted

    def test_a_page_is_kept_by_no_proxy_shown_in_no_frame_and_found_by_no_search_engine(self, practitioner, signed_in):
        for client in (signed_in(practitioner), Client()):
            for address in ("/", "/toolkits/", "/accounts/login/", "/nothing/"):
                headers = client.get(address).headers
                assert "no-store" in headers["Cache-Control"] or "no-cache" in headers["Cache-Control"]
                assert "public" not in headers["Cache-Control"]
                assert "noindex" in headers["X-Robots-Tag"]
                assert headers["X-Frame-Options"] == "DENY"
                assert headers["X-Content-Type-Options"] == "nosniff"
                policy = headers["Content-Security-Policy"]
                assert "default-src 'self'" in policy
                assert "unsafe" not in policy

    def test_an_anonymous_visitor_is_given_no_session(self, hub):
        client = Client()
        client.get("/")
        client.get("/accounts/login/")
        assert settings.SESSION_COOKIE_NAME not in client.cookies


class TestPeople:
    def test_one_address_is_one_person_however_it_is_written(self, hub):
        from django.db import IntegrityError, transaction

        make_person("leila")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email="LEILA@hub.example")

    def test_a_person_without_an_address_cannot_be_made(self, db):
        with pytest.raises(ValueError, match="e-mail"):
            User.objects.create_user("")

    @pytest.mark.parametrize(
        ("first", "last", "letters"),
        [("Leila", "Hassan", "LH"), ("", "Hassan", "H"), ("", "", "X"), ("élan", "ø", "ÉØ")],
    )
    def test_initials_are_never_empty(self, first, last, letters):
        assert User(email="x@hub.example", first_name=first, last_name=last).initials == letters

    def test_an_administrator_gives_somebody_an_account_with_team_and_manager_in_the_cms(
        self, administrator, manager, signed_in
    ):
        from people.models import Team

        team = Team.objects.create(name="North")
        response = signed_in(administrator).post(
            "/admin/users/new/",
            {
                "email": "New@Hub.example",
                "first_name": "New",
                "last_name": "Person",
                "password1": "a-new-long-password",
                "password2": "a-new-long-password",
                "is_active": "on",
                "team": team.pk,
                "manager": manager.pk,
            },
        )
        assert response.status_code == 302
        person = User.objects.get(email="new@hub.example")
        assert (person.team, person.manager) == (team, manager)
        assert not person.is_superuser
