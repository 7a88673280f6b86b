import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from notices.models import OutgoingMail
from people.models import User, WayBackIn
from people.roles import Role
from people.seeding import seed_roles
from people.signing_in import way_back_in
from tests.builders import PASSWORD, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def throttles_start_afresh_and_mail_goes_to_the_outbox(db, settings):
    from django.core.cache import cache

    cache.clear()
    # Django's test runner puts its own mail backend in the place of ours.
    settings.EMAIL_BACKEND = "notices.backend.OutboxEmailBackend"


def sign_in(client, email, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": email, "password": password, **more})


class TestSigningIn:
    @pytest.mark.parametrize("email", ["leila@hub.example", "Leila@Hub.Example", " leila@hub.example "])
    def test_the_e_mail_address_may_be_written_in_any_case(self, hub, email):
        make_person("leila", Role.PRACTITIONER)
        client = Client()
        assert sign_in(client, email).url == "/"
        assert client.get("/").status_code == 200

    def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(self, hub):
        make_person("leila", Role.PRACTITIONER)
        known = sign_in(Client(), "leila@hub.example", "wrong-password-1")
        unknown = sign_in(Client(), "nobody@hub.example", "wrong-password-1")
        assert known.status_code == unknown.status_code == 400

        def without_what_was_typed(response):
            text = re.sub(r'value="[^"]*"', "", response.content.decode())
            return re.sub(r"leila|nobody", "", text)

        assert without_what_was_typed(known) == without_what_was_typed(unknown)
        assert 'value="leila@hub.example"' in known.content.decode()

    def test_after_five_wrong_passwords_the_right_one_is_refused_too(self, hub):
        make_person("leila", Role.PRACTITIONER)
        for number in range(5):
            sign_in(Client(), "leila@hub.example", f"wrong-password-{number}", REMOTE_ADDR=f"10.0.0.{number}")
        client = Client(REMOTE_ADDR="10.0.0.99", HTTP_X_FORWARDED_FOR="203.0.113.7")
        assert sign_in(client, "LEILA@hub.example").status_code != 302
        assert client.get("/").status_code == 302

    def test_somebody_who_has_left_cannot_come_in_and_is_out_at_the_next_click(self, practitioner, signed_in):
        client = signed_in(practitioner)
        assert client.get("/").status_code == 200
        User.objects.update(is_active=False)
        assert client.get("/").status_code == 302
        sign_in(client, practitioner.email)
        assert client.get("/").status_code == 302

    @pytest.mark.parametrize(
        "elsewhere",
        ["//evil.example", "https://evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)"],
    )
    def test_nobody_is_led_to_another_site(self, hub, elsewhere):
        make_person("leila", Role.PRACTITIONER)
        assert sign_in(Client(), "leila@hub.example", next=elsewhere).url == "/"
        assert Client().get("/_util/login/", {"next": elsewhere}).url == "/accounts/login/?next=%2Fadmin%2F"

    def test_signing_out_needs_a_click_and_ends_the_session(self, practitioner, signed_in):
        client = signed_in(practitioner)
        client.get("/accounts/logout/")
        assert client.get("/").status_code == 200
        client.post("/accounts/logout/")
        assert client.get("/").status_code == 302

    def test_nobody_can_make_an_account_for_themselves(self, hub):
        client = Client()
        client.post("/accounts/signup/", {"email": "new@hub.example", "password1": PASSWORD, "password2": PASSWORD})
        assert not User.objects.exists()


class TestOneFrontDoor:
    DOORS = ["/admin/login/", "/django-admin/login/", "/_util/login/"]

    @pytest.mark.parametrize("door", DOORS)
    def test_every_other_sign_in_page_leads_to_the_one_and_lets_nobody_in(self, hub, door):
        make_person("boss", Role.ADMINISTRATOR)
        client = Client()
        assert client.get(door).url.startswith("/accounts/login/")
        client.post(door, {"username": "boss@hub.example", "email": "boss@hub.example", "password": PASSWORD})
        assert client.get("/").status_code == 302

    @pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/login/"])
    def test_a_reader_at_the_editors_door_is_told_so_and_not_sent_in_circles(self, practitioner, signed_in, address):
        response = signed_in(practitioner).get(address, follow=True)
        assert response.status_code == 403
        assert len(response.redirect_chain) <= 1

    def test_an_editor_comes_in(self, editor, signed_in):
        assert signed_in(editor).get("/admin/").status_code == 200
        assert signed_in(editor).get("/admin/login/").url == "/admin/"

    @pytest.mark.parametrize("address", ["/admin/password_reset/", "/admin/password_reset/confirm/x/y/"])
    def test_wagtails_own_reset_leads_to_the_hubs(self, hub, address):
        assert Client().get(address).url == "/accounts/password/reset/"

    def test_every_address_is_private_but_for_a_short_list(self, hub):
        """Walks every address that the hub knows; a new view is private unless it is named here."""
        public = {
            "accounts/login/", "accounts/logout/", "accounts/inactive/", "accounts/password/reset/",
            "accounts/password/reset/done/", "accounts/password/reset/key/done/", "accounts/signup/",
            "healthz/live", "healthz/ready", "robots.txt", "favicon.ico", "brand.css", "sitemap.xml",
            "admin/login/", "django-admin/login/", "_util/login/",
        }  # fmt: skip
        client, seen = Client(), 0
        for address in addresses(get_resolver()):
            response = client.get(f"/{address}")
            seen += 1
            private = response.status_code == 404 or (
                response.status_code == 302
                and response.url.startswith(("/accounts/login/", "/accounts/password/reset/"))
            )
            assert private or address in public, address
        assert seen > 60


def addresses(resolver, prefix=""):
    """Every address without parameters."""
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern)
        if route.startswith("^") or "<" in route or "(" in route:
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + route)
        elif isinstance(pattern, URLPattern):
            yield prefix + route


