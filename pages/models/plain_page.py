from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from pages.blocks import PROSE
from pages.editing import panels
from pages.models.hub_page import HubPage


class PlainPage(HubPage):
    """Text and nothing else: the accessibility statement, the privacy notice."""

    body = StreamField(PROSE, blank=True)

    kind, kind_slug = "Page", "guidance"
    can_be_public = True
    content_panels = [*panels.content_panels, FieldPanel("body")]
    subpage_types = []

    class Meta:
        verbose_name = "plain page"
