"""Keeping a search server's copy of the index as the database is: in the moment of a change, or as soon as it can.

What is to be copied is read from the entries' change numbers, so a server that was away misses nothing. Until its copy
has the last change, the database answers every search.
"""

import logging
from datetime import datetime

from django.db import transaction

from practice.models import Edition
from search.engines import elasticsearch
from search.engines.elasticsearch import COLUMNS, SECONDS_TO_COPY, SECONDS_TO_WRITE, Down
from search.models import Entry

logger = logging.getLogger(__name__)

COPIED = "elasticsearch"
"""The edition that says which change the copy has; read with all others, once a request."""
BATCH = 500
AT_ONCE = 50
"""With more changed entries than this, whoever publishes does not wait for the copy: the job follows."""


def after_a_change() -> None:
    """Called within a transaction that changed entries: once it is through, the server is told, if it is well."""
    if elasticsearch.server():
        transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    server = elasticsearch.server()
    if server.rests:
        return
    known = Edition.objects.filter(subject=COPIED).values_list("number", flat=True).first()
    rows = list(_changed_after(known or 0)[: AT_ONCE + 1])
    if known is None or not rows or len(rows) > AT_ONCE:
        return
    try:
        server.copy(rows, rows[-1]["change"], seconds=SECONDS_TO_WRITE)
    except Down as error:
        logger.warning("The search server did not take a change over; it is tried again: %s", error)
        return
    _note(rows[-1]["change"])


def catch_up(*, now: datetime | None = None) -> None:
    """Bring the copy up to the last change; does nothing without a server. Raises `Down` when it does not answer."""
    server = elasticsearch.server()
    if server is None:
        return
    known = server.copied()
    while rows := list(_changed_after(known)[:BATCH]):
        # Entries of one change belong together, so a batch ends where a change does.
        last = rows[-1]["change"]
        rows += list(_changed_after(known).filter(change=last, pk__gt=rows[-1]["pk"]))
        server.copy(rows, last, seconds=SECONDS_TO_COPY)
        known = last
    _note(known)


def _changed_after(change: int):
    return (
        Entry.objects.filter(change__gt=change)
        .order_by("change", "pk")
        .values("pk", "gone", "change", *COLUMNS.values())
    )


def _note(change: int) -> None:
    Edition.objects.update_or_create(subject=COPIED, defaults={"number": change})
