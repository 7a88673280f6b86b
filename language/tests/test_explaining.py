"""Words open their meaning at their first mention in running text, and nothing else on the page is touched."""

import pytest
from bs4 import BeautifulSoup

from bench import ground
from language.explaining import explain, mark_long_sentences, mark_phrases
from practice import editions
from practice.models import GlossaryTerm
from practice.plain_words import plain_words
from stories.models import StoryPage
from tests.builders import make_text, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(hub):
    return plain_words(editions.read().get(editions.VOCABULARY))


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


BUTTON = '<button class="explained" type="button" popovertarget="word-early-help" aria-haspopup="dialog">{}</button>'


class TestWhereAWordIsExplained:
    def test_at_its_first_mention_in_a_paragraph_or_a_point_as_it_is_written(self, lists):
        html = "<h2>Early help</h2><p>Ask <b>Early help</b> and early help.</p><ul><li>early help</li></ul>"
        marked, words = explain(html, lists)
        assert marked == html.replace("<b>Early help</b>", f"<b>{BUTTON.format('Early help')}</b>")
        assert [word.slug for word in words] == ["early-help"]

    @pytest.mark.parametrize(
        "html",
        [
            "<h3>early help</h3>",
            '<p><a href="/early-help/">early help</a></p>',
            "<p><button>early help</button></p>",
            "<p><svg><title>early help</title></svg></p>",
            '<div class="words"><ul><li>early help</li></ul></div>',
            '<article class="card box"><p>early help</p></article>',
            '<p title="early help">x</p>',
            "<p><!-- early help --></p>",
            "<p>early-help and earlyhelp and dearly helped</p>",
            "<div>early help</div>",
            "",
        ],
    )
    def test_nowhere_else(self, lists, html):
        assert explain(html, lists) == (html, [])

    def test_words_that_look_like_tags_stay_harmless(self, lists):
        html = "<p>&lt;script&gt; early help &amp; 1 < 2</p>"
        assert explain(html, lists)[0] == html.replace("early help", BUTTON.format("early help"))


class TestOnAPage:
    def make(self, text="<p>We asked early help for a genogram.</p>", **fields):
        return make_text(StoryPage, "Kitchen", situation=[{"type": "paragraph", "value": text}], **fields)

    def test_the_meaning_stands_in_the_page_once_with_a_way_to_all_words(self, reader):
        soup = BeautifulSoup(reader.get(self.make().address).content, "html.parser")
        buttons = soup.select("button.explained")
        assert [button.get_text() for button in buttons] == ["early help", "genogram"]
        for button in buttons:
            (meaning,) = soup.select(f"#{button['popovertarget']}[popover]")
            assert meaning.find("a")["href"].startswith("/guidance/words/#")

    def test_an_article_reads_as_before(self, reader):
        soup = BeautifulSoup(reader.get(self.make().address).content, "html.parser")
        assert soup.select_one(".rich p").get_text() == "We asked early help for a genogram."

    def test_a_tool_is_explained_too(self, reader):
        tool = make_tool(do=[{"type": "paragraph", "value": "<p>Draw a genogram.</p>"}])
        assert 'popovertarget="word-genogram"' in reader.get(tool.address).content.decode()

    def test_what_an_editor_changes_counts_at_once(self, reader):
        page = self.make()
        reader.get(page.address)
        term = GlossaryTerm.objects.get(slug="genogram")
        term.meaning = "A family & its <lines>."
        term.save()
        assert "A family &amp; its &lt;lines&gt;." in reader.get(page.address).content.decode()
        term.is_marked = False
        term.save()
        assert "word-genogram" not in reader.get(page.address).content.decode()

    def test_it_costs_a_drawn_page_nothing_and_a_new_one_a_single_query(self, reader):
        page = self.make()
        cold, warm = ground.cold_and_warm(reader, page.address)
        assert len([sql for sql in cold if "practice_glossaryterm" in sql]) <= 1, cold
        assert not [sql for sql in warm if "practice_" in sql and "edition" not in sql], warm


class TestThePageOfAllWords:
    def test_words_stand_under_their_letters_with_anchors(self, reader):
        response = reader.get("/guidance/words/")
        soup = BeautifulSoup(response.content, "html.parser")
        assert soup.find(id="section-47").h3.get_text() == "section 47"
        letters = [heading.get_text() for heading in soup.select("section h2")]
        assert letters == sorted(letters)
        assert {link["href"] for link in soup.select("nav[aria-label=Letters] a")} == {
            f"#letter-{letter.lower()}" for letter in letters
        }
        assert reader.get("/glossary/?q=plan")["Location"] == "/guidance/words/?q=plan"

    @pytest.mark.parametrize(
        ("query", "count"), [("icpc", "1 word"), ("zebra", "0 words"), ("\x00", ""), ("é" * 500, "0")]
    )
    def test_it_is_searched_by_name_by_other_names_and_by_meaning(self, reader, query, count):
        response = reader.get("/guidance/words/", {"q": query})
        assert response.status_code == 200
        assert count in response.content.decode()

    def test_only_editors_are_led_to_the_cms(self, reader, editor, signed_in):
        assert "/admin/glossary/" not in reader.get("/guidance/words/").content.decode()
        assert "/admin/glossary/" in signed_in(editor).get("/guidance/words/").content.decode()


class TestForEditors:
    def test_every_phrase_to_avoid_is_marked_with_its_key(self, lists):
        html = '<h1>Robust</h1><p class="robust">A <b>service user</b></p><script>robust</script>'
        soup = BeautifulSoup(mark_phrases(html, lists), "html.parser")
        assert [mark.get_text() for mark in soup.select("mark[data-avoid]")] == ["Robust", "service user"]

    def test_a_paragraph_with_a_long_sentence_says_how_long(self):
        html = f'<p id="a">{"one " * 30}<b>two</b>. Three.</p><p>Short.</p>'
        assert 'id="a" data-long-sentence="31"' in mark_long_sentences(html, most=25)
        assert mark_long_sentences(html, most=31) == html
