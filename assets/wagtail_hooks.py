from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies.collections import CollectionPermissionPolicy

from assets.models import HubDocument, HubImage
from assets.reports import ConsentReport, NotSearchableReport


@hooks.register("register_admin_urls")
def report_addresses():
    return [
        path("reports/not-searchable/", NotSearchableReport.as_view(), name="not_searchable"),
        path(
            "reports/not-searchable/results/",
            NotSearchableReport.as_view(results_only=True),
            name="not_searchable_results",
        ),
        path("reports/photograph-consent/", ConsentReport.as_view(), name="photograph_consent"),
        path(
            "reports/photograph-consent/results/",
            ConsentReport.as_view(results_only=True),
            name="photograph_consent_results",
        ),
    ]


class ForThoseWhoLookAfterFiles(MenuItem):
    def is_shown(self, request):
        policy = CollectionPermissionPolicy(HubDocument)
        return policy.user_has_any_permission(request.user, ["add", "change"])


@hooks.register("register_reports_menu_item")
def report_in_the_menu():
    return ForThoseWhoLookAfterFiles(
        "Files not searchable inside", reverse("not_searchable"), icon_name="doc-full", order=800
    )


class ForThoseWhoLookAfterPictures(MenuItem):
    def is_shown(self, request):
        policy = CollectionPermissionPolicy(HubImage)
        return policy.user_has_any_permission(request.user, ["add", "change"])


@hooks.register("register_reports_menu_item")
def consent_in_the_menu():
    return ForThoseWhoLookAfterPictures(
        "Photographs and consent", reverse("photograph_consent"), icon_name="image", order=790
    )
