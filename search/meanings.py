"""The door to finding by meaning: closed, and nothing behind it imported, unless HUB_MEANING is on."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings


def nearest(text: str, editions: Mapping[str, int]) -> list[tuple[int, float]]:
    """Keys of the entries that mean most nearly this, each with how alike it is, best first; none when switched off."""
    if not settings.HUB_MEANING:
        return []
    from search.meaning import vectors

    return vectors.nearest(text, editions)


def encode_due(*, now: datetime | None = None) -> int:
    """The job: work out what new and changed pages mean; returns how many. Does nothing when switched off."""
    if not settings.HUB_MEANING:
        return 0
    from search.meaning import vectors

    return vectors.encode_due(now=now)
