"""The front door opens for an approved page and its files, and for nothing beside them."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site, get_page_models

from assets.models import HubDocument, HubImage
from guidance.models import CareerPage, VacancyPage
from pages.models import BrandSettings, HubPage
from pages.public.approved import may_be_read
from pages.public.approving import make_internal
from pages.tests.public.public_pages import agree, asking, publish, shown
from people.refusals import NotPossible
from tests.builders import PARAGRAPH, day_from_now, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(editor):
    """A career page that its editor wants to be public."""
    return asking(editor)


@pytest.fixture
def public(page, psw):
    agree(page, psw)
    return page


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
        agree(public, psw)
        page = Client().get(public.address).content.decode()
        for hidden in ("Only for us", editor.last_name, editor.first_name, "Guidance", "/search/", "/me/", "secret"):
            assert hidden not in page, hidden
        assert 'href="/accounts/login/"' in page

    def test_vacancies_on_a_career_page_are_those_that_are_public_themselves(self, public, editor, psw):
        for title in ("Open post", "Post for us"):
            post = make_text(VacancyPage, title, steward=editor, body=PARAGRAPH, closing_date=day_from_now(3))
            post = publish(post, editor, audience="public")
            if title == "Open post":
                agree(post, psw)
        page = Client().get(public.address).content.decode()
        assert "Open post" in page
        assert "Post for us" not in page

    def test_a_copy_and_an_alias_of_a_public_page_are_not_public(self, public, editor):
        copy = public.copy(update_attrs={"slug": "copy"}, user=editor)
        alias = public.create_alias(update_slug="alias")
        for other in (copy, alias):
            assert not shown(HubPage.objects.get(pk=other.pk))

    @pytest.mark.parametrize("page_type", [model for model in get_page_models() if not model.can_be_public])
    def test_a_page_of_any_other_type_stays_shut_even_with_a_row_in_the_table(self, hub, page_type, psw):
        for page in page_type.objects.live().filter(depth__gt=1)[:3]:
            HubPage.objects.filter(pk=page.pk).update(audience="public")
            with pytest.raises(NotPossible):
                agree(page, psw)
            assert not shown(page)


class TestNoReaderGetsAnothersPage:
    def test_what_is_kept_for_one_is_not_shown_to_the_other(self, public, practitioner, signed_in, editor, psw):
        inside = make_text(CareerPage, "Only for us", steward=editor, body=PARAGRAPH)
        public = publish(public, editor, related=[{"type": "page", "value": inside.pk}])
        agree(public, psw)
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
        agree(page, psw)
        assert opened() == [200, 200, 302, 302]
        make_internal(page=page, by=psw, now=timezone.now())
        assert opened() == [302] * 4

    def test_another_file_under_the_same_number_has_not_been_approved(self, page, editor, psw, picture):
        document = HubDocument.objects.create(title="Form", file=ContentFile(b"%PDF", "form.pdf"))
        page = self.with_files(page, editor, picture, document)
        agree(page, psw)
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
    def test_what_no_row_can_have_leads_nowhere(self, public, path):
        assert Client().get(path).status_code in {302, 404}


def test_a_change_published_between_two_questions_is_refused_and_not_shown(public, editor):
    """The page is read, then changed, and only then is it asked whether it may be shown."""
    read = CareerPage.objects.defer("body", "related").get(pk=public.pk)
    publish(CareerPage.objects.get(pk=public.pk), editor, summary="Not approved.")
    assert not may_be_read(read, timezone.localdate())
