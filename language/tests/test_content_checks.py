"""Jargon that an editor pastes is flagged: in the panel of the saved draft, and live in Wagtail's checks."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from practice.models import PhraseToAvoid
from stories.models import StoryPage
from tests.builders import clear, make_text
from tests.editing import form_of

pytestmark = pytest.mark.django_db

JARGON = "<p>The service user refused to engage. We commence by utilising a robust framework.</p>"


@pytest.fixture
def desk(editor, signed_in):
    return signed_in(editor)


@pytest.fixture
def draft(hub):
    return make_text(StoryPage, "Kitchen", publish=False, situation=[{"type": "paragraph", "value": JARGON}])


def panel(desk, page) -> BeautifulSoup:
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    return BeautifulSoup(html, "html.parser")


def test_the_panel_of_a_saved_draft_names_each_phrase_with_better_words(desk, draft):
    text = panel(desk, draft).select_one("[data-plain-words]").get_text()
    for words in ("service user", "refused to engage", "commence", "utilising", "robust"):
        assert words in text
    assert "better use." in text


def test_it_never_keeps_anybody_from_saving(desk, draft):
    form = form_of(desk, draft)
    assert desk.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form).status_code == 302


def test_a_new_page_says_what_will_stand_there(desk, draft):
    address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", draft.get_parent().pk])
    page = BeautifulSoup(desk.get(address).content, "html.parser")
    assert "Once a draft is saved" in page.select_one("[data-plain-words]").get_text()


def test_the_checks_beside_the_editor_know_every_phrase(desk, draft):
    given = panel(desk, draft).select_one("#checker-axe-configuration")
    checks = json.loads(given.string)
    phrase = PhraseToAvoid.objects.get(phrase="service user")
    rule = next(rule for rule in checks["spec"]["rules"] if rule["id"] == f"avoid-{phrase.pk}")
    assert rule["selector"] == f'[data-avoid="{phrase.pk}"]'
    assert rule["id"] in checks["options"]["runOnly"]
    assert "Better: person" in checks["messages"][rule["id"]]["help_text"]
    PhraseToAvoid.objects.filter(pk=phrase.pk).update(is_on=False)


def test_a_preview_marks_what_was_found_and_a_page_that_is_read_does_not(desk, draft):
    preview = desk.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk]))
    soup = BeautifulSoup(preview.content, "html.parser")
    assert {mark.get_text() for mark in soup.select("main mark[data-avoid]")} >= {"service user", "robust"}
    assert soup.select("wagtail-userbar")
    clear(draft)
    draft.save_revision().publish()
    html = desk.get(draft.address).content.decode()
    assert "data-avoid" not in html
    assert "wagtail-userbar" not in html
