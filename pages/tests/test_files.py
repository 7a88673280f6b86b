"""Who may read a page may read its pictures and documents, and nobody else, at whatever address."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from assets.models import HubDocument, HubImage
from pages.models import BrandSettings, HubPage
from people.models import User
from people.roles import INTERVIEWERS, Role
from tests.builders import PASSWORD, block_of, make_page_with, make_person, make_tool
from toolkits.models import ToolDownload

pytestmark = pytest.mark.django_db

STAFF, PARTNER = HubPage.Audience.STAFF, HubPage.Audience.PARTNER
READERS = {"practitioner", "partner", "interviewer"}
COUNCIL = READERS - {"partner"}
IN_THE_CMS = {"editor", "reviewer", "root"}


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "hub.sqlite3").write_text("secret")


@pytest.fixture
def document(hub):
    return make_document()


@pytest.fixture
def picture(hub):
    return HubImage.objects.create(title="Boat", file=get_test_image_file())


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def people(hub, signed_in):
    """Name to a browser in which that person is signed in; nobody is signed in in `nobody`'s."""
    interviewer = make_person("interviewer", Role.PRACTITIONER)
    interviewer.groups.add(Group.objects.get(name=INTERVIEWERS))
    made = {name: make_person(name, Role[name.upper()]) for name in ("practitioner", "partner", "editor", "reviewer")}
    made |= {"interviewer": interviewer, "root": User.objects.create_superuser("root@hub.example", PASSWORD)}
    return {name: signed_in(person) for name, person in made.items()} | {"nobody": Client()}


def make_document(title: str = "Zorblight sheet", content: bytes = b"%PDF") -> HubDocument:
    document = HubDocument(title=title, file=ContentFile(content, "sheet.pdf"))
    document._set_document_file_metadata()
    document.save()
    return document


def size_of(picture: HubImage) -> str:
    return picture.get_rendition("max-100x100").url


def close_to(page, group: str) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name=group))


# Each puts the files somewhere.


def on_a_page_for_partners(*files):
    make_page_with(*files, audience=PARTNER)


def on_a_page_for_staff(*files):
    make_page_with(*files, audience=STAFF)


def on_both(*files):
    on_a_page_for_partners(*files)
    make_page_with(*files, title="The other page", audience=STAFF)


def in_a_closed_section(*files):
    close_to(make_page_with(*files), INTERVIEWERS)


def below_a_closed_section(*files):
    page = make_page_with(*files)
    close_to(page.get_parent(), INTERVIEWERS)


def in_a_draft(*files):
    make_page_with(*files, publish=False)


def in_a_draft_of_a_page_that_is_out(*files):
    page = make_page_with()
    page.body = [block_of(file) for file in files]
    page.save_revision()


def on_a_page_that_was_unpublished(*files):
    make_page_with(*files).unpublish()


def on_a_page_that_is_withdrawn(*files):
    make_page_with(*files, withdrawn_on=timezone.localdate())


def on_a_page_that_is_withdrawn_tomorrow(*files):
    make_page_with(*files, withdrawn_on=timezone.localdate() + timedelta(days=1))


def on_a_page_from_which_they_were_taken(*files):
    page = make_page_with(*files)
    page.body = []
    page.save_revision().publish()


def on_a_page_that_was_deleted(*files):
    make_page_with(*files).delete()


def in_a_closed_collection(*files):
    on_a_page_for_partners(*files)
    closed = Collection.get_first_root_node().add_child(name="Closed").add_child(name="Below")
    restriction = CollectionViewRestriction.objects.create(collection=closed.get_parent(), restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=INTERVIEWERS))
    for file in files:
        file.collection = closed
        file.save()


def nowhere(*files):
    pass


@pytest.mark.parametrize(
    ("put", "who"),
    [
        (on_a_page_for_partners, READERS),
        (on_a_page_for_staff, COUNCIL),
        (on_both, READERS),
        (in_a_closed_section, {"interviewer"}),
        (below_a_closed_section, {"interviewer"}),
        (in_a_draft, set()),
        (in_a_draft_of_a_page_that_is_out, set()),
        (on_a_page_that_was_unpublished, set()),
        (on_a_page_that_is_withdrawn, set()),
        (on_a_page_that_is_withdrawn_tomorrow, READERS),
        (on_a_page_from_which_they_were_taken, set()),
        (on_a_page_that_was_deleted, set()),
        (in_a_closed_collection, {"interviewer"}),
        (nowhere, set()),
    ],
)
def test_files_are_for_those_who_may_open_a_page_that_has_them(people, document, picture, put, who):
    """The document at its address and at its old one, a size of the picture, and search say the same."""
    put(document, picture)
    addresses = {"document": document.url, "number": f"/documents/{document.pk}/sheet.pdf", "size": size_of(picture)}
    answers = {
        kind: {name: browser.get(address).status_code for name, browser in people.items()}
        for kind, address in addresses.items()
    }
    # In the CMS they look after files; what a collection closes is closed to them as well.
    may = who | ({"root"} if put is in_a_closed_collection else IN_THE_CMS)
    for kind, codes in answers.items():
        opened = {200: 301} if kind == "number" else {}
        expected = {name: opened.get(200, 200) if name in may else 404 for name in people}
        assert codes == expected | {"nobody": 302 if kind != "number" else codes["nobody"]}, kind
        assert codes["nobody"] in {302, 404}
    finds = {
        name
        for name in READERS
        if people[name].get("/search/?q=zorblight").context["results"].total
        or people[name].get("/search/suggest/?q=zorbl").json()["suggestions"]
        or "zorblight" in people[name].get("/search/?type=document").content.decode().lower()
    }
    assert finds == who


