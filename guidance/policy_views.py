"""What changed in policies, following one, and saying that the deal was read and understood."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guidance import versions
from guidance.models import DealPage, GuidePage, PolicyPage
from learning import understanding

MOST = 100


@require_safe
def changes(request):
    """Every new version of the policies that this reader may open, the newest first."""
    found = versions.changes(request.hub.readable(PolicyPage.objects.once()))[:MOST]
    return render(request, "guidance/changes.html", {"changes": found})


@require_POST
def follow(request, pk):
    page = get_object_or_404(request.hub.readable(PolicyPage.objects.all()), pk=pk)
    verb = versions.stop_following if request.POST.get("do") == "stop" else versions.follow
    verb(page=page, person=request.user)
    return redirect(f"{page.address}#follow")


@require_POST
def read(request, pk):
    """The tick under a chapter, and taking it back."""
    page = get_object_or_404(request.hub.readable(GuidePage.objects.defer(*GuidePage.read_late)), pk=pk)
    given = {"person": request.user, "page": page, "version": understanding.CHAPTER}
    if request.POST.get("do") == "take-back":
        understanding.take_back(**given)
    else:
        understanding.understand(**given, today=timezone.localdate())
    return redirect(f"{page.address}#read")


@require_POST
def understood(request, pk):
    """The tick under the deal, and taking it back."""
    page = get_object_or_404(request.hub.readable(DealPage.objects.all()), pk=pk)
    given = {"person": request.user, "page": page, "version": page.version}
    if request.POST.get("do") == "take-back":
        understanding.take_back(**given)
    else:
        understanding.understand(**given, today=timezone.localdate())
    return redirect(f"{page.address}#understood")
