"""The index heals itself, is built anew without a word lost, and says what changed."""

import io

import pytest
from django.core.management import call_command

from practice.editions import read
from practice.models import Item
from search.index import indexing
from search.models import Entry
from tests.builders import make_tool
from toolkits.models import ToolkitIndexPage, ToolPage

pytestmark = pytest.mark.django_db


def there() -> set[str]:
    return set(Entry.objects.filter(gone=False).values_list("title", flat=True))


def test_what_a_crash_left_out_or_left_over_is_mended_by_the_job(hub):
    tool, other = make_tool("Kite"), make_tool("Balloon")
    Entry.objects.filter(key=f"page-{tool.pk}").delete()
    ToolPage.objects.filter(pk=other.pk).update(live=False)
    assert indexing.mend() == 2
    assert "Kite" in there()
    assert "Balloon" not in there()
    assert indexing.mend() == 0


def test_a_hub_that_is_older_than_the_index_is_found_whole_after_the_job(hub):
    before = there()
    Entry.objects.all().delete()
    indexing.mend()
    assert there() == before


def test_building_anew_gives_the_same_and_tells_how_far_it_is(hub):
    make_tool("Kite")
    before = set(Entry.objects.filter(gone=False).values_list("key", "title_words", "label_words", "body_words"))
    said = io.StringIO()
    call_command("index_search", stdout=said)
    assert (
        set(Entry.objects.filter(gone=False).values_list("key", "title_words", "label_words", "body_words")) == before
    )
    assert "pages" in said.getvalue()
    assert "can be found" in said.getvalue()


def test_every_change_has_a_number_of_its_own_and_what_is_gone_has_one_too(hub):
    tool = make_tool("Kite")
    first = Entry.objects.get(key=f"page-{tool.pk}").change
    assert read()[indexing.SEARCH] == first
    tool.unpublish()
    entry = Entry.objects.get(key=f"page-{tool.pk}")
    assert entry.gone
    assert entry.change > first
    assert not entry.body_words


def test_an_item_is_found_only_while_its_model_has_a_page(hub):
    item = Item.objects.get(code="PS3")
    page = item.family.model.page
    page.unpublish()
    assert str(item) not in there()
    page.save_revision().publish()
    assert str(item) in there()


def test_what_stood_in_a_section_that_is_emptied_is_gone(hub):
    make_tool("Kite")
    index = ToolkitIndexPage.objects.get()
    assert "Kite" in there()
    index.get_children().delete()
    assert "Kite" not in there()
