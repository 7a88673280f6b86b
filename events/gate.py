"""The gate's lock: one change to a session's bookings at a time, on PostgreSQL and on SQLite alike.

The row of the session is locked before anything is read, and what is decided on (places, queue, dates) is read after
it. PostgreSQL locks the row. SQLite begins every transaction as a writer (`transaction_mode: IMMEDIATE` in settings,
held by a system check), which is the same thing for one machine. How long somebody stands before the door is in
settings for both (`lock_timeout`, `timeout`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.db import OperationalError, connection, transaction

from events.models import Session
from events.refusals import Busy


def lock_session(**which) -> Session:
    """The session as it is now; nobody else changes its bookings until this transaction ends."""
    return Session.objects.select_for_update().get(**which)


@contextmanager
def locked(pk: int | None = None, **which) -> Iterator[Session]:
    """A transaction that begins with the lock of that session. Raises Session.DoesNotExist."""
    with transaction.atomic():
        yield lock_session(**which) if which else lock_session(pk=pk)


def patiently(verb: Callable) -> Callable:
    """Try a verb of the gate once more when its turn did not come in time, then say so. Nothing was written."""

    @wraps(verb)
    def tried(**named):
        try:
            return verb(**named)
        except OperationalError:
            if connection.in_atomic_block:
                raise
        try:
            return verb(**named)
        except OperationalError as error:
            raise Busy from error

    return tried
