"""Turns: whoever comes first goes first, among the threads of a process and among processes of one machine. Pure.

Threads of one process stand in a line of their own. The first of each process writes down when they came, as a lock
on the byte of that number in a file that stays empty, and goes when no earlier byte is locked. The kernel takes away
the lock of a process that dies, so nobody waits for the dead. Turns are for order and for nothing else: were two
people to go at once, the database would still let in one after the other.
"""

import fcntl
import os
import struct
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, monotonic_ns, sleep

LOOKS_AGAIN = 0.001
# Locks that belong to the open file, so that threads have locks of their own: Linux. Elsewhere the processes take their
# chance, and only the threads of each stand in line.
_SET_LOCK = getattr(fcntl, "F_OFD_SETLK", None)


class TurnNeverCame(Exception):
    """Somebody's turn did not come in time."""


class _Line:
    """Those of this process who wait, whoever came first in front; whoever stands there is on their way."""

    def __init__(self):
        self._waiting: deque[threading.Lock] = deque()
        self._door = threading.Lock()

    def stand(self) -> threading.Lock:
        """Go to the end of the line. The lock can be taken when one is in front."""
        mine = threading.Lock()
        with self._door:
            if self._waiting:
                mine.acquire()
            self._waiting.append(mine)
        return mine

    def leave(self, mine: threading.Lock) -> None:
        """Go out of the line, and let the next go to the front."""
        with self._door:
            in_front = self._waiting[0] is mine
            self._waiting.remove(mine)
            if in_front and self._waiting:
                self._waiting[0].release()


_line = _Line()
os.register_at_fork(after_in_child=lambda: globals().update(_line=_Line()))


@contextmanager
def turn(path: Path, *, until: float) -> Iterator[None]:
    """Wait for one's turn and have it until the end. Raises TurnNeverCame at that moment of the monotonic clock."""
    came, line = monotonic_ns(), _line
    mine = line.stand()
    try:
        if not mine.acquire(timeout=max(until - monotonic(), 0)):
            raise TurnNeverCame
        with _first_of_all(path, came, until):
            yield
    finally:
        line.leave(mine)
        # The next of the line goes on at once, not when this thread has done the rest of its work.
        sleep(0)


@contextmanager
def _first_of_all(path: Path, came: int, until: float) -> Iterator[None]:
    """Whoever is in front of the line of this process waits for those of other processes who came earlier."""
    if _SET_LOCK is None:
        yield
        return
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _locked(file, fcntl.F_WRLCK, came, 1)
        while not _locked(file, fcntl.F_RDLCK, 0, came):
            if monotonic() > until:
                raise TurnNeverCame
            sleep(LOOKS_AGAIN)
        _locked(file, fcntl.F_UNLCK, 0, came)
        yield
    finally:
        os.close(file)


def _locked(file: int, kind: int, start: int, length: int) -> bool:
    """Lock so many bytes, or let go of them; whether it could be done at once."""
    try:
        fcntl.fcntl(file, _SET_LOCK, struct.pack("hhqqi4x", kind, os.SEEK_SET, start, length, 0))
    except BlockingIOError:
        return False
    return True
