"""What the hub's pages are compared with, through the same middleware."""

from django.shortcuts import render
from wagtail.models import AbstractPage
from wagtail.views import serve


def bare(request):
    """The least that a signed-in person can be shown: a session, the person, one small template."""
    return render(request, "bench/bare.html", {"name": request.user.get_full_name()})


def routed_by_wagtail(request, path):
    """A page found by Wagtail's own routing, a query for each level, instead of the hub's (pages/routing.py)."""
    # Kept on the request by Wagtail, so that `serve` asks nobody else.
    AbstractPage.route_for_request(request, path)
    return serve(request, path)
