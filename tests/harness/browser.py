"""Chromium against a hub with the demo content, for tests marked `browser`.

    @pytest.mark.browser
    def test_the_home_page_greets_by_name(page_at, sign_in):
        page = page_at(width=360)
        sign_in(page, "practitioner@hub.example")
        page.goto("/")
        assert "Good" in page.inner_text("h1")
        assert axe(page) == []

Every page that `page_at` opens is watched: an error in a script, something the Content-Security-Policy blocked, a file
that is missing or a request to any other host fails the test.
"""

import io
import os
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection
from django.test import Client, override_settings

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"
NO_FAULT = ("Failed to load resource", "axe.run results")
PICTURES_OF_FAILURES = Path("test-results")
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"]
# Without these Chromium asks hosts of its own all the time, which a closed network refuses and a test must not need.
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run; it is Debian's, playwright downloads none."""
    playwright_api = pytest.importorskip("playwright.sync_api")
    path = os.environ.get("HUB_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.skip(f"Chromium is missing at {path}: apt-get install chromium, or set HUB_CHROMIUM")
    # Playwright runs an event loop in this thread, in which Django refuses its ORM; nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright_api.sync_playwright() as playwright:
        flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(playwright_api.Locator, "click", until_loaded(playwright_api.Locator.click))
            yield chromium
        chromium.close()


def until_loaded(click):
    """A click that leads to another page ends when all of that page is there.

    Playwright itself goes on at its first bytes, so that on a busy machine a test counts what has not yet come.
    """

    def click_until_loaded(locator, **how):
        click(locator, **how)
        locator.page.wait_for_load_state()

    return click_until_loaded


@dataclass
class Hub:
    """A served hub: its address, its database with nothing but the demo content, and a session of each demo person."""

    url: str
    as_loaded: sqlite3.Connection
    sessions: dict[str, str]


@pytest.fixture(scope="session")
def demo_hub(django_db_setup, django_db_blocker):
    """The hub with the demo content and the static files that production serves, from threads of this process."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "hub.storage.HubStaticFilesStorage"}}
    with django_db_blocker.unblock(), override_settings(STORAGES=storages, WHITENOISE_USE_FINDERS=False):
        for command in ("collectstatic", "setup_hub", "load_demo", "update_index"):
            options = {"interactive": False} if command == "collectstatic" else {}
            call_command(command, verbosity=0, stdout=io.StringIO(), **options)
        sessions = {person.email: session_of(person) for person in get_user_model().objects.all()}
        as_loaded = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(as_loaded)
        # Not pytest-django's live_server: that one hands out media without asking who wants them.
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
        server.set_app(WSGIHandler())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Hub(f"http://127.0.0.1:{server.server_port}", as_loaded, sessions)
        server.shutdown()
        server.server_close()


def session_of(person) -> str:
    """The key of a new session in which that person is signed in."""
    client = Client()
    client.force_login(person)
    return client.session.session_key


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def live_hub(demo_hub, django_db_blocker):
    """The served hub, with the demo content untouched by earlier tests. `live_hub.url` is its address.

    The test may read and change the same database through the ORM.
    """
    with django_db_blocker.unblock():
        yield demo_hub
        demo_hub.as_loaded.backup(connection.connection)
        for cache in caches.all(initialized_only=True):
            cache.clear()


@pytest.fixture
def page_at(browser, live_hub, request):
    """Opens a page of the browser: `page_at(width=360, dark=True)`. Addresses may be given without the host."""
    watched: list[Watched] = []

    def page_at(width: int = 1280, *, dark: bool = False, height: int = 800, javascript: bool = True, **more):
        context = browser.new_context(
            base_url=live_hub.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            **more,
        )
        context.set_default_timeout(15_000)
        watched.append(Watched(context.new_page(), live_hub.url))
        return watched[-1].page

    yield page_at
    if getattr(request.node, "went_wrong", False):
        PICTURES_OF_FAILURES.mkdir(exist_ok=True)
        for number, each in enumerate(watched):
            each.page.screenshot(path=PICTURES_OF_FAILURES / f"{request.node.name[:80]}-{number}.png")
    for each in watched:
        each.page.context.close()
    assert [complaint for each in watched for complaint in each.complaints] == []


class Watched:
    """Collects what a page does that no page of the hub may do."""

    def __init__(self, page, url: str):
        self.page, self.host, self.complaints, self.paused = page, urlsplit(url).netloc, [], False
        page.watched = self
        page.on("framenavigated", lambda frame: setattr(self, "paused", self.paused and frame != page.main_frame))
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.complaints.append(f"error in a script: {error}"))
        page.on("request", self.request)
        page.on("response", self.response)

    def console(self, message) -> None:
        # What Wagtail's checks find in a draft is for its editor. A file that is missing is told by `response` with its
        # address; a page that is meant to be missing is no fault.
        if message.type == "error" and not self.paused and not any(text in message.text for text in NO_FAULT):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != self.host:
            self.complaints.append(f"{self.page.url} asks another host: {request.url}")

    def response(self, response) -> None:
        # Wagtail saves what is being written every two seconds, and refuses so a form that is not yet complete.
        if response.status == 400 and response.request.method == "POST" and "/admin/pages/" in response.url:
            return
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{self.page.url}: {response.url} answered {response.status}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call" and report.failed:
        item.went_wrong = True
    return report


@pytest.fixture
def sign_in(live_hub):
    """Signs a person of the demo in: `sign_in(page, "editor@hub.example")`. With `by_form`, as a person does it."""

    def sign_in(page, email: str, password: str = settings.HUB_DEMO_PASSWORD, *, by_form: bool = False) -> None:
        if email in live_hub.sessions and not by_form:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": live_hub.sessions[email], "url": live_hub.url}
            page.context.add_cookies([cookie])
            return
        page.goto("/accounts/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/accounts/login/" not in url)

    return sign_in


def axe(page, within: str = "document") -> list[str]:
    """What axe finds wrong with the page as it shows now: rule, help, and the first places. Empty is good.

    `within` is a JavaScript expression or a CSS selector in quotes, for a part of the page.
    """
    # axe tries styles on the page, which the Content-Security-Policy rightly blocks: no complaint until the next page.
    page.watched.paused = True
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"() => axe.run({within}, {{resultTypes: ['violations']}})")
    return [
        f"{fault['id']}: {fault['help']} ({'; '.join(node['html'][:120] for node in fault['nodes'][:3])})"
        for fault in found["violations"]
    ]
