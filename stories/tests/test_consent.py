"""A child's or a care leaver's own story is shown while they agree, and gone the moment they do not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageLogEntry

from assets.models import HubImage
from home.jobs.all import run_due
from notices.models import OutgoingMail
from pages.publishing.publish_gate import hold_back
from pages.publishing.refusals import NotPublished
from stories import consent
from stories.models import StoryConsent, StoryPage
from tests.builders import clear, day_from_now, make_text, nine_thirty
from tests.editing import form_of, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def draft(hub, editor):
    """A care leaver's own story, read by two people, with nothing written down of consent."""
    page = make_text(
        StoryPage, "Moving in", publish=False, voice="care-leaver", told_by="A care leaver", steward=editor
    )
    clear(page)
    page.save_revision(user=editor)
    return page


@pytest.fixture
def desk(editor, signed_in):
    return signed_in(editor)


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


def agreed(page, editor, days: int = 100) -> StoryConsent:
    return consent.record(
        page=page,
        by=editor,
        given_by="care-leaver",
        agreed_on=day_from_now(-1),
        ends_on=day_from_now(days),
        kept_at="Participation team’s folder, form 31",
        now=timezone.now(),
    )


@pytest.fixture
def shown(draft, editor):
    agreed(draft, editor)
    draft.save_revision().publish()
    return StoryPage.objects.get(pk=draft.pk)


def address(page) -> str:
    return reverse("story_consent", args=[page.pk])


def found_by_search(client) -> bool:
    return "/stories/moving-in/" in client.get("/search/?q=moving+in").content.decode()


class TestGoingLive:
    def test_takes_a_consent_whichever_way_somebody_tries(self, draft):
        with pytest.raises(NotPublished, match="has to agree first"):
            draft.save_revision().publish()
        assert not StoryPage.objects.get().live

    def test_the_form_says_so_at_the_field_and_saves_the_draft(self, draft, desk):
        form = form_of(desk, draft)
        assert "has to agree first" in refused(desk, draft, form)["voice"]
        assert refused(desk, draft, form, publish=False) == {}

    def test_a_name_in_told_by_is_refused_for_somebodys_own_story(self, draft, desk):
        form = {**form_of(desk, draft), "told_by": "Bella Marsh, 17"}
        assert "without it" in refused(desk, draft, form)["told_by"]

    def test_works_with_a_consent_that_holds(self, shown, reader):
        assert reader.get(shown.address).status_code == 200
        assert found_by_search(reader)

    def test_a_colleagues_story_needs_none(self, hub):
        assert make_text(StoryPage, "The kitchen").live

    def test_a_time_to_come_after_the_last_day_is_refused(self, draft, desk, editor):
        agreed(draft, editor, days=3)
        later = (timezone.now() + timedelta(days=10)).strftime("%Y-%m-%d %H:%M")
        assert "voice" in refused(desk, draft, {**form_of(desk, draft), "go_live_at": later})

    def test_many_at_once_are_refused_by_name_and_nothing_is_published(self, draft, desk):
        ask = reverse("wagtail_bulk_action", args=["pages", "hubpage", "publish"])
        response = desk.post(f"{ask}?id={draft.pk}&next=/admin/", follow=True)
        assert "Nothing was published" in response.content.decode()
        assert not StoryPage.objects.get().live


