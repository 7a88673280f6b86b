"""The dashboard and its figures. Others do not find them."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from insight.dashboard import Dashboard
from insight.forms import FigureForm
from insight.models import SuppliedFigure
from insight.permissions import may_see_figures, may_supply_figures
from insight.supplying import supply
from insight.tables import TableForm

HISTORY = 50


@require_safe
def dashboard(request):
    if not may_see_figures(request.user):
        raise Http404
    context = {"dashboard": Dashboard(request.user, timezone.now())}
    return render(request, "insight/dashboard.html", context)


def _page(request, status=200, **forms) -> HttpResponse:
    saved = request.GET.get("saved", "")
    history = SuppliedFigure.objects.select_related("kind", "entered_by").order_by("-entered_at", "-pk")[:HISTORY]
    context = {"form": FigureForm(initial={"as_of": timezone.localdate()}), "table": TableForm(), "history": history}
    context |= {"saved": int(saved) if saved.isdecimal() and len(saved) < 4 else 0, **forms}
    return render(request, "insight/figures.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request):
    """Supply one figure or a table of them; what was supplied before stands below."""
    if not may_supply_figures(request.user):
        raise Http404
    if request.method != "POST":
        return _page(request)
    if "table" in request.FILES or request.POST.get("do") == "table":
        table = TableForm(request.POST, request.FILES)
        if not table.is_valid():
            return _page(request, table=table, status=400)
        given = table.cleaned_data["table"]
    else:
        form = FigureForm(request.POST)
        if not form.is_valid():
            return _page(request, form=form, status=400)
        given = [form.save(commit=False)]
    return redirect(reverse("figures") + f"?saved={supply(figures=given, by=request.user)}")
