"""Making a newsletter: the list of issues, the screen that puts one together, its text for an e-mail."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.refusals import NotPossible
from stories.models import NewsPage
from stories.newsletters import editions
from stories.newsletters.forms import IssueForm
from stories.newsletters.reading import NewsReading
from stories.newsletters.screen import Screen
from stories.newsletters.text import as_text

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
SAID = {
    "kept": "Kept as a draft. Readers see no change until you publish.",
    "published": "Published. Now it can go out by e-mail.",
}


@require_safe
def issues(request) -> HttpResponse:
    """Every issue, drafts among them, for those who make them."""
    if not editions.may_start(request.user):
        raise Http404
    rows = NewsPage.objects.filter(withdrawn_on=None).order_by("-issued_on", "-pk")[:50]
    return render(request, "stories/newsletters.html", {"rows": rows})


@require_POST
def start(request) -> HttpResponse:
    page = editions.start(by=request.user, now=timezone.now())
    return redirect("build_newsletter", pk=page.pk)


def _page(request, pk) -> NewsPage:
    page = get_object_or_404(NewsPage, pk=pk)
    if not editions.may_change(page, request.user):
        raise Http404
    return page


@GET_OR_POST
def build(request, pk) -> HttpResponse:
    page = _page(request, pk)
    if request.method != "POST":
        said = SAID.get(request.GET.get("said", ""), "")
        return render(request, "stories/newsletter_build.html", {"screen": Screen(page, request), "said": said})
    form, refusal = IssueForm(request.POST), ""
    if form.is_valid():
        try:
            return _do(request, page, form)
        except NotPossible as error:
            refusal = error.words
    screen = Screen(page, request, form=form)
    status = 409 if refusal else 400
    return render(request, "stories/newsletter_build.html", {"screen": screen, "refusal": refusal}, status=status)


def _do(request, page: NewsPage, form: IssueForm) -> HttpResponse:
    """Every button keeps what is there; one of them publishes as well."""
    issue, (name, _) = form.issue(), form.pressed
    if name == "publish":
        editions.publish(page=page, issue=issue, by=request.user, now=request.hub.now)
        return redirect(reverse("newsletter_text", args=[page.pk]) + "?said=published")
    editions.keep(page=page, issue=issue, by=request.user)
    words = request.POST.get("q", "").replace("\x00", "")[:100].strip()
    # "enter" is the key pressed in any box: in the one for words, it looks for them.
    if name == "find" or (name == "enter" and words):
        return redirect(reverse("build_newsletter", args=[page.pk]) + f"?{urlencode({'q': words})}#choose")
    if name in {"save", "enter"}:
        return redirect(reverse("build_newsletter", args=[page.pk]) + "?said=kept")
    return redirect(reverse("build_newsletter", args=[page.pk]) + "#chosen")


def _text(request, page: NewsPage) -> tuple[str, bool, int]:
    """The issue in plain text, whether for partners too, and how many items were left out for them."""
    partners = request.GET.get("for") != "staff"
    draft = page if page.live else page.get_latest_revision_as_object()
    reading = NewsReading(draft, request)
    items = reading.items_for(partners=partners)
    return as_text(draft, items, base_url=settings.BASE_URL), partners, len(reading.items) - len(items)


@require_safe
def text(request, pk) -> HttpResponse:
    page = _page(request, pk)
    words, partners, left_out = _text(request, page)
    said = SAID.get(request.GET.get("said", ""), "")
    context = {"page": page, "words": words, "partners": partners, "left_out": left_out, "said": said}
    return render(request, "stories/newsletter_text.html", context)


@require_safe
def text_file(request, pk) -> HttpResponse:
    page = _page(request, pk)
    response = HttpResponse(_text(request, page)[0], content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.txt"'
    response["Cache-Control"] = "private, no-store"
    return response
