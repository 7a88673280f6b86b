"""What the pages room adds to Wagtail: who may open a page, and how it is kept."""

from django.http import Http404
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pages.content_checks import add_plain_words
from pages.viewsets import HubPageViewSet


@hooks.register("before_serve_page", order=-10)
def only_for_those_it_is_for(page, request, serve_args, serve_kwargs):
    """To others the page does not exist, at any of its addresses (print view included).

    Wagtail would send somebody who is signed in but not in the right group to sign in, which sends them back, for ever.
    """
    closed = not all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
    if closed or not page.is_for(request.user):
        raise Http404


@hooks.register("register_help_menu_item")
def style_guide_in_the_help_menu():
    return MenuItem("Style guide", reverse("style_guide"), icon_name="view", order=100)


@hooks.register("register_admin_viewset", order=100)
def how_pages_are_made():
    return HubPageViewSet()


@hooks.register("construct_wagtail_userbar")
def plain_words_among_the_checks(request, items, page):
    add_plain_words(request, items)
