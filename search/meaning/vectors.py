"""What each page means, kept beside its entry in the index: made by a job, compared in memory."""

import hashlib
from datetime import datetime

import numpy

from practice.editions import Kept, bump
from search.meaning.encoder import NAME, SIZE, encoder
from search.models import Entry, EntryVector

VECTORS = "vectors"
"""The edition of the vectors."""
LONGEST_TEXT = 700
AT_ONCE = 100
"""Entries in one run of the job, so that mail is not held up."""
ALIKE, MOST = 0.25, 10
"""How alike a question and a page must be at least, and how many such pages are taken."""


def encode_due(*, now: datetime | None = None) -> int:
    """Make the vectors that are missing or older than their entry; returns how many."""
    EntryVector.objects.filter(entry__gone=True).delete()
    known = dict(EntryVector.objects.filter(encoder=NAME).values_list("entry_id", "change"))
    rows = Entry.objects.filter(gone=False).exclude(kind="").values_list("pk", "change")
    due = [pk for pk, change in rows if known.get(pk) != change][:AT_ONCE]
    for entry in Entry.objects.filter(pk__in=due):
        text = text_of(entry)
        digest = hashlib.sha256(text.encode()).hexdigest()
        found = EntryVector.objects.filter(entry=entry, encoder=NAME, text_hash=digest)
        if not found.update(change=entry.change):
            fields = {"change": entry.change, "encoder": NAME, "text_hash": digest}
            fields["vector"] = encoder().encode(text).tobytes()
            EntryVector.objects.update_or_create(entry=entry, defaults=fields)
    if due:
        bump(VECTORS)
    return len(due)


def text_of(entry: Entry) -> str:
    """What stands for an entry: its title, its purpose, what people type for it, and the beginning of its text."""
    return "\n".join([entry.title, entry.summary, entry.also_typed, entry.body])[:LONGEST_TEXT]


def nearest(text: str, editions) -> list[tuple[int, float]]:
    """The keys of the entries that mean most nearly what was typed, each with how alike it is, 0 to 1, best first."""
    keys, matrix = _kept.get(editions.get(VECTORS))
    if not keys or not text.strip():
        return []
    alike = matrix @ encoder().encode(text)
    best = numpy.argsort(-alike)[:MOST]
    return [(keys[place], float(alike[place])) for place in best if alike[place] >= ALIKE]


def _load() -> tuple[list[int], numpy.ndarray]:
    rows = EntryVector.objects.filter(encoder=NAME, entry__gone=False).values_list("entry_id", "vector")
    keys, vectors = [], []
    for key, vector in rows:
        keys.append(key)
        vectors.append(numpy.frombuffer(bytes(vector), dtype=numpy.float32))
    return keys, numpy.stack(vectors) if vectors else numpy.zeros((0, SIZE), dtype=numpy.float32)


_kept = Kept(_load)
