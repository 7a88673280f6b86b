"""From an address to its page: every depth, what is not there, and what nobody would type by hand."""

import re

import pytest
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver

from home.models import HomePage
from pages.models import HubPage, PlainPage, PracticeIndexPage, PracticeModelPage
from people.models import User
from tests.builders import make_tool
from toolkits.models import ToolkitIndexPage, ToolPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


def routed(path: str):
    """The page that answers, or `None`."""
    found = HubPage.route_for_request(RequestFactory().get(f"/{path}"), path)
    return found and found.page


def test_each_depth_leads_to_a_page_of_its_own_type(hub):
    make_tool()
    found = {path: type(routed(path)) for path in ("", "toolkits/", "toolkits/paper-boats/", "practice/portsmouth/")}
    assert list(found.values()) == [HomePage, ToolkitIndexPage, ToolPage, PracticeModelPage]


@pytest.mark.parametrize("path", ["toolkits/paper-boats/print/", "practice/methods/", "practice/portsmouth/ps3/"])
def test_an_address_inside_a_page_belongs_to_the_page(hub, path):
    make_tool()
    assert type(routed(path)) in {ToolPage, PracticeIndexPage, PracticeModelPage}


@pytest.mark.parametrize(
    "path",
    [
        "toolkits/nothing/",
        "toolkits/nothing/print/",
        "toolkits/paper-boats/nothing/",
        "toolkits/paper-boats/print/more/",
        "paper-boats/",
        "home/",
        "home/toolkits/",
        "root/",
        "nothing/" * 9,
        "practice/portsmouth/ps3/ps4/",
        "practice/methods/genogram/more/",
    ],
)
def test_what_is_not_there_is_said_and_nothing_else_is_shown(reader, path):
    make_tool()
    response = reader.get(f"/{path}")
    assert response.status_code == 404
    assert b"Paper boats" not in response.content


def test_the_same_part_twice_in_an_address_is_not_the_page_once(reader):
    assert reader.get("/toolkits/toolkits/").status_code == 404
    assert reader.get("/practice/practice/portsmouth/").status_code == 404


@pytest.mark.parametrize("after", ["", "print/"])
def test_a_draft_shows_at_none_of_its_addresses(reader, after):
    assert reader.get(make_tool(publish=False).address + after).status_code == 404


def test_a_page_below_one_that_was_taken_off_goes_with_it_or_stays_as_its_editor_chose(reader):
    model = PracticeModelPage.objects.get(slug="portsmouth")
    for title in ("Stays", "Goes"):
        below = PlainPage(title=title)
        model.add_child(instance=below)
        below.save_revision().publish()
    PlainPage.objects.get(title="Goes").unpublish()
    HubPage.objects.get(pk=model.pk).unpublish()
    assert reader.get("/practice/portsmouth/").status_code == 404
    assert reader.get("/practice/portsmouth/ps3/").status_code == 404
    assert reader.get("/practice/portsmouth/stays/").status_code == 200
    assert reader.get("/practice/portsmouth/goes/").status_code == 404


def test_a_renamed_page_answers_at_its_new_address_with_all_below_it_and_old_links_lead_there(
    reader, django_capture_on_commit_callbacks
):
    tool = make_tool()
    index = ToolkitIndexPage.objects.get()
    index.slug = "tools"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    assert reader.get("/tools/paper-boats/").status_code == 200
    assert reader.get(tool.address).url == "/tools/paper-boats/"


@pytest.mark.parametrize(
    "address",
    [
        "/" * 5000,
        "/" + "a/" * 5000,
        "/" + "%2F" * 3000,
        "/toolkits/" + "x" * 5000,
        "/toolkits/%00/",
        "/%00",
        "/toolkits/..%2f..%2fetc/",
        "/toolkits/😀/",
        "/\u202etoolkits/",
        "/toolkits/%FF%FE/",
        "/toolkits/paper-boats/print/%0d%0aSet-Cookie:x=1",
        "/practice/portsmouth/" + "p" * 3000 + "/",
        "/practice/methods/%27/",
        "/media/images/../../hub.sqlite3",
        "/media/images/%00",
        "/documents/999999999999999999999999/x.pdf",
    ],
    ids=lambda address: ascii(address[:40]),
)
def test_no_address_breaks_the_hub(reader, address):
    make_tool()
    response = reader.get(address)
    assert response.status_code in {301, 400, 404}
    assert "Set-Cookie:x" not in str(response.headers)


def test_routing_asks_two_queries_however_deep(reader, django_assert_max_num_queries):
    make_tool()
    request = RequestFactory().get("/toolkits/paper-boats/print/")
    with django_assert_max_num_queries(4):  # two of them Wagtail's own, to find the site outside a request of the hub
        HubPage.route_for_request(request, "toolkits/paper-boats/print/")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_is_read_and_nothing_else(reader, method):
    tool = make_tool()
    assert getattr(reader, method)(tool.address).status_code == 405
    assert reader.head(tool.address).status_code == 200


def test_the_trail_names_every_page_above(reader):
    trail = reader.get("/practice/portsmouth/ps3/").context["crumbs"]
    assert [step["url"] for step in trail] == ["/practice/", "/practice/portsmouth/"]
    make_tool()
    # The same when a page comes from a list and not from its address.
    assert ToolPage.objects.get().crumbs == [{"title": "Toolkits", "url": "/toolkits/"}]


TOO_LARGE = "9" * 21


def with_a_number(patterns, before: str = "/"):
    """Every address of the hub that holds nothing but numbers of rows, with one that no database can hold."""
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from with_a_number(pattern.url_patterns, route)
        elif "<row:" in route and "<" not in (path := re.sub(r"<row:\w+>", TOO_LARGE, route)):
            yield path


def test_a_number_that_no_database_can_hold_is_no_page(hub):
    client = Client()
    client.force_login(User.objects.create_superuser("root@hub.example", "a-long-password"))
    paths = list(with_a_number(get_resolver().url_patterns))
    assert len(paths) > 20
    answers = {(path, ask): getattr(client, ask)(path).status_code for path in paths for ask in ("get", "post")}
    assert {key: status for key, status in answers.items() if status not in {404, 405}} == {}
