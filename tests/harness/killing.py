"""A process of its own that dies in the middle (signal 9, as a power cut would)."""

import os
import signal
from collections.abc import Callable

from django.db import connections


def die(*args, **named) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(function: Callable) -> Callable:
    """The function, and death as soon as it is done."""

    def doomed(*args, **named):
        function(*args, **named)
        die()

    return doomed


def killed(module, name: str, instead: Callable, *, during: Callable[[], object]) -> int:
    """The signal that ended a process that did it all with `instead` in the module; 0 where it came to its end."""
    connections.close_all()
    child = os.fork()
    if not child:
        setattr(module, name, instead)
        try:
            during()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)
