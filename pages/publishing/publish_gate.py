"""The gate before publishing: what a page type asks for beyond its form, whichever way somebody tries to publish.

A type says what is missing in `why_not_live()`. The form says it at the field; these are the other ways.
"""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Revision, get_page_models

from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.models import HubPage

LATEST_WORDS = 900
HELD_BACK = kind("held-back", "A page that was not published when its time had come")


def gated_types() -> list[type[HubPage]]:
    """The page types that ask for something."""
    return [model for model in get_page_models() if getattr(model, "why_not_live", None) is not HubPage.why_not_live]


def refuse_many(request, action_type, objects, action_class_instance):
    """For Wagtail's hook `before_bulk_action`: what cannot go live is named, and nothing is published."""
    if action_type != "publish":
        return None
    paths, deep = [page.path for page in objects], bool(request.POST.get("include_descendants"))
    drafts = HubPage.objects.type(*gated_types()).exclude(live=True, has_unpublished_changes=False)
    refused = False
    for page in drafts:
        if page.path in paths or (deep and any(page.path.startswith(path) for path in paths)):
            draft = page.specific.get_latest_revision_as_object()
            if words := draft.why_not_live():
                refused = True
                messages.error(request, f"Nothing was published. “{draft.title}”: {words}")
    return redirect(request.GET.get("next") or "wagtailadmin_explore_root") if refused else None


def hold_back(*, now: datetime) -> None:
    """Take the time off drafts that were to go live by now and may not any more, and tell whoever set it.

    One such draft would otherwise stop all others that are due.
    """
    for revision in Revision.page_revisions.filter(approved_go_live_at__lte=now).select_related("user"):
        page = revision.as_object()
        words = page.why_not_live() if isinstance(page, HubPage) else ""
        if words:
            with transaction.atomic():
                revision.approved_go_live_at = None
                revision.save(update_fields=["approved_go_live_at"])
                log(instance=page, action="wagtail.schedule.cancel", revision=revision)
                _tell(page, revision, words)


def _tell(page: HubPage, revision: Revision, words: str) -> None:
    letter = Letter(
        subject=f"“{page.title}” was not published",
        paragraphs=["Its time had come, but it may not go live as it is.", words[:LATEST_WORDS]],
        link=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        link_title="Open the draft",
    )
    for person in {page.steward, revision.user} - {None}:
        if person.is_active:
            tell(person, letter, kind=HELD_BACK, about=page)
