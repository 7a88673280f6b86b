"""Papers: asked for on the desk and fetched when they are ready, or printed from a page; a person's certificate."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from events.attendance.audit import noted
from events.attendance.certificate import certificate_of
from events.models import Booking, Paper, Session
from events.papers import drawing
from events.papers.listing import PaperList
from events.papers.pdf import as_pdf, is_possible
from events.papers.texts import PaperText, as_html
from events.reading.desk import date_of
from events.views.lists import session_of
from pages.wording import day
from people.refusals import NotPossible

private = cache_control(private=True, no_store=True)


def _pdf(file: bytes, name: str) -> HttpResponse:
    response = HttpResponse(bytes(file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@require_safe
@private
def desk_papers(request, key):
    return _page(request, session_of(request, key))


def _page(request, session: Session, *, refusal="", status=200) -> HttpResponse:
    context = {"session": session, "list": PaperList(session), "refusal": refusal}
    return render(request, "events/papers.html", context, status=status)


@require_POST
def make(request, key):
    """Have one drawn; pressing again while it is being made does nothing more."""
    session = session_of(request, key)
    kind, date = _asked_for(session, request.POST.get("kind", ""), request.POST.get("date", ""))
    try:
        drawing.ask(session=session, kind=kind, date=date, by=request.user, now=timezone.now())
    except NotPossible as error:
        return _page(request, session, refusal=error.words, status=409)
    noted(f"paper-{kind}", session=session, by=request.user, rows=1, now=timezone.now())
    return redirect("desk_papers", key=session.key)


def _asked_for(session: Session, kind: str, date_key: str):
    """The kind of paper and its date. Raises Http404 for what this session does not have."""
    if kind not in Paper.Kind.values:
        raise Http404
    if kind != Paper.Kind.SHEET:
        return kind, None
    date = next((date for date in session.dates.all() if str(date.key) == date_key), None)
    if date is None:
        raise Http404
    return kind, date


@require_safe
@private
def paper_file(request, key, paper_key):
    session = session_of(request, key)
    paper = get_object_or_404(session.papers.filter(state=Paper.State.READY), key=paper_key)
    if drawing.is_outdated(paper, drawing.last_change(session)):
        words = "The session has changed since this PDF was made. Make it again."
        return _page(request, session, refusal=words, status=409)
    noted(f"fetched-{paper.kind}", session=session, by=request.user, rows=1, now=timezone.now())
    return _pdf(paper.file, paper.kind)


@require_safe
@private
def badges(request, key):
    """Badges as a page to print."""
    return _to_print(request, session_of(request, key), Paper.Kind.BADGES)


@require_safe
@private
def sheet(request, key, date_key):
    """The list to sign as a page to print."""
    session = session_of(request, key)
    return _to_print(request, session, Paper.Kind.SHEET, date_of(session, date_key))


def _to_print(request, session: Session, kind: str, date=None) -> HttpResponse:
    try:
        drawing.refuse_paper(session, kind, date)
    except NotPossible as error:
        raise Http404 from error
    text = PaperText(kind, session, date)
    noted(f"print-{kind}", session=session, by=request.user, rows=len(text.people), now=timezone.now())
    context = {"paper": text, "template": text.template, "title": text.title, "back_url": f"{_address(session)}papers/"}
    return render(request, "events/paper.html", context)


def _address(session: Session) -> str:
    return reverse("desk", args=[session.key])


def _certificate(request, key) -> tuple[Booking, dict]:
    booking = get_object_or_404(Booking.objects.told().select_related("person"), key=key, person=request.user)
    certificate = certificate_of(booking, timezone.now())
    if certificate is None:
        raise Http404
    return booking, {
        "template": "events/papers/certificate.html",
        "title": f"Certificate: {certificate.event}",
        "certificate": certificate,
        "printed_on": day(request.hub.today),
    }


@require_safe
@private
def certificate(request, key):
    """One's own certificate as a page to print, with the way to the PDF where there is one."""
    booking, context = _certificate(request, key)
    address = reverse("my_booking", args=[booking.key])
    more = {"back_url": address, "pdf_url": f"{address}certificate.pdf" if is_possible() else ""}
    more["no_pdf"] = not more["pdf_url"]
    return render(request, "events/paper.html", context | more)


@require_safe
@private
def certificate_file(request, key):
    """One page, drawn at once."""
    _, context = _certificate(request, key)
    if not is_possible():
        raise Http404
    return _pdf(as_pdf(as_html(**context)), "certificate")
