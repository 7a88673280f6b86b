"""For editors: links to originals that nobody has opened for a year."""

from django.utils import timezone
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import PageReportView

from research.models import ResearchPage
from research.reading import LINK_IS_OLD


class LinksToCheckReport(PageReportView):
    """Research whose link was last opened more than a year ago, the oldest first. Opening it and saying so ends it."""

    page_title = "Links to check"
    header_icon = "link"
    index_url_name = "links_to_check"
    index_results_url_name = "links_to_check_results"
    list_export = ["title", "link", "link_checked_on"]
    columns = [
        *PageReportView.columns,
        Column("link", label="Link"),
        Column("link_checked_on", label="Last opened"),
    ]

    def get_queryset(self):
        before = timezone.localdate() - LINK_IS_OLD
        old = ResearchPage.objects.live().exclude(link="").filter(link_checked_on__lt=before)
        return old.defer(*ResearchPage.read_late).order_by("link_checked_on")
