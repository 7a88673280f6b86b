"""The demo tools say of themselves what the list of the demo content says: ages, minutes, company, items."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from demo import loading, writing
from home.models import HomePage
from people.models import User
from people.roles import Role
from tests.builders import make_tool
from toolkits.models import ToolPage

# Tool: youngest, oldest, for adults too (None: not said), minutes, items and standards that it must have.
LIST = {
    "T01": (4, 12, False, 30, "PE5 PS2 NE3"),
    "T02": (5, 11, False, 40, "PS2 PE7"),
    "T03": (3, 9, False, 15, "PS2"),
    "T04": (4, 16, False, 10, "SS2 PP3"),
    "T05": (6, 16, False, 25, "PS3 NE4"),
    "T06": (None, None, False, 45, "PS3 PE1 KSS6"),
    "T07": (8, None, False, 30, "PS3"),
    "T08": (None, None, False, 60, "PS3 PS8 KSS7"),
    "T09": (5, 15, False, 30, "PS4 NE3"),
    "T10": (-1, 3, False, 40, "PS4 KSS3"),
    "T11": (4, 18, False, 20, "PS2 PE8"),
    "T12": (5, None, True, 10, "SS1 SS3 PS1"),
    "T13": (None, None, True, 30, "PE7 NE5 KSS1"),
    "T14": (None, None, False, 30, "PE2 PP1 NE5"),
    "T15": (None, None, True, 30, "PE8 PP6 PS6 NR4"),
    "T16": (None, None, None, 45, "PS7 PP5 NR5"),
    "T17": (6, 15, False, 30, "PE4 PS2"),
    "T18": (6, 14, False, 30, "PE1 KSS4"),
    "T19": (4, 16, False, None, "PE3 PP3"),
    "T20": (12, 18, False, 30, "PP3 NE2"),
    "T21": (11, 18, False, 40, "PE5 PP9"),
    "T22": (7, None, True, 30, "SS2 NR5"),
    "T23": (5, 18, False, 30, "NE1"),
    "T24": (None, None, None, 45, "PP10 SS9 NR2"),
}
TEXTS = {facts["id"]: facts for facts, _ in map(writing.read, loading.tool_files())}


def test_every_tool_of_the_list_has_a_text_and_there_is_no_other():
    assert TEXTS.keys() == LIST.keys()


@pytest.mark.parametrize("tool", LIST)
def test_a_tool_is_for_the_ages_and_takes_the_time_that_the_list_gives(tool):
    youngest, oldest, adults, minutes, _ = LIST[tool]
    facts = TEXTS[tool]
    assert (facts.get("age_min"), facts.get("age_max")) == (youngest, oldest)
    # Without minutes the list says "several sessions".
    assert facts["several_sessions"] if minutes is None else facts.get("minutes_min") == minutes
    if adults is not None:
        # A tool for any age is for grown-ups of the family too, whether or not it says so.
        assert facts["adults"] is adults or (youngest is None and oldest is None)


@pytest.mark.parametrize("tool", LIST)
def test_a_tool_is_aligned_to_the_items_and_standards_that_the_list_gives(tool):
    assert set(LIST[tool][4].split()) <= {*TEXTS[tool]["items"], *TEXTS[tool]["standards"]}


@pytest.mark.parametrize(
    ("tool", "facet", "values"),
    [
        ("T01", "method", {"drawing"}),
        ("T01", "need", {"wishes-and-feelings"}),
        ("T02", "need", {"safety"}),
        ("T03", "method", {"cards"}),
        ("T03", "access", {"large-print"}),
        ("T04", "materials", {"none"}),
        ("T07", "with", {"child", "group"}),
        ("T08", "with", {"worker"}),
        ("T10", "method", {"observation"}),
        ("T11", "access", {"symbols"}),
        ("T13", "method", {"scaling"}),
        ("T15", "with", {"worker", "supervisor"}),
        ("T17", "need", {"domestic-abuse"}),
        ("T18", "need", {"alcohol-or-drugs"}),
        ("T19", "setting", {"foster-home"}),
        ("T20", "setting", {"car-or-walk"}),
        ("T21", "need", {"exploitation"}),
        ("T22", "stage", {"conference-or-review"}),
        ("T23", "need", {"school"}),
        ("T24", "with", {"worker", "partner-agency"}),
    ],
)
def test_a_tool_is_found_by_what_the_list_says_of_it(tool, facet, values):
    assert values <= set(TEXTS[tool][facet])


def test_what_may_stir_strong_feelings_says_what_to_do_afterwards_and_asks_for_training():
    assert TEXTS["T17"]["intensity"] == "strong"
    assert TEXTS["T17"]["skill"] == "trained"
    assert all(facts["aftercare"] for facts in TEXTS.values() if facts["intensity"] == "strong")


def test_languages_of_the_list_are_there():
    assert {row["code"] for row in TEXTS["T01"]["languages"]} >= {"en", "pl", "ur", "ar"}
    assert "pl" in {row["code"] for row in TEXTS["T03"]["languages"]}


def test_related_tools_are_real_and_others():
    for tool, facts in TEXTS.items():
        assert set(facts["related"]) <= TEXTS.keys() - {tool}


def load_demo() -> None:
    call_command("load_demo", stdout=io.StringIO())


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
class TestLoaded:
    def test_loading_again_undoes_nothing_that_anybody_did_since_and_brings_back_what_was_deleted(self):
        tool = ToolPage.objects.get(slug=TEXTS["T04"]["slug"])
        tool.title = "Our own openers"
        tool.related_tools = tool.related_tools.all()[:1]
        tool.save_revision().publish()
        person = User.objects.get(email="practitioner@hub.example")
        person.set_password("a-new-long-password")
        person.groups.clear()
        person.save()
        ToolPage.objects.get(slug=TEXTS["T01"]["slug"]).unpublish()
        ToolPage.objects.get(slug=TEXTS["T02"]["slug"]).delete()
        others = set(ToolPage.objects.values_list("pk", flat=True))
        load_demo()
        tool = ToolPage.objects.get(pk=tool.pk)
        assert tool.title == "Our own openers"
        assert tool.related_tools.count() == 1
        person.refresh_from_db()
        assert person.check_password("a-new-long-password")
        assert not person.groups.exists()
        assert not ToolPage.objects.get(slug=TEXTS["T01"]["slug"]).live
        assert ToolPage.objects.get(slug=TEXTS["T02"]["slug"]).live
        assert others < set(ToolPage.objects.values_list("pk", flat=True))
        assert ToolPage.objects.count() == len(LIST)

    def test_the_tool_of_the_story_is_found_by_need_and_age_alone(self, client):
        client.force_login(User.objects.get(email="practitioner@hub.example"))
        title = "When a child does not want to talk: low-pressure openers"

        def found(query):
            return [card.title for card in client.get(f"/toolkits/{query}").context["browse"].shown_cards]

        assert title in found("?need=wishes-and-feelings&age=7")
        assert title not in found("?need=wishes-and-feelings&age=17")
        assert title not in found("?need=leaving-care&age=7")

    def test_every_account_opens_the_hub_and_only_those_who_edit_come_into_the_cms(self):
        editing = set()
        for name in "practitioner practitioner2 manager editor reviewer organiser champion psw partner admin".split():
            client = Client()
            client.force_login(User.objects.get(email=f"{name}@hub.example"))
            for address in ("/", "/toolkits/", "/practice/", "/me/", "/search/?q=talk"):
                assert client.get(address).status_code == 200, (name, address)
            if client.get("/admin/").status_code == 200:
                editing.add(name)
        assert editing == {"editor", "reviewer", "organiser", "psw", "admin"}

    def test_people_have_a_team_and_somebody_who_manages_them(self):
        person = User.objects.get(email="practitioner@hub.example")
        assert person.manager.email == "manager@hub.example"
        assert person.team
        assert User.objects.filter(groups__name=Role.CHAMPION).count() == 3


@pytest.mark.django_db
class TestStandingPages:
    def test_setting_up_again_adds_no_page_and_undoes_no_edit(self, hub):
        from pages.models import HubPage

        make_tool()
        home = HomePage.objects.get()
        home.question = "What brings you here?"
        home.save_revision().publish()
        privacy = HubPage.objects.get(slug="privacy").specific
        privacy.title = "How we look after information"
        privacy.save_revision().publish()
        HubPage.objects.get(slug="accessibility").unpublish()
        pages = HubPage.objects.count()
        from home.site_tree import plant

        plant()
        assert HubPage.objects.count() == pages
        assert HomePage.objects.get().question == "What brings you here?"
        assert HubPage.objects.get(slug="privacy").title == "How we look after information"
        assert not HubPage.objects.get(slug="accessibility").live

    def test_the_menu_leads_to_every_section_in_its_order(self, practitioner, signed_in):
        menu = signed_in(practitioner).get("/").wsgi_request.hub.nav
        assert [(entry["title"], entry["url"]) for entry in menu] == [
            ("Toolkits", "/toolkits/"),
            ("Practice model", "/practice/"),
            ("Research", "/research/"),
            ("Champions", "/champions/"),
            ("Events", "/events/"),
            ("Guidance", "/guidance/"),
            ("Stories", "/stories/"),
        ]

    def test_statements_that_the_law_asks_for_are_there_for_partners_too(self, partner, signed_in):
        client = signed_in(partner)
        for address in ("/accessibility/", "/privacy/", "/practice/", "/practice/nottinghamshire/"):
            assert client.get(address).status_code == 200


@pytest.mark.django_db
class TestHomeCards:
    def test_tools_that_editors_chose_stand_in_their_order_and_only_if_the_reader_may_see_them(
        self, practitioner, partner, signed_in
    ):
        from home.models import ChosenPage
        from pages.models import HubPage

        chosen = [make_tool("Zebra"), make_tool("For staff", audience="staff"), make_tool("Apple")]
        gone = make_tool("Gone")
        home = HomePage.objects.get()
        home.chosen_pages = [
            ChosenPage(page=tool.hubpage_ptr, sort_order=place) for place, tool in enumerate([*chosen, gone])
        ]
        home.save_revision().publish()
        HubPage.objects.get(pk=gone.pk).unpublish()

        def seen(person):
            return [card.title for card in signed_in(person).get("/").context["home"].tools]

        assert seen(practitioner) == ["Zebra", "For staff", "Apple"]
        assert seen(partner) == ["Zebra", "Apple"]

    def test_without_a_choice_the_newest_six_tools_stand_there(self, practitioner, signed_in):
        for number in range(8):
            make_tool(f"Tool {number}")
        reading = signed_in(practitioner).get("/").context["home"]
        assert [card.title for card in reading.tools] == [f"Tool {number}" for number in (7, 6, 5, 4, 3, 2)]
        assert reading.tools_total == 8

    def test_a_family_says_how_many_pages_a_reader_would_find_in_it(self, practitioner, partner, signed_in):
        make_tool("One", items=("PE1", "PE2"))
        make_tool("For staff", items=("PE1",), audience="staff")

        def elements(person):
            families = signed_in(person).get("/").context["home"].families
            return next((row["items_text"], row["tools_text"]) for row in families if row["url"].endswith("#elements"))

        assert elements(practitioner) == ("8 items", "2 pages")
        assert elements(partner) == ("8 items", "1 page")
