"""What the pages room adds to Wagtail: who may open a page, and how it is kept."""

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.http import Http404
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from pages.approving import APPROVED, CLOSED
from pages.permissions import may_approve_public, may_close_to_public
from pages.public import public_state
from pages.public_admin import PublicPagesReport, public_page
from pages.viewsets import HubPageViewSet


@hooks.register("before_serve_page", order=-10)
def only_for_those_it_is_for(page, request, serve_args, serve_kwargs):
    """To others the page does not exist, at any of its addresses (print view included).

    Wagtail would send somebody who is signed in but not in the right group to sign in, which sends them back, for ever.
    """
    closed = not all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
    if closed or not page.is_for(request.user):
        raise Http404
    # A second lock on the front door: whoever comes here without having been let through finds nothing.
    if not request.user.is_authenticated and getattr(request, "opened_to_the_public", None) != page.pk:
        raise Http404


@hooks.register("register_help_menu_item")
def style_guide_in_the_help_menu():
    return MenuItem("Style guide", reverse("style_guide"), icon_name="view", order=100)


@hooks.register("register_admin_viewset", order=100)
def how_pages_are_made():
    return HubPageViewSet()


@hooks.register("register_permissions")
def who_approves_for_the_public():
    return Permission.objects.filter(content_type__app_label="pages", codename="approve_public")


@hooks.register("register_admin_urls")
def public_addresses():
    return [
        path("reports/public/", PublicPagesReport.as_view(), name="public_pages"),
        path("reports/public/results/", PublicPagesReport.as_view(results_only=True), name="public_pages_results"),
        path("pages/<int:pk>/public/", public_page, name="public_page"),
    ]


class ForApprovers(MenuItem):
    def is_shown(self, request):
        return may_approve_public(request.user)


@hooks.register("register_reports_menu_item")
def public_pages_in_the_reports_menu():
    return ForApprovers("Public pages", reverse("public_pages"), icon_name="view", order=820)


@hooks.register("register_page_header_buttons")
def to_the_public(page, user, next_url=None, view_name=""):
    if page.pk and page.specific_class and page.specific_class.may_be_public and may_close_to_public(user, page):
        yield Button("For the public", url=reverse("public_page", args=[page.pk]), icon_name="view", priority=70)


@hooks.register("after_publish_page")
def a_change_closes_it_to_the_public(request, page):
    """Said at once, so that nobody believes that their change is out."""
    if public_state(page).slug in ("waiting", "lapsed"):
        messages.warning(request, "Only people who sign in can read this page, until somebody else approves it.")


@hooks.register("register_log_actions")
def what_the_history_says_of_the_public(actions):
    actions.register_action(APPROVED, "Approve for the public", "Approved for the public")
    actions.register_action(CLOSED, "Close to the public", "Closed to the public")
