"""Nothing is public until somebody else has approved that very text, and then nothing but that text."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction, Site, get_page_models

from assets.models import HubDocument, HubImage
from guidance.models import CareerPage, VacancyPage
from notices.models import OutgoingMail
from pages.approving import NotForThePublic, approve_public, close_to_public
from pages.models import BrandSettings, HubPage, PublicApproval
from pages.public import may_be_read, public_state, waiting_for_approval
from people.roles import Role
from tests.builders import PARAGRAPH, day_from_now, make_person, make_text, make_tool

pytestmark = pytest.mark.django_db


def publish(page, by=None, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=by).publish(user=by)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def page(editor):
    """A career page that its editor wants to be public."""
    made = make_text(CareerPage, "Work with us", steward=editor, body=PARAGRAPH)
    return publish(made, editor, audience="public")


def approve(page, by):
    return approve_public(page=page, by=by, revision=page.live_revision_id, now=timezone.now())


@pytest.fixture
def public(page, psw):
    approve(page, psw)
    return page


def shown(page, after: str = "", **asked) -> bool:
    """Whether somebody who has not signed in reads the page; whatever else is asked leads to sign-in."""
    response = Client().get(page.address + after, asked)
    if response.status_code == 302:
        assert response.url.startswith("/accounts/login/?next=")
        return False
    assert response.status_code == 200
    return True


class TestOpening:
    def test_a_page_is_internal_until_it_is_approved(self, page, psw):
        assert not shown(page)
        approve(page, psw)
        assert shown(page)
        approval = PublicApproval.objects.get()
        assert (approval.approved_by, approval.approved_at.date()) == (psw, timezone.now().date())

    def test_a_page_for_staff_or_partners_cannot_be_approved(self, editor, psw):
        for audience in ("staff", "partner"):
            page = publish(make_text(CareerPage, audience, steward=editor), editor, audience=audience)
            with pytest.raises(NotForThePublic, match="Nobody has asked"):
                approve(page, psw)

    def test_whoever_wrote_it_or_asked_for_it_cannot_approve_it(self, page, psw, administrator):
        page = publish(page, psw, summary="Grow with us.")
        with pytest.raises(NotForThePublic, match="Somebody else"):
            approve(page, psw)
        approve(page, administrator)
        assert shown(page)

    def test_whoever_asked_cannot_approve_it_after_somebody_else_mended_a_word(self, editor, psw):
        page = publish(make_text(CareerPage, "Work with us", steward=editor), psw, audience="public")
        page = publish(page, editor, summary="Grow with us.")
        with pytest.raises(NotForThePublic, match="Somebody else"):
            approve(page, psw)

    def test_approving_what_others_wrote_counts_from_the_last_approval(self, page, psw, administrator, editor):
        page = publish(page, psw, summary="Grow with us.")
        approve(page, administrator)
        page = publish(page, editor, summary="Grow here.")
        approve(page, psw)
        assert shown(page)

    @pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PSW, Role.ADMINISTRATOR)])
    def test_nobody_else_approves(self, page, role):
        with pytest.raises(NotForThePublic, match="approve"):
            approve(page, make_person("other", role))
        assert not shown(page)

    def test_a_text_that_was_changed_while_it_was_read_is_not_approved(self, page, psw, editor):
        read = page.live_revision_id
        publish(page, editor, summary="Another text.")
        with pytest.raises(NotForThePublic, match="changed while"):
            approve_public(page=page, by=psw, revision=read, now=timezone.now())

    def test_a_draft_a_tool_and_a_closed_section_are_not_approved(self, page, psw, editor):
        draft = make_text(CareerPage, "Draft", publish=False, audience="public")
        with pytest.raises(NotForThePublic, match="not published"):
            approve(draft, psw)
        with pytest.raises(NotForThePublic, match="of this kind"):
            approve(publish(make_tool(), editor, audience="public"), psw)
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
        with pytest.raises(NotForThePublic, match="section"):
            approve(page, psw)

    def test_twice_is_once_and_the_owner_hears_of_it_once(self, page, psw, editor):
        approve(page, psw)
        approve(page, psw)
        assert PublicApproval.objects.count() == 1
        mail = OutgoingMail.objects.get(kind="public-page")
        assert mail.to == editor.email
        assert page.address in mail.text


class TestClosing:
    def test_closing_is_at_once_and_approving_opens_again(self, public, psw):
        assert shown(public)
        close_to_public(page=public, by=psw, now=timezone.now())
        assert not shown(public)
        approve(public, psw)
        assert shown(public)

    def test_whoever_may_publish_it_closes_it_and_a_reader_does_not(self, public, editor, practitioner):
        with pytest.raises(NotForThePublic):
            close_to_public(page=public, by=practitioner, now=timezone.now())
        assert shown(public)
        close_to_public(page=public, by=editor, now=timezone.now())
        assert not shown(public)

    def test_a_change_that_is_published_is_internal_until_it_is_approved(self, public, editor, psw):
        changed = publish(public, editor, summary="Words that nobody has approved.")
        assert not shown(changed)
        assert public_state(changed).slug == "lapsed"
        approve(changed, psw)
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
        approve(post, psw)
        assert shown(post)
        time_machine.move_to(timezone.now() + timedelta(days=4))
        assert not shown(post)


class TestWhatIsNotOpened:
    def test_addresses_inside_a_public_page_and_pages_below_it_stay_shut(self, public):
        below = make_text(CareerPage, "Below", below=public, audience="public")
        assert not shown(below)
        for after in ("print/", "nothing/", "1/"):
            assert not shown(public, after)

    def test_search_suggestions_and_everything_else_stay_shut(self, public):
        for address in ("/", "/search/?q=work", "/search/suggest/?q=work", "/guidance/", "/me/", "/admin/"):
            assert Client().get(address).status_code == 302, address

    def test_a_public_page_is_read_and_nothing_else(self, public):
        for method in ("post", "put", "patch", "delete", "options"):
            assert getattr(Client(), method)(public.address).status_code in (302, 405), method
        assert Client().head(public.address).status_code == 200

    def test_the_public_sees_no_names_no_menu_and_no_titles_of_other_pages(self, public, editor, psw):
        inside = make_text(CareerPage, "Only for us", steward=editor, body=PARAGRAPH)
        public = publish(public, editor, related=[{"type": "page", "value": inside.pk}], also_typed="secret words")
        approve(public, psw)
        page = Client().get(public.address).content.decode()
        for hidden in ("Only for us", editor.last_name, editor.first_name, "Guidance", "/search/", "/me/", "secret"):
            assert hidden not in page, hidden
        assert f"/accounts/login/?next={public.address}" in page.replace("%2F", "/")

    def test_vacancies_on_a_career_page_are_those_that_are_public_themselves(self, public, editor, psw):
        for title in ("Open post", "Post for us"):
            post = make_text(VacancyPage, title, steward=editor, body=PARAGRAPH, closing_date=day_from_now(3))
            post = publish(post, editor, audience="public")
            if title == "Open post":
                approve(post, psw)
        page = Client().get(public.address).content.decode()
        assert "Open post" in page
        assert "Post for us" not in page

    def test_a_copy_and_an_alias_of_a_public_page_are_not_public(self, public, editor):
        copy = public.copy(update_attrs={"slug": "copy"}, user=editor)
        alias = public.create_alias(update_slug="alias")
        for other in (copy, alias):
            assert not shown(HubPage.objects.get(pk=other.pk))

    @pytest.mark.parametrize("page_type", [model for model in get_page_models() if not model.may_be_public])
    def test_a_page_of_any_other_type_stays_shut_even_with_a_row_in_the_table(self, hub, page_type, psw):
        for page in page_type.objects.live().filter(depth__gt=1)[:3]:
            HubPage.objects.filter(pk=page.pk).update(audience="public")
            with pytest.raises(NotForThePublic):
                approve(page, psw)
            assert not shown(page)


class TestNoReaderGetsAnothersPage:
    def test_what_is_kept_for_one_is_not_shown_to_the_other(self, public, practitioner, signed_in, editor, psw):
        inside = make_text(CareerPage, "Only for us", steward=editor, body=PARAGRAPH)
        public = publish(public, editor, related=[{"type": "page", "value": inside.pk}])
        approve(public, psw)
        for _ in range(2):
            assert "Only for us" in signed_in(practitioner).get(public.address).content.decode()
            assert "Only for us" not in Client().get(public.address).content.decode()

    def test_no_proxy_keeps_it_and_search_engines_find_the_public_page_alone(self, public, practitioner, signed_in):
        page, inside = Client().get(public.address), signed_in(practitioner).get(public.address)
        for response in (page, inside):
            assert "private" in response["Cache-Control"]
            assert "Cookie" in response["Vary"]
        assert page["X-Robots-Tag"] == "index, nofollow"
        assert inside["X-Robots-Tag"] == "noindex, nofollow"
        assert 'name="robots" content="index' in page.content.decode()
        assert 'name="robots" content="noindex' in inside.content.decode()
        robots = Client().get("/robots.txt").content.decode()
        assert f"Allow: {public.address}$" in robots
        assert "\nDisallow: /\n" in robots
        sitemap = Client().get("/sitemap.xml")
        assert sitemap.content.decode().count("<loc>") == 1
        assert sitemap["Content-Type"].startswith("application/xml")

    def test_a_public_page_sets_no_cookie(self, public):
        client = Client()
        client.get(public.address)
        assert not client.cookies


class TestFiles:
    @pytest.fixture(autouse=True)
    def a_folder_of_its_own(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "media"

    @pytest.fixture
    def picture(self, hub):
        return HubImage.objects.create(title="Boat", file=get_test_image_file())

    def with_files(self, page, editor, picture, document):
        link = f'<p><a linktype="document" id="{document.pk}">Form</a></p>'
        body = [
            {"type": "picture", "value": {"image": picture.pk, "alt": "A boat", "decorative": False, "caption": ""}},
            {"type": "paragraph", "value": link},
        ]
        return publish(page, editor, body=body)

    def test_pictures_and_documents_open_and_shut_with_the_page(self, page, editor, psw, picture):
        document = HubDocument.objects.create(title="Form", file=ContentFile(b"%PDF", "form.pdf"))
        other = HubDocument.objects.create(title="Other", file=ContentFile(b"%PDF2", "other.pdf"))
        page = self.with_files(page, editor, picture, document)
        address = picture.get_rendition("width-400").url
        hidden = HubImage.objects.create(title="Other", file=get_test_image_file()).get_rendition("width-400").url

        def opened():
            return [Client().get(path).status_code for path in (address, document.url, hidden, other.url)]

        assert opened() == [302] * 4
        approve(page, psw)
        assert opened() == [200, 200, 302, 302]
        close_to_public(page=page, by=psw, now=timezone.now())
        assert opened() == [302] * 4

    def test_another_file_under_the_same_number_has_not_been_approved(self, page, editor, psw, picture):
        document = HubDocument.objects.create(title="Form", file=ContentFile(b"%PDF", "form.pdf"))
        page = self.with_files(page, editor, picture, document)
        approve(page, psw)
        HubDocument.objects.filter(pk=document.pk).update(file_hash="another")
        HubImage.objects.filter(pk=picture.pk).update(file_hash="another")
        assert Client().get(document.url).status_code == 302
        assert Client().get(picture.get_rendition("width-400").url).status_code == 302

    def test_a_picture_in_a_draft_is_not_opened(self, public, editor, picture):
        public.body = [
            {"type": "picture", "value": {"image": picture.pk, "alt": "A boat", "decorative": False, "caption": ""}}
        ]
        public.save_revision(user=editor)
        assert Client().get(picture.get_rendition("width-400").url).status_code == 302

    def test_the_councils_logo_is_seen_at_the_front_door(self, page, picture):
        BrandSettings.objects.update_or_create(site=Site.objects.get(), defaults={"logo": picture})
        page = Client().get("/accounts/login/").content.decode()
        address = picture.get_rendition("max-320x96").url
        assert address in page
        assert Client().get(address).status_code == 200

    @pytest.mark.parametrize("path", ["/documents/" + "9" * 40 + "/x.pdf", "/documents/1/x.pdf", "/media/images/x.png"])
    def test_what_no_row_can_have_leads_to_sign_in(self, public, path):
        assert Client().get(path).status_code == 302


class TestInTheCms:
    def post(self, client, page, **fields):
        return client.post(f"/admin/pages/{page.pk}/public/", fields)

    def test_an_approver_reads_ticks_and_opens_and_can_close_again(self, page, psw, signed_in):
        client = signed_in(psw)
        assert "Work with us" in client.get("/admin/reports/public/").content.decode()
        form = client.get(f"/admin/pages/{page.pk}/public/").content.decode()
        assert f'name="revision" value="{page.live_revision_id}"' in form
        assert self.post(client, page, do="approve", revision=page.live_revision_id).status_code == 409
        assert not shown(page)
        assert self.post(client, page, do="approve", revision=page.live_revision_id, read="on").status_code == 302
        assert shown(page)
        assert "Approved for the public" in client.get(f"/admin/pages/{page.pk}/history/").content.decode()
        assert self.post(client, page, do="close").status_code == 302
        assert not shown(page)

    @pytest.mark.parametrize("revision", ["", "x", "9" * 40, "-1", "0"])
    def test_a_number_that_is_none_is_refused_in_words(self, page, psw, signed_in, revision):
        response = self.post(signed_in(psw), page, do="approve", revision=revision, read="on")
        assert response.status_code == 409
        assert "changed while" in response.content.decode()

    def test_an_editor_is_told_before_a_change_closes_the_page(self, public, editor, signed_in):
        form = signed_in(editor).get(f"/admin/pages/{public.pk}/edit/").content.decode()
        assert 'data-public="public"' in form
        assert "until somebody else approves the new text" in form

    def test_an_editor_cannot_approve_and_others_find_no_such_page(self, page, editor, practitioner, signed_in):
        assert self.post(signed_in(editor), page, do="approve", revision=1, read="on").status_code == 409
        assert signed_in(editor).get("/admin/reports/public/").status_code == 403
        response = self.post(signed_in(practitioner), page, do="approve", revision=1, read="on")
        assert response.status_code in (302, 403)
        assert not PublicApproval.objects.exists()

    def test_what_waits_is_counted_until_it_is_approved(self, page, psw):
        assert list(waiting_for_approval()) == [HubPage.objects.get(pk=page.pk)]
        approve(page, psw)
        assert not waiting_for_approval().exists()


def test_a_change_published_between_two_questions_is_refused_and_not_shown(public, editor):
    """The page is read, then changed, and only then is it asked whether it may be shown."""
    read = CareerPage.objects.defer("body", "related").get(pk=public.pk)
    publish(CareerPage.objects.get(pk=public.pk), editor, summary="Not approved.")
    assert not may_be_read(read)
