"""Reading files as a job: one at a time, again when a file was replaced, and never in somebody's request."""

import logging
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import F, Q

from assets.apart import NotReadable
from assets.file_text import text_of
from assets.models import HubDocument

logger = logging.getLogger(__name__)

MOST_TRIES = 3
"""A file whose reading ends the whole job so often is left alone."""
LONGEST_READING = timedelta(minutes=5)
"""A file that was claimed so long ago lost its reader to a crash."""
WRITTEN = ["reading_state", "reading_note", "extracted_text", "read_hash", "reading_since", "reading_tries"]
AT_ONCE = 50
"""Files in one run of the job, so that mail is not held up behind a thousand uploads."""


def read_due(*, now: datetime) -> int:
    """Read the files that are new or were replaced; returns how many. Safe beside itself: each is claimed first."""
    _give_up(now)
    done = 0
    for pk in list(due(now).values_list("pk", flat=True)[:AT_ONCE]):
        if due(now).filter(pk=pk).update(reading_since=now, reading_tries=F("reading_tries") + 1):
            _read(HubDocument.objects.get(pk=pk))
            done += 1
    return done


def due(now: datetime):
    """Files that wait to be read and that nobody is reading at this moment."""
    waiting = Q(reading_state=HubDocument.ReadingState.WAITING) | ~Q(read_hash=F("file_hash"))
    idle = Q(reading_since=None) | Q(reading_since__lt=now - LONGEST_READING)
    return HubDocument.objects.filter(waiting, idle).order_by("pk")


def _give_up(now: datetime) -> None:
    due(now).filter(reading_tries__gte=MOST_TRIES).update(
        reading_state=HubDocument.ReadingState.NOT_SEARCHABLE,
        reading_note="Reading it failed three times, so it is left alone.",
        read_hash=F("file_hash"),
        reading_since=None,
        reading_tries=0,
    )


def _words(document: HubDocument, kind: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        # A name of our own: what was uploaded never becomes an argument or a path.
        copy = Path(folder) / "document"
        with document.open_file() as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        return text_of(copy, kind)


def _read(document: HubDocument) -> None:
    state, note, text = HubDocument.ReadingState.READ, "", ""
    kind = document.file_extension.lower()
    try:
        # What is said in a film is found by the transcript on its page.
        if kind not in {*HubDocument.FILMS, HubDocument.CAPTIONS}:
            text = _words(document, kind)
    except NotReadable as reason:
        state, note = HubDocument.ReadingState.NOT_SEARCHABLE, str(reason)
    except OSError:
        logger.exception("The file of document %s cannot be opened.", document.pk)
        state, note = HubDocument.ReadingState.NOT_SEARCHABLE, "The file is missing on the server."
    document.reading_state, document.reading_note, document.extracted_text = state, note, text
    document.read_hash, document.reading_since, document.reading_tries = document.file_hash, None, 0
    # Saved, not updated, so that every index hears of it.
    document.save(update_fields=WRITTEN)
