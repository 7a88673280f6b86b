"""Lists that an organiser looks at or takes along: each look is noted, without names."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.attendance.audit import noted
from events.attendance.lists import LISTS
from events.attendance.needs import Needs
from events.booking.permissions import organised_by
from events.models import Session
from pages.lists.exports import as_csv, as_xlsx

FILES = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
"""The ending of a file's name to its kind and what writes it."""


def session_of(request, key) -> Session:
    return get_object_or_404(organised_by(request.user).select_related("event").prefetch_related("dates"), key=key)


@require_safe
@cache_control(private=True, no_store=True)
def needs(request, key):
    """What to provide, for the organiser alone."""
    session = session_of(request, key)
    reading = Needs(session)
    noted("needs", session=session, by=request.user, rows=len(reading.people), now=timezone.now())
    return render(request, "events/needs.html", {"session": session, "needs": reading})


@require_safe
@cache_control(private=True, no_store=True)
def export(request, key, name, kind):
    """A list as a file."""
    session = session_of(request, key)
    table = LISTS[name](session) if name in LISTS and kind in FILES else None
    if table is None:
        raise Http404
    noted(f"export-{name}", session=session, by=request.user, rows=len(table.rows), now=timezone.now())
    mime, write = FILES[kind]
    response = HttpResponse(write(table.head, table.rows), content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
