"""Putting a reminder away, and bringing it back: one press each, without a script."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from notices.models import Reminder
from notices.reminders import bring_back, put_away

PLACES = {"home": "/", "me": reverse_lazy("my_hub")}


@require_POST
def on_reminder(request, pk, do):
    # Somebody else's reminder is not there, so that nobody learns of it by trying numbers.
    reminder = get_object_or_404(Reminder.objects.meant_for(request.user), pk=pk)
    place = PLACES.get(request.POST.get("back"), "/")
    if do == "put-away":
        put_away(reminder=reminder, by=request.user)
        return redirect(f"{place}?put-away={reminder.pk}#reminder")
    if do == "bring-back":
        bring_back(reminder=reminder, by=request.user)
        return redirect(f"{place}#reminder")
    raise Http404
