"""A photograph of people is seen as long as they agree, and not a day longer, wherever it stood."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from assets.models import HubImage
from notices.models import OutgoingMail
from pages.publishing.photographs import remind
from stories.models import StoryPage
from tests.builders import day_from_now, make_page_with, make_person, make_text

pytestmark = pytest.mark.django_db

AGREED = {"people_shown": "people", "consent_scope": "internal", "consent_note": "Signed forms in the blue folder."}


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def desk(editor, signed_in):
    return signed_in(editor)


def make_photo(until: int | None = 10, **fields) -> HubImage:
    """A photograph of people whose consent ends in so many days."""
    given = {**AGREED, "consent_until": None if until is None else day_from_now(until), **fields}
    return HubImage.objects.create(title="The bench", file=get_test_image_file("bench.jpg"), **given)


def make_page(photo: HubImage, **fields):
    picture = {"image": photo.pk, "alt": "Two colleagues on a bench", "decorative": False, "caption": "At the harbour"}
    return make_text(StoryPage, "A bench", situation=[{"type": "picture", "value": picture}], **fields)


class TestWhatReadersSee:
    def test_a_photograph_is_seen_on_the_last_day_of_its_consent_and_gone_on_the_next(self):
        today = timezone.localdate()
        assert make_photo(0).may_be_shown(today)
        assert not make_photo(0).may_be_shown(today + timedelta(days=1))

    @pytest.mark.parametrize(
        "changed",
        [
            {"consent_until": day_from_now(-1)},
            {"consent_until": None},
            {"consent_withdrawn_on": day_from_now(0)},
        ],
        ids=lambda changed: str(list(changed)),
    )
    def test_without_a_consent_that_holds_page_words_and_address_are_gone(self, reader, changed):
        photo = make_photo()
        page = make_page(photo)
        html = reader.get(page.address).content.decode()
        assert "Two colleagues on a bench" in html
        assert "At the harbour" in html
        address = photo.get_rendition("width-400|format-jpeg").url
        assert reader.get(address).status_code == 200
        for name, value in changed.items():
            setattr(photo, name, value)
        photo.save()
        html = reader.get(page.address).content.decode()
        assert "Two colleagues on a bench" not in html
        assert "At the harbour" not in html
        assert "/media/images/" not in html
        gone = reader.get(address)
        assert gone.status_code == 410
        assert "no longer shown" in gone.content.decode()

    def test_the_day_alone_takes_it_away_without_any_job(self, reader, monkeypatch):
        photo = make_photo(3)
        page = make_page(photo)
        address = photo.get_rendition("width-400|format-jpeg").url
        assert "Two colleagues" in reader.get(page.address).content.decode()
        later = timezone.localdate() + timedelta(days=4)
        monkeypatch.setattr(timezone, "localdate", lambda *given: later)
        assert "Two colleagues" not in reader.get(page.address).content.decode()
        assert reader.get(address).status_code == 410

    def test_a_browser_keeps_nobody_and_asks_each_time_for_a_drawing(self, reader):
        drawing = HubImage.objects.create(title="Boat", file=get_test_image_file("boat.png"), people_shown="nobody")
        photo = make_photo()
        make_page_with(drawing, photo)
        assert reader.get(drawing.get_rendition("width-100").url)["Cache-Control"] == "private, no-cache"
        address = photo.get_rendition("width-100").url
        first = reader.get(address)
        assert first["Cache-Control"] == "private, no-store"
        assert reader.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304

    def test_words_about_people_on_a_photograph_are_not_found_in_search(self):
        page = make_page(make_photo())
        stream = StoryPage._meta.get_field("situation")
        assert stream.get_searchable_content(page.situation) == []

    def test_public_pages_show_only_what_was_agreed_for_the_public(self):
        today = timezone.localdate()
        assert not make_photo().may_be_shown(today, public=True)
        assert make_photo(consent_scope="public").may_be_shown(today, public=True)
        assert HubImage(people_shown="nobody").may_be_shown(today, public=True)
        assert not HubImage().may_be_shown(today, public=True)
        assert HubImage().may_be_shown(today)


class TestTheFormInTheCms:
    def send(self, desk, **changed):
        form = {
            "title": "The bench",
            "collection": 1,
            "tags": "",
            "description": "",
            "file": SimpleUploadedFile("bench.png", get_test_image_file().file.getvalue(), "image/png"),
            "people_shown": "people",
            "consent_scope": "internal",
            "consent_until": str(day_from_now(300)),
            "consent_note": "Blue folder",
            "consent_withdrawn_on": "",
            **changed,
        }
        response = desk.post(reverse("wagtailimages:add"), form)
        return {} if response.status_code == 302 else response.context["form"].errors

    def test_a_photograph_with_its_consent_is_kept(self, desk):
        assert self.send(desk) == {}
        assert HubImage.objects.get().shown

    @pytest.mark.parametrize(
        ("changed", "field", "words"),
        [
            ({"people_shown": ""}, "people_shown", "Say whether anybody"),
            ({"consent_until": str(day_from_now(-1))}, "consent_until", "This day is past"),
            ({"consent_until": ""}, "consent_until", "last day of the consent"),
            ({"consent_scope": ""}, "consent_scope", "who may see it"),
            ({"consent_note": ""}, "consent_note", "where the signed consent is kept"),
            ({"consent_withdrawn_on": str(day_from_now(1))}, "consent_withdrawn_on", "a no holds at once"),
            ({"consent_until": "soon"}, "consent_until", "valid date"),
        ],
    )
    def test_what_is_missing_or_past_is_said_at_its_field_and_nothing_is_kept(self, desk, changed, field, words):
        errors = self.send(desk, **changed)
        assert list(errors) == [field]
        assert words in str(errors[field])
        assert not HubImage.objects.exists()

    def test_a_drawing_needs_no_consent(self, desk):
        assert self.send(desk, people_shown="nobody", consent_scope="", consent_until="", consent_note="") == {}

    def test_a_photograph_whose_consent_ended_can_still_be_withdrawn_for_good(self, desk):
        photo = make_photo(-3)
        form = {
            "title": photo.title,
            "collection": 1,
            "tags": "",
            "description": "",
            **AGREED,
            "consent_until": str(photo.consent_until),
            "consent_withdrawn_on": str(day_from_now(0)),
        }
        assert desk.post(reverse("wagtailimages:edit", args=[photo.pk]), form).status_code == 302

    def test_editors_see_which_pages_have_lost_a_photograph(self, desk, practitioner, signed_in):
        photo = make_photo()
        make_page(photo)
        photo.consent_until = day_from_now(-2)
        photo.save()
        report = desk.get(reverse("photograph_consent"))
        assert report.status_code == 200
        html = report.content.decode()
        assert "The consent ended on" in html
        assert "A bench" in html
        assert desk.get(reverse("photograph_consent") + "?export=csv").status_code == 200
        assert signed_in(practitioner).get(reverse("photograph_consent")).status_code in {302, 403}


class TestBeforeItEnds:
    def letters(self):
        return sorted(OutgoingMail.objects.filter(kind="photograph").values_list("to", flat=True))

    def test_owners_are_told_a_month_and_a_week_before_once_each(self, editor):
        photo = make_photo(40, uploaded_by_user=editor)
        make_page(photo, steward=make_person("maya"))
        start = timezone.now()
        for day, expected in ((0, 0), (9, 0), (10, 2), (10, 2), (20, 2), (33, 4), (34, 4), (41, 4)):
            remind(now=start + timedelta(days=day))
            assert len(self.letters()) == expected, day
        assert set(self.letters()) == {"editor@hub.example", "maya@hub.example"}
        assert "A bench" in OutgoingMail.objects.first().text

    def test_nobody_is_told_of_drawings_or_of_what_was_withdrawn(self, editor):
        make_photo(5, uploaded_by_user=editor, people_shown="nobody")
        make_photo(5, uploaded_by_user=editor, consent_withdrawn_on=day_from_now(-1))
        remind(now=timezone.now())
        assert self.letters() == []


class TestAfterANo:
    """What was said to show people stays that way for whoever said so."""

    def send(self, browser, photo, **changed):
        form = {"title": photo.title, "collection": 1, "tags": "", "description": "", **AGREED, **changed}
        form |= {"consent_until": form.get("consent_until", str(photo.consent_until or ""))}
        answer = browser.post(reverse("wagtailimages:edit", args=[photo.pk]), form)
        return {} if answer.status_code == 302 else answer.context["form"].errors

    @pytest.fixture
    def withdrawn(self, editor):
        return make_photo(consent_withdrawn_on=day_from_now(-1), consent_said_by=editor)

    def test_to_empty_the_day_does_not_open_it(self, desk, withdrawn):
        assert "consent_withdrawn_on" in self.send(desk, withdrawn, consent_withdrawn_on="")

    def test_a_new_consent_does(self, desk, withdrawn):
        agreed = {"consent_until": str(day_from_now(90)), "consent_note": "Asked again, green folder."}
        assert self.send(desk, withdrawn, consent_withdrawn_on="", **agreed) == {}

    @pytest.mark.parametrize("state", [{"consent_withdrawn_on": day_from_now(-1)}, {"until": -3}, {}])
    def test_who_spoke_of_people_on_it_cannot_say_that_there_are_none(self, desk, editor, state):
        photo = make_photo(**{"consent_said_by": editor, **state})
        nobody = {"people_shown": "nobody", "consent_withdrawn_on": "", "looked": "on"}
        assert "people_shown" in self.send(desk, photo, **nobody)

    def test_a_colleague_can_who_is_told_and_has_looked(self, withdrawn, administrator, signed_in):
        other = signed_in(administrator)
        shown = other.get(reverse("wagtailimages:edit", args=[withdrawn.pk])).content.decode()
        assert "Withdrawn on" in shown
        nobody = {"people_shown": "nobody", "consent_withdrawn_on": ""}
        assert "looked" in self.send(other, withdrawn, **nobody)
        assert self.send(other, withdrawn, **nobody, looked="on") == {}
