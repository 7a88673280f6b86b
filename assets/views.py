"""Media files are private: each one passes through the sign-in check on its way out."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404
from django.utils._os import safe_join

# Originals are for the CMS (through Wagtail's own views); only sizes made for pages are served from here.
SERVED_FOLDERS = ("images/",)


def media(request, path: str):
    """Serve a rendition to somebody who is signed in; the middleware has turned everybody else away.

    Raises `Http404` for what is not there and for what is not a rendition, documents among it: those go through
    Wagtail's serve view, which knows their privacy.
    """
    if not path.startswith(SERVED_FOLDERS):
        raise Http404
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
        there = file.is_file()
    except (SuspiciousFileOperation, ValueError, OSError) as error:
        # An OSError, too, is a name that no file can have: it is too long.
        raise Http404 from error
    if not there:
        raise Http404
    response = FileResponse(file.open("rb"))
    response["Cache-Control"] = "private, max-age=86400"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
