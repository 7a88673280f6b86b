"""Briefings for teams: managers ask, organisers answer and see which teams were reached. Others find nothing here."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.booking.permissions import leads_a_team, may_see_coverage, organises_all
from events.briefings import briefing
from events.briefings.asked import AskedFor, asked_of
from events.briefings.coverage import Coverage
from events.briefings.forms import BriefingForm
from events.kinds import EventKind
from events.models import BriefingRequest, EventPage
from events.reading.desk_forms import reason_in
from language.careful import careful_line
from people.refusals import NotPossible


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, pk) -> HttpResponse:
    """The form of a manager, with what was asked for before."""
    if not leads_a_team(request.user):
        raise Http404
    events = request.hub.readable(EventPage.objects.filter(event_kind=EventKind.TEAM_BRIEFING))
    event, teams = get_object_or_404(events, pk=pk), briefing.teams_of(request.user)
    form = BriefingForm(request.POST or None, teams=teams, initial={"team": request.user.team_id})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                briefing.ask_for_briefing(event=event, by=request.user, now=timezone.now(), **form.cleaned_data)
                return redirect(reverse("briefing", args=[event.pk]) + "?said=asked")
            except NotPossible as error:
                form.add_error(None, error.words)
        status = 400
    context = {
        "event": event,
        "form": form,
        "mine": asked_of(event, teams),
        "has_team": teams.exists(),
        "said": request.GET.get("said") == "asked",
    }
    return render(request, "events/briefing.html", context, status=status)


@require_POST
def withdraw(request, key):
    wish = get_object_or_404(BriefingRequest.objects.filter(asked_by=request.user), key=key)
    briefing.withdraw_briefing(request=wish, by=request.user, now=timezone.now())
    return redirect("briefing", wish.event_id)


def _organiser(request):
    if not organises_all(request.user):
        raise Http404
    return request.user


@require_safe
def asked(request):
    """What organisers are asked for."""
    _organiser(request)
    return _asked(request)


def _asked(request, *, refusal="", typed="", about=None, status=200) -> HttpResponse:
    said = "Declined. Whoever asked is told why." if request.GET.get("said") == "declined" else ""
    context = {"asked": AskedFor(), "said": said, "refusal": refusal, "typed": typed, "about": about}
    return render(request, "events/asked.html", context, status=status)


@require_POST
@careful_line("reason", "Reason")
def decline(request, key):
    organiser, wish = _organiser(request), get_object_or_404(BriefingRequest, key=key)
    reason = reason_in(request.POST)
    try:
        briefing.decline_briefing(request=wish, by=organiser, now=timezone.now(), reason=reason)
    except NotPossible as error:
        status = 400 if error.code == "no-reason" else 409
        return _asked(request, refusal=error.words, typed=reason, about=wish.key, status=status)
    return redirect(reverse("asked_for") + "?said=declined")


@require_safe
def coverage(request):
    """Which teams were reached."""
    if not may_see_coverage(request.user):
        raise Http404
    reading = Coverage(timezone.now(), dict(request.GET.lists()))
    return render(request, "events/coverage.html", {"coverage": reading})