class TestWithdrawing:
    def test_one_press_takes_it_from_readers_and_from_search_at_once(self, shown, desk, reader):
        response = desk.post(address(shown), {"do": "withdraw"}, follow=True)
        assert "is gone from the hub and from search" in response.content.decode()
        assert reader.get(shown.address).status_code == 404
        assert not found_by_search(reader)
        assert "Moving in" not in reader.get("/stories/").content.decode()
        entry = PageLogEntry.objects.get(action="stories.consent.withdraw")
        assert (entry.user, entry.page_id) == (shown.steward, shown.pk)

    def test_takes_its_pictures_of_people_too_and_leaves_drawings(self, draft, editor, reader):
        photo, drawing = (
            HubImage.objects.create(
                title=title,
                file=get_test_image_file(f"{title}.jpg"),
                people_shown=people,
                consent_until=day_from_now(99),
            )
            for title, people in (("bench", "people"), ("drawing", "nobody"))
        )
        picture = {"alt": "Two people", "decorative": False, "caption": ""}
        draft.situation = [{"type": "picture", "value": {**picture, "image": one.pk}} for one in (photo, drawing)]
        clear(draft)
        agreed(draft, editor)
        draft.save_revision().publish()
        file = photo.get_rendition("width-400|format-jpeg").url
        assert reader.get(file).status_code == 200
        page = StoryPage.objects.get()
        assert consent.withdraw(page=page, by=editor, now=timezone.now()) == [photo]
        assert reader.get(file).status_code in {404, 410}
        drawing.refresh_from_db()
        assert drawing.shown

    def test_touches_no_other_story_and_no_other_picture(self, shown, editor):
        other = make_text(StoryPage, "Another", publish=False, voice="child", told_by="A child", steward=editor)
        clear(other)
        agreed(other, editor)
        other.save_revision(user=editor).publish()
        make_text(StoryPage, "The kitchen")
        shows = {"people_shown": "people", "consent_until": day_from_now(99)}
        photo = HubImage.objects.create(title="bench", file=get_test_image_file("bench.jpg"), **shows)
        assert consent.standing(shown.pk)
        assert consent.withdraw(page=shown, by=editor, now=timezone.now()) == []
        assert set(StoryPage.objects.live().values_list("title", flat=True)) == {"Another", "The kitchen"}
        assert consent.standing(other.pk)
        photo.refresh_from_db()
        assert photo.consent_withdrawn_on is None

    def test_an_older_draft_does_not_bring_it_back(self, shown, editor):
        consent.withdraw(page=shown, by=editor, now=timezone.now())
        with pytest.raises(NotPublished):
            shown.revisions.first().publish()

    def test_a_time_that_was_set_before_does_not_bring_it_back_and_stops_nobody_else(self, shown, editor, draft):
        revision = shown.save_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
        consent.withdraw(page=shown, by=editor, now=timezone.now())
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
        hold_back(now=timezone.now())
        revision.refresh_from_db()
        assert revision.approved_go_live_at is None
        assert OutgoingMail.objects.filter(subject="“Moving in” was not published", to=editor.email).count() == 1

    def test_a_time_after_its_last_day_does_not_bring_it_back_whenever_the_jobs_are_run(self, shown):
        revision = shown.save_revision(approved_go_live_at=timezone.now() + timedelta(days=101))
        assert run_due(now=timezone.now() + timedelta(days=102)) == []
        revision.refresh_from_db()
        assert revision.approved_go_live_at is None
        assert not StoryPage.objects.get().live
        assert OutgoingMail.objects.filter(subject="“Moving in” was not published").exists()

    def test_the_owner_is_told_when_somebody_else_does_it(self, shown, psw):
        consent.withdraw(page=shown, by=psw, now=timezone.now())
        mail = OutgoingMail.objects.get(subject__contains="has been withdrawn")
        assert mail.to == shown.steward.email

    def test_the_deputy_is_told_and_neither_who_did_it_nor_who_has_left(self, shown, editor, psw):
        StoryPage.objects.update(deputy=psw)
        page = StoryPage.objects.get()
        consent.withdraw(page=page, by=editor, now=timezone.now())
        assert OutgoingMail.objects.get(subject__contains="has been withdrawn").to == psw.email
        agreed(page, editor)
        type(psw).objects.filter(pk=psw.pk).update(is_active=False)
        consent.withdraw(page=StoryPage.objects.get(), by=editor, now=timezone.now())
        assert OutgoingMail.objects.filter(subject__contains="has been withdrawn").count() == 1

    def test_the_owner_is_told_of_the_second_withdrawal_as_of_the_first_and_of_each_once(self, shown, editor, psw):
        for told in (1, 2):
            for _ in range(2):
                consent.withdraw(page=shown, by=psw, now=timezone.now())
            assert OutgoingMail.objects.filter(to=shown.steward.email, kind="story-consent").count() == told
            agreed(shown, editor)

    def test_twice_is_once(self, shown, editor):
        for _ in range(2):
            consent.withdraw(page=shown, by=editor, now=timezone.now())
        assert StoryConsent.objects.filter(is_withdrawn=True).count() == 1

    def test_who_may_not_edit_may_not_withdraw(self, shown, practitioner, reader):
        with pytest.raises(PermissionDenied):
            consent.withdraw(page=shown, by=practitioner, now=timezone.now())
        with pytest.raises(PermissionDenied):
            agreed(shown, practitioner)
        reader.post(address(shown), {"do": "withdraw"})
        assert StoryPage.objects.get().live

    def test_a_new_consent_lets_it_back(self, shown, editor, reader):
        consent.withdraw(page=shown, by=editor, now=timezone.now())
        agreed(shown, editor)
        StoryPage.objects.get().save_revision().publish()
        assert reader.get(shown.address).status_code == 200