def test_what_search_counts_as_documents_are_those_that_this_reader_may_open(people, hub):
    make_page_with(make_document("One"), audience=STAFF)
    make_page_with(make_document("Two", b"%PDF2"), audience=PARTNER)
    for name, number in (("practitioner", 2), ("partner", 1)):
        (facet,) = (f for f in people[name].get("/search/").context["results"].facets if f.name == "type")
        assert {value.value: value.count for value in facet.values}.get("document") == number, name


@pytest.mark.parametrize("kind", ["download", "link", "picture"])
def test_what_is_taken_off_a_page_is_closed_with_the_next_publishing(partner, signed_in, document, picture, kind):
    """Not only with the one after it, as Wagtail's own index of references would have it."""
    tool = make_tool()
    address = size_of(picture) if kind == "picture" else document.url
    if kind == "download":
        tool.downloads = [ToolDownload(document=document, label="Six feelings cards")]
    else:
        tool.say = [block_of(picture if kind == "picture" else document)]
    tool.save_revision().publish()
    browser = signed_in(partner)
    assert browser.get(address).status_code == 200
    tool.downloads, tool.say = [], []
    tool.save_revision().publish()
    assert browser.get(address).status_code == 404


def test_a_file_opens_with_the_publishing_of_the_draft_it_stands_in(partner, signed_in, document):
    page = make_page_with(document, publish=False)
    browser = signed_in(partner)
    assert browser.get(document.url).status_code == 404
    page.save_revision().publish()
    assert browser.get(document.url).status_code == 200


@pytest.mark.parametrize("change", ["audience", "unpublish", "withdraw", "close", "group"])
def test_a_change_of_the_page_or_the_person_counts_at_the_next_request(signed_in, document, picture, change):
    person = make_person("sam", Role.PARTNER)
    person.groups.add(Group.objects.get(name=INTERVIEWERS))
    page, browser = make_page_with(document, picture), signed_in(person)
    close_to(page, INTERVIEWERS)
    addresses = (document.url, size_of(picture))
    assert [browser.get(address).status_code for address in addresses] == [200, 200]
    if change == "audience":
        page.audience = STAFF
        page.save_revision().publish()
    elif change == "unpublish":
        page.unpublish()
    elif change == "withdraw":
        page.withdrawn_on = timezone.localdate()
        page.save_revision().publish()
    elif change == "close":
        close_to(page, Role.EDITOR)
    else:
        person.groups.remove(Group.objects.get(name=INTERVIEWERS))
    assert [browser.get(address).status_code for address in addresses] == [404, 404]


def test_an_editor_who_is_one_no_longer_has_no_files_of_drafts(editor, signed_in, document, picture):
    """Neither by having put them there."""
    HubDocument.objects.update(uploaded_by_user=editor)
    HubImage.objects.update(uploaded_by_user=editor)
    browser, addresses = signed_in(editor), (document.url, size_of(picture))
    assert [browser.get(address).status_code for address in addresses] == [200, 200]
    editor.groups.set(Group.objects.filter(name=Role.PRACTITIONER))
    assert [browser.get(address).status_code for address in addresses] == [404, 404]


@pytest.mark.parametrize("name", ["practitioner", "partner", "editor", "root"])
def test_a_file_is_asked_for_in_two_questions_at_most(people, document, picture, name):
    """Beside those that every request asks: which session it is, and whose."""
    in_a_closed_collection(make_document("Another"))
    on_both(document, picture)
    on_a_page_that_is_withdrawn(document, picture)
    for address in (document.url, size_of(picture)):
        people[name].get(address)
        with CaptureQueriesContext(connection) as asked:
            assert people[name].get(address).status_code == 200
        assert len(asked) <= 2 + 2, [query["sql"] for query in asked]


def test_the_councils_logo_is_for_everybody(partner, signed_in, picture):
    BrandSettings.objects.update_or_create(site=Site.objects.get(), defaults={"logo": picture})
    assert signed_in(partner).get(size_of(picture)).status_code == 200
    assert Client().get(size_of(picture)).status_code == 200


NO_PAGES = {"pages.BrandSettings", "pages.PublicFile", "assets.HubRendition"}
"""What holds a picture or document without being a page: the logo, what was approved, and a picture's own sizes."""