class TestForgottenPassword:
    def ask(self, email, **more):
        answer = Client(**more).post("/accounts/password/reset/", {"email": email})
        way_back_in.send_due(now=timezone.now())
        return answer

    def test_a_known_and_an_unknown_address_get_the_same_answer_and_only_one_gets_mail(self, hub):
        make_person("leila", Role.PRACTITIONER)
        known, unknown = self.ask("Leila@hub.example"), self.ask("nobody@hub.example")
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert [mail.to for mail in OutgoingMail.objects.all()] == ["leila@hub.example"]

    def test_the_hub_does_the_same_for_an_address_that_it_knows_and_for_one_that_it_does_not(self, hub):
        """The same questions to the database, word for word: so nobody learns from the time whose account is here."""
        make_person("leila", Role.PRACTITIONER)
        make_person("left", Role.PRACTITIONER, is_active=False)
        Client().post("/accounts/password/reset/", {"email": "first@hub.example"})
        said = []
        for name in ("leila", "nobody", "left"):
            with CaptureQueriesContext(connection) as asked:
                answer = Client().post("/accounts/password/reset/", {"email": f"{name}@hub.example"})
            words = [re.sub(r"'[^']*'|\d+", "…", query["sql"]) for query in asked]
            said.append((answer.status_code, answer.url, answer.content, words))
        assert said[0] == said[1] == said[2]
        assert not any("people_user" in words for words in said[0][3])

    def test_an_address_that_was_typed_is_not_kept(self, hub):
        self.ask("nobody@hub.example")
        assert not WayBackIn.objects.exists()

    def test_pressing_twice_before_the_letter_is_written_brings_one(self, hub):
        make_person("leila", Role.PRACTITIONER)
        Client().post("/accounts/password/reset/", {"email": "leila@hub.example"})
        self.ask("Leila@hub.example")
        assert OutgoingMail.objects.count() == 1

    def test_of_all_who_ask_before_a_run_each_gets_a_letter(self, hub):
        for name in ("leila", "tom"):
            make_person(name, Role.PRACTITIONER)
            Client().post("/accounts/password/reset/", {"email": f"{name}@hub.example"})
        way_back_in.send_due(now=timezone.now())
        assert set(OutgoingMail.objects.values_list("to", flat=True)) == {"leila@hub.example", "tom@hub.example"}

    def test_the_link_is_built_from_our_own_address_and_works_once(self, hub):
        make_person("leila", Role.PRACTITIONER)
        self.ask("leila@hub.example", HTTP_HOST="localhost", HTTP_X_FORWARDED_HOST="evil.example")
        link = re.search(r"\S+/accounts/password/reset/key/\S+", OutgoingMail.objects.get().text)[0]
        assert link.startswith(settings.BASE_URL)
        client = Client()
        form = client.get(link.removeprefix(settings.BASE_URL))
        response = client.post(form.url, {"password1": "a-new-long-password", "password2": "a-new-long-password"})
        assert response.status_code == 302
        assert sign_in(Client(), "leila@hub.example", "a-new-long-password").status_code == 302
        again = Client().get(link.removeprefix(settings.BASE_URL), follow=True)
        assert again.context["token_fail"]

    def test_a_weak_password_is_told_at_its_field(self, practitioner, signed_in):
        response = signed_in(practitioner).post(
            "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
        )
        assert response.status_code == 400
        assert "at least 12 characters" in response.content.decode()


