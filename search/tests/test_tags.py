"""A tag that is put right is right at once: on pages, in their drafts, on files, and in search."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from taggit.models import Tag
from wagtail.models import ModelLogEntry

from assets.models import HubDocument
from pages.models import HubPage
from pages.tags import tagging
from tests.builders import make_tool
from toolkits.models import ToolPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def boats(hub):
    """Published with a tag that somebody misspelt."""
    tool = make_tool("Paper boats")
    tool.tags.add("oragami")
    tool.save_revision().publish()
    return tool


@pytest.fixture
def sheet(hub):
    document = HubDocument.objects.create(title="A sheet", file=ContentFile(b"Words", name="sheet.txt"))
    document.tags.add("oragami")
    return document


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def tags_of(page) -> set[str]:
    return set(ToolPage.objects.get(pk=page.pk).tags.names())


def finds(client, words: str, address: str) -> bool:
    return address in client.get("/search/", {"q": words}).content.decode()


@pytest.fixture
def desk(editor, signed_in):
    return signed_in(editor)


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


def send(desk, which: str, **fields):
    answer = desk.post(reverse("tags:edit", args=[tag(which).pk]), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer


def test_a_misspelt_one_is_put_right_and_found_by_its_new_name(boats, desk, reader):
    send(desk, "oragami", name="  origami ", into="")
    assert tags_of(boats) == {"origami"}
    assert finds(reader, "origami", boats.address)
    assert tag("origami").slug == "origami"
    assert ModelLogEntry.objects.filter(action="wagtail.edit", label="origami").exists()


@pytest.mark.parametrize("how", ["by choosing it", "by giving it the same name"])
def test_two_for_one_thing_become_one(boats, sheet, desk, reader, how):
    kite = make_tool("Kite")
    kite.tags.add("origami")
    boats.tags.add("origami")
    for page in (kite, boats):
        page.save_revision().publish()
    fields = {"name": "oragami", "into": tag("origami").pk} if how == "by choosing it" else {"name": "Origami"}
    send(desk, "oragami", **fields)
    assert not Tag.objects.filter(name="oragami").exists()
    assert tags_of(boats) == tags_of(kite) == {"origami"}
    assert list(sheet.tags.names()) == ["origami"]
    assert finds(reader, "origami", boats.address)
    assert not finds(reader, "oragami", boats.address)
    assert tagging.carried_by(tag("origami")) == {"pages": 2, "files": 1}


def test_one_that_nobody_needs_is_gone_from_pages_and_search(boats, desk, reader):
    assert finds(reader, "oragami", boats.address)
    address = reverse("tags:delete", args=[tag("oragami").pk])
    assert "It is taken from 1 page and 0 pictures or files; these stay." in desk.get(address).content.decode()
    assert desk.post(address).status_code == 302
    assert tags_of(boats) == set()
    assert not finds(reader, "oragami", boats.address)
    assert HubPage.objects.filter(pk=boats.pk, live=True).exists()


@pytest.mark.parametrize("done", ["merged", "deleted", "renamed"])
def test_a_draft_that_is_published_later_keeps_what_was_put_right(boats, editor, done):
    boats.title = "Paper boats and ships"
    boats.save_revision()
    other = Tag.objects.create(name="origami", slug="origami")
    if done == "merged":
        tagging.merge(tag=tag("oragami"), into=other, by=editor)
    elif done == "deleted":
        tagging.delete(tag=tag("oragami"), by=editor)
    else:
        tagging.rename(tag=tag("oragami"), name="folding", by=editor)
    ToolPage.objects.get().latest_revision.publish()
    assert tags_of(boats) == {"merged": {"origami"}, "deleted": set(), "renamed": {"folding"}}[done]


@pytest.mark.parametrize("name", ["", "   ", "\u202e\u200b", "x" * 101])
def test_a_name_that_nobody_can_read_is_refused_at_the_field(boats, desk, name):
    answer = desk.post(reverse("tags:edit", args=[tag("oragami").pk]), {"name": name, "into": ""})
    assert "name" in answer.context["form"].errors
    assert tags_of(boats) == {"oragami"}


def test_the_list_says_how_much_each_carries(boats, sheet, desk, django_assert_max_num_queries):
    for number in range(20):
        Tag.objects.create(name=f"tag {number}", slug=f"tag-{number}")
    with django_assert_max_num_queries(30):
        assert "oragami" in desk.get(reverse("tags:index")).content.decode()


def test_who_does_not_look_after_words_may_not(boats, reader, organiser, signed_in):
    for client in (reader, signed_in(organiser)):
        client.post(reverse("tags:delete", args=[tag("oragami").pk]))
    assert tags_of(boats) == {"oragami"}
