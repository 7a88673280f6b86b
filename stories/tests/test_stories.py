"""What people rely on in stories, newsletters and films: an order to learn by, nobody to recognise, nobody left out."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from bench import ground
from stories.clearing import STREAMS
from stories.models import FilmPage, NewsPage, StoryPage
from tests.builders import PARAGRAPH, day_from_now, make_text, make_tool
from tests.editing import TEXT, form_of, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def desk(administrator, signed_in):
    administrator.is_superuser = True
    administrator.save()
    return signed_in(administrator)


def make_story(title="The kitchen", **fields) -> StoryPage:
    given = {**dict.fromkeys(STREAMS, PARAGRAPH), "lesson": "success", "told_by": "A worker in early help", **fields}
    return make_text(StoryPage, title, items=("PE2",), **given)


def make_film(title="With, not to", **fields) -> FilmPage:
    given = {
        **dict.fromkeys(("body", "talk", "transcript"), PARAGRAPH),
        "length": "4 minutes",
        "captions": "In English, checked by a person",
        "consent": "Two colleagues, until June",
        **fields,
    }
    return make_text(FilmPage, title, items=("PE2",), **given)


def soup(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select(".card__title")]


class TestStories:
    def test_a_success_and_a_miss_are_told_along_the_same_questions(self, reader):
        for lesson, words in (("success", "Learning from success"), ("miss", "Learning from a miss")):
            page = soup(reader, make_story(f"Story of {lesson}", lesson=lesson).address)
            assert page.select_one('[data-fact="lesson"]').get_text(strip=True) == words
            assert page.select_one('[data-fact="told-by"]').get_text(strip=True) == "A worker in early help"
            assert [section.h2.get_text(strip=True) for section in page.select("article .section")] == [
                "What was going on",
                "What we did",
                "What happened then",
                "What made the difference",
                "What I do now",
                "Take it to your own work",
            ]

    def test_the_tools_that_were_used_are_shown_while_they_are_there(self, reader):
        tool = make_tool("Restorative prompts")
        page = make_story(related=[{"type": "page", "value": tool.pk}])
        assert titles(soup(reader, page.address)) == ["Restorative prompts"]
        tool.unpublish()
        assert titles(soup(reader, page.address)) == []

    def test_an_editor_is_told_before_writing_that_nobody_may_be_recognised(self, desk):
        page = make_story(publish=False)
        form = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "Leave out names, initials, exact ages" in form
        assert form.index("Leave out names, initials") < form.index("what was already strong".capitalize())

    def test_a_story_is_not_published_without_what_made_the_difference(self, desk):
        page = make_story(publish=False, lesson="")
        told = refused(desk, page, form_of(desk, page, {name: TEXT for name in STREAMS if name != "what_made_it"}))
        assert {"lesson", "what_made_it", "steward"} <= set(told)
        assert "try_this" not in told

    def test_a_story_is_found_by_type_by_its_words_and_on_its_item(self, reader):
        make_story(what_we_did=[{"type": "paragraph", "value": "<p>Gran made soup.</p>"}])
        assert "The kitchen" in soup(reader, "/search/?q=soup&type=story").select_one("#results").get_text()
        assert "The kitchen" in titles(soup(reader, "/practice/portsmouth/pe2/"))


class TestFilms:
    def test_length_and_captions_stand_before_the_film_and_the_transcript_below_it(self, reader):
        page = soup(reader, make_film(watch_at="https://example.org/film").address)
        assert page.select_one('[data-fact="captions"]').get_text(strip=True) == "In English, checked by a person"
        link = page.find("a", href="https://example.org/film")
        assert "opens another site" in link.get_text()
        assert page.select("video, iframe, audio, [autoplay]") == []
        assert page.find(id="transcript")
        assert "Two colleagues, until June" in page.select_one(".aside").get_text()

    def test_a_film_that_is_not_there_yet_is_said_to_be_so(self, reader):
        assert "The film itself is not here yet" in soup(reader, make_film().address).select_one("article").get_text()

    @pytest.mark.parametrize("missing", ["transcript", "captions", "consent"])
    def test_no_film_goes_live_without_transcript_captions_and_consent(self, desk, missing):
        page = make_film(publish=False)
        streams = {name: TEXT for name in ("body", "talk", "transcript") if name != missing}
        form = form_of(desk, page, streams)
        told = refused(desk, page, {**form, missing: ""} if missing in form else form)
        assert missing in told
        assert FilmPage.objects.get().live is False

    def test_an_address_that_is_none_is_told_at_its_field(self, desk):
        page = make_film(publish=False)
        form = form_of(desk, page)
        assert "watch_at" in refused(desk, page, {**form, "watch_at": "javascript:alert(1)"}, publish=False)


class TestNewsletters:
    def test_what_it_is_made_of_stands_in_it_and_is_asked_for(self, reader, desk):
        story, tool = make_story(), make_tool("Openers")
        chosen = [{"type": "page", "value": page.pk} for page in (story, tool)]
        page = make_text(NewsPage, "November", issued_on=day_from_now(-3), body=PARAGRAPH, related=chosen)
        shown = soup(reader, page.address)
        assert shown.find("h2", string="In this issue")
        assert titles(shown) == ["The kitchen", "Openers"]
        draft = make_text(NewsPage, "December", publish=False)
        assert {"issued_on", "related"} <= set(refused(desk, draft, form_of(desk, draft)))

    def test_what_a_reader_may_not_open_is_left_out_of_their_issue(self, partner, signed_in):
        story = make_story(audience="staff")
        chosen = [{"type": "page", "value": story.pk}]
        page = make_text(NewsPage, "November", body=PARAGRAPH, related=chosen)
        assert "The kitchen" not in signed_in(partner).get(page.address).content.decode()


class TestTheList:
    def test_it_narrows_by_kind_and_the_newest_comes_first(self, reader):
        make_story("First told")
        make_film("Film")
        make_story("Last told")
        page = soup(reader, "/stories/")
        assert titles(page) == ["Last told", "Film", "First told"]
        assert [pill.get_text(strip=True) for pill in page.select(".pills a")] == ["All", "Stories 2", "Films 1"]
        assert titles(soup(reader, "/stories/?kind=film")) == ["Film"]
        assert titles(soup(reader, "/stories/?sort=title")) == ["Film", "First told", "Last told"]
        assert soup(reader, "/stories/?sort=title").select_one('a[href="/stories/"]')

    def test_an_empty_list_says_so(self, reader):
        assert "No stories yet" in reader.get("/stories/").content.decode()


def test_what_it_costs_the_database(reader):
    tools = [{"type": "page", "value": make_tool(f"Tool {number}").pk} for number in range(4)]
    pages = [
        make_story(related=tools),
        make_film(related=tools),
        make_text(NewsPage, "News", body=PARAGRAPH, related=tools),
    ]
    for number in range(30):
        make_story(f"Story {number}")
    for page in pages:
        cold, warm = ground.cold_and_warm(reader, page.address)
        assert len(cold) <= 14, cold
        assert len(warm) <= 8, warm
    cold, warm = ground.cold_and_warm(reader, "/stories/?page=2&kind=story")
    assert len(cold) <= 16, cold
    assert len(warm) <= 8, warm