class TestTheLastDay:
    def test_on_the_day_after_it_is_on_no_list_before_any_job_has_run(self, shown):
        today = timezone.localdate()
        there = StoryPage.objects.in_use
        assert there(today + timedelta(days=100)).exists()
        assert not there(today + timedelta(days=101)).exists()

    def test_a_job_unpublishes_it_for_good(self, shown):
        consent.follow_up(now=timezone.now() + timedelta(days=99))
        assert StoryPage.objects.get().live
        consent.follow_up(now=timezone.now() + timedelta(days=101))
        assert not StoryPage.objects.get().live

    def test_the_owner_is_reminded_a_month_and_a_week_before_and_once_each(self, shown):
        for days in (60, 71, 71, 94, 95):
            consent.follow_up(now=timezone.now() + timedelta(days=days))
        assert OutgoingMail.objects.filter(subject__contains="about to end").count() == 2

    def test_counts_as_a_whole(self, shown):
        consent.follow_up(now=nine_thirty(100))
        assert StoryPage.objects.get().live
        assert [consent.holds(shown.pk, day_from_now(days)) for days in (100, 101)] == [True, False]

    def test_is_announced_thirty_and_seven_days_before_to_owner_and_deputy(self, shown, psw):
        StoryPage.objects.update(deputy=psw)
        told = []
        for days in (69, 70, 92, 93, 100):
            consent.follow_up(now=nine_thirty(days))
            told.append(sorted(OutgoingMail.objects.values_list("to", flat=True)))
            OutgoingMail.objects.all().delete()
        both = [shown.steward.email, psw.email]
        assert told == [[], both, [], both, []]

    def test_is_announced_neither_of_a_draft_nor_of_a_consent_that_another_has_followed(self, shown, editor):
        agreed(shown, editor, days=200)
        draft = make_text(StoryPage, "Another", publish=False, voice="child", told_by="A child", steward=editor)
        agreed(draft, editor)
        consent.follow_up(now=nine_thirty(93))
        assert not OutgoingMail.objects.exists()

    def test_is_announced_to_nobody_who_has_left(self, shown, editor):
        type(editor).objects.filter(pk=editor.pk).update(is_active=False)
        consent.follow_up(now=nine_thirty(93))
        assert not OutgoingMail.objects.exists()

    def test_a_longer_consent_moves_it_for_the_page_that_readers_see(self, shown, editor):
        agreed(StoryPage.objects.get(), editor, days=200)
        assert StoryPage.objects.get().withdrawn_on == day_from_now(201)


class TestWritingItDown:
    given = {"do": "record", "given_by": "care-leaver", "kept_at": "Blue folder, form 31"}

    def post(self, desk, page, **changed):
        days = {"agreed_on": str(day_from_now(-2)), "ends_on": str(day_from_now(300))}
        return desk.post(address(page), {**self.given, **days, **changed})

    def test_it_is_kept_with_who_wrote_it(self, draft, desk, editor):
        assert self.post(desk, draft).status_code == 302
        found = StoryConsent.objects.get()
        assert (found.recorded_by, found.ends_on) == (editor, day_from_now(300))
        assert "Agreed until" in desk.get(address(draft)).content.decode()

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"ends_on": str(day_from_now(-1))}, "This day is past"),
            ({"ends_on": str(day_from_now(4000))}, "then ask again"),
            ({"ends_on": "soon"}, "Give a day"),
            ({"agreed_on": str(day_from_now(1))}, "today or an earlier day"),
            ({"kept_at": "J.K., born on 3 April 2009"}, "not whose it is"),
            ({"given_by": ""}, "Choose who agreed"),
        ],
    )
    def test_what_cannot_be_is_refused_at_the_field_and_nothing_is_lost(self, draft, desk, changed, words):
        response = self.post(desk, draft, **changed)
        assert response.status_code == 400
        assert words in response.content.decode()
        assert ("Blue folder" in response.content.decode()) or "kept_at" in changed
        assert not StoryConsent.objects.exists()

    def test_a_second_takes_the_place_of_the_first(self, draft, desk):
        for days in (100, 200):
            self.post(desk, draft, ends_on=str(day_from_now(days)))
        assert consent.standing(draft.pk).ends_on == day_from_now(200)
        assert StoryConsent.objects.count() == 2
