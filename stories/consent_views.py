"""The consent of a story, in the CMS: what was agreed, recording it, and the button that takes everything away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from pages.wording import counted
from people.refusals import NotPossible
from stories import consent, reopening
from stories.clearing import words_of_page
from stories.consent_forms import ConsentForm, ReopenForm
from stories.models import StoryPage


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def consent_of(request, pk):
    page, now, status = get_object_or_404(StoryPage, pk=pk), timezone.now(), 200
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    form = ConsentForm(request.POST if request.POST.get("do") == "record" else None)
    if request.POST.get("do") == "withdraw":
        gone = consent.withdraw(page=page, by=request.user, now=now)
        pictures = f", with {counted(len(gone), 'picture')}" if gone else ""
        messages.success(request, f"“{page.title}” is gone from the hub and from search{pictures}.")
        return redirect(request.path)
    today, opening = timezone.localdate(now), ReopenForm(request.POST if request.POST.get("do") == "reopen" else None)
    newest = page.get_latest_revision_as_object()
    may_reopen = reopening.may_reopen(page=newest, by=request.user, on=today)
    if opening.is_bound:
        status = 400
        try:
            if opening.is_valid():
                reopening.reopen(page=newest, by=request.user, now=now, on=today, **opening.cleaned_data)
                messages.success(request, "It can be published as a colleague’s story, as it reads now.")
                return redirect(request.path)
        except NotPossible as error:
            messages.error(request, error.words)
    if form.is_bound and form.is_valid():
        consent.record(page=page, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, "The consent is written down. The story is shown until its last day.")
        return redirect(request.path)
    if form.is_bound:
        status = 400
    context = {
        "page_title": "Consent",
        "page_subtitle": page.title,
        "header_icon": "user",
        "page": page,
        "standing": consent.standing(page.pk),
        "holds": consent.holds(page.pk, today),
        "opened_without": consent.is_opened_without(page),
        "closed_by": reopening.closed_by(page, today),
        "may_reopen": may_reopen,
        "is_reopened": reopening.is_reopened(newest, words_of_page(newest)),
        "opening": opening,
        "pictures": consent.pictures_of(page),
        "history": page.consents.exclude(ended_at=None).select_related("ended_by")[:20],
        "form": form,
    }
    return render(request, "stories/admin/consent.html", context, status=status)
