"""Commenting on a policy before it is decided, and reading what was said."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guidance.models import PolicyPage
from guidance.policies import consulting
from language.careful import CarefulForm
from pages.lists.exports import as_csv
from people.refusals import NotPossible

ON_A_PAGE = 50
LATELY = 20


class CommentForm(CarefulForm):
    """What somebody thinks of it."""

    text = forms.CharField(
        label="Your comment",
        max_length=consulting.LONGEST_COMMENT,
        help_text="What would work, what would not, and what you would write instead. Name no child or family.",
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": False}),
        error_messages={"required": "Write what you think of it."},
    )


def _policies(request):
    late = PolicyPage.read_late
    return request.hub.readable(PolicyPage.objects.exclude(comments_until=None)).defer(*late)


@require_safe
def consultations(request):
    """What is open for comment, and what came of earlier ones."""
    today = timezone.localdate()
    context = {
        "open": consulting.open_on(_policies(request), today),
        "closed": consulting.closed_before(_policies(request), today)[:LATELY],
    }
    return render(request, "guidance/consultations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request, pk):
    page, now = get_object_or_404(_policies(request), pk=pk), timezone.now()
    before, refusal = consulting.mine(page, request.user), ""
    if request.POST.get("do") == "take-back":
        consulting.take_back(page=page, person=request.user, now=now)
        return redirect(f"{request.path}?said=taken-back")
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"text": before and before.text})
    if request.method == "POST" and form.is_valid():
        try:
            consulting.comment(page=page, person=request.user, text=form.cleaned_data["text"], now=now)
            return redirect(f"{request.path}?said=sent")
        except NotPossible as error:
            refusal = error.words
    context = {
        "policy": page,
        "is_open": consulting.is_open(page, timezone.localdate(now)),
        "form": form,
        "refusal": refusal,
        "before": before,
        "said": request.GET.get("said", ""),
        "may_read": consulting.may_read(request.user, page),
    }
    status = 409 if refusal else 400 if form.errors else 200
    return render(request, "guidance/consultation.html", context, status=status)


def _asked_by_who_may(request, pk) -> PolicyPage:
    page = get_object_or_404(_policies(request), pk=pk)
    if not consulting.may_read(request.user, page):
        raise Http404
    return page


@require_safe
def said(request, pk):
    page = _asked_by_who_may(request, pk)
    comments = Paginator(consulting.said(page), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "guidance/comments.html", {"policy": page, "comments": comments})


@require_safe
def said_csv(request, pk):
    page = _asked_by_who_may(request, pk)
    rows = [
        (one.person, one.person.team or "", timezone.localdate(one.said_at), one.text) for one in consulting.said(page)
    ]
    response = HttpResponse(as_csv(["Name", "Team", "Day", "Comment"], rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="comments-{page.pk}.csv"'
    return response
