"""My time: the month as a bar, what it is made of, and writing down more. For managers, their team's sum."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning import months, time
from learning.forms import PlannedEntryForm, TimeForm
from learning.models import TimeEntry, TimeState
from learning.permissions import may_see_team_totals

MINE, TEAM = reverse_lazy("my_time"), reverse_lazy("team_time")
NOT_YET = "This day is still to come, so its time cannot be taken yet."
TOO_FEW = f"A sum is shown for {time.FEWEST_IN_A_TEAM} people or more, so that it tells nothing about one of them."
SAID = {"saved": "Saved.", "deleted": "Deleted."}


@require_http_methods(["GET", "HEAD", "POST"])
def my_time(request, year=None, month=None):
    """A month of one's own, and the form that adds to it."""
    first = _month(year, month)
    if request.method != "POST":
        return _page(request, first)
    form = TimeForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, first, form=form, status=400)
    said = {name: form.cleaned_data[name] for name in ("on", "minutes", "state", "what")}
    time.record(person=request.user, source=form.source, **said)
    return _to_month(said["on"], "saved")


def _page(request, first: date, *, form=None, refusal="", status=200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "time": time.month(request.user, first),
        "entries": time.entries(request.user, first),
        "today": today,
        "months": _months(MINE, first),
        "address": _address(MINE, first),
        "form": form or TimeForm(today=today, initial={"on": today if first == months.first_of(today) else first}),
        "refusal": refusal,
        "said": SAID.get(request.GET.get("done")),
        "team_url": TEAM if may_see_team_totals(request.user) else "",
    }
    return render(request, "learning/my_time.html", context, status=status)


@require_POST
def mark(request, pk):
    """One press: planned time was taken, or was lost to work."""
    entry, form = _own(request, pk), PlannedEntryForm(request.POST)
    if not form.is_valid():
        return _page(request, entry.on, refusal="Choose whether the time was taken or lost to work.", status=400)
    try:
        time.mark(entry=entry, state=TimeState(form.cleaned_data["state"]), by=request.user, today=timezone.localdate())
    except time.NotYet:
        return _page(request, entry.on, refusal=NOT_YET, status=409)
    return _to_month(entry.on, "saved")


@require_POST
def delete(request, pk):
    entry = _own(request, pk)
    time.delete(entry=entry, by=request.user)
    return _to_month(entry.on, "deleted")


@require_safe
def team_time(request, year=None, month=None):
    """What a manager sees: the sum of the team, where the team is large enough to have one."""
    if not may_see_team_totals(request.user):
        raise PermissionDenied
    first = _month(year, month)
    context = {
        "totals": time.team_totals(request.user, first),
        "title": months.named(first),
        "months": _months(TEAM, first),
        "too_few": TOO_FEW,
    }
    return render(request, "learning/team_time.html", context)


def _own(request, pk) -> TimeEntry:
    return get_object_or_404(TimeEntry, pk=pk, person=request.user)


def _month(year, month) -> date:
    """The month of an address; this one where the address names none."""
    if year is None:
        return months.first_of(timezone.localdate())
    found = months.month_of(year, month)
    if not found:
        raise Http404
    return found


def _months(base: str, first: date) -> dict:
    """Ways to the months before and after."""
    around = {"before": months.month_before(first), "after": months.month_after(first)}
    return {
        name: {"title": months.named(one), "url": _address(base, one)} if months.has_page(one) else None
        for name, one in around.items()
    }


def _address(base: str, first: date) -> str:
    return base if first == months.first_of(timezone.localdate()) else f"{base}{first:%Y}/{first.month}/"


def _to_month(day: date, done: str) -> HttpResponse:
    return redirect(f"{_address(MINE, months.first_of(day))}?done={done}#entries")
