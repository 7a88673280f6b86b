"""What the pages room adds to Wagtail: who may open a page, and how it is kept."""

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.http import Http404
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from language.content_checks import add_plain_words
from pages.editing.viewsets import HubPageViewSet
from pages.models import HubPage
from pages.public import approved, public_views
from pages.public.approving import CLOSED, OPENED
from pages.public.permissions import may_approve
from pages.public.public_views import PublicPagesReport
from pages.publishing import publish_gate
from pages.publishing.leaving import PASSED_ON
from pages.tags.viewset import TagViewSet
from pages.taking_out import taking_out_views
from pages.taking_out.verbs import may_take_out


@hooks.register("before_serve_page", order=-10)
def only_for_those_it_is_for(page, request, serve_args, serve_kwargs):
    """To others the page does not exist, at any of its addresses (print view included).

    Wagtail would send somebody who is signed in but not in the right group to sign in, which sends them back, for ever.
    """
    closed = not all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
    if closed or not page.is_for(request.user):
        raise Http404


@hooks.register("before_serve_page", order=-5)
def in_a_frame_of_its_own_for_everybody(page, request, serve_args, serve_kwargs):
    """Whoever has not signed in gets here only for an approved page (`hub.middleware`), and sees nothing around it."""
    if not request.user.is_authenticated:
        return public_views.read(request, page)
    return None


@hooks.register("register_admin_urls")
def address_of_approval():
    return [
        path("taking-out/", taking_out_views.take_out, name="taking_out"),
        path("public/<row:pk>/", public_views.approval, name="public_approval"),
        path("reports/public/", PublicPagesReport.as_view(), name="public_pages"),
        path("reports/public/results/", PublicPagesReport.as_view(results_only=True), name="public_pages_results"),
    ]


class ForThoseWhoAnswerForChildren(MenuItem):
    def is_shown(self, request):
        return may_take_out(request.user)


@hooks.register("register_settings_menu_item")
def taking_out_in_the_settings_menu():
    return ForThoseWhoAnswerForChildren("Take words out", reverse("taking_out"), icon_name="bin", order=900)


class ForApprovers(MenuItem):
    def is_shown(self, request):
        return may_approve(request.user)


@hooks.register("register_reports_menu_item")
def public_pages_in_the_reports_menu():
    return ForApprovers("Public pages", reverse("public_pages"), icon_name="globe", order=820)


@hooks.register("register_permissions")
def who_approves():
    return Permission.objects.filter(content_type__app_label="pages", codename="approve_public")


@hooks.register("register_log_actions")
def what_the_history_says_of_the_public(actions):
    actions.register_action(OPENED, "Open to everybody", "Approved: everybody may read it")
    actions.register_action(CLOSED, "Make internal", "Made internal again")
    actions.register_action(PASSED_ON, "Pass on", "Passed on: who answered for it has left the service")


@hooks.register("after_publish_page")
def a_change_closes_it(request, page):
    """Said at once, so that nobody believes that their change is out."""
    if approved.public_state(page, request.hub.today).slug in ("waiting", "lapsed"):
        messages.warning(request, "This page is internal until somebody else approves that everybody may read it.")


@hooks.register("register_page_header_buttons")
def to_the_approval(page, user, next_url=None, view_name=None):
    """On pages that are marked as what may be public."""
    type_of_page = page.specific_class or type(page)
    if page.pk and type_of_page.can_be_public and page.audience == HubPage.Audience.PUBLIC:
        yield Button(
            "Public or internal", url=reverse("public_approval", args=[page.pk]), icon_name="globe", priority=46
        )


@hooks.register("before_edit_page")
def say_what_a_change_does(request, page):
    """Somebody who edits a public page knows that a change closes it."""
    if request.method == "GET" and approved.public_state(page, request.hub.today).slug == "public":
        words = "Everybody can read this page. Once you publish a change it is internal until it is approved anew."
        messages.warning(request, words)


@hooks.register("register_help_menu_item")
def style_guide_in_the_help_menu():
    return MenuItem("Style guide", reverse("style_guide"), icon_name="view", order=100)


@hooks.register("register_admin_viewset", order=100)
def how_pages_are_made():
    return HubPageViewSet()


@hooks.register("register_admin_viewset")
def tags_to_put_right():
    return TagViewSet()


@hooks.register("construct_wagtail_userbar")
def plain_words_among_the_checks(request, items, page):
    add_plain_words(request, items)


hooks.register("before_bulk_action", publish_gate.refuse_many)


@hooks.register("before_bulk_action", order=-10)
def lead_on_from_here(request, action_type, objects, action):
    """Whoever came by a bare address is led to the CMS when it is done: what was done has no page to go back to."""
    if action.next_url == request.path:
        action.next_url = reverse("wagtailadmin_home")
