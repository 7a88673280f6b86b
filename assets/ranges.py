"""Sending a long file in the pieces that a player asks for, so that somebody can jump to the middle of a film."""

import re
from pathlib import Path

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

PIECE = 64 * 1024
MOST_AT_ONCE = 4 * 2**20
"""Of bytes in one answer to a player, so that nobody's film holds a worker of the server for minutes."""
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def ranged(request, file: Path, *, content_type: str):
    """The file, or the piece of it that is asked for (206); 416 for a piece that it does not have.

    Somebody who asks for several pieces at once gets the whole: no player does that.
    """
    stat = file.stat()
    etag = quote_etag(f"{stat.st_mtime_ns:x}-{stat.st_size:x}")
    asked = RANGE.fullmatch(request.headers.get("range", "").strip())
    if asked and request.headers.get("if-range", etag) == etag and asked.group(0) != "bytes=-":
        response = _piece(file, stat.st_size, *asked.groups())
    else:
        response = get_conditional_response(request, etag, int(stat.st_mtime)) or FileResponse(file.open("rb"))
    if response.status_code in {200, 206}:
        response["Content-Type"] = content_type
    response["Accept-Ranges"] = "bytes"
    response["ETag"], response["Last-Modified"] = etag, http_date(stat.st_mtime)
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def _piece(file: Path, size: int, first: str, last: str):
    if first:
        start, end = int(first[:20]), min(int(last[:20]) if last else size - 1, size - 1)
    else:
        start, end = max(0, size - int(last[:20])), size - 1
    end = min(end, start + MOST_AT_ONCE - 1)
    if start >= size or end < start:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    response = StreamingHttpResponse(_read(file, start, end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _read(file: Path, start: int, length: int):
    with file.open("rb") as source:
        source.seek(start)
        while length > 0 and (piece := source.read(min(PIECE, length))):
            length -= len(piece)
            yield piece
