"""What was looked for in vain becomes work for editors, and says nothing about who looked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from search import unmet
from search.models import FollowedBy, Glimpse, SynonymGroup, UnmetSearch, Wish
from tests.builders import make_person, make_tool
from toolkits.models import ToolPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(hub, signed_in):
    """Browsers of four people."""
    return [signed_in(make_person(name)) for name in ("ann", "ben", "cat", "dee")]


def search(browser, words):
    assert browser.get("/search/", {"q": words}).status_code == 200


def test_a_phrase_is_written_down_only_once_three_people_have_typed_it(people):
    for browser in (people[0], people[0], people[0], people[1]):
        search(browser, "Zebra crossing")
    assert not UnmetSearch.objects.exists()
    assert not any("zebra" in str(row) for row in Glimpse.objects.values_list())
    search(people[2], "zebra  CROSSING")
    found = UnmetSearch.objects.get()
    assert (found.phrase, found.times) == ("zebra crossing", 3)
    assert not Glimpse.objects.exists()
    search(people[0], "zebra crossing")
    found.refresh_from_db()
    assert found.times == 4


@pytest.mark.parametrize("words", ["born 01/02/2019", "case 1234567", "ann@example.org"])
def test_what_may_point_at_a_person_is_never_written_down(people, words):
    for browser in people:
        search(browser, words)
    assert not UnmetSearch.objects.exists()
    assert not Glimpse.objects.exists()


def test_a_search_that_finds_something_is_not_unmet(people):
    make_tool("Zebra crossing")
    for browser in people:
        search(browser, "zebra crossing")
    assert not UnmetSearch.objects.exists()


def test_what_people_typed_next_and_found_is_kept_once_three_have(people):
    make_tool("Road safety")
    for browser in people:
        search(browser, "zebra crossing")
    for browser in people[:3]:
        search(browser, "zebra crossing")
        search(browser, "road safety")
        assert FollowedBy.objects.count() == (browser is people[2])
    assert FollowedBy.objects.get().phrase == "road safety"


def test_seals_of_what_too_few_typed_are_deleted_after_three_months(people):
    search(people[0], "zebra crossing")
    unmet.forget(now=timezone.now() + timedelta(days=80))
    assert Glimpse.objects.exists()
    unmet.forget(now=timezone.now() + timedelta(days=100))
    assert not Glimpse.objects.exists()


class TestWishes:
    def test_a_reader_says_what_was_wanted_and_no_name_is_kept(self, people):
        page = people[0].get("/search/wanted/?q=zebra").content.decode()
        assert 'value="zebra"' in page
        response = people[0].post("/search/wanted/", {"text": "A tool about  roads", "searched_for": "zebra"})
        assert "Thank you" in response.content.decode()
        wish = Wish.objects.get()
        assert (wish.text, wish.searched_for, wish.written_on) == ("A tool about roads", "", timezone.localdate())
        assert {field.name for field in Wish._meta.fields} == {"id", "text", "searched_for", "written_on", "done"}

    def test_what_stood_in_the_search_box_is_kept_with_a_wish_only_once_three_people_typed_it(self, people):
        today = timezone.localdate()
        for browser in people[:3]:
            assert unmet.wish(text="A tool", searched_for="zebra crossing", today=today).searched_for == ""
            search(browser, "Zebra crossing")
        assert unmet.wish(text="A tool", searched_for="Zebra  crossing", today=today).searched_for == "zebra crossing"

    @pytest.mark.parametrize(
        "text",
        ["", "   ", "x" * 301, "He was born 01/02/2019", "case 12345678", "\x00"],
        ids=lambda text: ascii(text[:12]),
    )
    def test_what_cannot_be_kept_is_refused_at_the_field_and_stays_there(self, people, text):
        response = people[0].post("/search/wanted/", {"text": text, "searched_for": "zebra"})
        assert response.status_code == 400
        assert response.context["form"].errors["text"]
        assert 'value="zebra"' in response.content.decode()
        assert not Wish.objects.exists()


class TestTheEditorsSide:
    @pytest.fixture
    def zebra(self, hub):
        found = UnmetSearch.objects.create(phrase="zebra crossing", times=5, last_on=timezone.localdate())
        FollowedBy.objects.create(unmet=found, phrase="road safety", times=3)
        return found

    def test_the_report_shows_each_phrase_what_followed_and_what_can_be_done(self, editor, signed_in, zebra):
        page = signed_in(editor).get(reverse("unmet:index")).content.decode()
        for words in (
            "zebra crossing",
            "road safety (3)",
            "Make it a synonym",
            "Pin a page for it",
            "Commission a page",
        ):
            assert words in page

    def test_a_click_begins_a_synonym_group_or_a_pin_with_the_phrase_filled_in(self, editor, signed_in, zebra):
        client = signed_in(editor)
        page = client.get(reverse("synonyms:add"), {"phrase": "zebra crossing"}).content.decode()
        assert 'value="zebra crossing"' in page
        page = client.get(reverse("synonyms:add"), {"canonical": "zebra crossing"}).content.decode()
        assert 'name="canonical" value="zebra crossing"' in page

    def test_a_click_begins_a_page_as_a_draft_that_is_found_by_the_phrase_once_published(
        self, editor, signed_in, zebra
    ):
        client = signed_in(editor)
        address = reverse("unmet:commission", args=[zebra.pk])
        assert "zebra crossing" in client.get(address).content.decode()
        assert not ToolPage.objects.exists()
        response = client.post(address)
        page = ToolPage.objects.get()
        assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert (page.title, page.also_typed, page.live) == ("Zebra crossing", "zebra crossing", False)
        zebra.refresh_from_db()
        assert zebra.state == UnmetSearch.State.DONE

    def test_somebody_who_may_not_add_tools_is_told_so(self, reviewer, signed_in, zebra):
        client = signed_in(reviewer)
        client.post(reverse("unmet:commission", args=[zebra.pk]))
        assert not ToolPage.objects.exists()

    @pytest.mark.parametrize("name", ["synonyms:index", "synonyms:add", "unmet:index", "wishes:index"])
    def test_readers_get_to_none_of_it(self, practitioner, signed_in, hub, name):
        assert signed_in(practitioner).get(reverse(name)).status_code in {302, 403}

    def test_an_editor_writes_a_group_and_an_ambiguous_short_form_must_say_what_else_it_means(self, editor, signed_in):
        client = signed_in(editor)
        row = {
            "synonyms-TOTAL_FORMS": "1", "synonyms-INITIAL_FORMS": "0", "synonyms-MIN_NUM_FORMS": "0",
            "synonyms-MAX_NUM_FORMS": "1000", "synonyms-0-phrase": "ZC", "synonyms-0-ORDER": "1",
            "pins-TOTAL_FORMS": "0", "pins-INITIAL_FORMS": "0", "pins-MIN_NUM_FORMS": "0", "pins-MAX_NUM_FORMS": "1000",
        }  # fmt: skip
        form = {"canonical": "zebra crossing", **row}
        refused = client.post(reverse("synonyms:add"), {**form, "synonyms-0-ambiguous": "on"})
        assert "Say what else it may mean" in refused.content.decode()
        assert client.post(reverse("synonyms:add"), form).status_code == 302
        assert SynonymGroup.objects.get(canonical="zebra crossing").synonyms.get().phrase == "ZC"
