"""Finding through the page, as a reader does: words, filters, who may find what, and that it is true at once."""

import pytest
from django.contrib.auth.models import Group
from taggit.models import Tag
from wagtail.models import PageViewRestriction

from practice.models import Item, Term
from search.models import Pin, Synonym, SynonymGroup
from tests.builders import day_from_now, make_person, make_tool
from toolkits.models import ToolkitIndexPage, ToolPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def results(practitioner, signed_in):
    """What a search shows, to a practitioner unless it says to whom."""

    def results(words, *, to=practitioner, **asked):
        response = signed_in(to).get("/search/", {"q": words, **asked})
        assert response.status_code == 200
        return response.context["results"]

    return results


@pytest.fixture
def found(results):
    """The titles of what is found, but for practice items and methods."""

    def found(words, **more):
        rows = results(words, **more).rows
        return [row.card.title for row in rows if row.card.kind not in {"Practice model", "Method"}]

    return found


def paragraph(text: str) -> list[dict]:
    return [{"type": "paragraph", "value": f"<p>{text}</p>"}]


class TestWords:
    def test_the_title_counts_most_then_what_people_also_type_then_the_purpose_then_the_text(self, found):
        make_tool("Paper 1", say=paragraph("A kite."))
        make_tool("Paper 2", summary="Fly a kite.")
        make_tool("Paper 3", also_typed="wind toy\nkite")
        make_tool("Kites")
        assert found("kite") == ["Kites", "Paper 3", "Paper 2", "Paper 1"]

    def test_all_words_must_be_there_when_there_are_pages_that_have_them(self, found):
        for number in range(3):
            make_tool(f"Red kite {number}")
        make_tool("Red boat")
        assert "Red boat" not in found("red kite")

    def test_a_page_with_most_of_the_words_is_better_than_an_empty_list(self, found):
        make_tool("Red kites in the wind")
        assert found("red kite zebra crossing") == ["Red kites in the wind"]

    def test_words_of_a_synonym_group_find_the_same(self, found):
        make_tool("Draw a genogram")
        for words in ("genogram", "family tree", "geneogram", "Family-Map", "GENOGRAMS"):
            assert found(words) == ["Draw a genogram"], words

    def test_a_slip_is_mended_and_said(self, results, found):
        make_tool("Impact chronology")
        assert found("chronolgy") == ["Impact chronology"]
        assert results("chronolgy").suggestion == "chronology"

    def test_a_wrong_spelling_that_editors_know_is_said_too(self, results):
        make_tool("Draw a genogram")
        assert results("geneogram").suggestion == "genogram"

    def test_three_exact_hits_are_not_second_guessed(self, results):
        for number in range(3):
            make_tool(f"Chronolgy {number}")
        make_tool("Chronology")
        assert results("chronolgy").suggestion == ""

    def test_no_word_that_somebody_meant_is_corrected_though_no_page_has_it(self, results):
        """Each of these became the other once: a worker who meets that twice asks a colleague instead."""
        for title in ("Deal with it", "Training weigh", "Reading down", "Looking after", "Good days", "Marked cards"):
            make_tool(title)
        for words in ("deaf parent", "gaining weight", "breaking down", "cancel booking", "she says", "Marek"):
            found = results(words)
            assert [found.suggestion, found.did_you_mean or ""] == ["", ""], words

    def test_a_short_form_with_two_meanings_offers_both(self, results):
        (meaning,) = results("MI").meanings
        assert [way.label for way in meaning["ways"]] == ["motivational interviewing", "management information"]

    def test_a_page_is_found_by_its_tags_items_and_terms(self, found):
        tool = make_tool("Paper boats", items=("PS9",), terms={"need": ("neglect",)})
        tool.tags.add("origami")
        tool.save_revision().publish()
        for words in ("origami", "PS9", "reflective supervision", "neglect"):
            assert "Paper boats" in found(words), words

    def test_practice_items_and_methods_are_found_by_name(self, results):
        assert "PS3 Maps and timelines" in [row.card.title for row in results("PS3").rows]
        assert "Sociogram" in [row.card.title for row in results("sociogram").rows]

    def test_what_is_overdue_drops_below_its_equal_and_what_is_withdrawn_is_gone(self, found):
        make_tool("Kite one", next_review=day_from_now(-10), reviewed_on=day_from_now(-300))
        make_tool("Kite two")
        make_tool("Kite three", withdrawn_on=day_from_now(0))
        assert found("kite") == ["Kite two", "Kite one"]

    def test_the_text_around_the_words_is_shown_with_the_words_marked(self, results):
        make_tool("Paper", say=paragraph("First this. Then hang the lanterns high."))
        (row,) = results("lantern").rows
        assert ("lanterns", True) in row.excerpt


