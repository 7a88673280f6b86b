"""Wagtail's own search, which editors use in the admin and in every chooser."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, Boost, Not, Phrase, PlainText

from pages.models import HubPage
from search.backends.words import LONGEST_WORD, MOST_WORDS, Cleaning, searchable_words
from search.index import wagtail_index
from tests.builders import make_person, make_tool
from toolkits.models import ToolkitIndexPage, ToolPage

pytestmark = pytest.mark.django_db

HARD = [
    '"',
    '"unbalanced',
    '"a "b" c"',
    "'",
    "it's",
    "''",
    "   ",
    "\t\n",
    "\x00",
    "fam\x00ily",
    "😀",
    "👨‍👩‍👧 family",
    "AND",
    "family AND",
    "OR OR",
    "NOT family",
    "NEAR(family tree)",
    "NEAR/2",
    "*",
    "fam*",
    "^family",
    "title:family",
    "title : (x)",
    "-family",
    "+family",
    "!family",
    "family & | ! <-> tree",
    "family:*",
    "(((",
    "{title}",
    "\\",
    "family\\",
    "%s %d %",
    "$1;--",
    "\u202e\u200b",
    "x" * 10_000,
    "a " * 5_000,
    '"a b" ' * 1_700,
    "e\u0301" * 3_000,
]
SCREENS = {
    "pages": ("wagtailadmin_pages:search", {}),
    "pages, newest first": ("wagtailadmin_pages:search", {"ordering": "-latest_revision_created_at"}),
    "explorer": ("wagtailadmin_explore_root", {}),
    "page chooser": ("wagtailadmin_choose_page_search", {}),
    "images": ("wagtailimages:index", {}),
    "image chooser": ("wagtailimages_chooser:choose_results", {}),
    "documents": ("wagtaildocs:index", {}),
    "document chooser": ("wagtaildocs_chooser:choose_results", {}),
    "people": ("wagtailusers_users:index", {}),
    "redirects": ("wagtailredirects:index", {}),
}


def titles(results) -> list[str]:
    return [page.title for page in results]


def tagged(title: str, *tags: str) -> ToolPage:
    tool = make_tool(title, publish=False)
    tool.tags.add(*tags)
    tool.save_revision().publish()
    return tool


@pytest.fixture
def three_tools(hub):
    make_tool("Paper boats", summary="Sail down the river.")
    make_tool("River of life", summary="Draw what flowed.")
    make_tool("Sculpting", summary="Stand where you stand.", publish=False)


# What is found, and in what order.


@pytest.mark.sqlite
def test_a_word_in_the_title_counts_more_than_one_in_the_purpose(three_tools):
    assert titles(ToolPage.objects.search("river")) == ["River of life", "Paper boats"]


def test_every_word_must_be_there_and_the_last_may_be_unfinished_where_one_types(three_tools):
    assert titles(ToolPage.objects.search("river draw")) == ["River of life"]
    assert titles(ToolPage.objects.search("river sculpting")) == []
    assert titles(ToolPage.objects.autocomplete("pap")) == ["Paper boats"]


def test_filters_types_and_choices_of_the_query_set_hold(three_tools):
    assert titles(ToolPage.objects.live().search("sculpting")) == []
    assert titles(ToolPage.objects.search("sculpting")) == ["Sculpting"]
    assert titles(ToolkitIndexPage.objects.search("river")) == []
    assert {type(page) for page in HubPage.objects.specific().search("river")} == {ToolPage}


def test_pages_of_results_add_up_to_the_whole(hub):
    for number in range(7):
        make_tool(f"Boat {number}")
    found = ToolPage.objects.search("boat")
    whole = titles(found)
    assert len(set(whole)) == found.count() == 7
    assert titles(ToolPage.objects.search("boat")[:3]) + titles(ToolPage.objects.search("boat")[3:]) == whole
    assert ToolPage.objects.search("boat")[2].title == whole[2]
    assert titles(ToolPage.objects.search("boat")[90:100]) == []


def test_counts_and_facets_count_what_is_found(three_tools):
    found = HubPage.objects.live().search("river")
    assert found.count() == sum(found.facet("content_type_id").values()) == 2


def test_an_order_that_was_asked_for_is_kept(three_tools):
    assert titles(ToolPage.objects.search("river", order_by="title")) == ["Paper boats", "River of life"]
    assert titles(ToolPage.objects.search("river", order_by="-title")) == ["River of life", "Paper boats"]


def test_scores_are_there_when_asked_for(three_tools):
    best, next_best = ToolPage.objects.search("river").annotate_score("relevance")
    assert best.relevance != next_best.relevance


def test_questions_put_together_from_parts_work(three_tools):
    assert titles(ToolPage.objects.search(Phrase("draw what flowed"))) == ["River of life"]
    assert titles(ToolPage.objects.search(Phrase("flowed what draw"))) == []
    assert titles(ToolPage.objects.search(PlainText("river") & Not(PlainText("draw")))) == ["Paper boats"]
    assert len(ToolPage.objects.search(PlainText("draw") | PlainText("sail"))) == 2
    assert len(ToolPage.objects.search(MATCH_ALL)) == 3
    assert len(ToolPage.objects.search(PlainText('"') & PlainText("river"))) == 2


def test_one_field_can_be_searched_and_the_title_is_kept_apart(three_tools):
    assert titles(ToolPage.objects.search("river", fields=["title"])) == ["River of life"]
    assert "Paper boats" in titles(ToolPage.objects.search("river", fields=["summary"]))


@pytest.mark.sqlite
@pytest.mark.parametrize("query", ["river", "boats", "where you stand", "draw flowed"])
def test_the_same_is_found_as_by_the_stock_backend(three_tools, query):
    stock = get_search_backend("modelsearch.backends.database.sqlite.sqlite")
    for objects in (ToolPage.objects.all(), HubPage.objects.live()):
        assert set(titles(objects.search(query))) == set(titles(stock.search(query, objects)))
        assert set(titles(objects.autocomplete(query))) == set(titles(stock.autocomplete(query, objects)))


@pytest.mark.sqlite
def test_the_index_is_read_once_however_many_are_found(three_tools, django_assert_num_queries):
    with django_assert_num_queries(3), CaptureQueriesContext(connection) as asked:
        list(HubPage.objects.live().search("river")[:20])
    assert sum("MATCH" in query["sql"] for query in asked) == 1


# What people type.


@pytest.mark.parametrize("typed", HARD, ids=lambda typed: ascii(typed[:20]))
def test_nothing_typed_breaks_a_search(three_tools, typed):
    for found in (HubPage.objects.search(typed), HubPage.objects.autocomplete(typed)):
        assert found.count() == len(found)
        found.facet("content_type_id")
    list(HubPage.objects.search(Phrase(typed)))
    list(HubPage.objects.search(typed, operator="or")[:5])


@pytest.mark.parametrize(("name", "asked"), SCREENS.values(), ids=SCREENS)
def test_nothing_typed_breaks_a_screen_of_the_admin(three_tools, signed_in, name, asked):
    client, address = signed_in(make_person("opener", is_superuser=True)), reverse(name)
    answers = {typed[:20]: client.get(address, {"q": typed, **asked}).status_code for typed in HARD}
    assert {typed: status for typed, status in answers.items() if status not in (200, 400)} == {}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60), mark=st.sampled_from(["", '"', "\x00", "\\", "'", ":*", "("]))
def test_any_text_at_all_is_an_ordinary_question(three_tools, typed, mark):
    words = f"{mark}{typed}{mark}"
    list(HubPage.objects.search(words)[:3])
    list(HubPage.objects.autocomplete(words)[:3])


def test_a_sign_between_words_does_not_empty_the_list(three_tools):
    for typed in ("river - life", "river 😀 life", '"river" life', "river & life *", "(river) + life"):
        assert titles(HubPage.objects.search(typed)) == ["River of life"]


@pytest.mark.parametrize("typed", ['"', "  ", "* - +", "😀", "\x00"])
def test_without_a_word_nothing_is_found(three_tools, typed):
    assert titles(HubPage.objects.search(typed)) == []
    assert titles(HubPage.objects.autocomplete(typed)) == []


def test_a_very_long_question_is_cut_over_all_of_its_parts():
    assert searchable_words("x" * 10_000) == ["x" * LONGEST_WORD]
    question = Cleaning().query(PlainText("a " * 5_000) & Boost(Phrase("b"), 2))
    assert question.query_string.split() == ["a"] * MOST_WORDS


# The index tells the truth.


def test_a_new_tag_is_found_and_an_old_one_forgotten_as_soon_as_the_page_is_published(hub):
    tool = tagged("Paper boats", "wood")
    for search in (HubPage.objects.search, HubPage.objects.autocomplete):
        assert titles(search("wood")) == ["Paper boats"]
    tool.tags.set(["stone"])
    assert titles(HubPage.objects.search("stone")) == []
    tool.save_revision().publish()
    for search in (HubPage.objects.search, HubPage.objects.autocomplete):
        assert titles(search("stone")) == ["Paper boats"]
        assert titles(search("wood")) == []


def test_an_alias_of_a_page_gets_its_new_tags_too(hub):
    tool = tagged("Paper boats")
    tool.create_alias(update_slug="boats-again", parent=ToolkitIndexPage.objects.get())
    tool.tags.add("stone")
    tool.save_revision().publish()
    assert titles(HubPage.objects.search("stone")) == ["Paper boats", "Paper boats"]


def test_an_editor_finds_a_page_by_the_tag_just_published(editor, signed_in):
    tagged("Paper boats", "wood")
    page = signed_in(editor).get(reverse("wagtailadmin_pages:search"), {"q": "woo"})
    assert titles(page.context["pages"]) == ["Paper boats"]


def test_what_is_deleted_is_gone_from_the_index(hub):
    tool = make_tool("Paper boats")
    entries = apps.get_model("wagtailsearch", "IndexEntry").objects
    assert entries.filter(object_id=tool.pk).exists()
    tool.delete()
    assert not entries.filter(object_id=tool.pk).exists()


@pytest.mark.sqlite
def test_a_saved_draft_writes_nothing_to_the_index(hub):
    tool = make_tool("Paper boats")
    tool.title = "Paper ships"
    with CaptureQueriesContext(connection) as asked:
        tool.save_revision()
    written = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written
    assert [sql for sql in written if "wagtailsearch" in sql] == []
    assert titles(HubPage.objects.search("ships")) == []


def test_what_is_published_during_a_rebuild_is_found_by_its_new_words(hub):
    tool = make_tool("Paper boats")
    backend = get_search_backend()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(ToolPage))
    index = rebuilder.start()
    as_read = ToolPage.objects.get(pk=tool.pk)
    tool.title = "Paper ships"
    tool.save_revision().publish()
    index.add_items(ToolPage, [as_read])
    assert titles(ToolPage.objects.search("ships")) == []
    rebuilder.finish()
    assert titles(ToolPage.objects.search("ships")) == ["Paper ships"]
    assert titles(ToolPage.objects.search("boats")) == []


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_holds_no_lock_while_it_reads_pages(hub, monkeypatch):
    make_tool("Paper boats")
    index_class = get_search_backend().index_class
    held, add_items = [], index_class.add_items

    def watched(index, model, objs):
        held.append(connection.in_atomic_block)
        return add_items(index, model, objs)

    monkeypatch.setattr(index_class, "add_items", watched)
    apps.get_model("wagtailsearch", "IndexEntry").objects.all().delete()
    call_command("update_index", verbosity=0)
    assert held
    assert not any(held)
    assert titles(ToolPage.objects.search("boats")) == ["Paper boats"]


@pytest.mark.postgres
def test_postgresql_gets_the_index_that_its_searches_ask_for(hub):
    table = '"wagtailsearch_indexentry"'
    condition = f'({table}."title" || {table}."body") @@ '
    assert condition in str(HubPage.objects.search("river").get_queryset().query)

    def plan() -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN SELECT * FROM {table} WHERE {condition} 'river'::tsquery")
            return str(cursor.fetchall())

    with connection.cursor() as cursor:
        # So few rows are read quicker without any index.
        cursor.execute("SET LOCAL enable_seqscan = off")
    with connection.schema_editor() as editor:
        wagtail_index.make(apps, editor)
        wagtail_index.make(apps, editor)
        assert wagtail_index.NAME in plan()
        wagtail_index.unmake(apps, editor)
        assert wagtail_index.NAME not in plan()


@pytest.mark.sqlite
def test_on_sqlite_the_migration_for_postgresql_does_nothing(hub, django_assert_num_queries):
    editor = connection.schema_editor()
    with django_assert_num_queries(0):
        wagtail_index.make(apps, editor)
        wagtail_index.unmake(apps, editor)
