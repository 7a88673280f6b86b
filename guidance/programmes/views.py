"""My programmes: the steps of each, ticking one and taking it back, joining and leaving."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guidance.models import ProgrammePage
from guidance.programmes.forms import TickForm
from guidance.programmes.mine import MyProgrammes
from guidance.programmes.reading import SAID
from learning import programmes
from learning.models import Enrolment
from learning.programmes import MINE
from people.refusals import NotPossible


@require_safe
def my_programmes(request):
    return _page(request)


def _page(request, *, wrong: dict | None = None, refusal="", status=200) -> HttpResponse:
    context = {
        "mine": MyProgrammes(request.user, request.hub),
        "today": timezone.localdate(),
        "wrong": wrong or {},
        "refusal": refusal,
        "said": SAID.get(request.GET.get("done", "")),
    }
    return render(request, "guidance/my_programmes.html", context, status=status)


@require_POST
def join(request):
    """One press on the programme's page, or on a programme that was left."""
    try:
        programme = request.hub.readable(ProgrammePage.objects.all()).get(pk=request.POST.get("programme"))
    except (ObjectDoesNotExist, ValueError, OverflowError):
        raise Http404 from None
    programmes.join(person=request.user, programme=programme, by=request.user, today=timezone.localdate())
    return _back(request, programme, "joined")


@require_POST
def on_enrolment(request, pk, do):
    """Tick, untick or leave."""
    if do not in ("tick", "untick", "leave"):
        raise Http404
    mine = Enrolment.objects.select_related("programme", "person")
    enrolment = get_object_or_404(mine, pk=pk, person=request.user)
    if do == "leave":
        programmes.leave(enrolment=enrolment, by=request.user, today=timezone.localdate())
        return redirect(f"{MINE}?done=left")
    if do == "untick":
        milestone = request.POST.get("milestone", "").replace("\x00", "")[:40]
        programmes.untick(enrolment=enrolment, milestone=milestone, by=request.user)
        return _back(request, enrolment.programme, "unticked")
    return _tick(request, enrolment)


def _tick(request, enrolment: Enrolment) -> HttpResponse:
    today = timezone.localdate()
    form = TickForm(request.POST, today=today)
    key = request.POST.get("milestone", "")
    if not form.is_valid():
        return _page(request, wrong={key: form.words}, status=400)
    page = ProgrammePage.objects.filter(pk=enrolment.programme_id).first()
    step = next((step for step in page.steps() if step.key == key), None) if page else None
    if step is None:
        return _page(request, refusal="This step is no longer part of the programme.", status=409)
    try:
        programmes.tick(
            enrolment=enrolment,
            milestone=step.key,
            title=step.title,
            on=form.cleaned_data["on"],
            by=request.user,
            today=today,
        )
    except NotPossible as error:
        return _page(request, wrong={key: error.words}, status=409)
    return _back(request, page, "ticked")


def _back(request, programme, done: str) -> HttpResponse:
    """To the programme's own page for who came from there, else to all of one's programmes."""
    if request.POST.get("back") == "page" and programme:
        return redirect(f"{programme.address}?done={done}#steps")
    return redirect(f"{MINE}?done={done}")
