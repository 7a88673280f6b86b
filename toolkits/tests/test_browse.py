"""The index as its HTML tells it: counts, filters, addresses and lists, whoever looks and whichever model shows."""

import pytest
from bs4 import BeautifulSoup

from pages.models import HubPage
from people.models import User
from practice import editions
from practice.models import PracticeModel, ShownModelSettings
from tests.builders import day_from_now, make_tool
from toolkits.models import RelatedTool, ToolPage

pytestmark = pytest.mark.django_db


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select(".results .card__title")]


def total(page: BeautifulSoup) -> int:
    return int(page.select_one("[data-total]")["data-total"])


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def look(reader):
    return lambda query="": soup(reader.get(f"/toolkits/{query}"))


def show(slug: str) -> None:
    ShownModelSettings.objects.update(model=PracticeModel.objects.get(slug=slug))
    editions.bump(editions.VOCABULARY)


class TestCounts:
    @pytest.fixture(autouse=True)
    def tools(self, hub):
        make_tool("A", age_min=-1, age_max=3, minutes_min=40, minutes_max=60, terms={"need": ("pre-birth",)})
        make_tool("B", age_min=4, age_max=16, minutes_min=10, terms={"need": ("safety", "school")}, items=("SS2",))
        make_tool("C", age_min=12, minutes_min=30, terms={"need": ("safety",)}, items=("PE1",))
        make_tool("D", for_adults=True, terms={"with": ("parent",)})
        make_tool("E", terms={"with": ("child", "group"), "need": ("school",)})

    @pytest.mark.parametrize("query", ["", "?need=safety", "?age=7", "?minutes=30&with=child", "?need=school&item=SS2"])
    def test_a_number_beside_a_box_is_what_ticking_only_that_box_of_its_group_gives(self, look, query):
        page, checked = look(query), 0
        for group in page.select("fieldset[data-facet]"):
            boxes = group.select("input[type=checkbox]")
            rest = {
                box["name"]: box["value"] for box in page.select("input[checked]") if box["name"] != group["data-facet"]
            }
            rest |= {
                field["name"]: field["value"] for field in page.select(".filters__numbers input") if field["value"]
            }
            for box in boxes:
                said = box.find_parent("label").select_one(".choice__count").find(string=True)
                asked = {**rest, box["name"]: box["value"]}
                given = look("?" + "&".join(f"{name}={value}" for name, value in asked.items()))
                assert int(said) == total(given), asked
                checked += 1
        assert checked > 10

    def test_a_quick_age_or_time_gives_as_many_as_it_counts(self, reader):
        browse = reader.get("/toolkits/?with=child").context["browse"]
        assert {(pill.value, pill.count) for pill in browse.quick_ages} >= {("-1", 2), ("6", 2), ("15", 3)}
        for pill in [*browse.quick_ages, *browse.quick_minutes]:
            assert total(soup(reader.get(pill.url))) == pill.count, pill.label

    def test_a_quick_age_that_is_on_goes_off_by_a_click_and_keeps_the_rest(self, look):
        link = next(link for link in look("?age=6&need=safety").select(".quick a") if "Age 6" in link.get_text())
        assert link["aria-current"] == "true"
        assert link["href"] == "/toolkits/?need=safety"

    @pytest.mark.parametrize("age", [-1, 0, 3, 4, 11, 12, 16, 17, 25])
    def test_an_age_finds_what_is_for_it_and_the_ends_of_a_range_count(self, look, age):
        expected = {-1: "AE", 0: "AE", 3: "AE", 4: "BE", 11: "BE", 12: "BCE", 16: "BCE", 17: "CE", 25: "CE"}[age]
        assert titles(look(f"?age={age}&sort=title")) == list(expected)

    @pytest.mark.parametrize(("minutes", "expected"), [(10, "B"), (29, "B"), (30, "BC"), (39, "BC"), (40, "ABC")])
    def test_a_time_at_hand_finds_what_can_be_done_in_it(self, look, minutes, expected):
        assert titles(look(f"?minutes={minutes}&sort=title")) == list(expected)

    def test_less_time_than_any_tool_needs_finds_none(self, look):
        assert total(look("?minutes=9")) == 0

    def test_two_values_of_one_filter_widen_and_two_filters_narrow(self, look):
        assert titles(look("?need=safety&need=pre-birth&sort=title")) == ["A", "B", "C"]
        assert titles(look("?need=safety&need=school&with=group")) == ["E"]
        assert titles(look("?need=safety&item=PE1")) == ["C"]


