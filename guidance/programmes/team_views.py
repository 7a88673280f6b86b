"""Programmes of a team: who is how far, putting somebody on one. Others do not find it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guidance.programmes.forms import EnrolForm
from guidance.programmes.team import ProgrammesOfOthers, may_see_programmes_of_others
from learning import programmes
from learning.models import Enrolment
from learning.permissions import manages
from people.refusals import NotPossible

TEAM = reverse_lazy("team_programmes")
SAID = {
    "enrolled": "They are on the programme, and have been told.",
    "there": "They are on this programme already, so nothing was changed and nobody was written to.",
    "left": "They are off the programme.",
}


def _reader(request):
    if not may_see_programmes_of_others(request.user):
        raise Http404
    return request.user


def _form(others: ProgrammesOfOthers, data=None) -> EnrolForm:
    team = others.reader.reports.filter(is_active=True).order_by("first_name", "last_name", "email")
    return EnrolForm(data, programmes=others.programmes, team=team, anybody=others.sees_all)


@require_safe
def team_programmes(request):
    return _page(request, ProgrammesOfOthers(_reader(request), request.hub))


def _page(request, others: ProgrammesOfOthers, *, form=None, status=200) -> HttpResponse:
    context = {"others": others, "form": form or _form(others), "said": SAID.get(request.GET.get("done", ""))}
    return render(request, "guidance/team_programmes.html", context, status=status)


@require_POST
def enrol(request):
    others = ProgrammesOfOthers(_reader(request), request.hub)
    form = _form(others, request.POST)
    if not form.is_valid():
        return _page(request, others, form=form, status=400)
    programme = form.cleaned_data["programme"]
    if Enrolment.objects.filter(person=form.whom, programme=programme, left_on=None).exists():
        return redirect(f"{TEAM}?done=there")
    try:
        programmes.join(person=form.whom, programme=programme, by=request.user, today=timezone.localdate())
    except NotPossible as error:
        form.add_error("programme", error.words)
        return _page(request, others, form=form, status=409)
    return redirect(f"{TEAM}?done=enrolled")


@require_POST
def take_off(request, pk):
    """Somebody of one's own team is no longer on it."""
    reader = _reader(request)
    enrolment = get_object_or_404(Enrolment.objects.select_related("person"), pk=pk, left_on=None)
    if not manages(reader, enrolment.person):
        raise Http404
    programmes.leave(enrolment=enrolment, by=reader, today=timezone.localdate())
    return redirect(f"{TEAM}?done=left")
