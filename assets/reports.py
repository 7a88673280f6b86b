"""For editors: which files cannot be searched inside, and why."""

from django.urls import reverse
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.collections import CollectionPermissionPolicy

from assets.models import HubDocument


class NotSearchableReport(ReportView):
    """Files whose words could not be read: a scan, a password, damage. They are found by title and tags alone."""

    page_title = "Files not searchable inside"
    header_icon = "doc-full"
    index_url_name = "not_searchable"
    index_results_url_name = "not_searchable_results"
    model = HubDocument
    permission_policy = CollectionPermissionPolicy(HubDocument)
    any_permission_required = ["add", "change"]
    list_export = ["title", "reading_note", "created_at"]
    columns = [
        TitleColumn(
            "title", get_url=lambda document: reverse("wagtaildocs:edit", args=[document.pk]), sort_key="title"
        ),
        Column("reading_note", label="Why"),
        DateColumn("created_at", label="Uploaded", sort_key="created_at"),
    ]

    def get_queryset(self):
        files = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["add", "change"])
        return files.filter(reading_state=HubDocument.ReadingState.NOT_SEARCHABLE).order_by("title")
