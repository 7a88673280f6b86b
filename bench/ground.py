"""What benchmarks and query budgets stand on: a hub with many tools, and the addresses that are looked at."""

import contextlib
import io
from collections.abc import Callable

from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo import volume
from people.models import User
from toolkits.models import ToolPage

TOOLS, PEOPLE, SEED = 2_000, 120, 1
FILTERS = "?need=safety&with=child&age=7"
"""Three filters that leave more than a page of tools."""


def plant(tools: int = TOOLS) -> User:
    """A hub with that many tools and some people, without a search index; returns a practitioner."""
    call_command("setup_hub", verbosity=0, stdout=io.StringIO())
    volume.load_people(PEOPLE, seed=SEED)
    volume.load_tools(tools, seed=SEED, today=timezone.localdate(), revisions=False)
    return User.objects.filter(groups__name="Practitioners").order_by("pk").first()


@contextlib.contextmanager
def planted(tools: int = TOOLS):
    """The same for as long as the `with` lasts: nothing stays in the database. Gives the practitioner."""
    with transaction.atomic():
        yield plant(tools)
        transaction.set_rollback(True)


def queries(ask: Callable) -> list[str]:
    """What the database is asked while `ask` runs."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [query["sql"] for query in captured]


def forget_what_was_drawn() -> None:
    """Makes the next request cold: every part of a page is drawn anew."""
    caches["template_fragments"].clear()


def cold_and_warm(client, path: str) -> tuple[list[str], list[str]]:
    """What one page asks the database when its parts must be drawn, and when they are kept.

    A first request, not counted, lets the process read what it keeps for all pages, as it does when it starts.
    """

    def get() -> None:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    get()
    forget_what_was_drawn()
    return queries(get), queries(get)


def a_full_tool() -> ToolPage:
    """The first tool that has all a tool can have: three related tools, several languages, every section."""
    for tool in ToolPage.objects.in_use(timezone.localdate()).order_by("path"):
        if tool.related_tools.count() == 3 and tool.languages.count() > 1 and tool.prepare and tool.afterwards:
            return tool
    raise LookupError("No tool has all a tool can have: are there tools?")


def addresses() -> dict[str, str]:
    """What is measured, by name."""
    return {
        "tool page": a_full_tool().address,
        "tool index": "/toolkits/",
        "tool index, three filters": f"/toolkits/{FILTERS}",
        "home": "/",
        "practice item": "/practice/portsmouth/ps3/",
        "method": "/practice/methods/drawing/",
        "practice index": "/practice/",
        "practice model": "/practice/portsmouth/",
        "search": "/search/?q=school",
    }
