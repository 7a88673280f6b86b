"""What somebody bookmarked, printed or typed by hand still leads to the page, and to what stood behind its address."""

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from guidance.models import GuidePage
from pages.models import HubPage
from pages.tests.public.public_pages import agree, asking
from tests.builders import make_text, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def rename(page, slug: str):
        """As an editor does it: Wagtail writes down the old address once that is committed."""
        with django_capture_on_commit_callbacks(execute=True):
            page = type(page).objects.get(pk=page.pk)
            page.slug = slug
            page.save_revision().publish()
        return page

    return rename


@pytest.fixture
def renamed(hub, rename):
    return rename(make_tool("Three houses"), "three-houses-and-a-garden")


@pytest.fixture
def worker(practitioner, signed_in):
    return signed_in(practitioner)


def leads_to(client, address: str) -> str:
    """Where the address leads in one step; what it leads to must be there."""
    answer = client.get(address)
    if answer.status_code == 404:
        return ""
    assert answer.status_code == 302, answer.status_code
    assert client.get(answer.url).status_code == 200
    return answer.url


@pytest.mark.parametrize(
    "behind", ["", "print/", "print/?size=24", "print/?size=24&from=a%20card", "?from=mail"], ids=str
)
def test_an_old_address_leads_to_the_page_with_all_that_stood_behind_it(renamed, worker, behind):
    assert leads_to(worker, f"/toolkits/three-houses/{behind}") == f"/toolkits/three-houses-and-a-garden/{behind}"


@pytest.mark.parametrize("behind", ["", "print/?size=18"])
def test_capitals_lead_to_the_page(hub, worker, behind):
    make_tool("Paper boats")
    for address in ("/Toolkits/Paper-Boats/", "/TOOLKITS/paper-boats/", "/toolkits/Paper-boats/"):
        assert leads_to(worker, address + behind) == f"/toolkits/paper-boats/{behind}"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("/Search/?q=MI", "/search/?q=MI"),
        ("/Practice/Portsmouth/PS3/", "/practice/portsmouth/ps3/"),
        ("/Toolkits/", "/toolkits/"),
        ("/Me/Bookings/", "/me/bookings/"),
    ],
)
def test_capitals_lead_to_every_screen_that_takes_no_key(hub, worker, typed, right):
    assert leads_to(worker, typed) == right


def test_an_old_address_with_capitals_leads_there_too(renamed, worker):
    assert leads_to(worker, "/Toolkits/Three-Houses/Print/") == "/toolkits/three-houses-and-a-garden/print/"


def test_pages_below_a_renamed_one_are_found(hub, worker, rename):
    above = make_text(GuidePage, "Handbook")
    below = make_text(GuidePage, "Recording", below=above)
    rename(above, "practice-handbook")
    assert leads_to(worker, below.address) == HubPage.objects.get(pk=below.pk).address


@pytest.mark.parametrize(
    "address", ["/toolkits/no-such/", "/Toolkits/No-Such/", "/toolkits/three-houses/nowhere/", "/X/"]
)
def test_what_was_never_there_is_not_found(renamed, worker, address):
    assert leads_to(worker, address) == ""


def test_nobody_is_led_to_what_they_may_not_open(hub, partner, signed_in, rename):
    rename(make_tool("Staff only", audience=HubPage.Audience.STAFF), "a-name-that-tells")
    for address in ("/toolkits/staff-only/", "/Toolkits/A-Name-That-Tells/"):
        answer = signed_in(partner).get(address)
        assert (answer.status_code, answer.get("Location")) == (404, None)


def test_nobody_is_led_below_a_renamed_page_to_what_they_may_not_open(hub, partner, signed_in, worker, rename):
    above = make_text(GuidePage, "Handbook")
    below = make_text(GuidePage, "Restructure", below=above, audience=HubPage.Audience.STAFF)
    rename(above, "practice-handbook")
    answer = signed_in(partner).get(below.address)
    assert (answer.status_code, answer.get("Location")) == (404, None)
    assert leads_to(worker, below.address) == HubPage.objects.get(pk=below.pk).address


def test_a_redirect_that_somebody_typed_leads_to_a_place_inside_a_page(hub, worker):
    page = make_tool("Paper boats")
    Redirect.objects.create(old_path="/boats-to-print", redirect_page=page, redirect_page_route_path="/print/")
    assert leads_to(worker, "/boats-to-print/") == "/toolkits/paper-boats/print/"


def test_a_redirect_that_somebody_typed_leads_where_it_says(hub, worker):
    Redirect.objects.create(old_path="/old-intranet", redirect_link="https://council.example/")
    answer = worker.get("/Old-Intranet/")
    assert (answer.status_code, answer.url) == (302, "https://council.example/")


def test_whoever_has_not_signed_in_is_asked_to(renamed, client):
    answer = client.get("/toolkits/three-houses/")
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/toolkits/three-houses/")


class TestSomebodyWhoHasNotSignedIn:
    """Printed and linked from outside, a public page's old address leads on; of what is internal it tells nothing."""

    @pytest.fixture
    def moved(self, hub, editor, psw, rename):
        page = asking(editor)
        rename(page, "join-us")
        page = type(page).objects.get(pk=page.pk)
        agree(page, psw)
        return page

    @pytest.mark.parametrize(
        "address", ["/guidance/work-with-us/", "/Guidance/Join-Us/", "/guidance/work-with-us/?a=b"]
    )
    def test_is_led_to_what_was_approved_for_everybody(self, moved, client, address):
        assert leads_to(client, address).split("?")[0] == moved.address

    @pytest.mark.parametrize("ended", ["approval", "withdrawn", "section", "unpublished"])
    def test_is_asked_to_sign_in_once_it_is_not_public_any_more(self, moved, client, ended):
        if ended == "approval":
            moved.public_approvals.update(ended_at=timezone.now())
        elif ended == "withdrawn":
            HubPage.objects.filter(pk=moved.pk).update(withdrawn_on=timezone.localdate())
        elif ended == "section":
            PageViewRestriction.objects.create(page=moved.get_parent(), restriction_type="login")
        else:
            moved.unpublish()
        asked_to_sign_in(client, "/guidance/work-with-us/")

    @pytest.mark.parametrize(
        "address",
        ["/guidance/work-with-us/versions/1/", "/Search/", "/toolkits/three-houses/", "/old-intranet/", "/x/"],
    )
    def test_is_told_nothing_of_anything_else(self, moved, renamed, client, address):
        Redirect.objects.create(old_path="/old-intranet", redirect_link="https://council.example/secret")
        asked_to_sign_in(client, address)


def asked_to_sign_in(client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={address}")
