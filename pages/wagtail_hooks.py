"""What the pages room adds to Wagtail: who may open a page, and how it is kept."""

from django.http import Http404
from wagtail import hooks


@hooks.register("before_serve_page", order=-10)
def only_for_its_audience(page, request, serve_args, serve_kwargs):
    """A page for staff does not exist for a partner agency, at any of its addresses (print view included)."""
    if not page.is_for(request.user):
        raise Http404
