"""Whoever must act is told: on the landing page by name, and by mail, once for as long as it waits."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from feedback.models import Pledge, Suggestion
from feedback.suggestions import suggesting
from guidance.models import CareerPage
from home.duties.table import all_duties, tell_due
from hub import urls
from notices.kinds import KINDS
from notices.models import OutgoingMail, Told
from pages.models import HubPage
from people.roles import Role
from search.models import Wish
from stories import clearing
from stories.models import StoryPage
from stories.models.check import StoryCheck
from tests.builders import day_from_now, make_person, make_text, make_tool

pytestmark = pytest.mark.django_db


def test_of_everything_that_waits_it_is_said_which_letter_tells_of_it_or_why_none_does():
    assert urls.urlpatterns, "every module that writes letters is loaded"
    for duty in all_duties():
        if duty.kind:
            assert duty.roles or duty.concerned, duty.name
            assert not duty.told_by, duty.name
        else:
            assert duty.told_by in KINDS or duty.told_by.startswith(("nobody: ", "Wagtail, ")), duty.name


def pledge(amina):
    Pledge.objects.create(person=amina, text="Ask the child first", shared=True, made_on=timezone.localdate())
    yield ""
    Pledge.objects.update(approved_at=timezone.now())
    yield ""
    Pledge.objects.update(approved_at=None)


def wish(amina):
    Wish.objects.create(text="Something about fathers", written_on=timezone.localdate())
    yield ""
    Wish.objects.update(done=True)
    yield ""
    Wish.objects.update(done=False)


def suggestion(amina):
    Suggestion.objects.create(
        kind="tool", person=amina, title="Bear cards", purpose="To begin", words={}, key=uuid4(), sent_at=timezone.now()
    )
    yield "Bear cards"
    Suggestion.objects.update(state=Suggestion.State.DECLINED)
    yield ""
    Suggestion.objects.update(state=Suggestion.State.WAITING)


def reading(amina):
    story = make_text(StoryPage, "A story", live=False)
    StoryCheck.objects.create(page=story, fingerprint="a", checked_by=amina, checked_at=timezone.now())
    yield "A story"
    StoryCheck.objects.update(approved_at=timezone.now())
    yield ""
    StoryCheck.objects.create(page=story, fingerprint="b", checked_by=amina, checked_at=timezone.now())


def public(amina):
    page = make_text(CareerPage, "For families", audience=HubPage.Audience.PUBLIC)
    yield "For families"
    HubPage.objects.filter(pk=page.pk).update(audience=HubPage.Audience.STAFF)
    yield ""
    HubPage.objects.filter(pk=page.pk).update(audience=HubPage.Audience.PUBLIC)


WAITS = {
    "pledges": (pledge, Role.ORGANISER),
    "wishes": (wish, Role.EDITOR),
    "suggestions": (suggestion, Role.EDITOR),
    "readings": (reading, Role.REVIEWER),
    "public": (public, Role.PSW),
}


@pytest.mark.parametrize("name", WAITS)
def test_who_must_act_is_written_to_once_and_again_when_it_comes_back(hub, name, signed_in):
    happens, role = WAITS[name]
    amina, must_act = make_person("amina", Role.PRACTITIONER), make_person("must-act", role)
    steps = happens(amina)
    called = next(steps)
    for _ in range(2):
        tell_due(now=timezone.now())
    letter = OutgoingMail.objects.get(to=must_act.email, kind__startswith="waits-")
    assert called in letter.subject
    assert not OutgoingMail.objects.filter(to=amina.email, kind__startswith="waits-").exists()
    item = BeautifulSoup(signed_in(must_act).get("/").content, "html.parser").select_one(f'[data-due="{name}"]')
    assert called in item.get_text()
    assert item.a["href"] in letter.text
    assert signed_in(must_act).get(item.a["href"]).status_code == 200
    next(steps)
    tell_due(now=timezone.now())
    assert not Told.objects.filter(person=must_act).exists()
    next(steps, None)
    tell_due(now=timezone.now())
    assert OutgoingMail.objects.filter(to=must_act.email, kind__startswith="waits-").count() == 2


def test_the_letter_is_written_once_though_it_was_sent_long_ago(hub):
    editor = make_person("editor2", Role.EDITOR)
    next(wish(make_person("amina", Role.PRACTITIONER)))
    now = timezone.now()
    tell_due(now=now)
    OutgoingMail.objects.all().delete()
    tell_due(now=now + timedelta(days=31))
    assert not OutgoingMail.objects.filter(to=editor.email).exists()


def test_owners_and_only_they_are_told_that_a_page_is_due_and_of_many_in_one_letter(hub):
    leila, tom = make_person("leila", Role.PRACTITIONER), make_person("tom", Role.EDITOR)
    for number in (1, 2, 3):
        days = {"reviewed_on": day_from_now(-300), "next_review": day_from_now(5)}
        make_tool(f"Tool {number}", steward=leila, deputy=tom, **days)
    tell_due(now=timezone.now())
    (letter,) = OutgoingMail.objects.filter(kind="waits-review")
    assert letter.to == leila.email
    assert letter.subject == "3 pages of yours are due for review"
    assert all(f"Tool {number}" in letter.text for number in (1, 2, 3))
    assert "/me/pages/" in letter.text


def test_who_read_a_story_first_is_not_asked_to_read_it_again(hub):
    reviewer = make_person("reviewer2", Role.REVIEWER)
    next(reading(reviewer))
    assert not clearing.to_approve(reviewer).exists()


def test_several_of_one_kind_are_counted_and_the_first_is_named(editor, signed_in):
    for title in ("Bear cards", "Boats"):
        Suggestion.objects.create(
            kind="tool", person=editor, title=title, purpose="x", words={}, key=uuid4(), sent_at=timezone.now()
        )
    item = BeautifulSoup(signed_in(editor).get("/").content, "html.parser").select_one('[data-due="suggestions"]')
    listed, first = item.select("a")
    assert listed.get_text() == "2 suggestions of colleagues wait"
    assert first.get_text() == "Bear cards"
    assert first["href"] == reverse("suggestions:decide", args=[suggesting.waiting().earliest("pk").pk])
