"""`python -m bench.admin_search`: Wagtail's own search on SQLite, stock beside ours, and publishing during a rebuild.

Ours is asked in turns, stock once or twice only: at 10,000 pages one stock search takes longer than all of ours.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BACKENDS = {
    "ours": {"BACKEND": "search.backends.sqlite", "ATOMIC_REBUILD": False},
    "stock": {"BACKEND": "modelsearch.backends.database", "ATOMIC_REBUILD": True},
}
COMMON, PREFIX = "school feelings", "a"
GOAL, LONGEST_WAIT = 0.5, 0.3
"""Seconds: the admin's page search, and a publish during a rebuild."""


def main() -> None:
    options = _options()
    with contextlib.ExitStack() as stack:
        folder = options.data or stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-bench-"))
        _start(Path(folder).resolve())
        if options.rebuild:
            _rebuild(options.rebuild)
        else:
            _measure(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.admin_search", description=__doc__)
    parser.add_argument("--tools", type=int, default=10_000, help="how many tools are searched (default 10000)")
    parser.add_argument("--rounds", type=int, default=15, help="how often ours is asked (default 15)")
    parser.add_argument("--stock-rounds", type=int, default=1, help="how often stock is asked; 0 leaves it out")
    parser.add_argument("--data", help="a folder for the database that is kept and used again (default: thrown away)")
    parser.add_argument("--rebuild", choices=BACKENDS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _start(folder: Path) -> None:
    for name in ("DATABASE_URL", "DEBUG", "REDIS_URL", "ELASTICSEARCH_URL", "EMAIL_URL", "BASE_URL", "ALLOWED_HOSTS"):
        os.environ.pop(name, None)
    # Names of static files as they are, so that no collecting is needed.
    os.environ |= {"DJANGO_SETTINGS_MODULE": "hub.settings", "HUB_ENV": "test", "HUB_DATA": str(folder)}
    (folder / "static").mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)
    import django

    django.setup()


def _use(name: str) -> None:
    from django.conf import settings

    settings.WAGTAILSEARCH_BACKENDS["default"] = dict(BACKENDS[name])


def _rebuild(name: str) -> None:
    """In a process of its own; says on one line what it took, and how it began and ended by the machine's clock."""
    from django.core.management import call_command

    _use(name)
    began = time.monotonic()
    call_command("update_index", verbosity=0)
    print(json.dumps({"began": began, "ended": time.monotonic()}))


def _timed(do: Callable) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _line(name: str, times: dict[str, list[float]], goal: float | None = None) -> str:
    shown = f"{name:34}"
    for of in BACKENDS:
        taken = times.get(of)
        shown += f"{statistics.median(taken) * 1000:12.0f}{max(taken) * 1000:10.0f}" if taken else f"{'-':>12}{'-':>10}"
    if goal:
        shown += f"   goal {goal * 1000:.0f}: {'met' if statistics.median(times['ours']) <= goal else 'NOT met'}"
    return shown


def _measure(options) -> None:
    from django.core.management import call_command

    from bench import ground

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    ground.plant(options.tools)
    _use("ours")
    print(f"{options.tools:,} tools, index built in {_timed(lambda: call_command('update_index', verbosity=0)):.0f} s.")
    print(f"Load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")
    _measure_searches(options)
    _measure_publishing(options)


def _measure_searches(options) -> None:
    from django.test import Client
    from django.urls import reverse

    from pages.models import HubPage
    from people.models import User
    from toolkits.models import ToolPage

    client = Client()
    client.force_login(User.objects.filter(is_superuser=True).first() or _opener())

    def opened(name: str, **asked) -> Callable:
        def get() -> None:
            response = client.get(reverse(name), asked)
            if response.status_code != 200:
                sys.exit(f"{name} answered {response.status_code}.")

        return get

    live = HubPage.objects.live()
    word = COMMON.split()[0]
    asks = {
        f"search “{COMMON}”": lambda: list(live.search(COMMON)[:20]),
        f"search “{word}”": lambda: list(live.search(word)[:20]),
        f"tools only, “{word}”": lambda: list(ToolPage.objects.live().search(word)[:20]),
        "in order of title": lambda: list(live.search(word, order_by="title")[:20]),
        "count": lambda: live.search(word).count(),
        "facet": lambda: live.search(word).facet("content_type_id"),
        f"autocomplete “{PREFIX}”": lambda: list(live.autocomplete(PREFIX)[:20]),
        "admin: page search": opened("wagtailadmin_pages:search", q=PREFIX),
        "admin: page chooser": opened("wagtailadmin_choose_page_search", q=PREFIX),
    }
    _use("ours")
    print(f"Hits: “{COMMON}” {live.search(COMMON).count():,}, “{word}” {live.search(word).count():,}, ", end="")
    print(f"titles and tags with a word in “{PREFIX}…” {live.autocomplete(PREFIX).count():,}.\n")
    print(f"{'ms':34}{'ours median':>12}{'longest':>10}{'stock median':>12}{'longest':>10}")
    for name, ask in asks.items():
        times: dict[str, list[float]] = {}
        for backend, rounds in (("ours", options.rounds), ("stock", options.stock_rounds)):
            if rounds:
                _use(backend)
                if backend == "ours":
                    ask()
                times[backend] = [_timed(ask) for _ in range(rounds)]
        print(_line(name, times, GOAL if name.startswith("admin") else None), flush=True)


def _opener():
    from people.models import User

    return User.objects.create_superuser("opener@hub.example")


def _measure_publishing(options) -> None:
    """Publishes one tool after another, alone and while another process makes the whole index anew."""
    from django.apps import apps
    from django.db import OperationalError, connection, transaction
    from django.utils import timezone

    from toolkits.models import ToolPage

    tools = iter(ToolPage.objects.live().order_by("-pk")[:5_000])

    today = timezone.localdate()

    def publish() -> None:
        tool = next(tools)
        tool.reviewed_on, tool.next_review = today, today + timedelta(days=300)
        tool.save_revision().publish()

    def take_the_lock() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    _use("ours")
    publish()
    alone = [_timed(publish) for _ in range(30)]
    print(f"\nPublishing one page alone: median {_ms(statistics.median(alone))}, longest {_ms(max(alone))}.")
    command = [sys.executable, "-m", "bench.admin_search", "--data", os.environ["HUB_DATA"], "--rebuild"]
    for name in ("ours", "stock") if options.stock_rounds else ("ours",):
        apps.get_model("wagtailsearch", "IndexEntry").objects.all()._raw_delete("default")
        _use(name)
        process = subprocess.Popen([*command, name], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        done = []
        while process.poll() is None:
            began = time.monotonic()
            with contextlib.suppress(OperationalError):
                waited = _timed(take_the_lock)
                done.append((began, waited, _timed(publish)))
            time.sleep(0.02)
        times = json.loads(process.stdout.read())
        during = [(waited, took) for began, waited, took in done if times["began"] <= began <= times["ended"]]
        waits, took = [wait for wait, _ in during], [took for _, took in during]
        print(
            f"While {name} makes the index anew ({times['ended'] - times['began']:.0f} s, {len(during)} published): "
            f"longest wait for the lock {_ms(max(waits))}; publishing median {_ms(statistics.median(took))}, "
            f"longest {_ms(max(took))}."
        )
        if name == "ours":
            held_up = max(took) - statistics.median(alone)
            late = sum(one - statistics.median(alone) > LONGEST_WAIT for one in took)
            print(
                f"  goal {_ms(LONGEST_WAIT)} for the lock: {'met' if max(waits) <= LONGEST_WAIT else 'NOT met'}; ",
                end="",
            )
            print(f"the slowest took {_ms(held_up)} more than alone, {late} of {len(took)} more than the goal.")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    main()
