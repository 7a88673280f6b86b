"""A film is for everybody: with captions and a transcript or not at all, in pieces, and while its people agree."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assets.models import HubDocument
from home.jobs.all import run_due
from stories.films.needed import NotEverybodyCouldFollow
from stories.models import FilmPage
from tests.builders import PARAGRAPH, day_from_now, make_person, make_text
from tests.editing import TEXT, form_of, refused

pytestmark = pytest.mark.django_db

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nA door opens.\n"


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def desk(administrator, signed_in):
    administrator.is_superuser = True
    administrator.save()
    return signed_in(administrator)


def make_file(name: str, content: bytes) -> HubDocument:
    return HubDocument.objects.create(title=name, file=ContentFile(content, name))


def make_film(*, publish: bool = True, **fields) -> FilmPage:
    given = {
        **dict.fromkeys(("body", "transcript"), PARAGRAPH),
        "length": "4 minutes",
        "captions": "In English, checked by a person",
        "consent": "Two colleagues",
        "recording": make_file("film.mp4", FILM),
        "captions_file": make_file("film.vtt", CAPTIONS),
        "steward": make_person("maya"),
        "deputy": make_person("ian"),
        "reviewed_on": day_from_now(-1),
        "next_review": day_from_now(300),
        **fields,
    }
    return make_text(FilmPage, "With, not to", items=("PE2",), publish=publish, **given)


class TestBeforeItIsPublished:
    def send(self, desk, page, **changed):
        return refused(desk, page, {**form_of(desk, page, {"body": TEXT, "transcript": TEXT}), **changed})

    def test_a_film_with_captions_and_transcript_is_published(self, desk):
        assert self.send(desk, make_film(publish=False)) == {}
        assert FilmPage.objects.get().live

    def test_without_a_transcript_it_is_refused_at_the_field_and_the_rest_is_kept(self, desk):
        page = make_film(publish=False)
        told = refused(desk, page, form_of(desk, page, {"body": TEXT}))
        assert list(told) == ["transcript"]
        assert not FilmPage.objects.get().live

    @pytest.mark.parametrize(
        ("field", "name", "content", "words"),
        [
            ("captions_file", "", b"", "Add the captions"),
            ("captions_file", "film.vtt", b"WEBVTT\n\n1,0 -> 2,0\nHello", "Line 3 should give the times"),
            ("captions_file", "film.srt", CAPTIONS, "ends in .vtt"),
            ("recording", "film.pdf", b"%PDF-", "ends in .mp4 or .webm"),
        ],
    )
    def test_captions_that_are_missing_or_broken_are_said_at_the_field(self, desk, field, name, content, words):
        page = make_film(publish=False)
        told = self.send(desk, page, **{field: make_file(name, content).pk if name else ""})
        assert list(told) == [field]
        assert words in told[field]
        assert not FilmPage.objects.get().live

    def test_a_draft_may_still_lack_everything(self, desk):
        page = make_film(publish=False)
        form = {**form_of(desk, page, {}), "captions_file": "", "captions": ""}
        assert refused(desk, page, form, publish=False) == {}

    def test_no_other_way_of_publishing_leads_past_it(self, desk):
        page = make_film(publish=False, transcript=[])
        with pytest.raises(NotEverybodyCouldFollow, match="Write down all that is said"):
            page.save_revision().publish()
        address = reverse("wagtail_bulk_action", args=["pages", "hubpage", "publish"])
        response = desk.post(f"{address}?id={page.pk}", follow=True)
        assert "Nothing was published" in response.content.decode()
        parent = page.get_parent()
        desk.post(f"{address}?id={parent.pk}", {"include_descendants": "on"}, follow=True)
        page.go_live_at = timezone.now() - timedelta(minutes=1)
        page.save_revision(approved_go_live_at=page.go_live_at)
        run_due(now=timezone.now())
        assert not FilmPage.objects.get().live

    def test_a_film_in_use_keeps_its_file(self, desk):
        page = make_film()
        desk.post(reverse("wagtaildocs:delete", args=[page.captions_file_id]), follow=True)
        assert FilmPage.objects.get().captions_file_id == page.captions_file_id

    def test_consent_in_the_past_is_refused_at_the_field(self, desk):
        page = make_film(publish=False)
        told = self.send(desk, page, consent_until=str(day_from_now(-1)))
        assert "This day is past" in told["consent_until"]


class TestUploading:
    def send(self, desk, name, content):
        file = SimpleUploadedFile(name, content)
        response = desk.post(reverse("wagtaildocs:add"), {"title": "A", "collection": 1, "tags": "", "file": file})
        return "" if response.status_code == 302 else str(response.context["form"].errors["file"])

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("film.mp4", b"<html>not a film</html>", "not a film that a browser can play"),
            ("film.webm", FILM, "not a film that a browser can play"),
            ("film.vtt", b"1\n00:00:01,000 --> 00:00:02,000\nHello", "must be the word WEBVTT"),
            ("film.avi", b"RIFF", "not allowed"),
        ],
    )
    def test_what_no_browser_could_play_is_refused_in_plain_words(self, desk, name, content, words):
        assert words in self.send(desk, name, content)
        assert not HubDocument.objects.exists()

    def test_a_document_may_not_be_as_large_as_a_film(self, desk, monkeypatch):
        monkeypatch.setattr("assets.forms.LARGEST_DOCUMENT", 1000)
        assert "A document may have" in self.send(desk, "sheet.txt", b"a" * 2000)
        assert self.send(desk, "film.mp4", FILM) == ""

    def test_films_and_captions_are_not_reported_as_unreadable(self, desk):
        film = make_film()
        run_due(now=timezone.now())
        film.recording.refresh_from_db()
        assert film.recording.reading_state == HubDocument.ReadingState.READ


class TestWatching:
    def test_the_player_has_captions_a_transcript_and_never_starts_by_itself(self, reader):
        page = make_film()
        html = reader.get(page.address).content.decode()
        assert "<video controls" in html
        assert "autoplay" not in html
        assert f'<track kind="captions" src="/films/{page.pk}/captions.vtt" srclang="en"' in html
        assert 'href="#transcript"' in html

    def test_a_player_may_jump_to_any_piece(self, reader):
        address = f"/films/{make_film().pk}/recording/"
        whole = reader.get(address)
        assert whole["Accept-Ranges"] == "bytes"
        assert whole["Content-Type"] == "video/mp4"
        assert b"".join(whole) == FILM
        for asked, piece in (
            ("bytes=0-", FILM),
            ("bytes=10-19", FILM[10:20]),
            ("bytes=-5", FILM[-5:]),
            (f"bytes={len(FILM) - 3}-{len(FILM) + 50}", FILM[-3:]),
        ):
            response = reader.get(address, headers={"range": asked})
            assert response.status_code == 206
            assert b"".join(response) == piece, asked
        assert response["Content-Range"] == f"bytes {len(FILM) - 3}-{len(FILM) - 1}/{len(FILM)}"

    @pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=9-3", "bytes=-0", f"bytes={'9' * 400}-"])
    def test_a_piece_that_is_not_there_is_said_to_be_missing(self, reader, asked):
        assert reader.get(f"/films/{make_film().pk}/recording/", headers={"range": asked}).status_code == 416

    @pytest.mark.parametrize("asked", ["bytes=-", "lines=1-2", "bytes=0-1,4-5", "x"])
    def test_what_no_player_asks_for_gets_the_whole(self, reader, asked):
        assert reader.get(f"/films/{make_film().pk}/recording/", headers={"range": asked}).status_code == 200

    def test_the_files_are_for_those_who_may_read_the_page(self, reader, partner, signed_in):
        page = make_film(audience="staff")
        addresses = (f"/films/{page.pk}/recording/", f"/films/{page.pk}/captions.vtt")
        for address in addresses:
            assert reader.get(address).status_code == 200
            assert signed_in(partner).get(address).status_code == 404
            assert Client().get(address).status_code == 302
        page.unpublish()
        for address in addresses:
            assert reader.get(address).status_code == 404

    def test_after_the_last_day_of_consent_the_film_is_gone_and_the_transcript_stays(self, reader):
        page = make_film(consent_until=day_from_now(0))
        assert "<video" in reader.get(page.address).content.decode()
        FilmPage.objects.update(consent_until=day_from_now(-1))
        page.refresh_from_db()
        page.save_revision().publish()
        html = reader.get(page.address).content.decode()
        assert "<video" not in html
        assert "no longer plays here" in html
        assert 'id="transcript"' in html
        assert reader.get(f"/films/{page.pk}/recording/").status_code == 410

    def test_no_other_address_leads_past_the_consent(self, reader):
        """Both files are documents of the CMS, and at the address of a document nobody asks who is seen on them."""
        film = make_film()
        for document in (film.recording, film.captions_file):
            assert reader.get(document.url).status_code == 404
            assert reader.get(f"/documents/{document.pk}/film.mp4").status_code == 404

    def test_a_film_whose_file_is_lost_on_the_server_is_not_found(self, reader):
        page = make_film()
        page.recording.file.storage.delete(page.recording.file.name)
        assert reader.get(f"/films/{page.pk}/recording/").status_code == 404