class TestTheAddress:
    def test_the_form_keeps_all_that_is_asked_for(self, look):
        """Who changes one filter loses none of the others, the words included."""
        make_tool("Paper boats", age_min=4, age_max=9, minutes_min=10, terms={"need": ("safety",)})
        form = look("?q=paper&age=7&minutes=20&need=safety&sort=title").select_one("form.filters__form")
        sent = {
            (field["name"], field.get("value", ""))
            for field in form.select("input[name]")
            if field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked")
        }
        assert {("age", "7"), ("minutes", "20"), ("need", "safety"), ("sort", "title")} <= sent
        assert ("q", "paper") in sent

    def test_unknown_values_are_named_in_words_and_take_nothing_else_away(self, look):
        make_tool("One", age_min=4, age_max=9, terms={"need": ("safety",)})
        make_tool("Two", age_min=4, age_max=9)
        page = look("?age=7&need=safety&need=juggling&minutes=many&sort=random&item=ZZ9")
        assert titles(page) == ["One"]
        words = page.select_one(".notices").get_text(" ")
        for ignored in ("“juggling”", "“many”", "“random”", "“ZZ9”"):
            assert ignored in words

    @pytest.mark.parametrize("age", ["-2", "26", "7.5", "seven", "٧", "1e1", "99999999999999999999", "7 8"])
    def test_an_age_that_is_none_gives_the_whole_list_and_says_so(self, look, age):
        make_tool("One", age_min=4, age_max=9)
        page = look(f"?age={age}")
        assert total(page) == 1
        assert f"Age “{age}” is not between -1 and 25" in page.get_text()

    @pytest.mark.parametrize("number", ["0", "-1", "2", "999", "1000000000000", "x"])
    def test_a_page_that_is_not_there_shows_one_that_is_and_says_so(self, look, number):
        make_tool("One")
        page = look(f"?page={number}")
        assert titles(page) == ["One"]
        assert "no page" in page.get_text() or "Page “" in page.get_text()

    def test_a_hub_without_tools_says_so_and_one_without_a_match_says_something_else(self, look):
        assert "No tools yet" in look().get_text()
        make_tool("One", age_min=4, age_max=9)
        page = look("?age=15")
        assert "No tool fits" in page.get_text()
        assert total(page) == 0
        assert page.find("a", string="One")

    def test_a_search_for_words_marks_signs_as_words_and_not_as_wildcards(self, look):
        make_tool("One")
        assert total(look("?q=%25")) == total(look("?q=_")) == total(look("?q=.*")) == 0
        assert total(look("?q=ONE")) == 1


class TestModels:
    def test_an_item_finds_through_its_equivalent_when_the_other_model_shows(self, look):
        make_tool("Direct", items=("NE5",))
        make_tool("Through", items=("PE2",))
        make_tool("Neither", items=("PP8",))
        show("nottinghamshire")
        page = look("?item=NE5&sort=title")
        assert titles(page) == ["Direct", "Through"]
        assert {chip["data-item"] for chip in page.select(".results [data-item]")} == {"NE5"}

    def test_an_old_link_to_an_item_of_the_other_model_still_works_and_can_be_taken_off(self, look):
        make_tool("Through", items=("PE2",))
        make_tool("Neither", items=("PP8",))
        show("nottinghamshire")
        page = look("?item=PE2")
        assert titles(page) == ["Through"]
        assert page.select_one('.chosen a[href="/toolkits/"]')

    def test_filters_offer_the_shown_models_items_in_its_order(self, look):
        make_tool("One", items=("PS10", "PS2", "PE1"))
        offered = [box["value"] for box in look().select('fieldset[data-facet="item"] input')]
        assert offered == ["PE1", "PS2", "PS10"]


