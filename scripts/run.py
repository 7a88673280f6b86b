"""`make run`: from a fresh clone to a hub with demo content at http://127.0.0.1:8000, nothing asked.

Makes the virtual environment, prepares database, search index and static files (scripts/prepare.py), then serves with
granian and does due jobs beside it until Ctrl-C. Every step is skipped when its work is done already.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from environment import ROOT, ready, step

# Two processes use two cores. Many threads, because a thread waits while its form arrives: with 8 of them, 24 slow
# phones that send a form stopped every other page; with 64, pages went on as before. Threads are made when needed.
GRANIAN = "--interface wsgi --workers 2 --blocking-threads 64 --no-ws --no-access-log --log-level error".split()
# A worker that dies is replaced; one that will not stop (a slow client holds it) is ended after five seconds.
GRANIAN += "--respawn-failed-workers --workers-kill-timeout 5".split()
MOST_ENDS = 5
DEMO_PEOPLE = "practitioner practitioner2 manager editor reviewer organiser champion psw partner admin".split()


def main() -> None:
    port = free_port(os.environ.get("PORT") or "8000")
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "HUB_DATA": str((ROOT / (os.environ.get("HUB_DATA") or "var")).resolve()),
        "BASE_URL": os.environ.get("BASE_URL") or address,
        "DJANGO_SETTINGS_MODULE": "hub.settings",
        "PYTHONUNBUFFERED": "1",
    }
    on_postgres = os.environ.get("DATABASE_URL", "").startswith(("postgres", "psql", "pgsql"))
    python = ready("requirements-production.txt" if on_postgres else "requirements.txt")
    if subprocess.run([python, ROOT / "scripts" / "prepare.py"], cwd=ROOT, env=environment).returncode:
        sys.exit("The hub could not be prepared: see above. `make run` goes on where it stopped.")

    server = [python, "-m", "granian", *GRANIAN, "--host", "127.0.0.1", "--port", str(port), "hub.wsgi:application"]
    jobs = [python, "manage.py", "run_jobs", "--loop"]
    with stopped_together() as start:
        with step("Starting the server"):
            serving = KeptRunning("The server", lambda: start(server, environment), pause=1)
            wait_until_it_answers(address, serving.process)
        print(welcome(address), flush=True)
        doing_jobs = KeptRunning("The jobs beside the server", lambda: start(jobs, environment), pause=5)
        while not serving.cannot_run:
            time.sleep(0.5)
            serving.look()
            doing_jobs.look()
        sys.exit(f"The server ended {MOST_ENDS} times within a minute (exit {serving.process.returncode}): see above.")


class KeptRunning:
    """A process that is begun again when it ends by itself: its own watch over its workers gives up after two deaths.

    What ends again and again cannot run at all.
    """

    def __init__(self, name: str, begin: Callable[[], subprocess.Popen], *, pause: float):
        self.name, self.begin, self.pause = name, begin, pause
        self.process, self.again_at, self.ends = begin(), 0.0, []

    @property
    def cannot_run(self) -> bool:
        now = time.monotonic()
        return sum(now - end < 60 for end in self.ends) >= MOST_ENDS

    def look(self) -> None:
        """See whether it runs; begin it again a moment after it has ended."""
        now = time.monotonic()
        if self.again_at and now > self.again_at:
            self.process, self.again_at = self.begin(), 0.0
        elif not self.again_at and self.process.poll() is not None:
            print(f"{self.name} ended (exit {self.process.returncode}); again in {self.pause} s.", flush=True)
            self.ends.append(now)
            self.again_at = now + self.pause


def free_port(words: str) -> int:
    """The port to serve on, or a clear end when it cannot be had."""
    if not words.isdecimal() or not 0 < int(words) < 65536:
        sys.exit(f"PORT={words} is not a port: choose a number from 1024 to 65535.")
    with socket.socket() as probe:
        # As the server does: a port that a stopped server has just left counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(words)))
        except OSError as error:
            other = int(words) % 60000 + 1
            sys.exit(f"Port {words} cannot be used ({error.strerror}). Another one: make run PORT={other}")
    return int(words)


@contextlib.contextmanager
def stopped_together():
    """Gives a `start(command, environment)`; on Ctrl-C, TERM, HUP or an error everything started is stopped.

    What is started ignores Ctrl-C, which a terminal sends to all at once: stopping in order is done here.
    """
    started: list[subprocess.Popen] = []

    def start(command, environment):
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)
        )
        started.append(process)
        return process

    def stop(number, frame):
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        yield start
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave the rest running
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(timeout=12)
            except subprocess.TimeoutExpired:
                process.kill()
        print("Stopped. The data is kept.", flush=True)


def wait_until_it_answers(address: str, serving: subprocess.Popen) -> None:
    until = time.monotonic() + 90
    while serving.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(f"{address}/healthz/ready", timeout=5)
            return
        time.sleep(0.1)
    sys.exit("The server did not start: see above.")


def welcome(address: str) -> str:
    if os.environ.get("HUB_ENV") == "production":
        return f"\nStrengths Hub: {address}  (Ctrl-C stops it)\n"
    password = os.environ.get("HUB_DEMO_PASSWORD") or "strength-to-strength"
    return (
        f"\nStrengths Hub: {address}  (Ctrl-C stops it)\n\n"
        f"Sign in as any of these @hub.example, password {password}\n"
        f"  {'  '.join(DEMO_PEOPLE[:5])}\n  {'  '.join(DEMO_PEOPLE[5:])}\n"
    )


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped. `make run` goes on where it stopped.")
