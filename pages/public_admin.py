"""In the CMS: which pages the public reads or is to read, and the page where somebody approves one or closes it."""

from django.contrib import messages
from django.http import HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.fields import StreamField

from pages.approving import NotForThePublic, approve_public, close_to_public, files_of, obstacle
from pages.models import HubPage
from pages.permissions import may_approve_public, may_close_to_public
from pages.public import public_state
from pages.recognising import clues

STATES = {"public": "Public", "waiting": "Waits for approval", "lapsed": "Not public any more"}


def _state(page: HubPage) -> str:
    return STATES.get(public_state(page).slug, "")


class PublicPagesReport(ReportView):
    """Every page whose audience is everybody: who approved it and when, or that it waits."""

    page_title = "Public pages"
    header_icon = "view"
    index_url_name = "public_pages"
    index_results_url_name = "public_pages_results"
    model = HubPage
    columns = [
        TitleColumn("title", label="Page", get_url=lambda page: reverse("public_page", args=[page.pk])),
        Column("state", label="State", accessor=_state),
        Column("approved", label="Approval", accessor=lambda page: public_state(page).words),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not may_approve_public(request.user):
            return HttpResponseForbidden()
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return HubPage.objects.live().asking_to_be_public().order_by("title")


@require_http_methods(["GET", "HEAD", "POST"])
def public_page(request, pk: int):
    """What would be opened, and the two buttons. A refusal comes back in words, with nothing changed."""
    page = get_object_or_404(HubPage, pk=pk)
    if not may_close_to_public(request.user, page):
        return HttpResponseForbidden()
    said, status = "", 200
    if request.method == "POST":
        try:
            messages.success(request, _do(request, page))
            return redirect("public_page", page.pk)
        except NotForThePublic as refusal:
            said, status = str(refusal), 409
            page.refresh_from_db()
    return render(request, "pages/public_page.html", _context(request, page, said), status=status)


def _do(request, page: HubPage) -> str:
    if request.POST.get("do") == "close":
        close_to_public(page=page, by=request.user, now=timezone.now())
        return f"“{page.title}” is no longer public."
    if request.POST.get("read") != "on":
        raise NotForThePublic("Say first that you have read the page.")
    revision = request.POST.get("revision", "")
    approve_public(
        page=page,
        by=request.user,
        revision=int(revision) if revision.isdecimal() and len(revision) < 19 else 0,
        now=timezone.now(),
    )
    return f"“{page.title}” is public now."


def _context(request, page: HubPage, said: str) -> dict:
    return {
        "page": page,
        "state": public_state(page),
        "said": said,
        "obstacle": obstacle(page, request.user),
        "files": [file.title for files in files_of(page).values() for file in files],
        "found": sorted({clue.words for clue in clues(_words(page)) if clue.certain}),
        "header_title": "For the public",
    }


def _words(page: HubPage) -> str:
    page = page.specific
    streams = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    texts = [text for field in streams for text in field.get_searchable_content(getattr(page, field.name))]
    return "\n".join([page.title, page.summary, *texts])
