"""The council's own name, logo and colours, set in the CMS."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from pages.contrast import HEX, ratio

PAPER = "#faf6ee"
"""The page's background in the light theme: the lightest thing that brand-coloured text stands on."""
DARK_PAPER = "#17131d"
"""The page's background in the dark theme; brand colours are lightened by the style sheet before they stand on it."""
LEAST_FOR_TEXT = 4.5

COLOUR_FIELDS = {"brand": "Brand colour", "brand_strong": "Strong brand colour", "accent": "Accent colour"}


A_COLOUR = RegexValidator(HEX.pattern + r"\Z", "Write the colour as # and six figures or letters a to f, like #4b2a85.")


def colour_field(help_text: str) -> models.CharField:
    return models.CharField(max_length=7, blank=True, validators=[A_COLOUR], help_text=help_text)


@register_setting(icon="view", order=110)
class BrandSettings(BaseSiteSetting):
    """Name, strapline, logo and three colours. A colour that could not be read on the page is refused."""

    name = models.CharField(max_length=60, default="Strengths Hub")
    strapline = models.CharField(max_length=90, blank=True, default="From strength to strength")
    logo = models.ForeignKey("assets.HubImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    brand = colour_field("Buttons and links. Leave empty for plum.")
    brand_strong = colour_field("Headings, and buttons under the pointer.")
    accent = colour_field("Dates and warnings. Leave empty for coral.")

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("strapline"), FieldPanel("logo")], heading="Name and logo"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel(name) for name in COLOUR_FIELDS])],
            heading="Colours",
            help_text="Each must reach 4.5 to 1 against the page and against white; you are told the figure if not.",
        ),
    ]

    class Meta:
        verbose_name = "name, logo and colours"

    def clean(self):
        super().clean()
        errors = {}
        for field, label in COLOUR_FIELDS.items():
            colour = getattr(self, field)
            if colour and HEX.fullmatch(colour):
                measured = ratio(colour, PAPER)
                if measured < LEAST_FOR_TEXT:
                    errors[field] = (
                        f"{label} {colour} measures {measured:.1f} to 1 against the page; text needs at least "
                        f"{LEAST_FOR_TEXT} to 1. Choose a darker one."
                    )
        if errors:
            raise ValidationError(errors)

    @property
    def colours(self) -> dict[str, str]:
        """CSS custom property to colour, for those that the council has set."""
        return {f"--{name.replace('_', '-')}": getattr(self, name) for name in COLOUR_FIELDS if getattr(self, name)}
