"""What holds today is what opens: a version that is to come waits for its day, and every version stays readable."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from guidance.models import PolicyPage
from guidance.policies import in_force
from guidance.policies.coming_into_force import bring_into_force
from guidance.policies.versions import tell_due
from home.jobs.all import run_due
from notices.models import OutgoingMail
from pages.public.approving import approve
from pages.publishing.refusals import NotPublished
from pages.wording import day
from practice import editions
from tests.builders import day_from_now, make_text
from tests.editing import form_of, refused

TODAY = date(2026, 11, 27)


@dataclass
class Version:
    version: str
    effective_on: date | None
    change_note: str = ""


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


class TestWhichVersionHolds:
    @pytest.mark.parametrize(
        ("versions", "number"),
        [
            ([], None),
            ([("1.0", 5)], None),
            ([("1.0", -5), ("2.0", 0)], "2.0"),
            ([("1.0", -5), ("2.0", 1)], "1.0"),
            ([("1.0", None), ("2.0", 1), ("3.0", 9)], "1.0"),
            # A higher number that came first is not undone when the day of the lower one comes.
            ([("1.0", -9), ("3.0", -5), ("2.0", -1)], "3.0"),
            ([("2.9", -5), ("2.10", -5)], "2.10"),
        ],
    )
    def test_is_the_highest_number_whose_day_has_come(self, versions, number):
        made = [Version(one, None if days is None else after(days)) for one, days in versions]
        held = in_force.holding(made, TODAY)
        assert (held.version if held else None) == number

    def test_what_is_to_come_is_named_in_order_and_without_what_it_would_undo(self):
        made = [Version("1.0", after(-5)), Version("4.0", after(9)), Version("3.0", after(5)), Version("0.9", after(3))]
        assert [one.version for one in in_force.to_come(made, TODAY)] == ["3.0", "4.0"]

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            (("1.9", 0, "New"), "version"),
            (("2.0", 3, "New"), "version"),
            (("3.0", 3, "Monthly"), "change_note"),
            (("3.0", 3, "New"), None),
            (("2.0", -1, "Monthly, and a slip put right"), None),
            (("2.1", 0, "New"), None),
        ],
    )
    def test_a_version_needs_a_number_and_a_note_of_its_own(self, given, field):
        made = [Version("1.0", after(-9), "First"), Version("2.0", after(-5), "Monthly")]
        version, days, note = given
        told = in_force.objection(made, version=version, effective_on=after(days), change_note=note, on=TODAY)
        assert list(told) == ([field] if field else [])

    def test_the_first_may_be_to_come_and_one_without_a_day_may_be_published_again(self):
        given = {"version": "1.0", "change_note": "First", "on": TODAY}
        assert in_force.objection([], effective_on=after(3), **given) == {}
        assert in_force.objection([Version("1.0", None, "First")], effective_on=None, **given) == {}


@pytest.fixture
def me(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def page(hub, editor) -> PolicyPage:
    given = {"version": "1.0", "effective_on": day_from_now(-100), "change_note": "The first.", "body": text("Weekly.")}
    page = make_text(PolicyPage, "Supervision", **given)
    return publish(
        page, editor, version="2.0", effective_on=day_from_now(30), change_note="Less.", body=text("Monthly.")
    )


def text(words: str) -> list[dict]:
    return [{"type": "paragraph", "value": f"<p>{words}</p>"}]


def publish(page, editor, **changed) -> PolicyPage:
    """As an editor does: from the newest draft."""
    draft = PolicyPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changed.items():
        setattr(draft, name, value)
    draft.save_revision(user=editor).publish(user=editor)
    return PolicyPage.objects.get(pk=page.pk)


def words(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


def on_the_day(page) -> None:
    """Its day has come: the versions lie 30 days back, and nothing else has happened."""
    for one in page.versions.all():
        one.effective_on -= timedelta(days=30)
        one.text["effective_on"] = one.effective_on.isoformat()
        one.save()
    # What is kept of drawn pages goes by the day.
    editions.bump(editions.CONTENT)


@pytest.mark.django_db
class TestReaders:
    def test_open_what_holds_and_are_told_what_comes(self, page, me):
        told = words(me, page.address)
        assert "Weekly." in told
        assert "Monthly." not in told
        assert "Version 2.0 comes into force on" in told
        assert "Monthly." in words(me, f"{page.address}versions/2.0/")

    def test_find_what_holds(self, page, me):
        assert page.address in me.get("/search/?q=weekly").content.decode()
        assert page.address not in me.get("/search/?q=monthly").content.decode()

    def test_open_the_new_one_on_its_day_before_any_job_has_run(self, page, me):
        on_the_day(page)
        told = words(me, page.address)
        assert "Monthly." in told
        assert "What changed in version 2.0" in told
        assert "Weekly." in words(me, f"{page.address}versions/1.0/")

    def test_find_the_new_one_once_the_job_has_run(self, page, me):
        on_the_day(page)
        for _ in range(2):
            bring_into_force(now=timezone.now())
        page = PolicyPage.objects.get()
        assert (page.version, page.live_revision_id) == ("2.0", page.latest_revision_id)
        assert not page.has_unpublished_changes
        assert page.address in me.get("/search/?q=monthly").content.decode()

    def test_read_what_held_on_a_day_by_its_date(self, page, me):
        assert me.get(f"{page.address}on/{day_from_now(-50)}/").url == f"{page.address}versions/1.0/"
        assert me.get(f"{page.address}on/{day_from_now(40)}/").url == f"{page.address}versions/2.0/"
        for nowhere in (f"on/{day_from_now(-500)}/", "on/2026-02-31/", "versions/7/", "versions/x/"):
            assert me.get(page.address + nowhere).status_code == 404

    def test_who_may_not_read_the_policy_reads_no_version(self, page, partner, signed_in):
        PolicyPage.objects.update(audience="staff")
        assert signed_in(partner).get(f"{page.address}versions/1.0/").status_code == 404

    def test_of_a_first_version_to_come_read_that_none_holds_before_it(self, hub, me):
        first = make_text(PolicyPage, "New", version="1.0", effective_on=day_from_now(9), change_note="The first.")
        assert "no version holds before it" in words(me, first.address)

    def test_who_follow_are_told_once_and_led_to_the_version_itself(self, page, practitioner, me, editor):
        me.post(f"/guidance/follow/{page.pk}/")
        tell_due(now=timezone.now())
        on_the_day(page)
        bring_into_force(now=timezone.now())
        tell_due(now=timezone.now())
        mail = OutgoingMail.objects.get()
        assert "/versions/2.0/" in mail.text
        assert "In force from" in mail.text


@pytest.mark.django_db
class TestEditors:
    def test_may_have_two_versions_to_come(self, page, me, editor):
        page = publish(
            page, editor, version="3.0", effective_on=day_from_now(60), change_note="Never.", body=text("No.")
        )
        assert page.version == "1.0"
        assert "Version 3.0 comes into force" in words(me, page.address)
        on_the_day(page)
        assert "Monthly." in words(me, page.address)
        on_the_day(page)
        bring_into_force(now=timezone.now())
        assert PolicyPage.objects.get().version == "3.0"

    def test_may_put_right_today_what_holds_while_another_is_to_come(self, page, me, editor):
        publish(page, editor, version="1.1", effective_on=day_from_now(0), change_note="Urgent.", body=text("Daily."))
        assert "Daily." in words(me, page.address)
        on_the_day(page)
        assert "Monthly." in words(me, page.address)

    def test_put_the_text_to_come_right_under_its_number(self, page, me, editor):
        page = publish(page, editor, body=text("Every month."))
        assert page.versions.count() == 2
        assert "Every month." in words(me, f"{page.address}versions/2.0/")
        assert "Weekly." in words(me, page.address)

    def test_who_go_back_to_an_older_draft_do_not_go_back_to_an_older_version(self, page, editor):
        on_the_day(page)
        bring_into_force(now=timezone.now())
        with pytest.raises(NotPublished, match="Count upwards"):
            page.revisions.order_by("pk").first().publish()
        assert PolicyPage.objects.get().version == "2.0"

    def test_cannot_publish_a_new_number_with_an_old_note_whichever_way(self, page, editor, signed_in):
        draft = page.get_latest_revision_as_object()
        draft.version = "3.0"
        draft.save_revision(user=editor)
        desk = signed_in(editor)
        assert "an earlier version" in refused(desk, draft, form_of(desk, draft))["change_note"]
        ask = reverse("wagtail_bulk_action", args=["pages", "hubpage", "publish"])
        told = desk.post(f"{ask}?id={page.pk}&next=/admin/", follow=True).content.decode()
        assert "Nothing was published" in told

    def test_see_the_draft_that_is_to_come_when_they_edit(self, page):
        assert page.get_latest_revision_as_object().version == "2.0"
        assert page.has_unpublished_changes

    def test_withdraw_a_policy_with_all_that_was_to_come(self, page, me, editor):
        page = publish(page, editor, withdrawn_on=day_from_now(0), withdrawn_reason="No longer needed")
        told = words(me, page.address)
        assert "Version 2.0 comes into force" not in told
        assert "ithdrawn" in told


def mails_to(person) -> list[str]:
    return list(OutgoingMail.objects.filter(to=person.email).order_by("pk").values_list("subject", flat=True))


@pytest.mark.django_db
class TestWhoFollow:
    @pytest.fixture
    def followed(self, hub, editor, practitioner, me) -> PolicyPage:
        page = make_text(PolicyPage, "Supervision", version="1.0", effective_on=day_from_now(-9), change_note="First.")
        me.post(f"/guidance/follow/{page.pk}/")
        return publish(page, editor, version="2.0", effective_on=day_from_now(30), change_note="Less.")

    def test_are_told_that_a_version_is_to_come_and_on_its_day_that_it_holds_each_once(self, followed, practitioner):
        for _ in range(2):
            tell_due(now=timezone.now())
        assert [one.split(" from ")[0] for one in mails_to(practitioner)] == ["New version"]
        for _ in range(2):
            tell_due(now=timezone.now() + timedelta(days=29))
        assert len(mails_to(practitioner)) == 1
        for _ in range(2):
            tell_due(now=timezone.now() + timedelta(days=30))
        assert mails_to(practitioner)[1:] == ["Now in force: Supervision"]

    def test_are_told_anew_when_its_day_is_moved(self, followed, practitioner, editor):
        tell_due(now=timezone.now())
        publish(followed, editor, effective_on=day_from_now(40))
        tell_due(now=timezone.now())
        assert len(mails_to(practitioner)) == 2
        tell_due(now=timezone.now() + timedelta(days=30))
        assert len(mails_to(practitioner)) == 2

    def test_are_told_anew_when_its_day_is_moved_back_to_what_it_was(self, followed, practitioner, editor):
        tell_due(now=timezone.now())
        for days in (40, 30):
            publish(followed, editor, effective_on=day_from_now(days))
            for _ in range(2):
                tell_due(now=timezone.now())
        days = [f"New version from {day(day_from_now(one))}: Supervision" for one in (30, 40, 30)]
        assert mails_to(practitioner) == days

    def test_hear_nothing_of_one_that_a_higher_number_has_overtaken(self, followed, practitioner, editor):
        tell_due(now=timezone.now())
        publish(followed, editor, version="3.0", effective_on=day_from_now(0), change_note="At once.")
        for days in (0, 30):
            tell_due(now=timezone.now() + timedelta(days=days))
        assert mails_to(practitioner)[1:] == ["New version: Supervision"]

    def test_hear_nothing_of_a_policy_that_was_withdrawn(self, followed, practitioner):
        PolicyPage.objects.update(withdrawn_on=day_from_now(0))
        for days in (0, 30):
            tell_due(now=timezone.now() + timedelta(days=days))
        assert mails_to(practitioner) == []


@pytest.mark.django_db
class TestCallingOff:
    def test_takes_back_what_was_to_come_and_says_so_to_who_had_heard_of_it(
        self, page, editor, signed_in, practitioner, champion
    ):
        page = publish(page, editor, version="3.0", effective_on=day_from_now(60), change_note="Never.")
        signed_in(practitioner).post(f"/guidance/follow/{page.pk}/")
        tell_due(now=timezone.now())
        assert mails_to(practitioner) == []
        desk = signed_in(editor)
        address = f"{page.address}versions/2.0/"
        assert "Call off version 2.0" in words(desk, address)
        answer = desk.post(address, {"do": "call-off"}, follow=True)
        assert "does not come into force" in answer.content.decode()
        told = words(desk, page.address)
        assert "Version 2.0 comes into force" not in told
        assert "Version 3.0 comes into force" in told
        assert desk.get(address).status_code == 404
        assert mails_to(practitioner) == ["Does not come into force: Supervision"]
        tell_due(now=timezone.now() + timedelta(days=30))
        assert len(mails_to(practitioner)) == 1

    def test_is_for_who_may_publish_alone(self, page, me):
        address = f"{page.address}versions/2.0/"
        assert "Call off" not in words(me, address)
        assert me.post(address, {"do": "call-off"}).status_code == 403
        assert page.versions.filter(version="2.0").exists()

    def test_touches_neither_what_holds_nor_what_held(self, page, editor, signed_in):
        on_the_day(page)
        desk = signed_in(editor)
        for number in ("1.0", "2.0"):
            assert "Call off" not in words(desk, f"{page.address}versions/{number}/")
            assert desk.post(f"{page.address}versions/{number}/", {"do": "call-off"}).status_code == 302
        assert page.versions.count() == 2

    def test_leaves_the_first_version_whose_page_has_no_other(self, hub, editor, signed_in):
        first = make_text(PolicyPage, "New", version="1.0", effective_on=day_from_now(9), change_note="The first.")
        desk = signed_in(editor)
        assert "Call off" not in words(desk, f"{first.address}versions/1.0/")
        desk.post(f"{first.address}versions/1.0/", {"do": "call-off"})
        assert first.versions.count() == 1

    def test_leaves_a_draft_that_can_be_published_with_the_same_number(self, page, editor, signed_in):
        signed_in(editor).post(f"{page.address}versions/2.0/", {"do": "call-off"})
        page = publish(page, editor, effective_on=day_from_now(9))
        assert [one.version for one in page.versions.all()] == ["2.0", "1.0"]


@pytest.mark.django_db
def test_the_public_reads_no_text_that_no_longer_holds(page, client, psw, editor, me):
    PolicyPage.objects.update(audience="public")
    approve(page=page, by=psw, now=timezone.now())
    assert "Weekly." in client.get(page.address).content.decode()
    on_the_day(page)
    assert client.get(page.address).status_code == 302
    assert "Monthly." in words(me, page.address)


@pytest.mark.django_db
def test_a_job_at_a_day_to_come_brings_into_force_what_holds_then(page):
    assert run_due(now=timezone.now() + timedelta(days=30)) == []
    assert PolicyPage.objects.get().version == "2.0"
