"""A story whose consent ended stays closed: a new consent opens it, or a second person who is told why."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from notices.models import OutgoingMail
from pages.publishing.refusals import NotPublished
from people.roles import Role
from stories import consent, reopening
from stories.clearing import words_of_page
from stories.models import StoryPage
from stories.waiting import to_reopen
from tests.builders import clear, day_from_now, make_person, make_text
from tests.editing import form_of, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor, signed_in):
    return signed_in(editor)


def agree(page, editor, days: int = 100):
    given = {"given_by": "care-leaver", "agreed_on": day_from_now(-1), "ends_on": day_from_now(days)}
    return consent.record(page=page, by=editor, kept_at="Form 31", now=timezone.now(), **given)


@pytest.fixture
def shown(hub, editor):
    page = make_text(
        StoryPage, "Moving in", publish=False, voice="care-leaver", told_by="A care leaver", steward=editor
    )
    clear(page)
    agree(page, editor)
    page.save_revision(user=editor).publish()
    return StoryPage.objects.get(pk=page.pk)


@pytest.fixture
def closed(shown, editor):
    consent.withdraw(page=shown, by=editor, now=timezone.now())
    return StoryPage.objects.get(pk=shown.pk)


def as_a_colleagues(page, editor) -> StoryPage:
    """The same words, said to be a colleague's, and read by two people as such."""
    page.voice = "colleague"
    clear(page)
    page.save_revision(user=editor)
    return page


def open_again(page, by):
    given = {"because": "Only the worker’s part is left.", "now": timezone.now(), "on": timezone.localdate()}
    return reopening.reopen(page=page.get_latest_revision_as_object(), by=by, **given)


class TestCallingItAColleaguesStory:
    def test_opens_nothing_after_a_withdrawal(self, closed, editor):
        with pytest.raises(NotPublished, match="stays closed"):
            as_a_colleagues(closed, editor).latest_revision.publish()

    def test_is_refused_at_the_field_with_the_reason(self, closed, editor, desk):
        page = as_a_colleagues(closed, editor)
        assert "stays closed" in refused(desk, page, form_of(desk, page))["voice"]

    def test_of_many_at_once_names_it_and_publishes_nothing(self, closed, editor, desk):
        as_a_colleagues(closed, editor)
        ask = reverse("wagtail_bulk_action", args=["pages", "hubpage", "publish"])
        answer = desk.post(f"{ask}?id={closed.pk}&next=/admin/", follow=True)
        assert "stays closed" in answer.content.decode()
        assert not StoryPage.objects.get().live

    def test_opens_nothing_after_the_consent_ran_out(self, shown, editor):
        later = timezone.now() + timedelta(days=101)
        consent.follow_up(now=later)
        page = as_a_colleagues(StoryPage.objects.get(), editor)
        assert reopening.why_closed(page, words_of_page(page), timezone.localdate(later))

    def test_of_a_copy_opens_nothing_either(self, closed, editor):
        copy = as_a_colleagues(closed.copy(update_attrs={"slug": "other", "title": "Other"}), editor)
        with pytest.raises(NotPublished, match="stays closed"):
            copy.latest_revision.publish()

    def test_takes_two_people_anew_where_nobody_ever_agreed(self, hub, editor):
        page = make_text(StoryPage, "Moving in", publish=False, voice="child", told_by="A child")
        clear(page)
        page.voice = "colleague"
        with pytest.raises(NotPublished, match="Two people read"):
            page.save_revision(user=editor).publish()