class TestFilters:
    def test_ages_and_times_in_the_words_filter_and_come_off(self, results, found):
        make_tool("Kite young", age_min=3, age_max=8, minutes_min=15)
        make_tool("Kite old", age_min=12, age_max=16, minutes_min=15)
        make_tool("Kite long", age_min=3, age_max=8, minutes_min=50)
        assert found("kite 7yr 20 mins") == ["Kite young"]
        age, minutes = results("kite 7yr 20 mins").chosen
        assert (age.label, age.url, age.understood) == ("Age 7", "/search/?q=kite+20+mins", True)
        assert minutes.url == "/search/?q=kite+7yr"

    def test_the_address_counts_more_than_the_words(self, found):
        make_tool("Kite young", age_min=3, age_max=8)
        make_tool("Kite old", age_min=12, age_max=16)
        assert found("kite age 7", age="14") == ["Kite old"]

    def test_filters_from_the_words_that_nothing_passes_are_left_out_and_that_is_said(self, results, found):
        make_tool("Kite long", age_min=3, age_max=8, minutes_min=50)
        assert found("kite 7yr 20 mins") == ["Kite long"]
        assert "Up to 20 minutes" in results("kite 7yr 20 mins").relaxed

    def test_a_title_that_names_an_age_or_a_time_is_a_title(self, found, results):
        make_tool("Talk in 20 minutes", minutes_min=45)
        make_tool("Talk more", minutes_min=10)
        assert found("talk in 20 minutes")[0] == "Talk in 20 minutes"
        assert results("talk in 20 minutes").chosen == []

    def test_no_printing_leaves_out_what_must_be_printed(self, found):
        make_tool("Kite sheet", terms={"materials": ("print",)})
        make_tool("Kite talk", terms={"materials": ("none",)})
        assert found("kite no printing") == ["Kite talk"]

    def test_with_ages_alone_the_closest_fit_comes_first(self, found):
        make_tool("Wide", age_min=0, age_max=18)
        make_tool("Close", age_min=5, age_max=9)
        assert found("something for a 7 year old")[:2] == ["Close", "Wide"]

    def test_a_count_says_what_a_click_gives(self, results):
        make_tool("Kite a", terms={"need": ("safety",)})
        make_tool("Kite b", terms={"need": ("safety", "school")})
        make_tool("Kite c", terms={"need": ("school",)})
        for facet in results("kite").facets:
            for value in facet.values:
                clicked = results("kite", **{facet.name: value.value})
                assert clicked.total == value.count, (facet.name, value.value)

    def test_kinds_of_page_can_be_told_apart(self, results):
        make_tool("Sociogram kite")
        assert {row.card.kind for row in results("sociogram", type="tool").rows} == {"Tool"}
        assert {row.card.kind for row in results("sociogram", type="model").rows} <= {"Method", "Practice model"}


class TestPins:
    def test_a_pin_holds_for_every_word_of_its_group(self, found):
        make_tool("Draw a genogram")
        pinned = make_tool("Something else")
        Pin.objects.create(group=SynonymGroup.objects.get(canonical="genogram"), page=pinned.hubpage_ptr)
        for words in ("genogram", "family tree", "geneogram"):
            assert found(words)[0] == "Something else", words
        assert "Something else" not in found("genogram paper")

    def test_a_pinned_page_that_a_reader_may_not_see_stays_hidden(self, found, partner):
        pinned = make_tool("For staff", audience="staff")
        Pin.objects.create(group=SynonymGroup.objects.get(canonical="genogram"), page=pinned.hubpage_ptr)
        assert found("genogram", to=partner) == []


