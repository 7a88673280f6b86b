from django.utils.functional import SimpleLazyObject

from pages.models import HubPage
from toolkits.browse import ToolBrowsing


class ToolkitIndexPage(HubPage):
    """All tools: browsed by need, age, time, who with and practice item. What is chosen stands in the address."""

    kind = "Toolkit"
    max_count = 1
    subpage_types = ["toolkits.ToolPage"]
    show_in_menus_default = True

    class Meta:
        verbose_name = "toolkit index"

    def get_context(self, request, *args, **kwargs):
        browsing = SimpleLazyObject(lambda: ToolBrowsing(self, request))
        return {**super().get_context(request, *args, **kwargs), "browse": browsing}
