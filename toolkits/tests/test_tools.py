import pytest
from bs4 import BeautifulSoup

from pages.models import HubPage
from tests.builders import day_from_now, make_tool
from toolkits.models import RelatedTool, ToolLanguage, ToolPage

pytestmark = pytest.mark.django_db


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


def titles(response) -> list[str]:
    return [card.title for card in response.context["browse"].shown_cards]


class TestBrowsing:
    def test_age_time_company_and_item_narrow_the_list_together(self, reader):
        make_tool("Little ones", age_min=-1, age_max=3, minutes_min=40, minutes_max=40)
        make_tool("Openers", age_min=4, age_max=16, minutes_min=10, minutes_max=10, items=("SS2",))
        make_tool("Parents", for_adults=True, minutes_min=30, minutes_max=30, terms={"with": ("parent",)})
        assert titles(reader.get("/toolkits/?age=7")) == ["Openers"]
        assert titles(reader.get("/toolkits/?age=-1")) == ["Little ones"]
        assert titles(reader.get("/toolkits/?minutes=30&sort=title")) == ["Openers", "Parents"]
        assert titles(reader.get("/toolkits/?with=parent")) == ["Parents"]
        assert titles(reader.get("/toolkits/?with=parent&with=child&item=SS2")) == ["Openers"]
        assert titles(reader.get("/toolkits/?q=open")) == ["Openers"]

    def test_every_count_is_what_its_link_gives(self, reader):
        make_tool("One", terms={"need": ("safety", "school")}, age_min=4, age_max=9)
        make_tool("Two", terms={"need": ("safety",), "setting": ("school",)})
        make_tool("Three", terms={"need": ("trauma",)}, age_min=10)
        browse = reader.get("/toolkits/?age=7").context["browse"]
        for facet in browse.facets:
            for value in facet.values:
                assert reader.get(value.url).context["browse"].total == value.count, (facet.name, value.label)

    def test_a_chosen_filter_can_be_taken_off_and_only_that_one(self, reader):
        make_tool("One", terms={"need": ("safety",)}, age_min=4, age_max=9)
        browse = reader.get("/toolkits/?age=7&need=safety").context["browse"]
        assert [chosen.label for chosen in browse.chosen] == ["Age 7", "Safety"]
        assert browse.chosen[0].url == "/toolkits/?need=safety"
        assert browse.chosen[1].url == "/toolkits/?age=7"

    def test_what_is_not_understood_is_said_and_the_rest_still_counts(self, reader):
        make_tool("One", age_min=4, age_max=9)
        page = soup(reader.get("/toolkits/?age=old&need=nothing&with=child&page=999"))
        words = page.get_text(" ")
        assert "“old”" in words
        assert "“nothing”" in words
        assert "There is no page 999" in words
        assert page.select_one("[data-total]").get_text(strip=True).startswith("1")

    @pytest.mark.parametrize("bad", ["\x00", '"', "😀", "\u202e", "x" * 10_000, "<script>", "%s", "' OR 1=1"])
    @pytest.mark.parametrize("name", ["age", "minutes", "need", "item", "page", "sort", "q", "language"])
    def test_nothing_typed_into_the_address_breaks_the_page(self, reader, name, bad):
        make_tool()
        response = reader.get("/toolkits/", {name: [bad, bad]})
        assert response.status_code == 200
        assert b"<script>" not in response.content

    def test_when_nothing_fits_the_nearest_tools_are_offered(self, reader):
        make_tool("One", terms={"need": ("safety",)}, age_min=4, age_max=9)
        browse = reader.get("/toolkits/?age=15&need=safety").context["browse"]
        assert browse.total == 0
        assert [card.title for card in browse.nearest] == ["One"]

    def test_overdue_tools_come_last_at_first_and_newest_and_titles_can_be_asked_for(self, reader):
        make_tool("A overdue", next_review=day_from_now(-1), reviewed_on=day_from_now(-400))
        make_tool("B current")
        assert titles(reader.get("/toolkits/")) == ["B current", "A overdue"]
        assert titles(reader.get("/toolkits/?sort=title")) == ["A overdue", "B current"]
        assert titles(reader.get("/toolkits/?sort=newest")) == ["B current", "A overdue"]

    def test_long_lists_have_pages_whose_addresses_keep_the_filters(self, reader):
        for number in range(26):
            make_tool(f"Tool {number:02}", age_min=4, age_max=9)
        browse = reader.get("/toolkits/?age=7&page=2&sort=title").context["browse"]
        assert [card.title for card in browse.shown_cards] == ["Tool 24", "Tool 25"]
        assert browse.pages.previous_url == "/toolkits/?age=7&sort=title"


