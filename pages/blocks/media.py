"""Pictures inside text."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


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

    def get_searchable_content(self, value):
        """The words of a photograph of people stay out of search: there they would outlive the consent."""
        image = value.get("image")
        return [] if image and image.shows_people else super().get_searchable_content(value)
