"""Pictures inside text."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import Filter, Picture, SourceImageIOError

SIZES = Filter.expand_spec("format-{avif,webp,jpeg} width-{400,800}")
ON_SCREEN = {"sizes": "(min-width: 48rem) 40rem, 100vw", "loading": "lazy"}


class PictureBlock(blocks.StructBlock):
    """A picture, described for people who cannot see it or marked as decoration."""

    image = ImageChooserBlock()
    alt = blocks.CharBlock(
        required=False, max_length=200, label="Description", help_text="What it shows, for people who cannot see it."
    )
    decorative = blocks.BooleanBlock(
        required=False, help_text="It adds nothing to the text: leave it out when reading aloud."
    )
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Picture"
        description = "A drawing or photograph with its description."
        template = "blocks/picture.html"
        preview_template = "blocks/picture_preview.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned["alt"] and not cleaned["decorative"]:
            raise blocks.StructBlockValidationError(
                {"alt": ValidationError("Describe the picture, or mark it as decorative.")}
            )
        return cleaned

    def get_context(self, value, parent_context=None):
        """With the picture in its sizes, as `drawn`; nothing where it cannot be drawn or may not be shown."""
        image, alt = value["image"], "" if value["decorative"] else value["alt"]
        context = super().get_context(value, parent_context)
        return context | {"drawn": _drawn(image, alt) if image and image.shown else None}

    def get_searchable_content(self, value):
        """The words of a photograph of people stay out of search: there they would outlive the consent."""
        image = value.get("image")
        return [] if image and image.shows_people else super().get_searchable_content(value)


def _drawn(image, alt: str) -> Picture | None:
    try:
        ground = {"class": f"on-{image.ground}"} if image.ground else {}
        return Picture(image.get_renditions(*SIZES), {**ON_SCREEN, **ground, "alt": alt})
    except SourceImageIOError:
        return None