class TestWhoLooks:
    def test_a_partner_sees_fewer_and_every_count_is_of_what_a_partner_may_see(self, look, partner, signed_in):
        make_tool("Shared", terms={"need": ("safety",)}, age_min=4, age_max=9)
        make_tool("For staff", terms={"need": ("safety", "trauma")}, audience=HubPage.Audience.STAFF)
        assert total(look()) == 2
        client = signed_in(partner)
        browse = client.get("/toolkits/").context["browse"]
        assert browse.total == 1
        assert browse.shown_text == "1 tool"
        counts = {value.value: value.count for facet in browse.facets for value in facet.values if facet.name == "need"}
        assert counts == {"safety": 1}  # "trauma" is only on what partners may not see, so it is not even named
        assert [pill.count for pill in browse.quick_ages if pill.value == "6"] == [1]
        empty = client.get("/toolkits/?need=trauma")
        assert empty.context["browse"].total == 0
        assert "For staff" not in empty.content.decode()


class TestGoneAtOnce:
    @pytest.mark.parametrize("days", [0, -10])
    def test_a_withdrawn_tool_is_gone_from_its_day(self, look, days):
        make_tool("Gone", withdrawn_on=day_from_now(days))
        make_tool("Here")
        assert titles(look()) == ["Here"]

    def test_a_tool_that_will_be_withdrawn_tomorrow_is_here_today(self, look):
        make_tool("Here", withdrawn_on=day_from_now(1))
        assert titles(look()) == ["Here"]

    def test_a_tool_withdrawn_by_a_later_edit_is_gone_at_once_and_its_page_is_not(self, look, reader):
        tool = make_tool("Paper boats")
        assert titles(look()) == ["Paper boats"]
        tool.withdrawn_on = day_from_now(0)
        tool.save_revision().publish()
        assert titles(look()) == []
        assert "Withdrawn on" in soup(reader.get(tool.address)).get_text()

    def test_a_replacement_that_is_itself_gone_is_not_offered(self, reader):
        instead = make_tool("Paper ships")
        tool = make_tool("Paper boats", withdrawn_on=day_from_now(0), replaced_by=HubPage.objects.get(pk=instead.pk))
        assert soup(reader.get(tool.address)).find("a", string="Paper ships")
        instead.unpublish()
        page = soup(reader.get(tool.address))
        assert page.select_one('[data-review="withdrawn"]')
        assert not page.find("a", string="Paper ships")

    def test_related_tools_keep_the_editors_order_and_leave_out_what_a_reader_may_not_see(
        self, reader, partner, signed_in
    ):
        first, staff, withdrawn, last = (
            make_tool("Zebra"),
            make_tool("For staff", audience=HubPage.Audience.STAFF),
            make_tool("Withdrawn", withdrawn_on=day_from_now(0)),
            make_tool("Apple"),
        )
        tool = make_tool("One")
        tool.related_tools = [
            RelatedTool(tool=other, sort_order=place) for place, other in enumerate((first, staff, withdrawn, last))
        ]
        tool.save_revision().publish()

        def related(client):
            return [card.get_text(strip=True) for card in soup(client.get(tool.address)).select(".shelf .card__title")]

        assert related(reader) == ["Zebra", "For staff", "Apple"]
        assert related(signed_in(partner)) == ["Zebra", "Apple"]


