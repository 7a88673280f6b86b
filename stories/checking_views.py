"""The anonymity check of a story, in the CMS."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from people.refusals import NotPossible
from stories import clearing
from stories.models import StoryPage


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, pk):
    """The newest text with what might point to somebody, the checklist, and the second person's approval."""
    page = get_object_or_404(StoryPage, pk=pk).get_latest_revision_as_object()
    now, by, status = timezone.now(), request.user, 200
    ticked = request.POST.getlist("ticked")
    if request.method == "POST":
        try:
            if request.POST.get("do") == "approve":
                clearing.approve(page=page, by=by, judged=request.POST.get("judged") == "on", now=now)
                messages.success(request, f"“{page.title}” is cleared as it reads now. It can be published.")
            else:
                clearing.check(page=page, by=by, ticked=ticked, now=now)
                messages.success(request, "Checked. A second person can approve it now.")
            return redirect(request.path)
        except NotPossible as error:
            messages.error(request, error.words)
            status = 400
    told = clearing.words_of_page(page)
    shown = told | {"voice": page.get_voice_display()}
    labels = {name: StoryPage._meta.get_field(name).verbose_name.capitalize() for name in told}
    found = page.checks.filter(fingerprint=clearing.fingerprint(told)).select_related("checked_by", "approved_by")
    context = {
        "page_title": "Anonymity check",
        "page_subtitle": page.title,
        "header_icon": "view",
        "page": page,
        "parts": [(labels[name], text) for name, text in shown.items() if text],
        "seen": [(labels[name], clues) for name, clues in clearing.seen_in(told).items()],
        "questions": [(name, words, name in ticked) for name, words in clearing.QUESTIONS.items()],
        "found": found.first(),
        "may_approve": clearing.may_approve(by),
        "history": page.checks.select_related("checked_by", "approved_by")[:20],
    }
    return render(request, "stories/admin/check.html", context, status=status)
