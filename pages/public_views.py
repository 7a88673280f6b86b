"""A public page as anybody reads it, and its approval in the CMS."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from pages import public
from pages.models import HubPage

LEFT_OUT = {"picture"}
"""Blocks that a public page does without: a picture of people needs their consent to be shown to everybody."""


def read(request, page):
    """The page in its plain frame. Asked again here: nothing that is not approved gets past."""
    if public.public_page(request.path, request.hub.frame.root_path) is None:
        raise Http404
    page.read_late_fields()
    beside = public.approved(request.hub.today).exclude(pk=page.pk).order_by("title")
    context = {
        "page": page,
        "blocks": [block for block in page.body if block.block_type not in LEFT_OUT],
        "facts": _facts(page),
        "apply_url": getattr(page, "apply_url", ""),
        "beside": [one for one in beside if one.specific_class and one.specific_class.can_be_public],
    }
    return render(request, "pages/public_page.html", context)


def _facts(page) -> list[tuple[str, str]]:
    """What a post says about itself."""
    names = ("closing_date", "interviews_on", "team_name", "pay", "hours")
    told = [(page._meta.get_field(name), getattr(page, name)) for name in names if hasattr(page, name)]
    return [(field.verbose_name.capitalize(), value) for field, value in told if value]


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request, pk):
    """Whether everybody may read the page, who said so, and the two buttons."""
    page = get_object_or_404(HubPage.objects.select_related("live_revision__user"), pk=pk, depth__gt=2)
    if not (public.may_approve(request.user) or page.permissions_for_user(request.user).can_edit()):
        raise PermissionDenied
    if request.method == "POST":
        try:
            if request.POST.get("do") == "approve":
                public.approve(page=page, by=request.user, now=timezone.now())
                messages.success(request, f"Everybody can read “{page.title}” now, without signing in.")
            else:
                public.make_internal(page=page, by=request.user, now=timezone.now())
                messages.success(request, f"“{page.title}” is internal again.")
        except public.NotPossible as error:
            messages.error(request, error.words)
        except public.NotAllowed as error:
            raise PermissionDenied from error
        return redirect(request.path)
    standing = public.standing(page)
    context = {
        "page_title": "Who may read this without signing in",
        "page_subtitle": page.title,
        "header_icon": "globe",
        "page": page,
        "standing": standing,
        "is_public": public.approved(timezone.localdate()).filter(pk=page.pk).exists(),
        "changed_since": bool(standing and standing.revision_id != page.live_revision_id),
        "may_approve": public.may_approve(request.user),
        "history": page.public_approvals.select_related("approved_by", "ended_by")[:20],
    }
    return render(request, "pages/admin/public_approval.html", context)
