"""Whoever must act is told: on the landing page by name, and by mail, once for as long as it waits."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from feedback.models import Pledge, Suggestion
from feedback.suggestions import suggesting
from guidance.models import CareerPage, PolicyComment, PolicyPage
from home.duties.telling import all_duties, tell_due
from hub import urls
from notices.duties import letter
from notices.kinds import KINDS
from notices.models import OutgoingMail, Told
from pages.models import HubPage
from people.models import User
from people.roles import Role
from search.models import Wish
from stories import clearing, consent
from stories.models import StoryPage
from stories.models.check import StoryCheck
from stories.reopening import reopen
from stories.waiting import to_reopen
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


def commented(amina):
    """Only the owner is asked, and only for what was said in the window that has closed."""
    page = make_text(
        PolicyPage,
        "Supervision",
        steward=User.objects.get(email="must-act@hub.example"),
        deputy=make_person("deputy", Role.PSW),
        proposal="Less of it.",
        comments_from=day_from_now(-9),
        comments_until=day_from_now(-1),
    )
    said = {"page": page, "person": amina, "text": "Too little.", "said_at": timezone.now()}
    PolicyComment.objects.create(opened_on=day_from_now(-99), **said)
    tell_due(now=timezone.now())
    assert not OutgoingMail.objects.filter(kind="waits-said").exists()
    PolicyComment.objects.create(opened_on=day_from_now(-9), **said)
    tell_due(now=timezone.now() - timedelta(days=1))
    assert not OutgoingMail.objects.filter(kind="waits-said").exists()
    yield "Supervision"
    PolicyPage.objects.update(you_said="We heard you.", said_of=F("comments_from"))
    yield ""
    PolicyPage.objects.update(you_said="")


def reopening(amina):
    """Their story was closed, and an editor drafts it as a colleague's."""
    editor = make_person("writer", Role.EDITOR)
    story = make_text(StoryPage, "Moving in", publish=False, voice="care-leaver")
    story.save_revision(user=editor)
    given = {"given_by": "care-leaver", "agreed_on": day_from_now(-1), "ends_on": day_from_now(9), "kept_at": "31"}
    consent.record(page=story, by=editor, now=timezone.now(), **given)
    consent.withdraw(page=story, by=editor, now=timezone.now())
    tell_due(now=timezone.now())
    assert not OutgoingMail.objects.filter(kind="waits-reopening").exists()
    story.voice = "colleague"
    story.save_revision(user=editor)
    yield "Moving in"
    opens = {"because": "Nothing of theirs is left.", "now": timezone.now(), "on": timezone.localdate()}
    reopen(page=story.get_latest_revision_as_object(), by=User.objects.get(email="must-act@hub.example"), **opens)
    story.save_revision(user=editor)
    yield ""
    story.summary = "Other words."
    story.save_revision(user=editor)


WAITS = {
    "said": (commented, Role.PSW),
    "reopenings": (reopening, Role.REVIEWER),
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
    mail = OutgoingMail.objects.get(to=must_act.email, kind__startswith="waits-")
    assert called in mail.subject
    assert not OutgoingMail.objects.filter(to=amina.email, kind__startswith="waits-").exists()
    item = BeautifulSoup(signed_in(must_act).get("/").content, "html.parser").select_one(f'[data-due="{name}"]')
    assert called in item.get_text()
    assert item.a["href"] in mail.text
    assert signed_in(must_act).get(item.a["href"]).status_code == 200
    next(steps)
    tell_due(now=timezone.now())
    assert not Told.objects.filter(person=must_act).exists()
    next(steps, None)
    tell_due(now=timezone.now())
    assert OutgoingMail.objects.filter(to=must_act.email, kind__startswith="waits-").count() == 2


def test_who_took_a_consent_back_or_wrote_since_is_not_asked_to_open_the_story(hub):
    withdrew, wrote, other = (make_person(name, Role.EDITOR, Role.PSW) for name in ("withdrew", "wrote", "other"))
    story = make_text(StoryPage, "Moving in", publish=False, voice="care-leaver")
    given = {"given_by": "care-leaver", "agreed_on": day_from_now(-1), "ends_on": day_from_now(9), "kept_at": "31"}
    story.save_revision(user=other)
    consent.record(page=story, by=withdrew, now=timezone.now(), **given)
    consent.withdraw(page=story, by=withdrew, now=timezone.now())
    story.voice = "colleague"
    story.save_revision(user=wrote)
    asked = [one for one in (withdrew, wrote, other) if to_reopen(one, timezone.localdate()).exists()]
    assert asked == [other]
    consent.record(page=story, by=withdrew, now=timezone.now(), **given)
    assert not to_reopen(other, timezone.localdate()).exists()
    withdrew.delete()
    consent.withdraw(page=story, by=wrote, now=timezone.now())
    assert to_reopen(other, timezone.localdate()).exists()


def test_the_letter_is_written_once_though_it_was_sent_long_ago(hub):
    editor = make_person("editor2", Role.EDITOR)
    next(wish(make_person("amina", Role.PRACTITIONER)))
    now = timezone.now()
    tell_due(now=now)
    OutgoingMail.objects.all().delete()
    for days in (31, 62):
        tell_due(now=now + timedelta(days=days))
    assert not OutgoingMail.objects.filter(to=editor.email).exists()


def test_owners_and_only_they_are_told_that_a_page_is_due_and_of_many_in_one_letter(hub):
    leila, tom = make_person("leila", Role.PRACTITIONER), make_person("tom", Role.EDITOR)
    for number in (1, 2, 3):
        days = {"reviewed_on": day_from_now(-300), "next_review": day_from_now(5)}
        make_tool(f"Tool {number}", steward=leila, deputy=tom, **days)
    tell_due(now=timezone.now())
    (mail,) = OutgoingMail.objects.filter(kind="waits-review")
    assert mail.to == leila.email
    assert mail.subject == "3 pages of yours are due for review"
    assert "Tool 1; Tool 2; Tool 3" in mail.text
    assert "/me/pages/" in mail.text


def test_a_letter_names_ten_of_what_waits_and_counts_the_rest(hub):
    duty = next(one for one in all_duties() if one.kind and one.kind.name == "waits-review")

    def words(*names: str) -> tuple[str, str, str]:
        said = letter(duty, [(number, name, "/home/boats/") for number, name in enumerate(names)])
        return said.subject, said.paragraphs[0], said.link_title

    assert words("Boats") == ("A page of yours is due for review: Boats",) * 2 + ("Open it",)
    assert words("") == ("A page of yours is due for review", "A page of yours is due for review.", "Open it")
    subject, named, link = words(*(f"Tool {number}" for number in range(12)))
    assert (subject, link) == ("12 pages of yours are due for review", "See them")
    assert named.endswith("; Tool 9; and 2 more")
    assert words(*"abcdefghij")[1].endswith("; j")


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
