"""The virtual environment `.venv`, kept equal to one of the locked requirements files.

Also a command: `python3 scripts/environment.py requirements-dev.txt -m pytest` makes it and runs Python in it.
The first lines are written so that an old Python can read far enough to say that it is too old.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "The hub needs Python 3.11 or newer, and %s is %d.%d. " % (sys.executable, *sys.version_info[:2])
        + "With a newer one installed: make run PYTHON=python3.12"
    )

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Each file holds everything of those before it.
LOCKS = ("requirements.txt", "requirements-production.txt", "requirements-dev.txt")


def ready(lock: str) -> Path:
    """The Python of `.venv` with everything in `lock` installed. Does nothing when that is so already."""
    with _alone():
        make()
        if not _stamp(lock).exists() or _stamp(lock).read_text() != _fingerprint(lock):
            _install(lock)
            for included in LOCKS[: LOCKS.index(lock) + 1]:
                _stamp(included).write_text(_fingerprint(included))
    return PYTHON


def make() -> None:
    """Make `.venv` when it is missing, or when the Python it was made from has gone."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(f"{sys.executable} cannot make virtual environments. On Debian: sudo apt-get install python3-venv")
    with step(f"Making .venv with Python {sys.version.split()[0]}"):
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


@contextlib.contextmanager
def step(words: str):
    """Say what is being done, and afterwards how long it took."""
    started = time.monotonic()
    print(f"• {words} …", flush=True)
    yield
    print(f"  done in {time.monotonic() - started:.1f} s", flush=True)


class Counter:
    """Progress as a number that goes up: in place on a terminal, a line now and then in a log."""

    def __init__(self, of: int, what: str):
        self.of, self.what, self.done = of, what, 0

    def add(self, name: str = "") -> None:
        self.done += 1
        if sys.stdout.isatty():
            print(f"\r\x1b[K  {self.done} of {self.of} {self.what} {name}"[:79], end="", flush=True)
        elif self.done % 25 == 0:
            print(f"  {self.done} of {self.of} {self.what}", flush=True)

    def end(self) -> None:
        if sys.stdout.isatty():
            print("\r\x1b[K", end="", flush=True)


def _install(lock: str) -> None:
    packages = len(re.findall(r"^[a-z0-9][\w.\-]*==", (ROOT / lock).read_text(), re.M | re.I))
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", "--no-input"]
    with step(f"Installing {lock} ({packages} packages; the first time takes a minute or two)"):
        pip = subprocess.Popen(
            [*command, "-r", ROOT / lock], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
        )
        counter, said = Counter(packages, "packages"), []
        for line in pip.stdout:
            said.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                counter.add(re.split(r"[ =]", line.removeprefix("Requirement already satisfied: "))[-3][:30])
        counter.end()
        if pip.wait():
            sys.exit("".join(said[-15:]) + f"\npip could not install {lock}: see above. The same command tries again.")


def _stamp(lock: str) -> Path:
    return VENV / f"installed-{lock}"


def _fingerprint(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


@contextlib.contextmanager
def _alone():
    """Only one command at a time may change `.venv`: `make run` and `make test` may be started together."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


if __name__ == "__main__":
    python = ready(sys.argv[1])
    os.execv(python, [str(python), *sys.argv[2:]])
