"""`make bench`: the hub's pages beside a Wagtail page without extras and a bare Django page, in one run.

Each round asks for every page once, in turn, so that whatever else the machine does meets all of them alike.
"""

import argparse
import contextlib
import gc
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BARE, PLAIN = "bare Django page", "Wagtail page without extras"
STOCK = "the same, Wagtail's own routing"
GOALS = {"tool page": 1.25, "tool index": 1.6, "home": 1.6}
"""At most this many times the median of the Wagtail page without extras."""
# As a browser asks, so that compressing the page is measured too.
HEADERS = {"Accept-Encoding": "gzip, deflate, br"}
MEASURED = ("tool page", "tool index", "tool index, three filters", "home", "practice item")
WARM_UP = 5


def main() -> None:
    options = _options()
    with contextlib.ExitStack() as stack:
        folder = options.data or stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-bench-"))
        _environment(Path(folder).resolve())
        os.chdir(ROOT)
        person = _prepare(options.tools)
        _measure_all(person, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=60, help="rounds after the warm-up (default 60)")
    parser.add_argument("--tools", type=int, default=2_000, help="how many tools there are (default 2000)")
    parser.add_argument("--server", action="store_true", help="also through the production server, over real HTTP")
    parser.add_argument("--data", help="a folder for the database that is kept and used again (default: thrown away)")
    return parser.parse_args()


def _environment(folder: Path) -> None:
    """As the hub is served by `make run`, but with data of its own."""
    for name in ("DATABASE_URL", "DEBUG", "REDIS_URL", "ELASTICSEARCH_URL", "EMAIL_URL", "BASE_URL", "ALLOWED_HOSTS"):
        os.environ.pop(name, None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "HUB_ENV": "dev", "HUB_DATA": str(folder)}
    # The names of static files as collecting gives them, without the minute that it takes to compress Wagtail's own.
    static = folder / "static"
    static.mkdir(parents=True, exist_ok=True)
    names = [str(path.relative_to(ROOT / "static")) for path in (ROOT / "static").rglob("*") if path.is_file()]
    paths = {name: "{}.0123456789ab{}".format(*os.path.splitext(name)) for name in names}
    (static / "staticfiles.json").write_text(json.dumps({"version": "1.1", "hash": "bench", "paths": paths}))


@contextlib.contextmanager
def _step(words: str):
    print(f"{words} … ", end="", flush=True)
    started = time.monotonic()
    yield
    print(f"{time.monotonic() - started:.0f} s", flush=True)


def _prepare(tools: int):
    """A migrated database with the tools and the page to compare with; returns who reads."""
    import django

    django.setup()
    from django.core.management import call_command

    from bench import ground
    from bench.models import PageWithoutExtras
    from home.models import HomePage

    with _step("Making a database"):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    with _step(f"Loading {tools:,} tools"):
        person = ground.plant(tools)
    if not PageWithoutExtras.objects.exists():
        # As deep as a tool, and as long.
        text = "".join(f"<p>{' '.join(['Plain words, as many as a tool has.'] * 6)}</p>" for _ in range(7))
        above = HomePage.objects.get()
        for title in ("Plain", "Page"):
            above = above.add_child(instance=PageWithoutExtras(title=f"{title} page", slug=title.lower(), body=text))
    return person


def _measure_all(person, options) -> None:
    from django.test import Client

    from bench import ground

    every = ground.addresses()
    pages = {BARE: "/bench/bare/", PLAIN: "/plain/page/", STOCK: "/bench/routed-by-wagtail/plain/page/"}
    pages |= {name: every[name] for name in MEASURED}
    client = Client(headers=HEADERS)
    client.force_login(person)

    def get(path: str) -> None:
        response = client.get(path)
        if response.status_code != 200:
            sys.exit(f"{path} answered {response.status_code}.")

    def nothing() -> None:
        pass

    print(f"\n{options.tools:,} tools, {options.rounds} rounds, Python {sys.version.split()[0]}, ", end="")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.")
    variants = {
        "Warm: what was drawn before is kept": nothing,
        "Cold: every part is drawn anew": ground.forget_what_was_drawn,
    }
    for title, before in variants.items():
        times = _interleaved(pages, get, options.rounds, before)
        counted = {}
        for name, path in pages.items():
            before()
            counted[name] = len(ground.queries(lambda path=path: get(path)))
        print(f"\n{title}\n{_table(times, counted)}")
    if options.server:
        _measure_served(pages, client.cookies["sessionid"].value, options.rounds)
    print("\nThe goals are for the warm figures; see bench/README.md.")