class TestASecondPerson:
    def test_opens_it_as_it_reads_now_until_somebody_withdraws_again(self, closed, editor, psw):
        page = as_a_colleagues(closed, editor)
        open_again(page, psw)
        assert PageLogEntry.objects.get(action="stories.consent.reopen").user == psw
        page.get_latest_revision().publish()
        page = StoryPage.objects.get()
        assert (page.live, page.withdrawn_on) == (True, None)
        page.summary = "Other words."
        clear(page)
        with pytest.raises(NotPublished, match="stays closed"):
            page.save_revision(user=editor).publish()
        page = StoryPage.objects.get()
        consent.withdraw(page=page, by=editor, now=timezone.now())
        with pytest.raises(NotPublished, match="stays closed"):
            page.revisions.last().publish()

    def test_is_followed_by_a_withdrawal_as_the_first_one_was(self, closed, editor, psw, signed_in):
        """There is a button; the owner is told; who says so this time does not open it, whoever said so before."""
        other = make_person("rita", Role.REVIEWER)
        open_again(as_a_colleagues(closed, editor), psw)
        closed.get_latest_revision().publish()
        desk, address = signed_in(other), reverse("story_consent", args=[closed.pk])
        assert 'value="withdraw"' in desk.get(address).content.decode()
        for _ in range(2):
            assert desk.post(address, {"do": "withdraw"}).status_code == 302
        assert OutgoingMail.objects.filter(to=editor.email, subject__contains="has been withdrawn").count() == 1
        page = StoryPage.objects.get()
        assert not page.live
        assert 'value="withdraw"' not in desk.get(address).content.decode()
        with pytest.raises(PermissionDenied):
            open_again(page, other)
        assert open_again(page, psw).by == psw

    def test_opens_that_story_alone_and_no_copy_of_the_same_words(self, closed, editor, psw):
        copy = as_a_colleagues(closed.copy(update_attrs={"slug": "other"}), editor)
        page = as_a_colleagues(closed, editor)
        open_again(page, psw)
        assert not reopening.why_closed(page, words_of_page(page), timezone.localdate())
        with pytest.raises(NotPublished, match="stays closed"):
            copy.latest_revision.publish()

    def test_is_asked_when_the_consent_ran_out_whatever_still_holds_for_another_story(self, shown, editor, psw):
        later = timezone.now() + timedelta(days=101)
        consent.follow_up(now=later)
        page = as_a_colleagues(StoryPage.objects.get(), editor)
        agree(make_text(StoryPage, "Another", publish=False, voice="child", told_by="A child"), editor, days=300)
        on = timezone.localdate(later)
        assert [list(to_reopen(person, on)) for person in (psw, editor)] == [[page], []]

    def test_is_not_asked_who_ended_it_or_wrote_at_it_since_and_of_no_story_that_was_never_closed(
        self, shown, editor, psw, reviewer
    ):
        def asked() -> list[list[StoryPage]]:
            return [list(to_reopen(person, timezone.localdate())) for person in (psw, reviewer)]

        consent.withdraw(page=shown, by=psw, now=timezone.now())
        page = as_a_colleagues(StoryPage.objects.get(), editor)
        make_text(StoryPage, "The kitchen", publish=False).save_revision(user=reviewer)
        assert asked() == [[], [page]]
        page.save_revision(user=reviewer)
        assert asked() == [[], []]

    def test_is_none_who_took_the_consent_back_or_wrote_since_or_may_not_approve(
        self, closed, editor, psw, practitioner
    ):
        page = as_a_colleagues(closed, psw)
        for person in (editor, psw, practitioner):
            with pytest.raises(PermissionDenied):
                open_again(page, person)

    def test_is_not_the_reviewer_who_took_the_consent_back_but_may_be_one_who_wrote_before(self, shown, editor, psw):
        other = make_person("rita", Role.REVIEWER)
        StoryPage.objects.get().save_revision(user=other)
        consent.withdraw(page=StoryPage.objects.get(), by=psw, now=timezone.now())
        page = as_a_colleagues(StoryPage.objects.get(), editor)
        with pytest.raises(PermissionDenied):
            open_again(page, psw)
        assert open_again(page, other).by == other

    def test_reads_why_it_was_closed_and_must_say_why_it_may_open(self, closed, editor, psw, signed_in):
        as_a_colleagues(closed, editor)
        desk, address = signed_in(psw), reverse("story_consent", args=[closed.pk])
        told = desk.get(address).content.decode()
        assert "took their consent back" in told
        assert str(editor) in told
        assert desk.post(address, {"do": "reopen", "because": ""}).status_code == 400
        assert desk.post(address, {"do": "reopen", "because": "Nothing is theirs."}).status_code == 302
        assert "has opened it" in desk.get(address).content.decode()
        assert "open it</button>" not in signed_in(editor).get(address).content.decode()

    def test_cannot_open_what_is_still_said_to_be_somebodys_own(self, closed, psw, signed_in):
        address = reverse("story_consent", args=[closed.pk])
        assert signed_in(psw).post(address, {"do": "reopen", "because": "Nice story."}).status_code == 400


def test_a_withdrawal_takes_every_copy_too(shown, editor):
    copy = shown.copy(update_attrs={"slug": "other", "title": "Other"}, keep_live=False)
    agree(copy, editor)
    clear(copy)
    copy.save_revision(user=editor).publish()
    consent.withdraw(page=StoryPage.objects.get(pk=shown.pk), by=editor, now=timezone.now())
    assert not StoryPage.objects.live().exists()
