"""Who may see a page: one rule, asked at every place of every kind of reader and in every state of the page."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from assets.models import HubDocument
from events.booking.permissions import may_read_of
from events.models import EventPage
from pages.models import HubPage
from pages.visibility.readers import closed_sections, reader_of
from people.models import User
from people.roles import Role
from tests.builders import PASSWORD, block_of, day_from_now, make_person, make_session, make_text, make_tool
from toolkits.models import ToolkitIndexPage

pytestmark = pytest.mark.django_db

READERS = {
    "practitioner": (Role.PRACTITIONER,),
    "partner": (Role.PARTNER,),
    "editor": (Role.EDITOR,),
    "editor-and-partner": (Role.EDITOR, Role.PARTNER),
}


def close_to(page, *roles):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(name__in=roles))
    return restriction


@pytest.fixture
def readers(hub):
    people = {name: make_person(name, *roles) for name, roles in READERS.items()}
    return people | {"root": User.objects.create_superuser("root@hub.example", PASSWORD)}


EVERYBODY = {"practitioner", "partner", "editor", "editor-and-partner", "root"}
COUNCIL = EVERYBODY - {"partner"}


def renderings(event, document, session, person) -> dict[str, bool]:
    """What each place that asks says of this reader and this page: the page, lists, search, a sign-up, a file."""
    reader = reader_of(person, today=timezone.localdate(), sections=closed_sections())
    client = Client()
    client.force_login(person)
    found = client.get("/search/?q=zorblight").context["results"]
    readable = HubPage.objects.filter(pk=event.pk).in_use(reader.today)
    in_use = readable.exists()
    return {
        "a query that knows the sections": readable.seen_by(reader).exists(),
        "a query that finds them itself": readable.visible_to(person).exists(),
        "one page": in_use and reader.may_open(HubPage.objects.get(pk=event.pk)),
        "the statement of a sign-up": may_read_of(person, session.key),
        "a document": client.get(document.url).status_code == 200,
        "search": "/events/behind-a-door/" in {row.card.url for row in found.rows},
        "its file in search": document.url in {row.card.url for row in found.rows},
        "its section": "Behind a door" in client.get("/events/").content.decode(),
        "the address": client.get(event.address).status_code == 200,
    }


@pytest.mark.parametrize("state", ["live", "withdrawn tomorrow", "withdrawn", "unpublished", "draft"])
@pytest.mark.parametrize(
    ("audience", "doors", "who"),
    [
        ("public", (), EVERYBODY),
        ("partner", (), EVERYBODY),
        ("staff", (), COUNCIL),
        ("partner", ("login",), EVERYBODY),
        ("partner", ((Role.EDITOR,),), {"editor", "editor-and-partner", "root"}),
        ("partner", ((Role.EDITOR, Role.PARTNER),), {"partner", "editor", "editor-and-partner", "root"}),
        ("staff", ((Role.PARTNER,),), {"editor-and-partner", "root"}),
        ("partner", ((Role.PARTNER,), (Role.EDITOR,)), {"editor-and-partner", "root"}),
        ("partner", ((),), {"root"}),
    ],
)
def test_every_place_agrees_on_who_may_see_a_page(readers, settings, tmp_path, state, audience, doors, who):
    settings.MEDIA_ROOT = tmp_path / "media"
    document = HubDocument.objects.create(title="Zorblight", file=ContentFile(b"%PDF", "sheet.pdf"))
    withdrawn = {"withdrawn tomorrow": 1, "withdrawn": 0}.get(state)
    event = make_text(
        EventPage,
        "Behind a door",
        summary="Zorblight.",
        body=[block_of(document)],
        audience=audience,
        publish=state != "draft",
        withdrawn_on=None if withdrawn is None else day_from_now(withdrawn),
    )
    session = make_session(event=event)
    for groups in doors:
        if groups == "login":
            PageViewRestriction.objects.create(page=event, restriction_type=PageViewRestriction.LOGIN)
        else:
            close_to(event, *groups)
    if state == "unpublished":
        event.unpublish()
    expected = who if state in {"live", "withdrawn tomorrow"} else set()
    seen = {name: renderings(event, document, session, person) for name, person in readers.items()}
    for place in seen["root"]:
        by_place = {name for name, answers in seen.items() if answers[place]}
        if place == "a document":
            # In the CMS, files of drafts are there for those who look after files.
            assert by_place - {"editor", "editor-and-partner", "root"} == expected - {
                "editor",
                "editor-and-partner",
                "root",
            }
        elif place == "the address" and state == "withdrawn":
            # It says why it is gone, to those who could read it.
            assert by_place == who
        else:
            assert by_place == expected, place


@pytest.mark.parametrize(
    ("audience", "closed_to", "who"),
    [("staff", None, COUNCIL), ("partner", (Role.EDITOR,), {"editor", "editor-and-partner", "root"})],
)
def test_the_table_of_tools_agrees(readers, audience, closed_to, who):
    tool = make_tool("Behind a door", audience=audience)
    if closed_to is not None:
        close_to(tool, *closed_to)
    by_list = set()
    for name, person in readers.items():
        client = Client()
        client.force_login(person)
        if client.get("/toolkits/").context["browse"].total:
            by_list.add(name)
    assert by_list == who


def test_closing_a_section_closes_everything_below_it(readers):
    tool = make_tool("Behind a door")
    close_to(ToolkitIndexPage.objects.get(), Role.EDITOR)
    below = HubPage.objects.filter(pk=tool.pk)
    assert below.visible_to(readers["editor"]).exists()
    assert not below.visible_to(readers["practitioner"]).exists()


def test_of_two_doors_both_must_be_open(readers):
    tool = make_tool("Behind two doors")
    close_to(ToolkitIndexPage.objects.get(), Role.EDITOR, Role.PRACTITIONER)
    close_to(tool, Role.EDITOR)
    both = HubPage.objects.filter(pk=tool.pk)
    assert both.visible_to(readers["editor"]).exists()
    assert not both.visible_to(readers["practitioner"]).exists()


def test_a_neighbour_whose_address_begins_alike_stays_open(readers):
    closed, beside = make_tool("Boats"), make_tool("Boats and kites")
    close_to(closed, Role.EDITOR)
    assert HubPage.objects.filter(pk=beside.pk).visible_to(readers["practitioner"]).exists()


@pytest.mark.parametrize("after", ["", "print/", "print/?size=18"])
def test_a_signed_in_person_at_a_closed_door_is_told_so_and_not_sent_in_circles(readers, after):
    """To send somebody who is signed in to sign in brings them straight back, for ever."""
    tool = make_tool("Behind a door")
    close_to(tool, Role.EDITOR)
    client = Client()
    client.force_login(readers["practitioner"])
    address, steps = tool.address + after, 0
    response = client.get(address)
    while response.status_code == 302 and steps < 5:
        address, steps = response.url, steps + 1
        response = client.get(address)
    assert response.status_code in {403, 404}
    assert "Behind a door" not in response.content.decode()


def test_somebody_signed_out_comes_back_to_the_page_they_wanted(hub):
    tool = make_tool()
    response = Client().get(f"{tool.address}print/?size=18")
    assert response.url == f"/accounts/login/?next={tool.address}print/%3Fsize%3D18"


def test_a_page_is_for_whoever_its_audience_names(readers):
    staff = make_tool("Staff", audience=HubPage.Audience.STAFF)
    assert staff.is_for(readers["practitioner"])
    assert staff.is_for(readers["root"])
    assert not staff.is_for(readers["partner"])
    assert make_tool("Shared").is_for(readers["partner"])
    assert not make_tool("Partners").is_for(AnonymousUser())


def test_what_is_cached_for_one_reader_is_not_shown_to_another(readers):
    make_tool("For staff", audience=HubPage.Audience.STAFF, items=("PS2",))
    staff, partner = Client(), Client()
    staff.force_login(readers["practitioner"])
    partner.force_login(readers["partner"])
    for address in ("/", "/toolkits/", "/practice/portsmouth/ps2/"):
        assert "For staff" in staff.get(address).content.decode()
        seen = partner.get(address)
        assert seen.status_code == 200
        assert "For staff" not in seen.content.decode()


def test_two_people_of_one_role_are_each_greeted_by_their_own_name(hub):
    for name in ("anna", "bela"):
        client = Client()
        client.force_login(make_person(name, Role.PRACTITIONER))
        page = client.get("/").content.decode()
        assert f"Your week, {name.title()}" in page


def test_a_partner_who_signs_in_arrives_on_the_home_page(partner, signed_in):
    assert signed_in(partner).get("/").status_code == 200
