"""What people rely on in a champion: what to ask, how to reach them, who stands in, and nobody whose term is over."""

import pytest
from bs4 import BeautifulSoup

from bench import ground
from champions.models import ChampionPage
from pages.models import HubPage
from tests.builders import PARAGRAPH, day_from_now, make_person, make_text, make_tool
from tests.editing import TEXT, form_of, refused

pytestmark = pytest.mark.django_db

NAME = "Amina, direct work champion"
SECTIONS = ("ask_me", "about")


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def desk(administrator, signed_in):
    administrator.is_superuser = True
    administrator.save()
    return signed_in(administrator)


def make_champion(title=NAME, **fields) -> ChampionPage:
    given = {
        **dict.fromkeys(SECTIONS, PARAGRAPH),
        "topics": "Children under 8\nFew words\n",
        "team_name": "Assessment team, north",
        "hours": "Drop-in on Tuesdays",
        "term_ends": day_from_now(200),
        "reviewed_on": day_from_now(-30),
        "next_review": day_from_now(300),
        **fields,
    }
    return make_text(ChampionPage, title, items=("PS2",), **given)


def soup(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select(".card__title")]


class TestReading:
    def test_topics_team_hours_and_the_end_of_the_term_stand_first(self, reader):
        page = soup(reader, make_champion().address)
        facts = {fact["data-fact"]: fact.get_text(strip=True) for fact in page.select("article .facts [data-fact]")}
        assert facts["topics"] == "Children under 8 and few words"
        assert facts["team"] == "Assessment team, north"
        assert facts["hours"] == "Drop-in on Tuesdays"
        assert facts["until"]
        assert [section.h2.get_text(strip=True) for section in page.select("article .section")] == [
            "What to ask me",
            "How I can help",
        ]

    def test_a_question_goes_to_the_champion_with_a_word_on_what_to_leave_out(self, reader, champion):
        page = soup(reader, make_champion(person=champion).address)
        button = page.select_one("article a.button")
        assert button["href"] == f"/champions/ask/{ChampionPage.objects.get().pk}/"
        assert button.get_text(strip=True) == f"Ask {champion.first_name}"
        assert "Leave out anything that could name a child or family" in page.select_one("article").get_text()

    def test_somebody_without_an_account_or_who_has_left_cannot_be_written_to(self, reader, champion):
        assert soup(reader, make_champion("Nobody yet").address).select("a[href^='/champions/ask/']") == []
        champion.is_active = False
        champion.save()
        assert soup(reader, make_champion(person=champion).address).select("a[href^='/champions/ask/']") == []

    def test_whoever_stands_in_is_named_and_linked_while_they_serve(self, reader, champion):
        other = make_person("rhys")
        page = make_champion(person=champion, deputy=other)
        panel = soup(reader, page.address).select_one("[aria-labelledby=stand-in]")
        assert str(other) in panel.get_text()
        assert panel.a is None
        make_champion("Rhys, MI champion", person=other)
        panel = soup(reader, page.address).select_one("[aria-labelledby=stand-in]")
        assert panel.a.get_text(strip=True) == "Rhys, MI champion"

    def test_a_profile_is_found_by_type_by_topic_and_on_its_item(self, reader):
        make_champion()
        assert NAME in soup(reader, "/search/?q=few+words&type=champion").select_one("#results").get_text()
        assert NAME in titles(soup(reader, "/practice/portsmouth/ps2/"))

    def test_a_profile_with_nothing_but_a_name_still_opens(self, reader):
        assert soup(reader, make_text(ChampionPage, "Bare").address).h1.get_text(strip=True) == "Bare"