class TestRightAtOnce:
    def test_a_tool_shows_when_it_is_published_and_is_gone_when_it_is_not(self, reader):
        assert titles(reader.get("/toolkits/")) == []
        tool = make_tool("Paper boats", publish=False)
        assert titles(reader.get("/toolkits/")) == []
        tool.save_revision().publish()
        assert titles(reader.get("/toolkits/")) == ["Paper boats"]
        assert "Paper boats" in reader.get("/practice/portsmouth/ps2/").content.decode()
        ToolPage.objects.get().unpublish()
        assert titles(reader.get("/toolkits/")) == []
        assert "Paper boats" not in reader.get("/practice/portsmouth/ps2/").content.decode()
        assert reader.get(tool.address).status_code == 404

    def test_a_changed_title_shows_on_every_list_at_once(self, reader):
        tool = make_tool("Paper boats")
        assert "Paper boats" in reader.get("/").content.decode()
        tool.title = "Paper ships"
        tool.save_revision().publish()
        for address in ("/", "/toolkits/", "/practice/portsmouth/ps2/", tool.address):
            page = reader.get(address).content.decode()
            assert "Paper ships" in page
            assert "Paper boats" not in page

    def test_a_withdrawn_tool_is_on_no_list_and_its_address_says_why_and_what_instead(self, reader):
        instead = make_tool("Paper ships")
        tool = make_tool(
            "Paper boats",
            withdrawn_on=day_from_now(0),
            withdrawn_reason="It frightened some children",
            replaced_by=HubPage.objects.get(pk=instead.pk),
        )
        assert titles(reader.get("/toolkits/")) == ["Paper ships"]
        assert reader.get("/search/?q=boats").context["results"].total == 0
        page = soup(reader.get(tool.address))
        assert page.select_one('[data-review="withdrawn"]')
        assert "It frightened some children" in page.get_text()
        assert page.find("a", string="Paper ships")


class TestReading:
    def test_the_facts_that_decide_are_there_for_eyes_and_for_scripts(self, reader):
        tool = make_tool(
            age_min=4, age_max=16, minutes_min=10, minutes_max=10, items=("SS2", "PP3"), terms={"setting": ("home",)}
        )
        page = soup(reader.get(tool.address))
        facts = {
            name: page.select_one(f'[data-fact="{name}"]').get_text(strip=True)
            for name in ("age", "minutes", "with", "materials", "setting")
        }
        assert facts == {
            "age": "4 to 16 years",
            "minutes": "10 minutes",
            "with": "Child alone",
            "materials": "Nothing",
            "setting": "Home",
        }
        assert {chip["data-item"] for chip in page.select("main [data-item]")} >= {"SS2", "PP3"}

    @pytest.mark.parametrize(("days", "slug"), [(300, "current"), (10, "due"), (-1, "overdue")])
    def test_a_tool_says_whether_its_review_is_due(self, reader, days, slug):
        tool = make_tool(reviewed_on=day_from_now(-200), next_review=day_from_now(days))
        assert soup(reader.get(tool.address)).select_one(f'[data-review="{slug}"]')

    def test_sections_keep_their_order_whatever_is_left_out(self, reader):
        paragraph = [{"type": "paragraph", "value": "<p>Text</p>"}]
        tool = make_tool(afterwards=paragraph, prepare=paragraph, if_worried=paragraph, do=paragraph)
        page = soup(reader.get(tool.address))
        headings = [section.h2.get_text(strip=True) for section in page.select("article .section")]
        assert headings == ["Prepare", "Do", "If a child tells you something worrying", "Afterwards"]

    def test_a_tool_for_workers_alone_speaks_of_their_worry(self, reader):
        paragraph = [{"type": "paragraph", "value": "<p>Text</p>"}]
        tool = make_tool(if_worried=paragraph, terms={"with": ("worker",)})
        assert "If you are worried" in reader.get(tool.address).content.decode()

    def test_related_tools_leave_out_what_is_gone(self, reader):
        tool, here, gone = make_tool("One"), make_tool("Here"), make_tool("Gone")
        tool.related_tools = [RelatedTool(tool=here), RelatedTool(tool=gone)]
        tool.save_revision().publish()
        gone.unpublish()
        assert [card.title for card in reader.get(tool.address).context["tool"].related] == ["Here"]

    def test_a_language_says_whether_a_person_checked_it(self, reader):
        tool = make_tool()
        tool.languages = [
            ToolLanguage(code="pl", human_checked=True, checked_on=day_from_now(0)),
            ToolLanguage(code="ar", human_checked=False),
        ]
        tool.save_revision().publish()
        words = reader.get(tool.address).context["tool"].languages
        assert words.startswith("Polish (checked ")
        assert words.endswith("Arabic (not checked by a person)")
        assert titles(reader.get("/toolkits/?language=pl")) == ["Paper boats"]


class TestPrinting:
    @pytest.mark.parametrize(
        ("asked", "size", "said"), [("", 12, 0), ("18", 18, 0), ("24", 24, 0), ("900", 12, 1), ("x", 12, 1)]
    )
    def test_print_comes_in_twelve_to_twenty_four_point_and_says_what_it_ignored(self, reader, asked, size, said):
        tool = make_tool()
        response = reader.get(f"{tool.address}print/", {"size": asked} if asked else {})
        page = soup(response)
        assert response.context["size"] == size
        assert len(response.context["ignored"]) == said
        assert f"print-{size}" in page.body["class"]
        assert "Printed on" in page.get_text()
        assert f"{tool.address}" in page.get_text()
        assert not page.select("nav[aria-label=Main]")
