"""When did it last change? Numbers that every process reads once a request (see `practice.models.Edition`)."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from django.db.models import F

from practice.models import Edition

VOCABULARY = "vocabulary"
"""Models, families, items, crosswalk, frameworks, terms, and which model shows."""
CONTENT = "content"
"""Which pages are live, what they say, and what every page shows around them."""


def read() -> dict[str, int]:
    """The number of every subject, in one query. A subject that never changed has none, so ask with `.get`."""
    return dict(Edition.objects.values_list("subject", "number"))


def bump(subject: str) -> None:
    """Say that the subject changed; call it within the change's own transaction."""
    if not Edition.objects.filter(subject=subject).update(number=F("number") + 1):
        Edition.objects.get_or_create(subject=subject, defaults={"number": 2})


def next_number(subject: str) -> int:
    """Say that the subject changed, and return its new number; no two transactions get the same."""
    bump(subject)
    return Edition.objects.get(subject=subject).number


class Kept:
    """What one process keeps of something costly to read, until its edition changes.

    Only the newest edition is kept. Whatever `load` returns is shared by all requests: treat it as read-only.
    """

    everything: list["Kept"] = []

    def __init__(self, load: Callable[[], Any]):
        self._load, self._lock, self._kept = load, Lock(), None
        self.everything.append(self)

    def get(self, edition: object) -> Any:
        """What `load` returned at this edition, from memory where possible."""
        kept = self._kept
        if kept is None or kept[0] != edition:
            with self._lock:
                if self._kept is None or self._kept[0] != edition:
                    self._kept = (edition, self._load())
                kept = self._kept
        return kept[1]

    @classmethod
    def forget_all(cls) -> None:
        """Drop everything that is kept; for tests, whose databases begin at the same edition again and again."""
        for kept in cls.everything:
            kept.forget()

    def forget(self) -> None:
        self._kept = None
