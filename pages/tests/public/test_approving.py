"""Nothing is public until somebody else has approved that very text, and then nothing but that text."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from guidance.models import CareerPage, VacancyPage
from notices.models import OutgoingMail
from pages.models import HubPage, PublicApproval
from pages.public.approved import public_state, waiting_for_approval
from pages.public.approving import approve, make_internal
from pages.tests.public.public_pages import agree, asking, publish, shown
from people.refusals import NotAllowed, NotPossible
from people.roles import Role
from tests.builders import PARAGRAPH, day_from_now, make_person, make_text, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(editor):
    """A career page that its editor wants to be public."""
    return asking(editor)


@pytest.fixture
def public(page, psw):
    agree(page, psw)
    return page


class TestOpening:
    def test_a_page_is_internal_until_it_is_approved(self, page, psw):
        assert not shown(page)
        agree(page, psw)
        assert shown(page)
        approval = PublicApproval.objects.get()
        assert (approval.approved_by, approval.approved_at.date()) == (psw, timezone.now().date())

    def test_a_page_for_staff_or_partners_cannot_be_approved(self, editor, psw):
        for audience in ("staff", "partner"):
            page = publish(make_text(CareerPage, audience, steward=editor), editor, audience=audience)
            with pytest.raises(NotPossible, match="marked for colleagues"):
                agree(page, psw)

    def test_whoever_wrote_it_or_asked_for_it_cannot_approve_it(self, page, psw, administrator):
        page = publish(page, psw, summary="Grow with us.")
        with pytest.raises(NotPossible, match="Somebody else"):
            agree(page, psw)
        agree(page, administrator)
        assert shown(page)

    def test_whoever_asked_cannot_approve_it_after_somebody_else_mended_a_word(self, editor, psw):
        page = publish(make_text(CareerPage, "Work with us", steward=editor), psw, audience="public")
        page = publish(page, editor, summary="Grow with us.")
        with pytest.raises(NotPossible, match="Somebody else"):
            agree(page, psw)

    def test_approving_what_others_wrote_counts_from_the_last_approval(self, page, psw, administrator, editor):
        page = publish(page, psw, summary="Grow with us.")
        agree(page, administrator)
        page = publish(page, editor, summary="Grow here.")
        agree(page, psw)
        assert shown(page)

    @pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PSW, Role.ADMINISTRATOR)])
    def test_nobody_else_approves(self, page, role):
        with pytest.raises(NotAllowed):
            agree(page, make_person("other", role))
        assert not shown(page)

    def test_a_text_that_was_changed_while_it_was_read_is_not_approved(self, page, psw, editor):
        read = page.live_revision_id
        publish(page, editor, summary="Another text.")
        with pytest.raises(NotPossible, match="changed while"):
            approve(page=page, by=psw, read=read, now=timezone.now())

    def test_a_draft_a_tool_and_a_closed_section_are_not_approved(self, page, psw, editor):
        draft = make_text(CareerPage, "Draft", publish=False, audience="public")
        with pytest.raises(NotPossible, match="Publish the page first"):
            agree(draft, psw)
        with pytest.raises(NotPossible, match="of this kind"):
            agree(publish(make_tool(), editor, audience="public"), psw)
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
        with pytest.raises(NotPossible, match="section"):
            agree(page, psw)

    def test_one_page_that_is_approved_opens_no_other(self, page, psw, editor):
        agree(page, psw)
        other = make_text(CareerPage, "Grow with us", steward=editor, body=PARAGRAPH)
        other = publish(other, editor, audience="public")
        assert (shown(page), shown(other)) == (True, False)
        changed = publish(page, editor, summary="Other words.")
        agree(other, psw)
        assert (shown(changed), shown(other)) == (False, True)
        assert [public_state(one, timezone.localdate()).slug for one in (changed, other)] == ["lapsed", "public"]
        make_internal(page=other, by=psw, now=timezone.now())
        assert public_state(other, timezone.localdate()).slug == "waiting"

    def test_what_is_withdrawn_or_a_page_at_a_second_place_is_not_approved(self, page, psw):
        alias = page.create_alias(update_slug="again")
        with pytest.raises(NotPossible, match="of this kind"):
            agree(alias, psw)
        HubPage.objects.filter(pk=page.pk).update(withdrawn_on=day_from_now(0))
        with pytest.raises(NotPossible, match="is withdrawn"):
            agree(page, psw)
        HubPage.objects.filter(pk=page.pk).update(withdrawn_on=day_from_now(1))
        agree(page, psw)
        assert shown(page)

    def test_twice_is_once_and_the_owner_hears_of_it_once(self, page, psw, editor):
        agree(page, psw)
        agree(page, psw)
        assert PublicApproval.objects.count() == 1
        mail = OutgoingMail.objects.get(kind="public-page")
        assert mail.to == editor.email
        assert page.address in mail.text

    def test_a_page_without_owner_or_known_writer_is_approved_and_nobody_is_written_to(self, psw):
        page = publish(make_text(CareerPage, "Work with us", body=PARAGRAPH), audience="public")
        agree(page, psw)
        assert shown(page)
        assert not OutgoingMail.objects.filter(kind="public-page").exists()

    def test_an_owner_who_approves_or_has_left_is_not_written_to(self, page, psw, editor):
        HubPage.objects.filter(pk=page.pk).update(steward=psw)
        editor.is_active = False
        editor.save()
        agree(page, psw)
        assert not OutgoingMail.objects.filter(kind="public-page").exists()

    def test_its_editors_read_where_it_stands_and_why(self, page, psw, editor):
        def words() -> str:
            return public_state(page, timezone.localdate()).words

        assert "until somebody approves" in words()
        agree(page, psw)
        assert words().startswith(f"Everybody can read this page without signing in. {psw} approved it on")
        HubPage.objects.filter(pk=page.pk).update(withdrawn_on=timezone.localdate())
        assert words().endswith("but it is withdrawn or in a closed section, and so internal.")
        publish(page, editor, summary="Other words.", withdrawn_on=None)
        assert "The text has changed since" in words()
        PublicApproval.objects.update(approved_by=None)
        assert words().startswith("Somebody who has left approved it on")
        HubPage.objects.filter(pk=page.pk).update(audience="partner")
        assert words() == "This page is internal: people sign in to read it."


class TestClosing:
    def test_closing_is_at_once_and_approving_opens_again(self, public, psw):
        assert shown(public)
        make_internal(page=public, by=psw, now=timezone.now())
        assert not shown(public)
        agree(public, psw)
        assert shown(public)

    def test_its_owner_and_who_wrote_it_hear_of_it_once(self, public, psw, editor, manager):
        HubPage.objects.filter(pk=public.pk).update(steward=manager)
        OutgoingMail.objects.all().delete()
        for _ in range(2):
            make_internal(page=public, by=psw, now=timezone.now())
        told = OutgoingMail.objects.values_list("to", "subject")
        assert set(told) == {(one.email, "“Work with us” is internal again") for one in (manager, editor)}
        assert len(told) == 2

    def test_whoever_may_publish_it_closes_it_and_a_reader_does_not(self, public, editor, practitioner):
        with pytest.raises(NotAllowed):
            make_internal(page=public, by=practitioner, now=timezone.now())
        assert shown(public)
        make_internal(page=public, by=editor, now=timezone.now())
        assert not shown(public)

    def test_a_change_that_is_published_is_internal_until_it_is_approved(self, public, editor, psw):
        changed = publish(public, editor, summary="Words that nobody has approved.")
        assert not shown(changed)
        assert public_state(changed, timezone.localdate()).slug == "lapsed"
        agree(changed, psw)
        assert "nobody has approved" in Client().get(changed.address).content.decode()

    def test_a_draft_stays_a_draft_and_the_page_public(self, public, editor):
        public.summary = "A draft that leaks."
        public.title = "A draft that leaks."
        public.save_revision(user=editor)
        page = Client().get(public.address)
        assert page.status_code == 200
        assert "leaks" not in page.content.decode()

    @pytest.mark.parametrize(
        "how",
        [
            lambda page: publish(page, audience="staff"),
            lambda page: publish(page, withdrawn_on=timezone.localdate()),
            lambda page: page.unpublish(),
            lambda page: PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN),
            lambda page: PageViewRestriction.objects.create(
                page=page.get_parent(), restriction_type=PageViewRestriction.GROUPS
            ),
            lambda page: HubPage.objects.filter(pk=page.pk).update(audience="partner"),
            lambda page: HubPage.objects.filter(pk=page.pk).update(withdrawn_on=timezone.localdate()),
            lambda page: page.live_revision.delete(),
            lambda page: page.delete(),
        ],
        ids=["audience", "withdrawn", "unpublished", "login", "groups", "column", "day", "purged", "deleted"],
    )
    def test_whatever_hides_the_page_hides_it_from_the_public_at_once(self, public, how):
        assert shown(public)
        how(public)
        assert not shown(public)
        assert public.address not in Client().get("/robots.txt").content.decode()
        assert public.address not in Client().get("/sitemap.xml").content.decode()

    def test_a_vacancy_goes_with_its_closing_date(self, editor, psw, time_machine):
        post = make_text(VacancyPage, "A post", steward=editor, body=PARAGRAPH, closing_date=day_from_now(3))
        post = publish(post, editor, audience="public")
        agree(post, psw)
        assert shown(post)
        time_machine.move_to(timezone.now() + timedelta(days=4))
        assert not shown(post)


class TestInTheCms:
    def post(self, client, page, **fields):
        return client.post(f"/admin/public/{page.pk}/", fields)

    def test_an_approver_reads_and_opens_and_can_close_again(self, page, psw, signed_in):
        client = signed_in(psw)
        assert "Work with us" in client.get("/admin/reports/public/").content.decode()
        form = client.get(f"/admin/public/{page.pk}/").content.decode()
        assert f'name="revision" value="{page.live_revision_id}"' in form
        assert self.post(client, page, do="approve", revision=page.live_revision_id).status_code == 302
        assert shown(page)
        assert "Approved: everybody may read it" in client.get(f"/admin/pages/{page.pk}/history/").content.decode()
        assert self.post(client, page, do="end").status_code == 302
        assert not shown(page)

    @pytest.mark.parametrize("revision", ["", "x", "9" * 40, "-1", "0"])
    def test_a_number_that_is_none_is_refused_in_words(self, page, psw, signed_in, revision):
        response = self.post(signed_in(psw), page, do="approve", revision=revision)
        assert response.status_code == 409
        assert "changed while" in response.content.decode()

    def test_an_editor_is_told_before_a_change_closes_the_page(self, public, editor, signed_in):
        form = signed_in(editor).get(f"/admin/pages/{public.pk}/edit/").content.decode()
        assert "Once you publish a change it is internal until it is approved anew" in form

    def test_an_editor_cannot_approve_and_others_find_no_such_page(self, page, editor, practitioner, signed_in):
        assert self.post(signed_in(editor), page, do="approve", revision=1).status_code in (302, 403)
        assert signed_in(editor).get("/admin/reports/public/").status_code in (302, 403)
        response = self.post(signed_in(practitioner), page, do="approve", revision=1)
        assert response.status_code in (302, 403)
        assert not PublicApproval.objects.exists()

    def test_what_waits_is_counted_until_it_is_approved(self, page, psw):
        assert list(waiting_for_approval(timezone.localdate())) == [HubPage.objects.get(pk=page.pk)]
        agree(page, psw)
        assert not waiting_for_approval(timezone.localdate()).exists()
