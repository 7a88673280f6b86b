"""What people rely on in a policy: which version holds, since when, what changed, and that it never goes backwards."""

import pytest
from bs4 import BeautifulSoup

from guidance.models import PolicyPage
from guidance.policies.in_force import in_order
from pages.models import HubPage
from tests.builders import PARAGRAPH, day_from_now, make_text, make_tool
from tests.editing import TEXT, form_of, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def desk(administrator, signed_in):
    administrator.is_superuser = True
    administrator.save()
    return signed_in(administrator)


def make_policy(title="Supervision", **fields) -> PolicyPage:
    given = {
        "body": PARAGRAPH,
        "version": "2.1",
        "effective_on": day_from_now(-30),
        "change_note": "Weekly for the first six weeks.",
        "reviewed_on": day_from_now(-30),
        "next_review": day_from_now(300),
        **fields,
    }
    return make_text(PolicyPage, title, **given)


def soup(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


class TestReading:
    def test_version_day_and_owner_stand_before_the_text_and_what_changed_with_them(self, reader, manager):
        page = soup(reader, make_policy(steward=manager).address)
        facts = {fact["data-fact"]: fact.get_text(strip=True) for fact in page.select("article [data-fact]")}
        assert facts["version"] == "2.1"
        assert facts["owner"] == str(manager)
        assert facts["effective"]
        changed = page.find("h2", string="What changed in version 2.1")
        assert "Weekly for the first six weeks." in changed.find_parent("section").get_text()

    @pytest.mark.parametrize(("days", "words"), [(-1, "Review was due on"), (20, "Review due on")])
    def test_a_review_that_is_due_or_overdue_is_said_before_the_title(self, reader, days, words):
        page = make_policy(reviewed_on=day_from_now(-300), next_review=day_from_now(days))
        notice = soup(reader, page.address).select_one(".notices .notice")
        assert words in notice.get_text()
        assert notice.find_next("h1")

    def test_a_current_policy_has_no_notice(self, reader):
        assert soup(reader, make_policy().address).select_one(".notices") is None

    def test_a_policy_to_come_says_from_when(self, reader):
        page = soup(reader, make_policy(effective_on=day_from_now(10)).address)
        assert "Not in force until" in page.select_one(".notices").get_text()
        assert "Comes into force" in page.select_one("article .facts").get_text()

    def test_a_withdrawn_policy_says_what_to_read_instead_and_is_on_no_list(self, reader):
        new = make_policy("New policy")
        old = make_policy(
            "Old policy",
            withdrawn_on=day_from_now(-1),
            withdrawn_reason="Replaced by the new one",
            replaced_by=HubPage.objects.get(pk=new.pk),
        )
        notice = soup(reader, old.address).select_one(".notices")
        assert "Replaced by the new one" in notice.get_text()
        assert notice.find("a", string="New policy")
        assert "Old policy" not in reader.get("/guidance/").content.decode()

    def test_the_text_that_counts_may_stand_elsewhere(self, reader):
        page = soup(reader, make_policy(full_text_url="https://procedures.example.org/1").address)
        assert "opens another site" in page.find("a", href="https://procedures.example.org/1").get_text()

    def test_an_old_address_still_leads_to_the_policy(
        self, reader, desk, manager, psw, django_capture_on_commit_callbacks
    ):
        page = make_policy(steward=manager, deputy=psw)
        form = form_of(desk, page, {"body": TEXT}) | {"slug": "supervision-and-support"}
        with django_capture_on_commit_callbacks(execute=True):
            assert refused(desk, page, form) == {}
        response = reader.get("/guidance/supervision/", follow=True)
        assert response.redirect_chain[-1][0].endswith("/guidance/supervision-and-support/")
        assert response.status_code == 200

    def test_a_staff_policy_is_not_there_for_partners(self, signed_in, partner):
        page = make_policy(audience=HubPage.Audience.STAFF)
        client = signed_in(partner)
        assert client.get(page.address).status_code == 404
        assert "Supervision" not in client.get("/guidance/").content.decode()


class TestEditing:
    @pytest.mark.parametrize("missing", ["version", "effective_on", "change_note", "steward", "next_review"])
    def test_it_is_not_published_without_what_its_readers_rely_on(self, desk, missing):
        page = make_policy(publish=False)
        form = form_of(desk, page, {"body": TEXT}) | {missing: ""}
        assert "required" in refused(desk, page, form)[missing]

    @pytest.mark.parametrize("lower", ["2.0", "1.9", "2", "0.9.9"])
    def test_a_version_never_goes_backwards_not_even_as_a_draft(self, desk, lower):
        page = make_policy()
        form = form_of(desk, page, {"body": TEXT}) | {"version": lower}
        for publish in (True, False):
            told = refused(desk, page, form, publish=publish)["version"]
            assert f"Version 2.1 is published, so this cannot be {lower}" in told
        assert PolicyPage.objects.get().version == "2.1"

    @pytest.mark.parametrize("version", ["2.1", "2.1.1", "2.10", "3"])
    def test_the_same_version_mended_and_a_higher_one_are_taken(self, desk, version):
        page = make_policy()
        form = form_of(desk, page, {"body": TEXT}) | {"version": version}
        assert "version" not in refused(desk, page, form, publish=False)

    @pytest.mark.parametrize("bad", ["v2", "2.", ".1", "2,1", "2.1.1.1", "99999", "٢", "2.1\n"])
    def test_what_is_no_version_is_told_so(self, desk, bad):
        page = make_policy(version="")
        told = refused(desk, page, form_of(desk, page, {"body": TEXT}) | {"version": bad}, publish=False)
        assert bad == "2.1\n" or "figures with points" in told["version"]


def test_versions_are_counted_as_numbers_and_not_as_letters():
    assert sorted(["2.10", "2.9", "10", "2", "2.0.1"], key=in_order) == ["2", "2.0.1", "2.9", "2.10", "10"]
    assert in_order("2") == in_order("2.0")


def test_tools_may_stand_beside_a_policy(reader):
    tool = make_tool("One-page plan")
    page = make_policy(related=[{"type": "page", "value": tool.pk}])
    assert (
        "One-page plan"
        in soup(reader, page.address).find("h2", string="Goes well with this").find_next("ul").get_text()
    )
