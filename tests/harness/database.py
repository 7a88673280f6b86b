"""A migrated SQLite database in no time: it is made once for each state of the migrations, and every run copies it.

So a run starts with an empty hub in a second instead of migrating anew, and never with what the last run left behind.
"""

import contextlib
import fcntl
import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.utils import setup_databases

from practice.editions import Kept

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".test"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """pytest-django's place for changing the databases before the test databases are made."""
    database = connections.databases["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return
    copy = Path(settings.HUB_DATA) / "test.sqlite3"
    for leftover in copy.parent.glob(f"{copy.name}*"):
        leftover.unlink()
    shutil.copy(migrated(), copy)
    # A file, not memory: each thread of the server in browser tests then has a connection of its own, as in real life.
    database["TEST"]["NAME"] = str(copy)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """pytest-django's fixture, but also for tests of the served hub, whose database no mark of pytest-django names.

    The database is kept: on SQLite it is a copy anyway, on PostgreSQL `pytest --create-db` makes it anew.
    """
    with django_db_blocker.unblock():
        setup_databases(
            verbosity=0,
            interactive=False,
            aliases={"default"},
            serialized_aliases={"default"} if any(map(commits, request.session.items)) else set(),
            keepdb=connections["default"].vendor == "sqlite" or not request.config.getvalue("create_db"),
        )


def migrated() -> Path:
    """The database to copy. Made by the first of several processes that ask; the others wait."""
    FOLDER.mkdir(exist_ok=True)
    template = FOLDER / f"migrated-{state_of_the_migrations()}.sqlite3"
    with (FOLDER / "migrating.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for old in FOLDER.glob("migrated-*"):
                old.unlink()
            unfinished = template.with_suffix(".unfinished")
            environment = {**os.environ, "DATABASE_URL": f"sqlite:///{unfinished}"}
            for command in ("migrate", "createcachetable"):
                command = [sys.executable, "manage.py", command, "--verbosity=0"]
                subprocess.run(command, cwd=ROOT, env=environment, check=True)
            unfinished.rename(template)
    return template


def state_of_the_migrations() -> str:
    files = [ROOT / "requirements.txt", *sorted(ROOT.glob("*/migrations/*.py")), ROOT / "search/engines/tables.py"]
    seen = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    for file in files:
        seen.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return seen.hexdigest()[:16]


@contextlib.contextmanager
def a_copy_of_the_database():
    """Another database that begins as this one is now; gives its name, and it is gone at the end."""
    connection = connections["default"]
    here = connection.settings_dict["NAME"]
    name = f"{here}_demo"
    if connection.vendor == "sqlite":
        Path(name).unlink(missing_ok=True)
        connection.cursor().execute("VACUUM INTO %s", [name])
        yield name
        return
    connection.close()  # PostgreSQL copies only what nobody is connected to
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{here}"')
    yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def connected_to(name: str):
    """Within it, all that is asked of the database is asked of the one of that name."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    try:
        _connect(connection, name)
        yield
    finally:
        _connect(connection, before)


def _connect(connection, name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    Kept.forget_all()


# A test that commits (`transaction=True`) empties every table when it ends, the page tree's root and the roles made by
# migrations included. The next test must find them again, in whatever order two processes share out the tests.


def pytest_collection_modifyitems(items):
    for item in items:
        if commits(item):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    result = yield
    if nextitem and commits(item):
        with item._request.getfixturevalue("django_db_blocker").unblock():
            connection = connections["default"]
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            # What words are found by stands in tables and columns that no model knows, so it does not come back.
            call_command("index_search", verbosity=0, stdout=io.StringIO())
    return result


def commits(item) -> bool:
    mark = item.get_closest_marker("django_db")
    by_fixture = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(
        getattr(item, "fixturenames", ())
    )
    return bool(by_fixture or (mark and mark.kwargs.get("transaction")))
