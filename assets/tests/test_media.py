"""Pictures and files are private: only sizes of pictures are served from the folder, and only to who is signed in."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file

from assets.models import HubDocument, HubImage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "hub.sqlite3").write_text("secret")


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


def test_a_size_of_a_picture_is_served_to_who_is_signed_in_and_to_nobody_else(reader):
    picture = HubImage.objects.create(title="Boat", file=get_test_image_file())
    address = picture.get_rendition("max-100x100").url
    response = reader.get(address)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert Client().get(address).status_code == 302


def test_the_original_of_a_picture_is_not_served_with_all_that_a_camera_wrote_into_it(reader):
    picture = HubImage.objects.create(title="Boat", file=get_test_image_file())
    assert picture.file.url.startswith("/media/original_images/")
    assert reader.get(picture.file.url).status_code == 404


def test_a_document_is_served_by_the_view_that_knows_who_may_have_it_and_not_from_its_folder(reader):
    document = HubDocument.objects.create(title="Sheet", file=ContentFile(b"%PDF", "sheet.pdf"))
    assert reader.get(document.file.url).status_code == 404
    response = reader.get(document.url)
    assert response.status_code == 200
    assert b"".join(response) == b"%PDF"
    assert Client().get(document.url).status_code == 302


def test_a_document_that_could_run_is_handed_over_and_not_opened(reader):
    document = HubDocument.objects.create(title="Page", file=ContentFile(b"<script>alert(1)</script>", "page.html"))
    response = reader.get(document.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


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
def test_no_address_reaches_another_file(reader, path):
    reader.raise_request_exception = False
    assert reader.get(f"/media/{path}").status_code in {400, 404}
