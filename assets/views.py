"""Media files are private: each one passes through the sign-in check on its way out."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpResponse
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from assets.models import HubRendition

# Originals are for the CMS (through Wagtail's own views); only sizes made for pages are served from here.
SERVED_FOLDERS = ("images/",)
NO_LONGER = "This photograph is no longer shown: the consent of the people on it has ended."


def media(request, path: str):
    """Serve a rendition to somebody who is signed in; the middleware has turned everybody else away.

    Raises `Http404` for what is not there and for what is not a rendition, documents among it: those go through
    Wagtail's serve view, which knows their privacy. A photograph whose consent has ended is gone (410), for everybody
    and whatever page once showed it.
    """
    if not path.startswith(SERVED_FOLDERS):
        raise Http404
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
        there = file.is_file()
    except (SuspiciousFileOperation, ValueError, OSError) as error:
        # An OSError, too, is a name that no file can have: it is too long.
        raise Http404 from error
    rendition = HubRendition.objects.select_related("image").filter(file=path).first() if there else None
    if rendition is None:
        raise Http404
    if not rendition.image.shown:
        return HttpResponse(NO_LONGER, status=410, content_type="text/plain; charset=utf-8")
    return _sent(request, file, kept=not rendition.image.shows_people)


def _sent(request, file: Path, *, kept: bool):
    """The file; a browser may keep it for a day, or must ask each time whether it still may be shown."""
    stat = file.stat()
    etag = quote_etag(f"{stat.st_mtime_ns:x}-{stat.st_size:x}")
    response = get_conditional_response(request, etag, int(stat.st_mtime)) or FileResponse(file.open("rb"))
    response["ETag"], response["Last-Modified"] = etag, http_date(stat.st_mtime)
    response["Cache-Control"] = "private, max-age=86400" if kept else "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