class TestTrueAtOnce:
    def test_publishing_changing_unpublishing_and_deleting(self, found):
        tool = make_tool("Kite")
        assert found("kite") == ["Kite"]
        tool.title = "Balloon"
        revision = tool.save_revision()
        assert found("balloon") == []
        revision.publish()
        assert (found("balloon"), found("kite")) == (["Balloon"], [])
        tool.refresh_from_db()
        tool.unpublish()
        assert found("balloon") == []
        tool.save_revision().publish()
        assert found("balloon") == ["Balloon"]
        ToolPage.objects.get(pk=tool.pk).delete()
        assert found("balloon") == []

    def test_a_tag_put_on_and_taken_off(self, found):
        tool = make_tool("Kite")
        tool.tags.add("origami")
        tool.save_revision().publish()
        assert found("origami") == ["Kite"]
        tool = ToolPage.objects.get()
        tool.tags.remove("origami")
        tool.save_revision().publish()
        assert found("origami") == []

    def test_a_renamed_tag_item_or_term(self, found):
        tool = make_tool("Kite", items=("PS9",), terms={"need": ("neglect",)})
        tool.tags.add("origami")
        tool.save_revision().publish()
        for record, name, words in (
            (Tag.objects.get(), "name", "paperfold"),
            (Item.objects.get(code="PS9"), "label", "Mirrorwork"),
            (Term.objects.get(vocabulary="need", slug="neglect"), "label", "Cold suppers"),
        ):
            old = getattr(record, name)
            setattr(record, name, words)
            record.save()
            assert "Kite" in found(words), words
            assert "Kite" not in found(old) or old == "neglect"

    def test_a_new_synonym_and_one_taken_away(self, found):
        make_tool("Draw a genogram")
        group = SynonymGroup.objects.get(canonical="genogram")
        assert found("kinmap") == []
        row = Synonym.objects.create(group=group, phrase="kinmap")
        assert found("kinmap") == ["Draw a genogram"]
        row.delete()
        assert found("kinmap") == []

    def test_withdrawing(self, found):
        tool = make_tool("Kite")
        tool.withdrawn_on = day_from_now(0)
        tool.save_revision().publish()
        assert found("kite") == []

    def test_moving_a_section_takes_its_new_address_along(self, results):
        make_tool("Kite")
        index = ToolkitIndexPage.objects.get()
        index.slug = "toolbox"
        index.save_revision().publish()
        assert results("kite").rows[0].card.url == "/toolbox/kite/"


class TestWhoFindsWhat:
    @pytest.fixture
    def closed(self, hub):
        """A tool that only the group Circle may open."""
        tool = make_tool("Zanzibar lanterns", also_typed="zorblight", say=paragraph("Hang the xylograph."))
        tool.tags.add("quillwork")
        tool.save_revision().publish()
        restriction = PageViewRestriction.objects.create(page=tool, restriction_type=PageViewRestriction.GROUPS)
        restriction.groups.add(Group.objects.create(name="Circle"))
        return tool

    @pytest.mark.parametrize("words", ["Zanzibar", "zorblight", "xylograph", "quillwork"])
    def test_a_closed_page_is_found_by_those_it_is_for_and_by_nobody_else(self, found, closed, words):
        member = make_person("member")
        member.groups.add(Group.objects.get(name="Circle"))
        assert found(words, to=member) == ["Zanzibar lanterns"]
        assert found(words) == []

    def test_it_leaves_no_trace_in_counts_suggestions_or_spellings(self, results, closed, practitioner, signed_in):
        page = results("lanterns")
        assert page.total == 0
        assert all(value.count == 0 for facet in page.facets for value in facet.values if facet.name == "need")
        assert results("Zanzibor").suggestion == ""
        client = signed_in(practitioner)
        for begun in ("zanz", "zorb", "lant"):
            assert client.get("/search/suggest/", {"q": begun}).json() == {"suggestions": []}

    def test_what_is_for_staff_is_hidden_from_partners(self, found, partner):
        make_tool("Kite for all")
        make_tool("Kite for staff", audience="staff")
        assert found("kite", to=partner) == ["Kite for all"]

    def test_drafts_are_found_by_nobody(self, found, administrator):
        make_tool("Kite", publish=False)
        assert found("kite") == []
        assert found("kite", to=administrator) == []


def test_a_search_costs_few_queries_however_much_is_found(practitioner, signed_in, django_assert_max_num_queries):
    for number in range(30):
        make_tool(f"Kite {number}", terms={"need": ("safety",)})
    client = signed_in(practitioner)
    client.get("/search/?q=kite")
    with django_assert_max_num_queries(12):
        client.get("/search/?q=kite&need=safety&age=7")
