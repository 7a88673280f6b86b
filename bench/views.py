"""What the hub's pages are compared with, through the same middleware."""

from django.db import transaction
from django.shortcuts import redirect, render
from wagtail.models import AbstractPage
from wagtail.views import serve

from bench.models import PlainPlace, PlainSession


def bare(request):
    """The least that a signed-in person can be shown: a session, the person, one small template."""
    return render(request, "bench/bare.html", {"name": request.user.get_full_name()})


def routed_by_wagtail(request, path):
    """A page found by Wagtail's own routing, a query for each level: the hub's is `pages.visibility.routing`."""
    # Kept on the request by Wagtail, so that `serve` asks nobody else.
    AbstractPage.route_for_request(request, path)
    return serve(request, path)


def sign_up(request, pk):
    """The least that a sign-up can be and still be right: lock the row, count, insert."""
    with transaction.atomic():
        session = PlainSession.objects.select_for_update().get(pk=pk)
        has_place = PlainPlace.objects.filter(session=session, has_place=True).count() < session.capacity
        PlainPlace.objects.create(session=session, person=request.user, has_place=has_place)
    return redirect("/me/bookings/")
