"""The gate's lock: one change to a session's bookings at a time, on PostgreSQL and on SQLite alike.

The row of the session is locked before anything is read, and what is decided on (places, queue, dates) is read after
it. PostgreSQL locks the row, and lets those who wait for it in as they came. SQLite begins every transaction as a
writer (`transaction_mode: IMMEDIATE` in settings, held by a system check), which is the same thing for one machine;
but who waits for it looks again at ever longer intervals, and whoever looks at the right moment is in. So people take
their turn before it (`events/booking/turns.py`). How long somebody stands before the door is in settings for both
(`lock_timeout`, `HUB_TURN_SECONDS`).
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from time import monotonic, sleep

from django.conf import settings
from django.db import OperationalError, connection, transaction

from events.booking.refusals import Busy
from events.booking.turns import TurnNeverCame, turn
from events.models import Session

LOOKS_AGAIN = 0.001


def lock_session(**which) -> Session:
    """The session as it is now; nobody else changes its bookings until this transaction ends."""
    return Session.objects.select_for_update().get(**which)


@contextmanager
def locked(pk: int | None = None, **which) -> Iterator[Session]:
    """A transaction that begins with the lock of that session. Raises Session.DoesNotExist."""
    with _begun():
        yield lock_session(**which) if which else lock_session(pk=pk)


@contextmanager
def _begun() -> Iterator[None]:
    """A transaction that may write, begun in the order in which people came. Raises Busy if that takes too long."""
    with ExitStack() as stack:
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            stack.enter_context(transaction.atomic())
        else:
            _take_turn(stack)
        yield


def _take_turn(stack: ExitStack) -> None:
    until = monotonic() + settings.HUB_TURN_SECONDS
    connection.ensure_connection()
    patience = connection.settings_dict["OPTIONS"].get("timeout", 5)
    try:
        stack.enter_context(turn(settings.HUB_DATA / "turns", until=until))
        _wait_at_most(0)
        try:
            _begin_to_write(stack, until)
        finally:
            _wait_at_most(patience)
    except TurnNeverCame as error:
        raise Busy from error


def _begin_to_write(stack: ExitStack, until: float) -> None:
    """The write lock of SQLite for whose turn it is: looked for all the time, since nobody else in line looks."""
    while True:
        try:
            return stack.enter_context(transaction.atomic())
        except OperationalError as error:
            if monotonic() > until:
                raise TurnNeverCame from error
            sleep(LOOKS_AGAIN)


def _wait_at_most(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


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
