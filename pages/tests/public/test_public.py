"""What people outside may read is what somebody approved, as it read then, and nothing else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from guidance.models import CareerPage, VacancyPage
from pages.models import HubPage, PublicApproval
from pages.public.approving import approve, make_internal
from people.refusals import NotAllowed, NotPossible
from people.roles import Role
from tests.builders import day_from_now, make_person, make_text, make_tool

pytestmark = pytest.mark.django_db
BODY = [{"type": "paragraph", "value": "<p>Ways to come to us</p>"}]


@pytest.fixture
def outside():
    return Client()


@pytest.fixture
def page(editor):
    page = make_text(CareerPage, "Career routes", publish=False, body=BODY, steward=editor)
    page.audience = HubPage.Audience.PUBLIC
    page.save_revision(user=editor).publish()
    return CareerPage.objects.get()


@pytest.fixture
def open_page(page, psw):
    approve(page=page, by=psw, now=timezone.now())
    return page


def is_closed(client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 302 and answer.url.startswith("/accounts/login/")


def test_a_page_is_internal_until_it_is_approved(outside, page, psw):
    assert is_closed(outside, page.address)
    approve(page=page, by=psw, now=timezone.now())
    read = outside.get(page.address)
    assert read.status_code == 200
    assert "Ways to come to us" in read.content.decode()


def test_nothing_of_the_hub_stands_around_it(outside, open_page, editor):
    make_tool("Paper boats")
    text = outside.get(open_page.address).content.decode()
    page = BeautifulSoup(text, "html.parser")
    assert not page.select("[role=search], nav[aria-label=Main]")
    assert "Paper boats" not in text
    assert str(editor) not in text
    assert {link["href"] for link in page.select("a[href]")} <= {"#content", "/", "/accounts/login/"}
    assert outside.get(open_page.address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["{}print/", "{}?x=1#y", "/guidance/", "/", "/search/?q=a"])
def test_only_its_own_address_opens(outside, open_page, address):
    asked = address.format(open_page.address)
    assert is_closed(outside, asked) or asked.split("?")[0] == open_page.address


def test_it_is_read_and_nothing_more(outside, open_page):
    assert outside.post(open_page.address).status_code in (302, 405)


def test_a_changed_text_is_internal_until_it_is_approved_anew(outside, open_page, editor, psw):
    open_page.title = "Career routes, changed"
    revision = open_page.save_revision(user=editor)
    assert "changed" not in outside.get(open_page.address).content.decode()
    revision.publish()
    assert is_closed(outside, open_page.address)
    approve(page=open_page, by=psw, now=timezone.now())
    assert "changed" in outside.get(open_page.address).content.decode()
    assert PublicApproval.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"audience": "staff"},
        {"live": False},
        {"withdrawn_on": day_from_now(0)},
        {"withdrawn_on": day_from_now(-1)},
    ],
)
def test_what_is_withdrawn_or_flagged_back_is_gone_at_once(outside, open_page, change):
    HubPage.objects.filter(pk=open_page.pk).update(**change)
    assert is_closed(outside, open_page.address)


def test_in_a_closed_section_nothing_is_public(outside, open_page, psw):
    restriction = PageViewRestriction.objects.create(page=open_page.get_parent(), restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=Role.MANAGER))
    assert is_closed(outside, open_page.address)
    with pytest.raises(NotPossible):
        approve(page=open_page, by=psw, now=timezone.now())


def test_a_post_is_gone_the_day_after_it_closes(outside, editor, psw):
    page = make_text(VacancyPage, "Social worker", publish=False, body=BODY, closing_date=day_from_now(0))
    page.audience = HubPage.Audience.PUBLIC
    page.save_revision(user=editor).publish()
    approve(page=page, by=psw, now=timezone.now())
    assert "Closes on" in outside.get(page.address).content.decode()
    VacancyPage.objects.update(closing_date=day_from_now(-1))
    HubPage.objects.filter(pk=page.pk).update(withdrawn_on=day_from_now(0))
    assert is_closed(outside, page.address)


class TestApproving:
    def test_is_for_the_principal_social_worker_and_administrators(self, page, editor, manager):
        for person in (editor, manager):
            with pytest.raises(NotAllowed):
                approve(page=page, by=person, now=timezone.now())

    def test_is_never_done_by_whoever_published_it(self, page, psw):
        page.save_revision(user=psw).publish()
        with pytest.raises(NotPossible, match="Somebody else"):
            approve(page=CareerPage.objects.get(), by=psw, now=timezone.now())

    @pytest.mark.parametrize("make", [make_tool, lambda: make_text(CareerPage, "Draft", publish=False)])
    def test_is_refused_where_it_makes_no_sense(self, psw, hub, make):
        with pytest.raises(NotPossible):
            approve(page=make(), by=psw, now=timezone.now())

    def test_twice_is_once_and_ending_is_at_once(self, open_page, psw, editor, outside):
        approve(page=open_page, by=psw, now=timezone.now() + timedelta(days=1))
        assert PublicApproval.objects.count() == 1
        make_internal(page=open_page, by=psw, now=timezone.now())
        make_internal(page=open_page, by=psw, now=timezone.now())
        assert is_closed(outside, open_page.address)
        with pytest.raises(NotAllowed):
            make_internal(page=open_page, by=make_person("amina", Role.PRACTITIONER), now=timezone.now())

    def test_is_a_page_of_the_cms_with_what_was_before(self, page, psw, editor, practitioner, signed_in, outside):
        address = f"/admin/public/{page.pk}/"
        assert address in signed_in(psw).get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert signed_in(practitioner).get(address).status_code in (302, 403)
        as_editor = signed_in(editor)
        assert "Ask a principal social worker" in as_editor.get(address).content.decode()
        assert as_editor.post(address, {"do": "approve"}).status_code in (302, 403)
        assert is_closed(outside, page.address)
        desk = signed_in(psw)
        assert (
            "Everybody can read"
            in desk.post(address, {"do": "approve", "revision": page.live_revision_id}, follow=True).content.decode()
        )
        assert "Everybody can read this page. Once" in as_editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert as_editor.post(address, {"do": "end"}, follow=True).status_code == 200
        assert is_closed(outside, page.address)
        assert "ended by" in desk.get(address).content.decode()