class TestMyHub:
    def test_the_look_that_was_chosen_stays_chosen(self, practitioner, signed_in):
        client = signed_in(practitioner)
        assert client.post("/me/", {"appearance": "dark"}).status_code == 302
        assert 'data-theme="dark"' in client.get("/").content.decode()

    def test_nonsense_is_refused_in_words_and_changes_nothing(self, practitioner, signed_in):
        response = signed_in(practitioner).post("/me/", {"appearance": "x" * 10_000, "is_superuser": "on"})
        assert response.status_code == 400
        practitioner.refresh_from_db()
        assert practitioner.appearance == ""
        assert not practitioner.is_superuser

    def test_it_says_who_the_hub_thinks_you_are(self, practitioner, manager, signed_in):
        practitioner.manager = manager
        practitioner.save()
        page = signed_in(practitioner).get("/me/").content.decode()
        assert "practitioner@hub.example" in page
        assert "Manager Test" in page


class TestRoles:
    def test_every_role_is_a_group_and_seeding_again_changes_nothing(self, hub):
        from django.contrib.auth.models import Group

        assert set(Role.values) <= set(Group.objects.values_list("name", flat=True))
        group = Group.objects.get(name=Role.EDITOR)
        before = set(group.permissions.all())
        assert seed_roles() == 0
        assert set(group.permissions.all()) == before

    @pytest.mark.parametrize(
        ("role", "enters", "adds", "vocabulary", "users"),
        [
            (Role.PRACTITIONER, False, False, False, False),
            (Role.MANAGER, False, False, False, False),
            (Role.CHAMPION, False, False, False, False),
            (Role.PARTNER, False, False, False, False),
            (Role.EDITOR, True, True, True, False),
            (Role.REVIEWER, True, False, False, False),
            (Role.ORGANISER, True, True, False, False),
            (Role.PSW, True, True, True, False),
            (Role.ADMINISTRATOR, True, True, True, True),
        ],
    )
    def test_each_role_may_do_its_work_in_the_cms_and_no_more(
        self, hub, signed_in, role, enters, adds, vocabulary, users
    ):
        from toolkits.models import ToolkitIndexPage

        client = signed_in(make_person("somebody", role))
        add = f"/admin/pages/add/toolkits/toolpage/{ToolkitIndexPage.objects.get().pk}/"
        opened = {
            address: client.get(address).status_code == 200
            for address in ("/admin/", add, "/admin/practice_items/", "/admin/users/")
        }
        assert list(opened.values()) == [enters, adds, vocabulary, users]

    def test_nobody_can_be_their_own_manager(self, practitioner):
        practitioner.manager = practitioner
        from django.core.exceptions import ValidationError

        with pytest.raises(ValidationError, match="their own manager"):
            practitioner.full_clean()