class Times:
    """Milliseconds that one page took, round by round: by the clock, and of this process alone."""

    def __init__(self):
        self.clock: list[float] = []
        self.own: list[float] = []

    @property
    def median(self) -> float:
        return statistics.median(self.clock)

    @property
    def own_median(self) -> float:
        return statistics.median(self.own)

    def compared_with(self, other: "Times", *, own: bool) -> float:
        return self.own_median / other.own_median if own else self.median / other.median

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.clock, n=20)[-1]


def _interleaved(pages: dict[str, str], get: Callable, rounds: int, before: Callable) -> dict[str, Times]:
    """The times of each page, a round at a time; `before` runs before each, untimed."""
    times = {name: Times() for name in pages}
    for number in range(WARM_UP + rounds):
        gc.collect()
        gc.disable()
        # Untimed: the first request after collecting finds the processor's caches empty.
        get(pages[BARE])
        try:
            for name, path in pages.items():
                before()
                own, clock = time.process_time(), time.perf_counter()
                get(path)
                clock, own = time.perf_counter() - clock, time.process_time() - own
                if number >= WARM_UP:
                    times[name].clock.append(clock * 1000)
                    times[name].own.append(own * 1000)
        finally:
            gc.enable()
    return times


def _table(times: dict[str, Times], queries: dict[str, int] | None = None) -> str:
    """One line a page, compared by its own time, which other programs do not change.

    Through a server neither that nor what it asks the database can be told, so there the clock must do.
    """
    own = "" if queries is None else f"{'own ms':>8}{'queries':>9}"
    lines = [f"{'':34}{'median ms':>10}{'p95 ms':>8}{own}{'of bare':>9}{'of plain':>10}{'of stock':>10}   goal"]
    for name, page in times.items():
        own = "" if queries is None else f"{page.own_median:8.2f}{queries[name]:9}"
        of_bare, of_plain, of_stock = (
            page.compared_with(times[other], own=queries is not None) for other in (BARE, PLAIN, STOCK)
        )
        line = f"{name:34}{page.median:10.2f}{page.p95:8.2f}{own}{of_bare:9.2f}{of_plain:10.2f}{of_stock:10.2f}"
        if goal := GOALS.get(name):
            met = [what for what, ratio in (("plain", of_plain), ("stock", of_stock)) if ratio <= goal]
            line += f"   {goal}: {'met, of ' + ' and '.join(met) if met else 'not met'}"
            line += ", not of plain" if met == ["stock"] else ""
        lines.append(line)
    return "\n".join(lines)


def _measure_served(pages: dict[str, str], session: str, rounds: int) -> None:
    """The same through granian, one connection kept open, one reader."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "warning"]
    server = subprocess.Popen([*command, "hub.wsgi:application"], cwd=ROOT)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        until = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError):
                connection.request("GET", "/healthz/live")
                connection.getresponse().read()
                break
            connection.close()
            if server.poll() is not None or time.monotonic() > until:
                print("\nThe server did not start, so nothing was measured through it.")
                return
            time.sleep(0.1)

        def get(path: str) -> None:
            connection.request("GET", path, headers={**HEADERS, "Cookie": f"sessionid={session}"})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                sys.exit(f"{path} answered {response.status} through the server.")

        times = _interleaved(pages, get, rounds, lambda: None)
        print(f"\nServed: granian, one worker, HTTP kept alive, warm\n{_table(times)}")
    finally:
        server.terminate()
        server.wait(timeout=15)
