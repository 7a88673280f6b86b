"""What the research room adds to Wagtail: the report of links to check."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from research.reports import LinksToCheckReport


@hooks.register("register_admin_urls")
def link_addresses():
    return [
        path("reports/links/", LinksToCheckReport.as_view(), name="links_to_check"),
        path("reports/links/results/", LinksToCheckReport.as_view(results_only=True), name="links_to_check_results"),
    ]


@hooks.register("register_reports_menu_item")
def links_in_the_reports_menu():
    return MenuItem("Links to check", reverse("links_to_check"), icon_name="link", order=820)
