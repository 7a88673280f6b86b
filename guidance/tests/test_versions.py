"""Policies keep their versions, tell those who follow and stay at their old address; the deal is ticked by version."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from assets.models import HubDocument, HubImage
from guidance.models import DealPage, GuidePage, PolicyPage
from guidance.policies.versions import tell_due
from learning.models import Understood
from notices.models import OutgoingMail
from pages.models import HubPage
from pages.public.approving import approve
from pages.visibility.files import on_pages_of
from pages.visibility.readers import reader_of
from people.roles import INTERVIEWERS, Role
from tests.builders import PARAGRAPH, block_of, day_from_now, make_person, make_text, make_tool
from toolkits.models import ToolPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(practitioner, signed_in):
    return signed_in(practitioner)


def make_policy(**fields) -> PolicyPage:
    given = {"version": "1.0", "effective_on": day_from_now(-100), "change_note": "The first.", **fields}
    return make_text(PolicyPage, "Supervision", **given)


def publish(page, editor, **changed) -> PolicyPage:
    page = PolicyPage.objects.get(pk=page.pk)
    for name, value in changed.items():
        setattr(page, name, value)
    page.save_revision(user=editor).publish()
    return page


def words(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


class TestVersions:
    def test_are_kept_and_shown_and_listed_for_all(self, me, editor):
        page = publish(make_policy(), editor, version="2.0", change_note="Monthly now.", effective_on=day_from_now(0))
        told = words(me.get(page.address))
        assert "Monthly now." in told
        assert "Earlier versions Version 1.0" in told
        assert "Supervision , version 2.0" in words(me.get("/guidance/changes/"))
        assert [one.published_by for one in page.versions.all()] == [editor, None]

    def test_a_slip_that_is_put_right_makes_no_new_version(self, editor):
        page = publish(make_policy(), editor, change_note="The very first.")
        assert [one.change_note for one in page.versions.all()] == ["The very first."]

    def test_a_draft_is_no_version_and_a_time_to_come_is_none_yet(self, editor):
        page = make_policy()
        page.version = "2.0"
        page.save_revision()
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()
        assert page.versions.count() == 1

    def test_what_somebody_may_not_read_is_not_in_their_list(self, me, partner, signed_in):
        make_policy()
        PolicyPage.objects.update(audience="staff")
        assert "Supervision" in words(me.get("/guidance/changes/"))
        assert "Supervision" not in words(signed_in(partner).get("/guidance/changes/"))

    def test_the_old_address_keeps_working(self, me, editor, django_capture_on_commit_callbacks):
        page = make_policy()
        old = page.address
        page.slug = "supervision-and-support"
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision(user=editor).publish()
        answer = me.get(old)
        assert (answer.status_code, answer.url) == (302, "/guidance/supervision-and-support/")


class TestFollowing:
    def test_tells_once_of_each_new_version_and_of_no_first_one(self, me, practitioner, editor):
        page = make_policy()
        for _ in range(2):
            me.post(f"/guidance/follow/{page.pk}/", {"do": "follow"})
        tell_due(now=timezone.now())
        assert not OutgoingMail.objects.exists()
        publish(page, editor, version="2.0", change_note="Monthly now.")
        for _ in range(2):
            tell_due(now=timezone.now())
        mail = OutgoingMail.objects.get()
        assert mail.to == practitioner.email
        assert "Monthly now." in mail.text
        me.post(f"/guidance/follow/{page.pk}/", {"do": "stop"})
        publish(page, editor, version="3.0", change_note="Yearly now.")
        tell_due(now=timezone.now())
        assert OutgoingMail.objects.count() == 1

    def test_ends_where_somebody_may_no_longer_read_it(self, partner, signed_in, editor):
        page = make_policy()
        signed_in(partner).post(f"/guidance/follow/{page.pk}/")
        publish(page, editor, version="2.0", change_note="Monthly now.", audience="staff")
        tell_due(now=timezone.now())
        assert not OutgoingMail.objects.exists()

    def test_of_what_is_not_there_is_not_found(self, me):
        assert me.post("/guidance/follow/999999/").status_code == 404


class TestTheDeal:
    @pytest.fixture
    def deal(self, hub):
        return make_text(DealPage, "The deal", version="2026 to 2027", valid_from=day_from_now(-10))

    def test_is_ticked_with_its_version_and_day_and_can_be_taken_back(self, me, deal):
        for _ in range(2):
            me.post(f"/guidance/understood/{deal.pk}/")
        assert Understood.objects.count() == 1
        assert "You have read and understood version 2026 to 2027" in words(me.get(deal.address))
        assert "Version 2026 to 2027" in words(me.get("/me/record/"))
        me.post(f"/guidance/understood/{deal.pk}/", {"do": "take-back"})
        assert "I have read and understood" in words(me.get(deal.address))

    def test_a_new_version_is_asked_anew_and_the_old_one_stays_on_the_record(self, me, deal):
        me.post(f"/guidance/understood/{deal.pk}/")
        deal.version = "2027 to 2028"
        deal.save_revision().publish()
        assert "I have read and understood version 2027 to 2028" in words(me.get(deal.address))
        assert "Version 2026 to 2027" in words(me.get("/me/record/"))

    def test_a_manager_sees_how_many_of_the_team_and_nobody_else_does(self, deal, manager, practitioner, signed_in):
        amina = make_person("amina", Role.PRACTITIONER, manager=manager)
        make_person("ben", Role.PRACTITIONER, manager=manager)
        signed_in(amina).post(f"/guidance/understood/{deal.pk}/")
        assert "1 of 2 of your team" in words(signed_in(manager).get(deal.address))
        assert "of your team" not in words(signed_in(practitioner).get(deal.address))


@pytest.mark.parametrize("page_type", [PolicyPage, DealPage, GuidePage, ToolPage], ids=lambda one: one.__name__)
def test_a_page_that_was_withdrawn_offers_nothing_that_no_longer_works(me, page_type):
    given = {"withdrawn_on": day_from_now(0)}
    page = make_tool(**given) if page_type is ToolPage else make_text(page_type, "Old", **given)
    main = BeautifulSoup(me.get(page.address).content, "html.parser").main
    assert "ithdrawn" in main.get_text()
    assert main.find_all("form") == []
    for link in main.select("a[href^='/']"):
        assert me.get(link["href"]).status_code == 200, link


class TestFilesOfAnotherVersion:
    """Whoever may read a version, of before or to come, reads it with its pictures and documents; nobody else does."""

    @pytest.fixture(autouse=True)
    def a_folder_of_its_own(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    @pytest.fixture(params=["picture", "document"])
    def file(self, request):
        if request.param == "picture":
            return HubImage.objects.create(title="Boat", file=get_test_image_file())
        return HubDocument.objects.create(title="Zorblight sheet", file=ContentFile(b"%PDF", "sheet.pdf"))

    @pytest.fixture(params=["before", "to come"])
    def page(self, request, editor, file, hub):
        shows, days = [block_of(file)], 10 if request.param == "to come" else 0
        page = make_policy(body=PARAGRAPH if days else shows)
        body = shows if days else PARAGRAPH
        publish(page, editor, version="2.0", change_note="New.", effective_on=day_from_now(days), body=body)
        return PolicyPage.objects.get()

    def address(self, file) -> str:
        return file.get_rendition("max-100x100").url if isinstance(file, HubImage) else file.url

    def test_are_there_for_its_readers_alone(self, page, file, me, partner, signed_in, client):
        assert me.get(self.address(file)).status_code == 200
        HubPage.objects.filter(pk=page.pk).update(audience="staff")
        assert me.get(self.address(file)).status_code == 200
        assert signed_in(partner).get(self.address(file)).status_code == 404
        assert client.get(self.address(file)).status_code == 302

    def test_are_not_for_outsiders_where_only_the_version_that_holds_was_approved_for_them(
        self, page, file, editor, psw, client
    ):
        page.audience = "public"
        page.save_revision(user=editor).publish(user=editor)
        page = PolicyPage.objects.get()
        approve(page=page, by=psw, read=page.live_revision_id, now=timezone.now())
        assert client.get(page.address).status_code == 200
        assert client.get(self.address(file)).status_code == 302

    @pytest.mark.parametrize("how", ["unpublished", "withdrawn", "in a closed section"])
    def test_are_gone_with_it(self, page, file, me, how):
        if how == "unpublished":
            page.unpublish()
        elif how == "withdrawn":
            HubPage.objects.filter(pk=page.pk).update(withdrawn_on=day_from_now(0))
        else:
            closed = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="groups")
            closed.groups.add(Group.objects.get(name=INTERVIEWERS))
        assert me.get(self.address(file)).status_code == 404

    def test_do_not_stand_in_search_beside_what_holds(self, page, file, practitioner):
        reader = reader_of(practitioner, today=day_from_now(0))
        assert not on_pages_of(reader, type(file).objects.all()).exists()

    def test_of_a_draft_are_not_there(self, page, file, me, editor):
        other = HubImage.objects.create(title="Draft", file=get_test_image_file())
        page.version, page.body = "3.0", [block_of(other)]
        page.save_revision(user=editor)
        assert me.get(self.address(other)).status_code == 404


def test_a_public_policy_is_named_to_outsiders_for_as_long_as_its_address_opens(editor, psw, client):
    """Since midnight another version holds, which nobody has approved for them; the job that says so has not run."""
    page = publish(make_policy(), editor, audience="public")
    approve(page=page, by=psw, read=PolicyPage.objects.get().live_revision_id, now=timezone.now())
    publish(page, editor, version="2.0", change_note="Monthly now.", effective_on=day_from_now(1))

    def named() -> list[bool]:
        lists = [client.get(path).content.decode() for path in ("/robots.txt", "/sitemap.xml")]
        return [page.address in text for text in lists]

    assert client.get(page.address).status_code == 200
    assert named() == [True, True]
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert client.get(page.address).status_code == 302
        assert named() == [False, False]
