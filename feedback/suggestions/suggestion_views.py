"""Suggesting a tool or a story, and what became of one's suggestions."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.models import Suggestion
from feedback.suggestions import suggesting
from feedback.suggestions.forms import SuggestionForm
from people.refusals import NotPossible

SENT = ("title", "purpose", "whose", "source", "credit", "key")
SHOWN = 50
SAID = {
    "sent": "Thank you. It is a draft with the editors now. What becomes of it stands here, and a mail tells you.",
    "taken-back": "You have taken it back. Nobody else has it any more.",
    "settled": "An editor was quicker: see below what became of it.",
}


@require_safe
def choose(request):
    """A tool, or a story."""
    return render(request, "feedback/suggest_choose.html", {"kinds": suggesting.kinds()})


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request, kind):
    model = suggesting.kinds().get(kind)
    if model is None:
        raise Http404
    form, refusal = SuggestionForm(request.POST if request.method == "POST" else None, model=model), ""
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in SENT}
        try:
            suggesting.send(kind=kind, person=request.user, words=form.words(), now=timezone.now(), **given)
            return redirect(f"{suggesting.MINE}?said=sent")
        except NotPossible as error:
            refusal = error.words
            form.come_back()
    context = {"kind": model.kind.lower(), "slug": kind, "form": form, "refusal": refusal}
    status = 409 if refusal else 400 if form.errors else 200
    return render(request, "feedback/suggest.html", context, status=status)


@require_safe
def mine(request):
    found = Suggestion.objects.filter(person=request.user).select_related("page")[:SHOWN]
    rows = [{"suggestion": one, "kind": suggesting.kind_of(one), "words": suggesting.words_of(one)} for one in found]
    context = {"rows": rows, "said": SAID.get(request.GET.get("said", ""))}
    return render(request, "feedback/my_suggestions.html", context)


@require_POST
def take_back(request, key):
    suggestion = get_object_or_404(Suggestion, key=key, person=request.user)
    try:
        suggesting.take_back(suggestion=suggestion, by=request.user, now=timezone.now())
    except NotPossible:
        return redirect(f"{suggesting.MINE}?said=settled")
    return redirect(f"{suggesting.MINE}?said=taken-back")
