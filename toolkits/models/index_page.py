from pages.models import HubPage


class ToolkitIndexPage(HubPage):
    """All tools: browsed by need, age, time, who with and practice item. What is chosen stands in the address."""

    kind = "Toolkit"
    reading_class = "toolkits.browse.ToolBrowsing"
    read_as = "browse"
    max_count = 1
    subpage_types = ["toolkits.ToolPage"]
    show_in_menus_default = True

    class Meta:
        verbose_name = "toolkit index"
