"""Taking out what was written about a child by mistake: look for it, look at each place, take it out with a reason."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from language.careful import CarefulForm
from pages.models import TakingOut
from pages.taking_out import verbs
from people.refusals import NotPossible

LATELY = 20


class TakeOutForm(CarefulForm):
    """The words that are to go, never in an address or a log; and why, which is kept."""

    plain = {"phrase": "It is typed so that it can be taken out, and kept nowhere."}
    phrase = forms.CharField(
        label="Words that are to go",
        max_length=100,
        help_text="A name, or the few words that point to somebody. Found in any case, as whole words.",
        error_messages={"required": "Write the words."},
    )
    because = forms.CharField(
        label="Why",
        max_length=200,
        required=False,
        help_text="Such as: A child’s name in a question. Not the words themselves: this is kept.",
    )


@sensitive_post_parameters("phrase")
@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request):
    """Everything by POST, so that the words stand in no address and in no log."""
    if not verbs.may_take_out(request.user):
        raise PermissionDenied
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    found, status = None, 200
    if form.is_bound:
        if form.is_valid():
            phrase, keys = form.cleaned_data["phrase"], request.POST.getlist("place")
            try:
                if request.POST.get("do") == "take-out":
                    given = {"phrase": phrase, "keys": keys, "because": form.cleaned_data["because"]}
                    kept = verbs.take_out(by=request.user, now=timezone.now(), **given)
                    messages.success(request, f"Taken out of {kept.number} places. What it was is kept nowhere.")
                    return redirect(request.path)
            except NotPossible as error:
                form.add_error("because", error.words)
        phrase = form.data.get("phrase", "").strip()
        found = verbs.find(phrase) if len(phrase) >= verbs.SHORTEST else []
        status = 400 if form.errors else 200
    context = {
        "page_title": "Take words out everywhere",
        "header_icon": "bin",
        "form": form,
        "found": found,
        "most": verbs.MOST,
        "history": TakingOut.objects.select_related("by")[:LATELY],
    }
    return render(request, "pages/admin/taking_out.html", context, status=status)
