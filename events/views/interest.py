"""Asking for a date of an event that has none to book."""

from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.briefings.interest import ask_for_a_date, no_longer
from events.models import EventPage


@require_POST
def interest(request, pk):
    """Join or leave the list of those who would come."""
    event = get_object_or_404(request.hub.readable(EventPage.objects.all()), pk=pk)
    if request.POST.get("do") == "stop":
        no_longer(event=event, person=request.user)
    else:
        ask_for_a_date(event=event, person=request.user, now=timezone.now())
    return redirect(f"{event.address}#dates")
