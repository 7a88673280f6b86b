"""What changed in policies, following one, and saying that the deal was read and understood."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guidance.models import DealPage, GuidePage, PolicyPage
from guidance.policies import in_force, versions
from learning import understanding

MOST = 100


@require_safe
def changes(request):
    """Every new version of the policies that this reader may open, the newest first."""
    found = versions.changes(request.hub.readable_once(PolicyPage.objects.all()))[:MOST]
    return render(request, "guidance/changes.html", {"changes": found})


@require_http_methods(["GET", "HEAD", "POST"])
def version(request, slug, number):
    """One version of a policy as it was published, whatever holds today; and calling off one that is to come."""
    page = _policy(request, slug)
    if request.POST.get("do") == "call-off":
        if not versions.call_off(page=page, number=number, by=request.user, now=timezone.now()):
            return redirect(request.path)
        return redirect(f"{reverse('policy_changes')}?said=called-off")
    one = get_object_or_404(page.versions.all(), version=number)
    held = in_force.holding(versions.of(page), request.hub.today)
    waits = (
        one.pk in {it.pk for it in in_force.to_come(versions.of(page), request.hub.today)}
        and one.version != page.version
    )
    if one.text:
        in_force.put(page, one.text)
    one.page = page
    context = {
        "policy": page,
        "version": one,
        "held": held,
        "is_held": bool(held and held.pk == one.pk),
        "may_call_off": waits and versions.may_call_off(request.user, page),
    }
    return render(request, "guidance/policy_version.html", context)


@require_safe
def on_a_day(request, slug, day):
    """The version that held on that day."""
    page = _policy(request, slug)
    held = in_force.holding(versions.of(page), day)
    if held is None:
        raise Http404
    return redirect(held.address)


def _policy(request, slug) -> PolicyPage:
    found = request.hub.readable(PolicyPage.objects.filter(slug=slug)).first()
    if found is None:
        raise Http404
    return found


@require_POST
def follow(request, pk):
    page = get_object_or_404(request.hub.readable(PolicyPage.objects.all()), pk=pk)
    if request.POST.get("do") == "stop":
        versions.stop_following(page=page, person=request.user)
    else:
        versions.follow(page=page, person=request.user, now=timezone.now())
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