class TestTerm:
    def test_on_the_last_day_a_champion_is_still_there(self, reader):
        page = make_champion(term_ends=day_from_now(0))
        assert titles(soup(reader, "/champions/")) == [NAME]
        assert "Term ends today" in soup(reader, "/champions/").select_one(".card").get_text()
        assert soup(reader, page.address).select_one(".notices") is None

    def test_the_day_after_the_profile_is_gone_from_every_list_and_sends_on(self, reader, champion):
        other = make_person("rhys")
        make_champion("Rhys, MI champion", person=other)
        page = make_champion(term_ends=day_from_now(-1), person=champion, deputy=other)
        assert titles(soup(reader, "/champions/")) == ["Rhys, MI champion"]
        assert NAME not in reader.get("/search/?q=few+words").content.decode()
        assert NAME not in titles(soup(reader, "/practice/portsmouth/ps2/"))
        gone = soup(reader, page.address)
        notice = gone.select_one(".notices")
        assert "Term ended on" in notice.get_text()
        assert notice.a.get_text(strip=True) == "Rhys, MI champion"
        assert gone.select("a[href^='/champions/ask/']") == []

    def test_without_a_stand_in_the_list_is_offered(self, reader):
        notice = soup(reader, make_champion(term_ends=day_from_now(-1)).address).select_one(".notices")
        assert notice.a["href"] == "/champions/"

    @pytest.mark.parametrize(("days", "slug"), [(31, "current"), (30, "due"), (0, "due"), (-1, "withdrawn")])
    def test_a_card_and_the_page_say_the_same_of_the_term(self, hub, days, slug):
        page = make_champion(term_ends=day_from_now(days))
        today = page.today()
        assert page.state(today).slug == slug
        assert ChampionPage.state_on_card(HubPage.objects.get(pk=page.pk), today).slug == slug

    def test_a_term_that_is_made_longer_brings_the_profile_back(self, reader):
        page = make_champion(term_ends=day_from_now(-1))
        page.term_ends = day_from_now(100)
        page.save_revision().publish()
        assert titles(soup(reader, "/champions/")) == [NAME]

    def test_a_term_far_from_its_end_leaves_the_word_to_the_review(self, reader):
        make_champion(reviewed_on=day_from_now(-100), next_review=day_from_now(-1))
        assert "Review was due on" in soup(reader, "/champions/").select_one(".card").get_text()


class TestTheList:
    def test_a_card_says_topics_team_and_hours(self, reader):
        make_champion()
        facts = [fact["data-fact"] for fact in soup(reader, "/champions/").select(".card [data-fact]")]
        assert facts == ["topics", "team", "hours"]

    def test_names_run_from_a_to_z(self, reader):
        for title in ("Zoe", "amina", "Rhys"):
            make_champion(title)
        assert titles(soup(reader, "/champions/")) == ["amina", "Rhys", "Zoe"]

    def test_an_empty_list_says_so(self, reader):
        assert "No champions yet" in reader.get("/champions/").content.decode()


class TestEditing:
    def test_a_profile_is_not_published_without_its_person_and_the_end_of_its_term(self, desk):
        page = make_champion(publish=False, term_ends=None)
        told = refused(desk, page, form_of(desk, page, dict.fromkeys(SECTIONS, TEXT)))
        assert {"person", "term_ends", "steward", "deputy"} <= set(told)

    def test_a_term_that_is_over_is_refused_at_its_field(self, desk):
        page = make_champion(publish=False)
        form = form_of(desk, page, dict.fromkeys(SECTIONS, TEXT))
        told = refused(desk, page, {**form, "term_ends": day_from_now(-1).isoformat()})
        assert "That day has passed" in told["term_ends"]

    @pytest.mark.parametrize(("field", "bad"), [("term_ends", "spring"), ("age_max", "900"), ("team_name", "x" * 121)])
    def test_bad_input_is_told_at_its_field(self, desk, field, bad):
        page = make_champion(publish=False)
        assert field in refused(desk, page, {**form_of(desk, page), field: bad}, publish=False)

    def test_an_account_that_is_deleted_leaves_the_profile_standing(self, reader, champion):
        page = make_champion(person=champion)
        champion.delete()
        assert soup(reader, page.address).select("a[href^='/champions/ask/']") == []


def test_what_it_costs_the_database(reader, champion, psw):
    tools = [make_tool(f"Tool {number}") for number in range(4)]
    make_champion("Stand-in", person=psw)
    page = make_champion(
        person=champion, steward=champion, deputy=psw, related=[{"type": "page", "value": tool.pk} for tool in tools]
    )
    for number in range(30):
        make_champion(f"Champion {number}", person=champion)
    cold, warm = ground.cold_and_warm(reader, page.address)
    assert len(cold) <= 14, cold
    assert len(warm) <= 8, warm
    cold, warm = ground.cold_and_warm(reader, "/champions/?page=2")
    assert len(cold) <= 16, cold
    assert len(warm) <= 8, warm
