"""How a file leaves the hub: never opened as a page, kept by no machine between, and asked for anew each time."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from assets.models import HubDocument, HubRendition

ASKED_EACH_TIME, KEPT_NOWHERE = "private, no-cache", "private, no-store"


def stored(path: str) -> Path:
    """The file in the media folder. Raises `Http404` for what is not there and for what lies elsewhere."""
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
        there = file.is_file()
    except (SuspiciousFileOperation, ValueError, OSError) as error:
        # An OSError, too, is a name that no file can have: it is too long.
        raise Http404 from error
    if not there:
        raise Http404
    return file


def picture(request, rendition: HubRendition):
    """A size of a picture. Of people, no browser keeps it; a drawing it may keep, and ask whether it still may."""
    keeping = KEPT_NOWHERE if rendition.image.shows_people else ASKED_EACH_TIME
    return _sent(request, stored(rendition.file.name), keeping)


def document(request, document: HubDocument):
    """A document, to be kept or opened by a program and never by the browser as a page of the hub."""
    response = _sent(
        request,
        stored(document.file.name),
        KEPT_NOWHERE,
        as_attachment=document.content_disposition != "inline",
        filename=document.filename,
        content_type=document.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sent(request, file: Path, keeping: str, **how):
    stat = file.stat()
    etag = quote_etag(f"{stat.st_mtime_ns:x}-{stat.st_size:x}")
    response = get_conditional_response(request, etag, int(stat.st_mtime)) or FileResponse(file.open("rb"), **how)
    response["ETag"], response["Last-Modified"] = etag, http_date(stat.st_mtime)
    response["Cache-Control"] = keeping
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
