"""Calendar files, and the private address that somebody's calendar reads."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from events.mail.calendars import feed_of, own_file, renew_feed, stop_feed
from events.models import Booking, CalendarFeed
from events.states import State


@require_safe
def invite(request, key):
    """The dates of one's own booking as a file."""
    booking = get_object_or_404(Booking.objects.told(), key=key, person=request.user, state=State.BOOKED)
    return _file(own_file(booking), "booking.ics")


@login_not_required
@require_safe
def feed(request, token):
    """What a calendar program reads, without signing in: whoever has the address may. A leaver's is dead."""
    feeds = CalendarFeed.objects.select_related("person").filter(person__is_active=True)
    found = feeds.filter(token=token).first()
    if not found:
        raise Http404
    return _file(feed_of(found.person, timezone.now()), "bookings.ics")


@require_POST
def address(request):
    """Make or renew the private address, or stop it."""
    (stop_feed if request.POST.get("do") == "stop" else renew_feed)(request.user)
    return redirect("my_bookings")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
