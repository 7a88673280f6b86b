"""`python -m bench.search`: finding, against the bare match-and-rank query of the engine behind it, in one run.

Each round asks for the bare query and for the whole page of every question in turn. `--engine all` goes through SQLite,
PostgreSQL and Elasticsearch, each with a hub of its own.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql", "elasticsearch")
QUESTIONS = {
    "a common word": "child",
    "two common words": "family school",
    "a synonym": "geneogram",
    "a few rare words": "weather map garden",
    "filters in the words": "talk 7yr 20 mins",
    "a slip": "saftey map",
}
TIMES_OF_BARE, COMMON_WORD_MS, SUGGEST_MS = 3, 100, 15
"""Goals: the whole page at most so many times the bare query; the common word on SQLite; suggestions."""


def main() -> None:
    options = _options()
    if options.engine == "all":
        for engine in ENGINES:
            subprocess.run(
                [sys.executable, "-m", "bench.search", *sys.argv[1:], "--engine", engine], cwd=ROOT, check=True
            )
        return
    with contextlib.ExitStack() as stack:
        folder = Path(options.data or stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-bench-"))).resolve()
        _environment(folder, options.engine, stack)
        _measure(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--tools", type=int, default=10_000, help="how many tools are searched (default 10000)")
    parser.add_argument("--rounds", type=int, default=30, help="rounds after the warm-up (default 30)")
    parser.add_argument("--engine", choices=(*ENGINES, "all"), default="sqlite")
    parser.add_argument("--data", help="a folder for the SQLite database that is kept and used again")
    return parser.parse_args()


def _environment(folder: Path, engine: str, stack: contextlib.ExitStack) -> None:
    for name in ("DATABASE_URL", "DEBUG", "REDIS_URL", "ELASTICSEARCH_URL", "EMAIL_URL", "BASE_URL", "ALLOWED_HOSTS"):
        os.environ.pop(name, None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "hub.settings", "HUB_ENV": "test", "HUB_DATA": str(folder)}
    (folder / "static").mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(ROOT / "scripts"))
    import search_server
    import services

    if engine == "postgresql":
        os.environ["DATABASE_URL"] = stack.enter_context(services.postgres())
    if engine == "elasticsearch":
        os.environ["ELASTICSEARCH_URL"] = stack.enter_context(search_server.elasticsearch(may_fetch=True))
    os.chdir(ROOT)
    import django

    django.setup()


def _measure(options) -> None:
    from django.core.management import call_command

    from bench import ground
    from search.index import copying, indexing

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    person = ground.plant(options.tools)
    began = time.monotonic()
    entries = indexing.rebuild()
    built = time.monotonic() - began
    copying.catch_up()
    print(f"\n{options.engine}: {entries:,} entries, indexed in {built:.0f} s. ", end="")
    print(f"Load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")
    began = time.perf_counter()
    _page(person, QUESTIONS["a common word"])
    print(f"The first search of a process reads the catalogue: {(time.perf_counter() - began) * 1000:.0f} ms.\n")
    bare: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    whole: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    hits = {}
    for number in range(options.rounds + 3):
        for name, typed in QUESTIONS.items():
            took, results = _page(person, typed)
            whole[name].append(took)
            bare[name].append(_bare(options.engine, results.finder.asks.question))
            hits[name] = results.total
        if number == 2:
            for times in (*bare.values(), *whole.values()):
                times.clear()
    print(f"{'median ms':24}{'found':>8}{'bare':>9}{'page':>9}{'ratio':>8}")
    for name in QUESTIONS:
        one, other = statistics.median(bare[name]) * 1000, statistics.median(whole[name]) * 1000
        goal = f"goal {TIMES_OF_BARE}: {'met' if other <= TIMES_OF_BARE * one else 'not met'}"
        if name == "a common word" and options.engine == "sqlite":
            goal += f"; {COMMON_WORD_MS} ms: {'met' if other <= COMMON_WORD_MS else 'not met'}"
        print(f"{name:24}{hits[name]:8,}{one:9.1f}{other:9.1f}{other / one:8.1f}   {goal}")
    _suggestions(person, options.rounds)


def _request(person, typed: str):
    from django.test import RequestFactory

    from pages.reading.request_hub import RequestHub

    request = RequestFactory().get("/search/", {"q": typed})
    request.user, request.session = person, {}
    request.hub = RequestHub(request)
    return request


def _page(person, typed: str):
    """Everything that the page of results shows: the rows with cards and excerpts, all facets, the chips."""
    from search.results import SearchResults

    request = _request(person, typed)
    began = time.perf_counter()
    results = SearchResults(request)
    assert results.rows is not None
    assert len(results.facets) >= 5
    assert results.chosen is not None
    return time.perf_counter() - began, results


def _bare(engine: str, question) -> float:
    """The engine's own query for the best twenty and nothing else."""
    from django.db import connection

    from search.engines import elasticsearch, postgresql, sqlite

    began = time.perf_counter()
    if engine == "elasticsearch":
        server = elasticsearch.server()
        must = [elasticsearch._group(group) for group in question.groups]
        server.client.search(index=server.index, query={"bool": {"must": must}}, size=20, source=False)
        return time.perf_counter() - began
    with connection.cursor() as cursor:
        if engine == "sqlite":
            words = " AND ".join(map(sqlite._group, question.groups))
            ask = "SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rank LIMIT 20"
            cursor.execute(ask, [words])
        else:
            words = " & ".join(map(postgresql._group, question.groups))
            rank = "ORDER BY ts_rank(words, %s::tsquery) DESC LIMIT 20"
            cursor.execute(f"SELECT id FROM search_entry WHERE words @@ %s::tsquery {rank}", [words, words])
        cursor.fetchall()
    return time.perf_counter() - began


def _suggestions(person, rounds: int) -> None:
    from search.suggest import suggestions

    times = []
    for _ in range(rounds):
        for begun in ("fa", "wor", "safe pl", "ps3", "my"):
            request = _request(person, begun)
            began = time.perf_counter()
            suggestions(request.hub, begun)
            times.append(time.perf_counter() - began)
    median, slowest = statistics.median(times) * 1000, max(times) * 1000
    met = "met" if median <= SUGGEST_MS else "not met"
    print(f"\nSuggestions: median {median:.1f} ms, slowest {slowest:.1f} ms   goal {SUGGEST_MS}: {met}")


if __name__ == "__main__":
    main()
