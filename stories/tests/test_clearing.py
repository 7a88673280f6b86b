"""A story goes live only as two people have read it, whichever way somebody tries."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import rich_text

from people.roles import Role
from stories.clearing import (
    QUESTIONS,
    STREAMS,
    NotCleared,
    NotPossible,
    approve,
    check,
    seen_in,
    to_approve,
    words_of_page,
)
from stories.models import StoryCheck, StoryPage
from stories.models.story_page import NOT_READ
from stories.tests.test_stories import make_story
from tests.builders import day_from_now, make_person
from tests.editing import form_of, refused

pytestmark = pytest.mark.django_db
CHILD = "J.K., born on 3 April 2019, told us what she wanted."


@pytest.fixture
def draft(editor):
    page = make_story(publish=False)
    page.save_revision(user=editor)
    return page


def newest(page) -> StoryPage:
    return StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def cleared_by(page, editor, reviewer, judged=True) -> StoryCheck:
    check(page=newest(page), by=editor, ticked=QUESTIONS, now=timezone.now())
    return approve(page=newest(page), by=reviewer, judged=judged, now=timezone.now())


def words(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


class TestGoingLive:
    def test_works_once_two_people_have_read_it(self, draft, editor, reviewer, practitioner, signed_in):
        with pytest.raises(NotCleared):
            draft.get_latest_revision().publish()
        check(page=newest(draft), by=editor, ticked=QUESTIONS, now=timezone.now())
        with pytest.raises(NotCleared):
            draft.get_latest_revision().publish()
        assert not StoryPage.objects.get().live
        cleared_by(draft, editor, reviewer)
        draft.get_latest_revision().publish()
        assert signed_in(practitioner).get(StoryPage.objects.get().address).status_code == 200

    def test_of_another_text_is_refused_however_little_has_changed(self, draft, editor, reviewer):
        cleared_by(draft, editor, reviewer)
        page = newest(draft)
        page.told_by = "A worker with a name"
        with pytest.raises(NotCleared):
            page.save_revision().publish()

    @pytest.mark.parametrize("name", ["title", "summary", *STREAMS])
    def test_of_other_words_in_whatever_part_is_refused(self, draft, editor, reviewer, name):
        cleared_by(draft, editor, reviewer)
        page = newest(draft)
        setattr(page, name, [("paragraph", RichText("<p>Other words.</p>"))] if name in STREAMS else "Other words.")
        with pytest.raises(NotCleared):
            page.save_revision().publish()

    def test_of_a_second_story_with_the_same_words_takes_two_people_too(self, draft, editor, reviewer):
        cleared_by(draft, editor, reviewer)
        copy = newest(draft).copy(update_attrs={"slug": "again"})
        with pytest.raises(NotCleared):
            copy.get_latest_revision().publish()

    def test_at_a_time_to_come_is_refused_when_the_time_has_come(self, draft):
        page = newest(draft)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
        assert not StoryPage.objects.get().live
        revision = page.get_latest_revision()
        page = revision.as_object()
        page.go_live_at = timezone.now() - timedelta(minutes=1)
        with pytest.raises(NotCleared):
            page.save_revision().publish()

    def test_an_older_text_that_was_never_read_cannot_come_back(self, draft, editor, reviewer):
        first = draft.get_latest_revision()
        page = newest(draft)
        page.summary = "Read it anew."
        page.save_revision(user=editor)
        cleared_by(draft, editor, reviewer)
        page.get_latest_revision().publish()
        with pytest.raises(NotCleared):
            first.publish()
        assert StoryPage.objects.get().summary == "Read it anew."

    def test_a_draft_of_what_is_live_is_saved_and_changes_nothing(self, editor):
        page = make_story()
        page.summary = "Not read yet."
        page.save_revision(user=editor)
        assert StoryPage.objects.get().summary == "Read it."
        with pytest.raises(NotCleared):
            page.get_latest_revision().publish()

    def test_what_is_live_is_moved_and_withdrawn_without_being_read_anew(self):
        page = make_story()
        page.withdrawn_on = timezone.localdate()
        page.save()
        assert StoryPage.objects.get().withdrawn_on


class TestInTheCms:
    @pytest.fixture
    def desk(self, administrator, signed_in):
        administrator.is_superuser = True
        administrator.save()
        return signed_in(administrator)

    def send(self, client, page, text="Text", **changed):
        written = {name: [("paragraph", rich_text(f"<p>{text}</p>"))] for name in STREAMS}
        form = form_of(client, newest(page), written) | changed
        return client.post(f"/admin/pages/{page.pk}/edit/", form, follow=True)

    def test_publishing_is_refused_in_words_and_nothing_is_lost(self, draft, desk):
        answer = self.send(desk, draft, **{"title": "Typed with care", "action-publish": "1"})
        assert NOT_READ[:60] in answer.content.decode()
        assert "Typed with care" in answer.content.decode()
        assert not StoryPage.objects.get().live

    def test_a_draft_with_initials_and_a_date_of_birth_is_saved_with_a_warning(self, desk, editor):
        page = make_story(publish=False)
        told = words(self.send(desk, page, CHILD))
        assert "looks like somebody’s initials" in told
        assert "looks like a date of birth" in told
        form = form_of(desk, newest(page), {name: [("paragraph", rich_text(f"<p>{CHILD}</p>"))] for name in STREAMS})
        told = refused(desk, page, form)
        assert "situation" in told
        assert NOT_READ in told["__all__"]
        page_again = self.send(desk, page, CHILD, **{"action-publish": "1"}).content.decode()
        assert "let the second reader decide" in page_again

    def test_the_check_is_a_page_with_what_was_seen_and_two_steps(self, editor, reviewer, signed_in, desk):
        kept = {"reviewed_on": timezone.localdate(), "next_review": day_from_now(300)}
        page = make_story(publish=False, steward=editor, deputy=reviewer, **kept)
        self.send(desk, page, CHILD)
        address, first, second = f"/admin/stories/{page.pk}/check/", signed_in(editor), signed_in(reviewer)
        assert "“J.K.” (somebody’s initials)" in words(first.get(address))
        half = first.post(address, {"do": "check", "ticked": ["names"]})
        assert half.status_code == 400
        assert "Every line has to be ticked" in words(half)
        first.post(address, {"do": "check", "ticked": list(QUESTIONS)})
        assert "waits for a second person" in words(first.get(address))
        assert "Look at each of the places" in words(second.post(address, {"do": "approve"}))
        assert "is cleared" in words(second.post(address, {"do": "approve", "judged": "on"}, follow=True))
        form = form_of(desk, newest(page), {name: [("paragraph", rich_text(f"<p>{CHILD}</p>"))] for name in STREAMS})
        assert refused(desk, page, form) == {}
        assert StoryPage.objects.get().live

    def test_is_for_those_who_edit(self, draft, practitioner, signed_in):
        answer = signed_in(practitioner).get(f"/admin/stories/{draft.pk}/check/")
        assert answer.status_code in (302, 403)


class TestTheSecondPerson:
    def test_is_asked_for_the_newest_reading_alone_and_no_more_once_it_is_cleared(self, draft, editor, reviewer):
        check(page=newest(draft), by=editor, ticked=QUESTIONS, now=timezone.now())
        page = newest(draft)
        page.summary = "Read it anew."
        page.save_revision(user=editor)
        check(page=newest(draft), by=editor, ticked=QUESTIONS, now=timezone.now() + timedelta(minutes=1))
        assert to_approve(reviewer).count() == 1
        approve(page=newest(draft), by=reviewer, judged=True, now=timezone.now())
        assert not to_approve(make_person("grace", Role.PSW)).exists()

    def test_is_neither_the_first_nor_the_writer_and_holds_the_role(self, draft, editor, reviewer):
        with pytest.raises(NotPossible, match="Nobody has gone through"):
            approve(page=newest(draft), by=reviewer, judged=True, now=timezone.now())
        psw = make_person("grace", Role.PSW)
        check(page=newest(draft), by=editor, ticked=QUESTIONS, now=timezone.now())
        page = newest(draft)
        page.save_revision(user=reviewer)
        with pytest.raises(NotPossible, match="second person"):
            approve(page=newest(draft), by=reviewer, judged=True, now=timezone.now())
        assert approve(page=newest(draft), by=psw, judged=True, now=timezone.now()).approved_by == psw

    def test_judges_what_was_seen_and_the_first_has_ticked_every_line(self, draft, editor, practitioner):
        page, now = newest(draft), timezone.now()
        page.summary = CHILD
        page.save_revision(user=editor)
        page, psw = newest(draft), make_person("grace", Role.PSW)
        with pytest.raises(PermissionDenied):
            check(page=page, by=practitioner, ticked=QUESTIONS, now=now)
        with pytest.raises(NotPossible, match="Missing: The family"):
            check(page=page, by=editor, ticked=[name for name in QUESTIONS if name != "family"], now=now)
        check(page=page, by=editor, ticked=QUESTIONS, now=now)
        assert [list(to_approve(person)) for person in (editor, psw)] == [[], [StoryCheck.objects.get()]]
        with pytest.raises(PermissionDenied):
            approve(page=page, by=practitioner, judged=True, now=now)
        # Who told it may be named.
        assert list(seen_in(words_of_page(page) | {"told_by": CHILD})) == ["summary"]
        with pytest.raises(NotPossible, match="each of the places"):
            approve(page=page, by=psw, judged=False, now=now)
        assert approve(page=page, by=psw, judged=True, now=now).approved_at == now

    def test_cannot_be_the_first_by_any_program(self, draft, editor):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoryCheck.objects.create(
                page=draft, fingerprint="x", checked_by=editor, approved_by=editor, checked_at=timezone.now()
            )