class TestOnPaper:
    @pytest.mark.parametrize("size", [12, 16, 18, 20, 22, 24])
    def test_each_size_is_offered_and_the_one_in_use_is_marked(self, reader, size):
        tool = make_tool()
        page = soup(reader.get(f"{tool.address}print/?size={size}"))
        assert f"print-{size}" in page.body["class"]
        offered = page.select("nav[aria-label='Size of the letters'] a")
        assert [link.find(string=True).strip() for link in offered] == ["12", "16", "18", "20", "22", "24"]
        assert [link["href"].endswith(f"size={size}") for link in offered if link.get("aria-current")] == [True]

    @pytest.mark.parametrize("size", ["15", "17", "25", "0", "-18", "18pt", "18.0", "x" * 10_000, "\x00", "😀"])
    def test_a_size_that_is_none_prints_at_twelve_and_says_so(self, reader, size):
        page = soup(reader.get(f"{make_tool().address}print/", {"size": size}))
        assert "print-12" in page.body["class"]
        assert "Print size" in page.select_one(".notices").get_text()
        assert len(page.select_one(".notices").get_text()) < 300

    def test_everything_that_is_on_the_page_is_on_paper_in_the_same_order(self, reader):
        text = {
            name: [{"type": "paragraph", "value": f"<p>About {name}</p>"}]
            for name in ("prepare", "say", "do", "if_worried", "afterwards", "no_print")
        }
        tool = make_tool(aftercare="Ring the day after.", intensity="strong", **text)
        for address in (tool.address, f"{tool.address}print/"):
            words = soup(reader.get(address)).main.get_text(" ")
            places = [words.index(f"About {name}") for name in text]
            assert places == sorted(places)
            assert "Ring the day after." in words
            assert "Float a worry and a hope." in words

    def test_a_sheet_to_fill_in_is_printed_empty_by_itself(self, reader):
        plan = {"heading": "Our plan", "columns": ["What", "Who", "By when"], "rows": 4}
        tool = make_tool("Plan", to_fill_in=[{"type": "sheet", "value": plan}])
        link = soup(reader.get(tool.address)).find("a", string="Blank sheet")
        page = soup(reader.get(link["href"]))
        assert [cell.get_text() for cell in page.select("table.fill th")] == ["What", "Who", "By when"]
        assert [cell.get_text() for cell in page.select("table.fill td")] == [""] * 12
        assert "Float a worry" not in page.main.get_text()
        other = make_tool()
        assert soup(reader.get(other.address)).find("a", string="Blank sheet") is None
        assert reader.get(f"{other.address}print/sheet/").status_code == 404

    def test_paper_says_when_a_tool_is_withdrawn(self, reader):
        tool = make_tool(withdrawn_on=day_from_now(0))
        assert "Please do not use it" in soup(reader.get(f"{tool.address}print/")).get_text()

    def test_what_an_editor_typed_is_shown_and_not_run(self, reader):
        tool = make_tool(
            "Boats <script>alert(1)</script>",
            summary='"><img src=x onerror=alert(1)>',
            slug="boats",
            say=[{"type": "words", "value": {"lines": [{"when": "<b>", "words": "<script>alert(2)</script>"}]}}],
        )
        for address in (tool.address, f"{tool.address}print/", "/toolkits/", "/search/?q=boats", "/"):
            html = reader.get(address).content.decode()
            assert "<script>alert" not in html
            assert "<img src=x" not in html
            assert "alert(1)" in html
        assert ToolPage.objects.get().title.startswith("Boats <script>")


@pytest.mark.django_db
def test_the_plan_of_the_demo_has_the_six_parts_of_a_plan(demo, client):
    client.force_login(User.objects.get(email="practitioner@hub.example"))
    page = soup(client.get("/toolkits/one-page-shared-plan/print/sheet/"))
    parts = [cell.get_text() for cell in page.select("table.fill th")]
    assert parts == ["Outcome", "What", "Who", "By when", "Risk", "Back-up"]
