"""A picture at the door: drawn once before it is kept, so that every page can draw it, and rid of where it was taken.

Pure: Pillow, no Django. What comes out is a file of our own writing with the same pixels, upright, and its colour
profile. Position, phone, author, comments, thumbnails and whatever hung on behind the picture do not come along.
"""

import io
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageCms, ImageFile, ImageOps, ImageStat, JpegImagePlugin

pillow_heif.register_heif_opener()

KINDS = {"JPEG": "jpg", "MPO": "jpg", "HEIF": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
"""What may be a picture (as Pillow names it) and the ending under which it is kept; those of phones become JPEG."""
OPENED = [kind for kind in KINDS if kind != "MPO"]
"""Pillow finds out by itself which JPEG holds several pictures."""
STANDS_STILL = {"JPEG", "MPO", "HEIF", "PNG"}
"""The second picture that phones put into a JPEG is no frame of a film; of a moving PNG, Wagtail takes the first."""
QUALITY = {"JPEG": 92, "WEBP": 90, "AVIF": 80}
DRAWN_WITH = {"duration", "loop", "disposal", "background", "transparency"}
"""What Pillow notes of a picture that is needed to draw it again."""
DEEP = ("I", "F")
"""How Pillow calls more than eight bits a point, of grey: no browser is sure to show it."""
MIDDLE_GREY = 128
ORIENTATION = 0x0112
START_OF_SCAN, EXIF = 0xDA, 0xE1
TOLD_BY_CAMERAS = {0xE1, 0xED, 0xFE, *range(0xE3, 0xED)}
"""Segments of a JPEG that say who took it, where and with what; colours (APP2, APP14) are not among them."""


class BadPicture(ValueError):
    """No page could draw this; the message says why and what to do, in plain words."""


@dataclass(frozen=True)
class CleanPicture:
    """A picture that can be drawn. `ground` has to lie behind it: "light", "dark", or "" where it has no holes."""

    content: bytes
    ending: str
    ground: str


def clean_picture(content: bytes, most_pixels: int) -> CleanPicture:
    """Draw the picture and write it anew; raises `BadPicture`. `most_pixels` counts every frame of a moving one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=OPENED) as picture:
                return _drawn(picture, most_pixels)
    except BadPicture:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadPicture(
            f"This picture has far more points than pages can carry ({most_pixels // 1_000_000} million points). "
            "Save it smaller."
        ) from error
    # Decoders of ten formats say in as many ways that they cannot go on; none of it may reach the person as an error.
    except Exception as error:
        raise BadPicture(
            "This is not a picture that can be drawn. It may be cut short or damaged: open it, save it again, and "
            "choose that one. Phones’ photographs, JPEG, PNG, WebP and GIF can be used."
        ) from error


def _drawn(picture: Image.Image, most_pixels: int) -> CleanPicture:
    frames = 1 if picture.format in STANDS_STILL else getattr(picture, "n_frames", 1)
    width, height = picture.size
    if width * height * frames > most_pixels:
        raise BadPicture(
            f"This picture is {width:,} by {height:,} points{f', {frames} times' if frames > 1 else ''}, which is more "
            f"than pages can carry ({most_pixels // 1_000_000} million points). Save it smaller."
        )
    ending = KINDS[picture.format]
    if frames > 1:
        return CleanPicture(_moving(picture), ending, _ground(picture))
    return _still(picture, ending)


def _still(picture: Image.Image, ending: str) -> CleanPicture:
    # WeasyPrint, which draws our papers, tells Pillow for the whole process to make do with half a picture.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    picture.load()
    as_before = _as_compressed(picture)
    ready, profile = _for_browsers(ImageOps.exif_transpose(picture), picture.info.get("icc_profile"))
    kind = "JPEG" if ending == "jpg" else picture.format
    if kind == "JPEG" and ready.mode not in {"L", "RGB"}:
        ready = ready.convert("RGB")
    ready.info = {name: value for name, value in ready.info.items() if name in DRAWN_WITH}
    return CleanPicture(_saved(ready, kind, icc_profile=profile, **as_before), ending, _ground(ready))


def _as_compressed(picture: Image.Image) -> dict:
    """How a JPEG was compressed: done the same way again, it loses hardly anything."""
    tables = getattr(picture, "quantization", None)
    sampling = JpegImagePlugin.get_sampling(picture) if tables and picture.mode != "CMYK" else -1
    if sampling == -1:
        return {"quality": QUALITY.get(picture.format, QUALITY["JPEG"])}
    return {"qtables": tables, "subsampling": sampling}


def _for_browsers(picture: Image.Image, profile: bytes | None) -> tuple[Image.Image, bytes | None]:
    """The picture in a mode that every browser shows, and the colour profile that still fits it."""
    if picture.mode.startswith(DEEP):
        most = picture.getextrema()[1] if picture.mode == "F" else 65535
        return picture.point(lambda value: value * (255 / (most or 1)) + 0).convert("L"), None
    if picture.mode == "CMYK":
        try:
            inks = ImageCms.ImageCmsProfile(io.BytesIO(profile or b""))
            return ImageCms.profileToProfile(picture, inks, ImageCms.createProfile("sRGB"), outputMode="RGB"), None
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGB"), None
    if picture.mode not in {"1", "L", "LA", "P", "PA", "RGB", "RGBA"}:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB"), profile
    return picture, profile


def _moving(picture: Image.Image) -> bytes:
    picture.info = {name: value for name, value in picture.info.items() if name in DRAWN_WITH}
    # Each frame is drawn whole; on what the one before left, a picture with holes would leave a trail.
    whole = {"disposal": 2} if picture.format == "GIF" else {}
    return _saved(picture, picture.format, save_all=True, **whole)


def _saved(picture: Image.Image, kind: str, **written) -> bytes:
    content = io.BytesIO()
    # A comment and the position are taken along unless they are named as empty.
    picture.save(content, kind, exif=b"", comment=b"", **written)
    return content.getvalue()


def _ground(picture: Image.Image) -> str:
    """What makes the drawn parts of a picture with holes readable: paper behind dark lines, night behind light ones."""
    if not picture.has_transparency_data:
        return ""
    # A copy: to be looked at changes the palette of a GIF, and with it the colours that are written.
    seen = picture.copy().convert("LA")
    brightness, cover = seen.getchannel("L"), seen.getchannel("A")
    if cover.getextrema()[0] == 255:
        return ""
    drawn = ImageStat.Stat(brightness, mask=cover.point(lambda alpha: 255 if alpha > 64 else 0))
    return "dark" if drawn.count[0] and drawn.mean[0] > MIDDLE_GREY else "light"


def without_place(jpeg: bytes) -> bytes:
    """A photograph inside a document without what the camera wrote into it, point for point the same.

    Only what it is drawn with stays: which way is up, and the colour profile. What is no JPEG comes back as it was.
    """
    kept, at = [jpeg[:2]], 2
    while jpeg[:2] == b"\xff\xd8" and at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != START_OF_SCAN:
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        segment = jpeg[at : at + length]
        if segment[1] == EXIF and segment[4:8] == b"Exif":
            kept.append(_only_which_way_is_up(segment))
        elif segment[1] not in TOLD_BY_CAMERAS:
            kept.append(segment)
        at += length
    return b"".join(kept) + jpeg[at:]


def _only_which_way_is_up(segment: bytes) -> bytes:
    before, after = Image.Exif(), Image.Exif()
    try:
        before.load(segment[4:])
        after[ORIENTATION] = before.get(ORIENTATION, 1)
    except Exception:  # whatever is wrong with it, it does not come along
        return b""
    content = after.tobytes()
    return b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content
