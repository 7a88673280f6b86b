"""What a reader and an editor rely on in a piece of research."""

import pytest
from bs4 import BeautifulSoup

from bench import ground
from research.models import ResearchPage
from tests.builders import PARAGRAPH, day_from_now, make_text, make_tool
from tests.editing import TEXT, form_of, refused

pytestmark = pytest.mark.django_db

SECTIONS = ("plain_summary", "on_a_visit", "tested", "limits")


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def desk(administrator, signed_in):
    administrator.is_superuser = True
    administrator.save()
    return signed_in(administrator)


def make_research(title="What helps children talk", **fields) -> ResearchPage:
    given = {
        **dict.fromkeys(SECTIONS, PARAGRAPH),
        "evidence_basis": "no-clear-benefit",
        "source_title": "A trial of listening",
        "authors": "Lee, A.",
        "year": 2020,
        "link": "https://example.org/trial",
        "link_checked_on": day_from_now(-10),
        **fields,
    }
    return make_text(ResearchPage, title, items=("PS2",), **given)


def soup(client, page) -> BeautifulSoup:
    response = client.get(page.address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


class TestReading:
    def test_what_it_says_comes_first_and_what_it_cannot_tell_comes_last(self, reader):
        page = soup(reader, make_research())
        headings = [section.h2.get_text(strip=True) for section in page.select("article .section")]
        assert headings == ["In plain words", "So what on a visit", "What was tested", "What it cannot tell us"]

    def test_no_clear_benefit_is_said_as_a_finding(self, reader):
        page = soup(reader, make_research())
        assert page.select_one('[data-fact="basis"]').get_text(strip=True) == "Tested, no clear benefit"

    def test_the_link_says_when_it_last_worked_and_what_is_needed_to_get_in(self, reader):
        page = soup(reader, make_research(login_note="Free with our library card."))
        link = page.find("a", href="https://example.org/trial")
        assert "opens another site" in link.get_text()
        assert page.select_one('[data-fact="checked"]').get_text(strip=True)
        assert "Free with our library card." in page.get_text()

    def test_the_citation_can_be_copied_as_plain_text(self, reader):
        page = soup(reader, make_research())
        cited = page.find("h2", string="To cite the original").find_next("p").get_text()
        assert cited.startswith("Lee, A. (2020) ‘A trial of listening’. Available at: https://example.org/trial")

    def test_pages_that_put_it_to_use_are_shown_while_they_are_there(self, reader):
        tool = make_tool("Openers")
        page = make_research(related=[{"type": "page", "value": tool.pk}])
        assert "Openers" in soup(reader, page).find("h2", string="Put it to use").find_next("ul").get_text()
        tool.unpublish()
        assert soup(reader, page).find("h2", string="Put it to use") is None

    def test_it_stands_in_the_index_and_beside_tools_on_the_item_and_in_search(self, reader):
        make_research()
        make_research("Second look")
        assert "What helps children talk" in reader.get("/research/").content.decode()
        item = BeautifulSoup(reader.get("/practice/portsmouth/ps2/").content, "html.parser")
        assert [heading.get_text(" ", strip=True) for heading in item.select(".shelf h2")] == ["Research 2"]
        assert "What helps children talk" in reader.get("/search/?q=listening&type=research").content.decode()

    def test_an_empty_section_says_so(self, reader):
        assert "No research summaries yet" in reader.get("/research/").content.decode()


class TestEditing:
    def test_it_is_not_published_without_what_it_rests_on_and_what_it_cannot_tell(self, desk):
        page = make_research(publish=False, evidence_basis="", limits=[])
        form = form_of(desk, page, {name: TEXT for name in SECTIONS if name != "limits"})
        told = refused(desk, page, form)
        assert "required" in told["evidence_basis"]
        assert "limits" in told

    def test_a_link_is_not_taken_on_trust(self, desk):
        page = make_research(publish=False)
        form = form_of(desk, page, dict.fromkeys(SECTIONS, TEXT))
        assert "Open the link" in refused(desk, page, {**form, "link_checked_on": ""})["link_checked_on"]
        tomorrow = day_from_now(1).isoformat()
        assert "has not come yet" in refused(desk, page, {**form, "link_checked_on": tomorrow})["link_checked_on"]
        assert "has not come yet" in refused(desk, page, {**form, "year": "2099"})["year"]

    @pytest.mark.parametrize(
        ("field", "bad"),
        [("year", "99999999999999999999"), ("year", "x"), ("link", "javascript:alert(1)"), ("link_checked_on", "soon")],
    )
    def test_bad_input_is_told_at_its_field(self, desk, field, bad):
        page = make_research(publish=False)
        form = form_of(desk, page, dict.fromkeys(SECTIONS, TEXT))
        assert field in refused(desk, page, {**form, field: bad}, publish=False)


def test_what_it_costs_the_database(reader):
    tools = [make_tool(f"Tool {number}") for number in range(4)]
    page = make_research(related=[{"type": "page", "value": tool.pk} for tool in tools])
    for number in range(30):
        make_research(f"Research {number}")
    cold, warm = ground.cold_and_warm(reader, page.address)
    assert len(cold) <= 14, cold
    assert len(warm) <= 8, warm
    cold, warm = ground.cold_and_warm(reader, "/research/?page=2&sort=newest")
    assert len(cold) <= 16, cold
    assert len(warm) <= 8, warm


class TestAPublishedRating:
    RATING = {
        "rating": "Tested, no clear benefit",
        "rating_scale": "0 to 5, five is best",
        "rating_source": "The evidence store",
        "rated_on": day_from_now(-400),
    }

    def test_is_shown_in_its_own_words_with_scale_source_and_day_and_never_as_stars(self, reader):
        told = (
            soup(reader, make_research(**self.RATING)).select_one("[aria-labelledby=rating]").get_text(" ", strip=True)
        )
        assert "Tested, no clear benefit" in told
        assert "0 to 5, five is best" in told
        assert "The evidence store" in told

    def test_that_nobody_has_published_is_said_in_words(self, reader):
        assert "We know of none" in soup(reader, make_research()).select_one("[aria-labelledby=rating]").get_text()

    @pytest.mark.parametrize("missing", list(RATING))
    def test_is_copied_whole_or_not_at_all(self, desk, missing):
        page = make_research(publish=False)
        typed = {name: str(value) for name, value in self.RATING.items() if name != missing}
        assert missing in refused(desk, page, {**form_of(desk, page), **typed, missing: ""})

    def test_of_a_day_to_come_is_refused(self, desk):
        page = make_research(publish=False)
        typed = {name: str(value) for name, value in self.RATING.items()} | {"rated_on": str(day_from_now(9))}
        assert "rated_on" in refused(desk, page, {**form_of(desk, page), **typed})


class TestTheList:
    def test_says_on_each_card_what_it_rests_on(self, reader):
        make_research()
        card = BeautifulSoup(reader.get("/research/").content, "html.parser").select_one(".card [data-fact=basis]")
        assert card.get_text(strip=True) == "Tested, no clear benefit"


class TestLinksToCheck:
    def test_are_said_to_readers_and_listed_for_editors_after_a_year(self, reader, desk):
        page = make_research(link_checked_on=day_from_now(-400))
        make_research("Opened lately")
        assert "more than a year ago" in soup(reader, page).select_one("[data-fact=checked]").get_text()
        report = desk.get("/admin/reports/links/").content.decode()
        assert "What helps children talk" in report
        assert "Opened lately" not in report
