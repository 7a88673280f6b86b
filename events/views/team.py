"""A manager's page: answer requests, keep places, book for the team. Others do not find it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from events.booking import approving, team_places
from events.booking.permissions import may_see_team
from events.mail.sayings import done
from events.models import Booking, EventPage, Session, kinds_managers_know
from events.reading.desk_forms import reason_in
from events.reading.forms import AwayForm, BookForForm, KeepPlacesForm, ReportForm
from events.reading.team import TeamBookings, answerable
from language.careful import careful_line
from people import standing_in
from people.refusals import NotPossible

SAID = {
    "approve": "Approved, and told.",
    "approve-waiting": "Approved, and told. No place is free now, so they are in the queue.",
    "approve-expired": "Approved, but all places were taken meanwhile and there is no queue. They are told.",
    "decline": "Declined, and told why.",
    "name": "The place has a name now. They are told.",
    "release": "The place is released.",
    "keep": "The places are kept. Give them names before the date shown.",
    "book": "Booked. They are told.",
    "book-waiting": "No place is free now, so they are in the queue. They are told.",
    "book-again": "They had a booking, a request or a turn in the queue here already. Nothing was changed.",
    "away": "Saved. They see your team’s requests on those days, and are written to as well.",
    "back": "You answer alone again.",
}


def _manager(request):
    if not may_see_team(request.user):
        raise Http404
    return request.user


def _sessions(request):
    """What can still be booked for others, of events that this manager may read."""
    events = request.hub.readable(EventPage.objects.all()).values("pk")
    coming = Session.objects.upcoming(timezone.now()).filter(
        event__in=events, event__event_kind__in=kinds_managers_know(), cancelled_at=None
    )
    late = [f"event__{name}" for name in EventPage.read_late]
    return coming.select_related("event").defer(*late).prefetch_related("dates").order_by("starts_at", "pk")


@require_safe
def team(request):
    return _page(request)


def _page(request, *, refusal="", status=200, **forms) -> HttpResponse:
    manager = _manager(request)
    sessions = _sessions(request)
    context = {
        "team": TeamBookings(manager, timezone.now()),
        "keep_form": KeepPlacesForm(sessions=sessions, auto_id="keep_%s"),
        "book_form": BookForForm(manager=manager, sessions=sessions, auto_id="book_%s"),
        "away_form": AwayForm(manager=manager, auto_id="away_%s"),
        "people": list(ReportForm(manager=manager).fields["person"].queryset),
        "said": SAID.get(request.GET.get("said", "")),
        "refusal": refusal,
        **forms,
    }
    return render(request, "events/team.html", context, status=status)


@require_POST
@careful_line("reason", "Reason")
def on_booking(request, key, do):
    """Answer a request, or name or release a kept place."""
    manager, now = _manager(request), timezone.now()
    theirs = answerable(manager, now) | Booking.objects.filter(reserved_by=manager)
    booking = get_object_or_404(theirs.select_related("session", "person"), key=key)
    try:
        if do == "approve":
            booking = approving.approve(booking=booking, by=manager, now=now)
        elif do == "decline":
            approving.decline(booking=booking, by=manager, now=now, reason=reason_in(request.POST))
        elif do == "release":
            team_places.release(booking=booking, manager=manager, now=now)
        elif do == "name":
            form = ReportForm(request.POST, manager=manager)
            if not form.is_valid():
                return _page(request, refusal="Choose somebody of your team.", status=400)
            team_places.name_place(booking=booking, person=form.cleaned_data["person"], manager=manager, now=now)
        else:
            raise Http404
    except NotPossible as error:
        return _page(request, refusal=error.words, unsent=reason_in(request.POST), status=409)
    return redirect(reverse("team_bookings") + f"?said={done(do, booking.state, SAID)}")


@require_POST
def keep(request):
    manager = _manager(request)
    form = KeepPlacesForm(request.POST, sessions=_sessions(request), auto_id="keep_%s")
    if not form.is_valid():
        return _page(request, keep_form=form, status=400)
    try:
        team_places.keep_places(manager=manager, now=timezone.now(), **form.cleaned_data)
    except NotPossible as error:
        form.add_error("number", error.words)
        return _page(request, keep_form=form, status=409)
    return redirect(reverse("team_bookings") + "?said=keep")


@require_POST
def book_for(request):
    manager = _manager(request)
    form = BookForForm(request.POST, manager=manager, sessions=_sessions(request), auto_id="book_%s")
    if not form.is_valid():
        return _page(request, book_form=form, status=400)
    try:
        booking, new = team_places.book_for(manager=manager, now=timezone.now(), **form.cleaned_data)
    except NotPossible as error:
        form.add_error("session", error.words)
        return _page(request, book_form=form, status=409)
    return redirect(reverse("team_bookings") + f"?said={done('book', booking.state, SAID) if new else 'book-again'}")


@require_POST
def away(request):
    """Name somebody who answers while the manager is away, or say that they are back."""
    manager = _manager(request)
    if request.POST.get("do") == "back":
        standing_in.back_again(manager=manager)
        return redirect(reverse("team_bookings") + "?said=back")
    form = AwayForm(request.POST, manager=manager, auto_id="away_%s")
    if not form.is_valid():
        return _page(request, away_form=form, status=400)
    standing_in.name_deputy(manager=manager, **form.cleaned_data)
    return redirect(reverse("team_bookings") + "?said=away")
