"""My learning record: to read, to print, to take along as a document or as a spreadsheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.record import LearningRecord
from pages.lists.exports import as_csv


@require_safe
def my_record(request):
    """On the screen: one's own, never anybody else's."""
    return render(request, "home/my_record.html", {"record": LearningRecord(request.user, timezone.now())})


@require_safe
def my_record_csv(request):
    record = LearningRecord(request.user, timezone.now())
    return _file(as_csv(*record.as_rows), "text/csv", "learning-record.csv")


@require_safe
def my_record_document(request):
    """A page by itself that opens in a browser and in a word processor, without anything from the hub."""
    record = LearningRecord(request.user, timezone.now())
    page = render_to_string("home/record_document.html", {"record": record})
    return _file(page.encode(), "text/html; charset=utf-8", "learning-record.html")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