def test_nothing_but_pages_holds_files():
    """A model that begins to hold files is to say here who may open them; otherwise nobody but editors could."""
    holders = set()
    for model in apps.get_models():
        fields = model._meta.get_fields()
        if any(getattr(field, "related_model", None) in {HubImage, HubDocument} and field.concrete for field in fields):
            parents = [field.related_model for field in fields if isinstance(field, ParentalKey)]
            if not issubclass(parents[0] if parents else model, HubPage):
                holders.add(model._meta.label)
    through = {model.tags.through._meta.label for model in (HubImage, HubDocument)}
    assert holders - through == NO_PAGES


class TestAddresses:
    def test_nobody_can_work_out_the_address_of_another_file(self, hub):
        documents = [make_document("One"), make_document("Two")]
        pictures = [HubImage.objects.create(title="Boat", file=get_test_image_file("boat.png")) for _ in "ab"]
        for document in documents:
            assert document.url == f"/documents/{document.key}/{document.filename}"
            assert document.key.version == 4
        names = [
            name for picture in pictures for name in (picture.file.name, picture.get_rendition("width-9").file.name)
        ]
        random = [part for name in names for part in name.split(".") if len(part) == 16]
        assert len(set(random)) >= 4

    @pytest.mark.parametrize("name", ["boat.png", f"{'b' * 200}.png", "bøåt with a name.PNG", ".png"])
    def test_however_a_picture_is_called_its_sizes_can_be_stored_and_fetched(self, reader, name):
        picture = HubImage.objects.create(title="Boat", file=get_test_image_file(name))
        make_page_with(picture)
        assert len(picture.file.name) < 100
        assert reader.get(size_of(picture)).status_code == 200

    def test_a_number_leads_on_whom_the_document_is_for(self, people, document):
        on_a_page_for_staff(document)
        answer = people["practitioner"].get(f"/documents/{document.pk}/whatever.pdf")
        assert (answer.status_code, answer["Location"]) == (301, document.url)
        assert people["partner"].get(f"/documents/{document.pk}/sheet.pdf").status_code == 404
        assert people["practitioner"].get("/documents/999999999999/sheet.pdf").status_code == 404

    def test_another_file_in_its_place_keeps_the_address(self, reader, document):
        on_a_page_for_staff(document)
        before = document.url
        document.file = ContentFile(b"%PDF2", "renamed.pdf")
        document.save()
        assert b"".join(reader.get(before)) == b"%PDF2"

    def test_the_original_of_a_picture_is_not_served_with_all_that_a_camera_wrote_into_it(self, reader, picture):
        on_a_page_for_staff(picture)
        assert picture.file.url.startswith("/media/original_images/")
        assert reader.get(picture.file.url).status_code == 404

    def test_a_document_is_not_served_from_its_folder(self, reader, document):
        on_a_page_for_staff(document)
        assert reader.get(document.file.url).status_code == 404

    @pytest.mark.parametrize(
        "path",
        [
            "images/../../hub.sqlite3",
            "images/%2e%2e/%2e%2e/hub.sqlite3",
            "images/..\\..\\hub.sqlite3",
            "/etc/passwd",
            "images//etc/passwd",
            "images/",
            "images/nothing.png",
            "images/%00.png",
            "images/" + "x" * 300,
            "images/" + "x" * 5000,
            "images/" + "a/" * 2000,
        ],
        ids=lambda path: f"{path[:30]!a}, {len(path)} long",
    )
    def test_no_address_reaches_another_file(self, reader, path):
        reader.raise_request_exception = False
        assert reader.get(f"/media/{path}").status_code in {400, 404}


class TestOnTheirWay:
    def test_no_shared_machine_keeps_them_and_a_browser_asks_anew(self, reader, document, picture):
        on_a_page_for_staff(document, picture)
        size = reader.get(size_of(picture))
        assert (size.status_code, size["Cache-Control"]) == (200, "private, no-cache")
        assert reader.get(size_of(picture), headers={"if-none-match": size["ETag"]}).status_code == 304
        assert reader.get(document.url)["Cache-Control"] == "private, no-store"

    def test_a_browser_that_kept_a_picture_hears_that_it_is_closed(self, reader, picture):
        page = make_page_with(picture)
        kept = reader.get(size_of(picture))["ETag"]
        page.unpublish()
        assert reader.get(size_of(picture), headers={"if-none-match": kept}).status_code == 404

    def test_a_document_that_could_run_is_handed_over_and_not_opened(self, reader, hub):
        document = HubDocument.objects.create(title="X", file=ContentFile(b"<script>alert(1)</script>", "page.html"))
        on_a_page_for_staff(document)
        response = reader.get(document.url)
        assert response["Content-Disposition"] == 'attachment; filename="page.html"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'"

    def test_a_file_that_is_gone_from_the_disk_is_not_there(self, reader, document, picture):
        on_a_page_for_staff(document, picture)
        address = size_of(picture)
        document.file.storage.delete(document.file.name)
        picture.file.storage.delete(picture.get_rendition("max-100x100").file.name)
        assert [reader.get(path).status_code for path in (document.url, address)] == [404, 404]
