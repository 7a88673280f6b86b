"""Useful or wrong: a reader's form, and the queue of those who look after pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback import remarks
from feedback.forms import RemarkForm, SettleForm
from feedback.models import Remark
from pages.models import HubPage
from people.refusals import NotPossible

LATELY = 50


@require_http_methods(["GET", "HEAD", "POST"])
def say(request, pk):
    pages = request.hub.readable(HubPage.objects.filter(depth__gt=2).select_related("steward", "deputy"))
    page = get_object_or_404(pages, pk=pk)
    # What is open is changed by saying it anew, so it stands in the form: nothing goes by being left out.
    form = RemarkForm(
        request.POST if request.method == "POST" else None, initial=remarks.open_words(page, request.user)
    )
    if request.method == "POST" and form.is_valid():
        useful = {"yes": True, "no": False}.get(form.cleaned_data["useful"])
        wrong = form.cleaned_data["wrong"]
        remarks.say(page=page, person=request.user, useful=useful, wrong=wrong, now=timezone.now())
        return redirect(f"{request.path}?said=1")
    context = {"page_said_of": page, "form": form, "said": request.GET.get("said") == "1"}
    return render(request, "feedback/remark.html", context, status=400 if form.errors else 200)


@require_safe
def mine(request):
    return _mine(request)


def _mine(request, *, refused=None, form=None, refusal="", status=200) -> HttpResponse:
    """`refused` is the key of the remark whose form comes back; `refusal` why it cannot be settled any more."""
    waiting = remarks.to_settle(request.user).select_related("page", "person")
    rows = [
        {"remark": one, "form": form if one.key == refused else SettleForm(auto_id=f"{one.key}_%s")}
        for one in waiting[:LATELY]
    ]
    context = {
        "rows": rows,
        "useful": remarks.how_useful(request.user),
        "said": Remark.objects.filter(person=request.user).select_related("page")[:LATELY],
        "settled": request.GET.get("settled") == "1",
        "wrong": form is not None,
        "refusal": refusal,
        "unsent": form.cleaned_data["reply"] if refusal else "",
    }
    return render(request, "feedback/my_remarks.html", context, status=status)


@require_POST
def settle(request, key):
    remark = get_object_or_404(Remark.objects.filter(remarks.looked_after_by(request.user)), key=key)
    form = SettleForm(request.POST, auto_id=f"{remark.key}_%s")
    if not form.is_valid():
        return _mine(request, refused=remark.key, form=form, status=400)
    given = {"put_right": form.cleaned_data["done"] == "put-right", "reply": form.cleaned_data["reply"]}
    try:
        remarks.settle(remark=remark, by=request.user, now=timezone.now(), **given)
    except PermissionDenied as error:
        raise Http404 from error
    except NotPossible as error:
        return _mine(request, form=form, refusal=error.words, status=409)
    return redirect(reverse("my_remarks") + "?settled=1")
