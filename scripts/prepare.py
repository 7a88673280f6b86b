"""Gets the hub ready to be served, in one process of `.venv`: database, demo content, search index, static files.

Each part looks whether its work is done, so that a second start takes seconds and never touches what people wrote.
"""

import hashlib
import io
import sys
from pathlib import Path

from environment import ROOT, Counter, step

sys.path.insert(0, str(ROOT))

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def database() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    with step(f"Bringing the database up to date ({len(plan)} migrations)"):
        counter = Counter(len(plan), "migrations")
        call_command("migrate", interactive=False, stdout=Counting(counter))
        counter.end()
        call_command("createcachetable", verbosity=0)


class Counting(io.TextIOBase):
    """Takes what `migrate` prints and counts the migrations in it."""

    def __init__(self, counter: Counter):
        self.counter = counter

    def write(self, text: str) -> int:
        if text.lstrip().startswith("Applying"):
            self.counter.add(text.strip().removeprefix("Applying ").split("...")[0])
        return len(text)


def content() -> None:
    """Demo content for an empty hub. The note stays until the work is done, so that an interrupted start goes on."""
    unfinished = settings.HUB_DATA / "loading-demo-content"
    if get_user_model().objects.exists() and not unfinished.exists():
        return
    unfinished.touch()
    with step("Setting up an empty hub" if settings.PRODUCTION else "Setting up an empty hub with demo content"):
        # The demo sets the hub up first.
        call_command("setup_hub" if settings.PRODUCTION else "load_demo")
    with step("Building the search index"):
        call_command("update_index", verbosity=0)
    unfinished.unlink()


def static_files() -> None:
    """Collected and compressed when a file of ours, a library or the way of compressing has changed."""
    stamp, fingerprint = settings.STATIC_ROOT.parent / "static-files-are-of", static_fingerprint()
    if settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text() == fingerprint:
        return
    with step("Compressing static files (only when they change)"):
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint)


def static_fingerprint() -> str:
    # Wagtail's files change only with its version, so the lock stands for the libraries.
    rooms = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
    ours = [*map(Path, settings.STATICFILES_DIRS), *(room / "static" for room in rooms)]
    files = [file for folder in ours for file in sorted(folder.rglob("*")) if file.is_file()]
    seen = hashlib.sha256()
    for file in [ROOT / "requirements.txt", ROOT / "hub" / "storage.py", *files]:
        seen.update(str(file.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()


if __name__ == "__main__":
    django.setup()
    database()
    content()
    static_files()
