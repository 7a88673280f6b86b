"""Hostile files are opened in a process of their own, with little memory and little time, and never in ours.

A file of 38 kB can unpack to gigabytes, or keep a parser busy for minutes: there it ends a small process, not the one
that sends mail or serves pages. The process knows nothing of Django, of settings or of the database.
"""

import importlib
import resource
import subprocess
import sys
from pathlib import Path

SECONDS, MEMORY = 20, 512 * 2**20
REFUSED = 3
"""How the process ends when it has words for why."""
ROOT = Path(__file__).resolve().parent.parent
LARGER_INSIDE = "It is damaged, or larger inside than a document needs to be."


LOCKED = "It is protected by a password."


class NotReadable(Exception):
    """The file cannot be read or kept as it is; the message says why, in plain words for an editor."""


def apart(task: str, *arguments: str) -> str:
    """What `task` ("module:function" of this room) says of a file, done in a process of its own; raises `NotReadable`.

    The arguments are paths of our own naming and kinds of files: nothing that somebody typed.
    """
    command = [sys.executable, "-m", "assets.apart", task, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, our own program, our own words
            command, cwd=ROOT, env={}, stdin=subprocess.DEVNULL, capture_output=True, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotReadable("Reading it took too long.") from error
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode == REFUSED:
        raise NotReadable(said)
    if done.returncode:
        raise NotReadable(LARGER_INSIDE)
    return said


def limit(seconds: int = SECONDS, memory: int = MEMORY, written: int = 256 * 2**20) -> None:
    """From here on this process has so many seconds of a processor, so much memory, and may write so many bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(task: str, *arguments: str) -> int:
    limit()
    module, _, name = task.partition(":")
    function = getattr(importlib.import_module(f"assets.{module}"), name)
    try:
        sys.stdout.buffer.write((function(*arguments) or "").encode("utf-8", "replace"))
    except NotReadable as reason:
        sys.stdout.buffer.write(str(reason).encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    # Under its own name, so that what the tasks raise is what is caught here.
    from assets.apart import main

    sys.exit(main(*sys.argv[1:]))
