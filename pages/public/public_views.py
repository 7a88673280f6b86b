"""A public page as anybody reads it, its approval in the CMS, and what search engines are told."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.fields import StreamField

from language.personal_details import clues
from pages.models import HubPage
from pages.public import approved
from pages.public.approving import approve, files_of, make_internal, obstacle
from pages.public.permissions import may_approve, may_make_internal
from people.refusals import NotAllowed, NotPossible


def read(request, page):
    """The page in its plain frame. Nothing gets here that the front door has not let through."""
    if getattr(request, "opened_to_the_public", None) != page.pk:
        raise Http404
    beside = sorted(approved.to_be_named(request.hub.today), key=lambda one: one.title)
    context = {
        "page": page,
        "facts": _facts(page),
        "apply_url": getattr(page, "apply_url", ""),
        "beside": [one for one in beside if one.can_be_public and one.pk != page.pk],
    }
    return render(request, "pages/public_page.html", context)


def _facts(page) -> list[tuple[str, str]]:
    """What a post says about itself."""
    names = ("version", "effective_on", "closing_date", "interviews_on", "team_name", "pay", "hours")
    told = [(page._meta.get_field(name), getattr(page, name)) for name in names if hasattr(page, name)]
    return [(field.verbose_name.capitalize(), value) for field, value in told if value]


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request, pk):
    """Whether everybody may read the page, who said so, and the two buttons."""
    page = get_object_or_404(HubPage.objects.select_related("live_revision__user"), pk=pk, depth__gt=2)
    if not may_make_internal(request.user, page):
        raise PermissionDenied
    refusal = ""
    if request.method == "POST":
        try:
            messages.success(request, _do(request, page))
            return redirect(request.path)
        except NotAllowed as error:
            raise PermissionDenied from error
        except NotPossible as error:
            refusal = error.words
            page.refresh_from_db()
    context = {
        "page_title": "Who may read this without signing in",
        "page_subtitle": page.title,
        "header_icon": "globe",
        "page": page,
        "refusal": refusal,
        "state": approved.public_state(page, request.hub.today),
        "standing": approved.standing(page),
        "may_approve": may_approve(request.user),
        "obstacle": obstacle(page, request.user, request.hub.today),
        "files": [file.title for files in files_of(page).values() for file in files],
        "found": sorted({clue.words for clue in clues(_words(page)) if clue.certain}),
        "history": page.public_approvals.select_related("approved_by", "ended_by")[:20],
    }
    return render(request, "pages/admin/public_approval.html", context, status=409 if refusal else 200)


def _do(request, page: HubPage) -> str:
    """What the button says; returns what has happened."""
    if request.POST.get("do") != "approve":
        make_internal(page=page, by=request.user, now=timezone.now())
        return f"“{page.title}” is internal again."
    shown = request.POST.get("revision", "")
    revision = int(shown) if shown.isdecimal() and len(shown) <= approved.LONGEST_NUMBER else 0
    approve(page=page, by=request.user, now=timezone.now(), read=revision)
    return f"Everybody can read “{page.title}” now, without signing in."


def _words(page: HubPage) -> str:
    """What readers of the page read, as one text."""
    page = page.specific
    streams = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    texts = [text for field in streams for text in field.get_searchable_content(getattr(page, field.name))]
    return "\n".join([page.title, page.summary, *texts])


class PublicPagesReport(ReportView):
    """Every page that everybody reads or is to read: who approved it and when, or that it waits."""

    page_title = "Public pages"
    header_icon = "globe"
    index_url_name = "public_pages"
    index_results_url_name = "public_pages_results"
    model = HubPage
    columns = [
        TitleColumn("title", label="Page", get_url=lambda page: reverse("public_approval", args=[page.pk])),
        Column(
            "state",
            label="Where it stands",
            accessor=lambda page: approved.public_state(page, timezone.localdate()).words,
        ),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not may_approve(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return HubPage.objects.live().asking_to_be_public().order_by("title")


@login_not_required
def robots(request):
    """This is an intranet: the public pages by name, what they are drawn with, and nothing else."""
    allowed = [f"Allow: {page.address}$" for page in approved.to_be_named(request.hub.today)]
    seen = [*allowed, "Allow: /static/", "Allow: /brand.css"] if allowed else []
    lines = ["User-agent: *", *seen, "Disallow: /", "", f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@login_not_required
def sitemap(request):
    """The public pages, each with the day on which it was last published."""
    context = {"pages": approved.to_be_named(request.hub.today), "base_url": settings.BASE_URL}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml")
