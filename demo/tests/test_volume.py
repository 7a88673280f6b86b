"""Volume is made by tables, past everything that usually keeps pages whole: so whole is what it must be shown to be."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Revision

from demo.volume.making import ToolMaker
from demo.volume.words import ALWAYS_FILLED, FEWEST_WORDS, STATES
from demo.writing import SECTIONS
from pages.models import HubPage
from people.models import User
from people.roles import Role
from practice import editions
from tests.builders import make_tool
from toolkits.models import ToolkitIndexPage, ToolPage

pytestmark = pytest.mark.django_db

TOOLS, PEOPLE = 60, 30


def load(*arguments: str) -> str:
    """What the command says; a small volume unless told otherwise."""
    said = io.StringIO()
    call_command("load_volume", f"--pages={TOOLS}", f"--people={PEOPLE}", *arguments, stdout=said)
    return said.getvalue()


def tools():
    return ToolPage.objects.filter(slug__contains="-v1-").order_by("path")


def traits(tool: ToolPage) -> tuple:
    """What makes a tool that tool, without what it leads to."""
    carried = [
        sorted(record.pk for record in relation.all())
        for relation in (tool.items, tool.terms, tool.standards, tool.tags)
    ]
    return tool.title, tool.age_min, tool.minutes_min, tool.reviewed_on, carried, str(tool.say.raw_data)


def test_it_loads_as_many_as_asked_and_says_so(hub):
    said = load("--no-index")
    assert tools().count() == TOOLS
    assert User.objects.filter(email__endswith="@volume.hub.example").count() == PEOPLE
    assert f"Tools: {TOOLS} new." in said
    assert "Bookings: none loaded" in said
    assert "Bookings" not in load("--no-index", "--bookings=0")


def test_the_tree_is_whole_and_editors_go_on_beside_it(hub, practitioner, signed_in):
    before = make_tool("Made before")
    load("--no-index")
    after = make_tool("Made after")
    assert [problem for problem in HubPage.find_problems() if problem] == []
    assert after.path > tools().last().path > before.path
    index = ToolkitIndexPage.objects.get()
    assert index.numchild == index.get_children().count() == TOOLS + 2
    shown = tools().live().filter(withdrawn_on=None).first()
    assert shown.full_url
    assert signed_in(practitioner).get(shown.address).status_code == 200


def test_the_tools_are_of_every_state_and_filled(hub):
    load("--no-index", "--pages=200")
    today = timezone.localdate()
    states = {tool.state(today).slug if tool.live else "draft" for tool in tools()}
    assert states == set(STATES)
    for tool in tools()[:40]:
        tool.full_clean()
        words = sum(len(str(getattr(tool, name).render_as_block()).split()) for name in SECTIONS.values())
        assert words > FEWEST_WORDS
        assert all(getattr(tool, name) for name in ALWAYS_FILLED)
        assert all((tool.items.all(), tool.standards.all(), tool.terms.all(), tool.tags.all(), tool.languages.all()))
        assert tool.steward != tool.deputy


def test_a_title_comes_once(hub):
    load("--no-index", "--pages=0")
    maker = ToolMaker(ToolkitIndexPage.objects.get(), 1, timezone.localdate())
    assert len({maker.title(number) for number in range(25_000)}) == 25_000


def test_people_have_a_team_a_manager_and_a_role(hub):
    load("--no-index", "--pages=0")
    people = User.objects.filter(email__endswith="@volume.hub.example")
    assert not people.filter(groups=None).exists()
    staff = people.exclude(groups__name=Role.PARTNER)
    assert not staff.filter(team=None).exists()
    for person in staff.exclude(groups__name=Role.MANAGER):
        assert person.manager.team == person.team
        assert person.manager.has_role(Role.MANAGER)


def test_a_second_run_adds_only_what_is_missing(hub):
    load("--no-index")
    first = list(tools().values_list("pk", flat=True))
    assert "Tools: 0 new." in load("--no-index")
    assert "Tools: 5 new." in load("--no-index", f"--pages={TOOLS + 5}")
    assert list(tools().values_list("pk", flat=True))[:TOOLS] == first


def test_the_same_seed_makes_the_same_and_another_does_not(hub):
    load("--no-index")
    first = [traits(tool) for tool in tools()]
    people = set(User.objects.values_list("email", "first_name", "team__name"))
    load("--no-index", "--seed=2")
    assert tools().count() == TOOLS
    other = [traits(tool) for tool in ToolPage.objects.filter(slug__contains="-v2-").order_by("path")]
    assert len(other) == TOOLS
    assert other != first
    tools().delete()
    User.objects.filter(email__endswith=".1@volume.hub.example").delete()
    # Stopped half way and begun again, and still the same.
    load("--no-index", f"--pages={TOOLS // 2}")
    load("--no-index")
    assert [traits(tool) for tool in tools()] == first
    assert people <= set(User.objects.values_list("email", "first_name", "team__name"))


def test_an_editor_can_work_on_a_tool_and_publish_it(hub):
    load("--no-index")
    tool = tools().live().first()
    draft = tool.get_latest_revision_as_object()
    assert traits(draft) == traits(tool)
    assert [row.code for row in draft.languages.all()] == [row.code for row in tool.languages.all()]
    assert draft.live_revision == draft.latest_revision == tool.get_latest_revision()
    draft.title = "Changed by an editor"
    draft.save_revision().publish()
    assert ToolPage.objects.get(pk=tool.pk).title == "Changed by an editor"
    assert Revision.objects.for_instance(tool).count() == 2


def test_every_process_notices(hub):
    before = editions.read().get(editions.CONTENT)
    load("--no-index")
    assert editions.read().get(editions.CONTENT) != before


def test_the_search_index_knows_them(hub):
    load()
    assert tools().first().title in [page.title for page in HubPage.objects.search(tools().first().title)]


def test_production_refuses(hub, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        load()
    assert not tools().exists()


def test_a_number_below_nothing_is_refused(hub):
    with pytest.raises(CommandError, match="below 0"):
        load("--pages=-1")
