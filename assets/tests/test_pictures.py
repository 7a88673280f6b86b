"""The door for pictures: what no page could draw stays outside, and where it was taken stays with who took it."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageCms, ImageDraw, ImageFile, ImageSequence
from wagtail.models import UploadedFile

from assets.models import HubImage
from assets.pictures import BadPicture, clean_picture, without_place
from assets.unfinished import forget
from stories.models import StoryPage
from tests.builders import make_text

MOST = 40_000_000
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TOLD = (b"Acme", b"Jane", b"Exif", b"<script")


def camera() -> Image.Exif:
    """What a phone writes: its maker, its position, and that it was held upright (turned by a quarter)."""
    told = Image.Exif()
    told[0x010F], told[0x0112] = "Acme", 6
    told.get_ifd(0x8825)[1] = "N"
    return told


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (80, 40), **told) -> bytes:
    """A red picture with a green corner at the top left."""
    drawn, content = Image.new("RGB", size, (200, 30, 60)), io.BytesIO()
    ImageDraw.Draw(drawn).rectangle((0, 0, 19, 19), fill=(0, 200, 0))
    drawn.convert(mode).save(content, kind, **told)
    return content.getvalue()


def moving(kind: str, **told) -> bytes:
    content, frames = io.BytesIO(), [Image.new("RGB", (40, 40), (60 * number, 0, 0)) for number in range(3)]
    frames[0].save(content, kind, save_all=True, append_images=frames[1:], duration=100, **told)
    return content.getvalue()


def deep_grey(value: int = 30_000) -> bytes:
    content = io.BytesIO()
    Image.new("I;16", (60, 40), value).save(content, "PNG")
    return content.getvalue()


def lines_on_nothing(colour: tuple[int, int, int]) -> bytes:
    drawn, content = Image.new("RGBA", (60, 40), (0, 0, 0, 0)), io.BytesIO()
    ImageDraw.Draw(drawn).line((0, 0, 59, 39), fill=(*colour, 255), width=4)
    drawn.save(content, "PNG")
    return content.getvalue()


def opened(content: bytes) -> Image.Image:
    drawn = Image.open(io.BytesIO(content))
    drawn.load()
    return drawn


class TestWhatComesOut:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "MPO"])
    def test_is_upright_keeps_its_colours_and_tells_neither_place_nor_phone(self, kind):
        clean = clean_picture(picture(kind, exif=camera(), icc_profile=PROFILE), MOST)
        drawn = opened(clean.content)
        assert drawn.size == (40, 80)
        assert drawn.convert("RGB").getpixel((35, 5))[1] > 150, "the green corner is at the top right now"
        assert drawn.info.get("icc_profile") == PROFILE or kind == "MPO"
        assert not dict(drawn.getexif())
        assert not [word for word in TOLD if word in clean.content]

    @pytest.mark.parametrize(
        "content",
        [
            picture("JPEG", comment=b"Jane"),
            picture("GIF", comment=b"Jane"),
            picture("PNG") + b"<script>alert(1)</script>",
            picture("JPEG") + b"<script>alert(1)</script>",
        ],
        ids=["a comment", "a comment in a gif", "a page behind a png", "a page behind a jpeg"],
    )
    def test_nothing_hangs_on_behind_or_between(self, content):
        assert not [word for word in TOLD if word in clean_picture(content, MOST).content]

    def test_a_phones_own_kind_becomes_one_that_browsers_show(self):
        clean = clean_picture(picture("HEIF"), MOST)
        assert (clean.ending, opened(clean.content).format) == ("jpg", "JPEG")

    @pytest.mark.parametrize("content", [deep_grey(), picture("JPEG", "CMYK")], ids=["16 bits", "inks"])
    def test_what_no_browser_is_sure_to_show_is_put_into_a_mode_that_it_shows(self, content):
        drawn = opened(clean_picture(content, MOST).content)
        assert drawn.mode in {"L", "RGB"}
        assert drawn.convert("L").getextrema() != (0, 0)

    def test_colours_for_print_leave_the_profile_of_their_inks_behind(self):
        made = opened(clean_picture(picture("JPEG", "CMYK", icc_profile=b"inks"), MOST).content)
        assert (made.mode, made.info.get("icc_profile")) == ("RGB", None)

    def test_a_grey_of_16_bits_keeps_its_brightness(self):
        assert opened(clean_picture(deep_grey(30_000), MOST).content).getextrema() == (116, 116)

    @pytest.mark.parametrize("kind", ["GIF", "WEBP"])
    def test_a_moving_picture_goes_on_moving(self, kind):
        assert opened(clean_picture(moving(kind), MOST).content).n_frames == 3

    def test_a_gif_with_holes_keeps_its_colours(self):
        drawn, content = Image.new("RGBA", (60, 40), (0, 0, 0, 0)), io.BytesIO()
        for at, colour in enumerate([(0, 0, 0), (20, 20, 20), (0, 60, 120)]):
            ImageDraw.Draw(drawn).rectangle((at * 12, 5, at * 12 + 9, 30), fill=(*colour, 255))
        drawn.save(content, "GIF")
        seen = opened(clean_picture(content.getvalue(), MOST).content).convert("RGBA")
        assert seen.getcolors() == opened(content.getvalue()).convert("RGBA").getcolors()
        assert len(seen.getcolors()) == 4

    def test_a_moving_picture_with_holes_leaves_no_trail_and_knows_its_ground(self):
        content, frames = io.BytesIO(), [Image.new("RGBA", (60, 20), (0, 0, 0, 0)) for _ in range(3)]
        for at, frame in enumerate(frames):
            ImageDraw.Draw(frame).rectangle((at * 20, 2, at * 20 + 9, 12), fill=(0, 60, 120, 255))
        frames[0].save(content, "GIF", save_all=True, append_images=frames[1:], duration=100, disposal=2)
        made = clean_picture(content.getvalue(), MOST)
        assert made.ground == "light"
        for frame in ImageSequence.Iterator(Image.open(io.BytesIO(made.content))):
            assert sorted(count for count, _ in frame.convert("RGBA").getcolors()) == [110, 1090]

    def test_a_moving_png_stands_still_since_wagtail_takes_no_other(self):
        content = moving("PNG")
        assert opened(content).n_frames == 3
        assert getattr(opened(clean_picture(content, MOST).content), "n_frames", 1) == 1

    def test_a_moving_picture_tells_as_little(self):
        for content in (moving("GIF", comment=b"Jane"), moving("WEBP", exif=camera())):
            made = clean_picture(content, MOST).content
            assert [word for word in (b"Jane", b"Acme") if word in content]
            assert not [word for word in (b"Jane", b"Acme") if word in made]

    def test_a_phones_own_kind_with_holes_is_one_that_browsers_show_too(self):
        assert opened(clean_picture(picture("HEIF", "RGBA"), MOST).content).mode == "RGB"

    def test_a_photograph_that_was_not_turned_is_hardly_compressed_anew(self):
        content = picture("JPEG", quality=30)
        assert opened(clean_picture(content, MOST).content).quantization == opened(content).quantization

    @pytest.mark.parametrize(("colour", "ground"), [((10, 10, 30), "light"), ((240, 240, 250), "dark")])
    def test_lines_on_nothing_know_the_ground_on_which_they_are_seen(self, colour, ground):
        assert clean_picture(lines_on_nothing(colour), MOST).ground == ground

    def test_a_picture_without_holes_needs_no_ground(self):
        assert clean_picture(picture("PNG", "RGBA"), MOST).ground == ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff\xe0 hello",
        b"GIF89a<script>alert(1)</script>",
        picture("JPEG", size=(400, 200))[:-400],
        picture("PNG", size=(400, 200))[:300],
        picture("TIFF"),
        b"%PDF-1.4",
    ],
    ids=["empty", "first bytes of a jpeg", "a script as gif", "cut jpeg", "cut png", "tiff", "pdf"],
)
def test_what_cannot_be_drawn_is_refused_with_what_to_do(content):
    with pytest.raises(BadPicture, match="save it again"):
        clean_picture(content, MOST)


def test_half_a_picture_is_refused_where_another_library_made_do_with_it(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(BadPicture):
        clean_picture(picture(size=(400, 200))[:-400], MOST)


def test_more_points_than_a_page_can_carry_are_refused_before_they_are_drawn():
    with pytest.raises(BadPicture, match="Save it smaller"):
        clean_picture(picture("PNG", size=(1000, 1000)), 999_999)
    with pytest.raises(BadPicture, match="3 times"):
        clean_picture(moving("GIF"), 40 * 40 * 2)


@pytest.mark.parametrize("most", [5_999, 2_999], ids=["warned of", "not opened at all"])
def test_far_too_many_points_are_called_that_and_not_damage(monkeypatch, most):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", most)
    with pytest.raises(BadPicture, match="Save it smaller"):
        clean_picture(picture("PNG", size=(100, 100)), MOST)


def test_a_photograph_inside_a_document_loses_its_place_and_not_one_point():
    content = picture("JPEG", exif=camera(), comment=b"Jane", icc_profile=PROFILE)
    clean = without_place(content)
    assert opened(clean).tobytes() == opened(content).tobytes()
    assert dict(opened(clean).getexif()) == {0x0112: 6}
    assert not [word for word in (b"Acme", b"Jane") if word in clean]
    assert opened(clean).info["icc_profile"] == PROFILE
    assert without_place(b"\x89PNG") == b"\x89PNG"


def test_what_is_wrong_in_what_a_camera_wrote_does_not_come_along():
    wrong = b"Exif\x00\x00nonsense of Jane"
    segment = b"\xff\xe1" + (len(wrong) + 2).to_bytes(2, "big") + wrong
    content = picture("JPEG")
    clean = without_place(content[:2] + segment + content[2:])
    assert b"Jane" not in clean
    assert opened(clean).tobytes() == opened(content).tobytes()


@pytest.mark.django_db
class TestInTheCms:
    @pytest.fixture(autouse=True)
    def a_folder_of_its_own(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "media"

    @pytest.fixture
    def desk(self, editor, signed_in):
        return signed_in(editor)

    def send(self, desk, content: bytes, name: str, view: str = "wagtailimages:add", args=(), **said):
        file = SimpleUploadedFile(name, content)
        form = {"title": "The bench", "description": "Two chairs", "collection": 1, "people_shown": "nobody"}
        return desk.post(reverse(view, args=args), {**form, "file": file, "tags": "", **said})

    def test_a_picture_is_kept_clean_under_a_name_that_fits(self, desk):
        assert self.send(desk, picture("HEIF"), "IMG_1.heic").status_code == 302
        image = HubImage.objects.get()
        assert image.file.name.endswith(".jpg")
        assert opened(image.file.read()).size == (image.width, image.height)

    @pytest.mark.parametrize(
        ("content", "name"),
        [(b"\xff\xd8\xff", "broken.jpg"), (b"GIF89a<script>", "script.gif"), (b"x" * 11_000_000, "b.png")],
    )
    def test_a_false_one_is_refused_at_the_field_and_the_form_comes_back_filled(self, desk, content, name):
        response = self.send(desk, content, name)
        assert response.status_code < 500
        assert "file" in response.context["form"].errors
        assert 'value="The bench"' in response.content.decode()
        assert not HubImage.objects.exists()

    @pytest.mark.parametrize("view", ["wagtailimages:add_multiple", "wagtailimages_chooser:create"])
    def test_no_other_way_in_is_easier(self, desk, view):
        name = "files[]" if "multiple" in view else "image-chooser-upload-file"
        for content in (b"\xff\xd8\xff", b"GIF89a<script>"):
            file = SimpleUploadedFile("broken.jpg", content)
            given = {"title": "Bench", name: file, "image-chooser-upload-title": "Bench"}
            response = desk.post(reverse(view), given, headers={"x-requested-with": "XMLHttpRequest"})
            assert response.status_code in {200, 400}
        assert not HubImage.objects.exists()

    @pytest.mark.parametrize(
        ("content", "ground", "size"),
        [
            (picture("JPEG", exif=camera()), "", (40, 80)),
            (picture("HEIF", exif=camera().tobytes()), "", (40, 80)),
            (lines_on_nothing((0, 0, 0)), "light", (60, 40)),
        ],
        ids=["photograph", "a phone's own kind", "diagram"],
    )
    def test_one_of_many_that_are_uploaded_at_once_is_as_clean(self, desk, tmp_path, content, ground, size):
        sent, ajax = (
            {"files[]": SimpleUploadedFile("a.jpg", content), "title": "A"},
            {"x-requested-with": "XMLHttpRequest"},
        )
        number = desk.post(reverse("wagtailimages:add_multiple"), sent, headers=ajax).json()["uploaded_file_id"]
        form = {"title": "A", "description": "Two chairs", "people_shown": "nobody", "tags": ""}
        given = {f"uploaded-image-{number}-{name}": value for name, value in form.items()}
        view = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
        assert desk.post(view, given, headers=ajax).json()["success"]
        image = HubImage.objects.get()
        kept = image.file.read()
        assert not [word for word in TOLD if word in kept]
        assert opened(kept).size == (image.width, image.height) == size
        assert image.ground == ground
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1, "nothing is left beside it"

    def test_one_of_many_that_waits_to_be_described_is_clean_and_is_forgotten_after_a_week(self, desk, tmp_path):
        sent = {"files[]": SimpleUploadedFile("a.jpg", picture("JPEG", exif=camera())), "title": "A"}
        desk.post(reverse("wagtailimages:add_multiple"), sent, headers={"x-requested-with": "XMLHttpRequest"})
        upload = UploadedFile.objects.get()
        assert not [word for word in TOLD if word in upload.file.read()]
        forget(now=timezone.now() + timedelta(days=6))
        assert UploadedFile.objects.exists()
        forget(now=timezone.now() + timedelta(days=8))
        assert not UploadedFile.objects.exists()
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_a_title_that_may_name_a_child_is_asked_about(self, desk):
        assert self.send(desk, picture("PNG"), "a.png", title="Kelly-Ann B. at the table").status_code == 200
        assert not HubImage.objects.exists()
        assert self.send(desk, picture("PNG"), "a.png", title="JB at the table").status_code == 200
        assert self.send(desk, picture("PNG"), "a.png", title="JB at the table", nobody="on").status_code == 302

    def test_a_picture_that_is_replaced_passes_the_same_door(self, desk):
        self.send(desk, picture("PNG"), "bench.png")
        image = HubImage.objects.get()
        assert (
            "file" in self.send(desk, b"\xff\xd8\xff", "b.jpg", "wagtailimages:edit", [image.pk]).context["form"].errors
        )
        self.send(desk, lines_on_nothing((0, 0, 0)), "b.png", "wagtailimages:edit", [image.pk])
        image.refresh_from_db()
        assert image.ground == "light"

    def test_nobody_is_asked_for_a_picture_of_oneself_which_would_be_kept_with_its_place(self, desk, editor):
        form = {"name_email-first_name": "Maya", "name_email-last_name": "Test", "theme-theme": "system"}
        form |= {"theme-contrast": "system", "theme-density": "default", "notifications-submitted_notifications": "on"}
        file = SimpleUploadedFile("me.jpg", picture(exif=camera()))
        assert desk.post(reverse("wagtailadmin_account"), {**form, "avatar-avatar": file}).status_code == 302
        editor.refresh_from_db()
        assert editor.first_name == "Maya"
        assert not editor.wagtail_userprofile.avatar
        assert "avatar-avatar" not in desk.get(reverse("wagtailadmin_account")).content.decode()

    def test_a_program_cannot_bring_in_another_one(self, hub):
        clean = HubImage.objects.create(title="A", file=ContentFile(picture("JPEG", exif=camera()), "a.jpg"))
        assert (clean.width, clean.height) == (40, 80)
        assert b"Acme" not in clean.file.read()
        with pytest.raises((BadPicture, OSError)):
            HubImage.objects.create(title="B", file=ContentFile(picture(size=(400, 200))[:-400], "b.jpg"))


@pytest.mark.django_db
class TestAPictureThatCannotBeDrawn:
    @pytest.fixture
    def image(self, hub, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "media"
        return HubImage.objects.create(title="A", file=ContentFile(picture("PNG"), "a.png"), people_shown="nobody")

    @pytest.mark.parametrize("left", [b"", b"\x89PNG\r\n\x1a\n", deep_grey(), None])
    def test_costs_the_picture_and_never_the_page(self, image, left, practitioner, signed_in):
        shown = {"image": image.pk, "alt": "Two chairs", "decorative": False, "caption": ""}
        page = make_text(StoryPage, "The kitchen", situation=[{"type": "picture", "value": shown}])
        kept = image.file.storage.path(image.file.name)
        io.FileIO(kept, "w").write(left) if left is not None else image.file.storage.delete(image.file.name)
        response = signed_in(practitioner).get(page.get_url())
        assert response.status_code == 200
        assert "A picture is missing here. It shows: Two chairs" in response.content.decode()
        assert image.address("format-jpeg|width-400") == ""
