"""`make run` as a person meets it: with nothing there yet, a second time, with its port taken, stopped."""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.harness.mail import spare_port

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES, MOST_BYTES_WITHOUT_FONTS, MOST_REQUESTS = 150_000, 40_000, 8

pytestmark = pytest.mark.served


class Running:
    """One `make run`: what it printed so far, its address, and stopping it."""

    def __init__(self, data: Path, port: int):
        self.port, self.url = port, f"http://127.0.0.1:{port}"
        self.log = data.parent / f"log-{time.monotonic_ns()}"
        # A stranger's settings must not leak in from the tests.
        names = {"HUB_ENV", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
        environment = {name: value for name, value in os.environ.items() if name not in names}
        environment |= {"HUB_DATA": str(data), "PORT": str(port)}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "scripts/run.py"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text()

    def wait_until_it_serves(self) -> "Running":
        until = time.monotonic() + 300
        while "Ctrl-C stops it" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)
        return self

    def stop(self, number=signal.SIGINT) -> int:
        self.process.send_signal(number)
        try:
            return self.process.wait(timeout=30)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("hub") / "data"


@pytest.fixture(scope="module")
def hub(data):
    running = Running(data, spare_port()).wait_until_it_serves()
    yield running
    if running.process.poll() is None:
        running.stop(signal.SIGTERM)


def test_it_says_where_the_hub_is_and_how_to_sign_in(hub):
    assert hub.url in hub.said()
    assert "strength-to-strength" in hub.said()
    assert all(name in hub.said() for name in ("practitioner", "manager", "editor", "psw", "admin"))


def test_static_files_are_compressed_and_kept_by_the_browser(hub):
    page = urllib.request.urlopen(f"{hub.url}/accounts/login/").read().decode()
    sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
    request = urllib.request.Request(hub.url + sheet, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]


def test_nobody_sees_a_page_without_signing_in(hub):
    with urllib.request.urlopen(f"{hub.url}/toolkits/") as answer:
        assert "/accounts/login/" in answer.url


def test_slow_phones_sending_forms_keep_nobody_waiting(hub):
    page = urllib.request.urlopen(f"{hub.url}/accounts/login/")
    cookie = page.headers["Set-Cookie"].split(";")[0]
    head = f"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nContent-Length: 4000\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n\r\ncsrfmiddlewaretoken=slow"
    with contextlib.ExitStack() as slow_phones:
        for _ in range(24):
            phone = slow_phones.enter_context(socket.create_connection(("127.0.0.1", hub.port)))
            phone.sendall(head.encode())
        time.sleep(1)
        for _ in range(10):
            assert urllib.request.urlopen(f"{hub.url}/accounts/login/", timeout=10).status == 200


@pytest.mark.parametrize("path", ["/", "/toolkits/", "/toolkits/when-a-child-does-not-want-to-talk/"])
def test_a_first_visit_is_light_and_nothing_moves(hub, browser, path):
    person = browser.new_context(base_url=hub.url)
    page = person.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "practitioner@hub.example")
    page.fill("input[name=password]", "strength-to-strength")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{hub.url}/")
    # The same person with an empty cache, as on a new phone.
    phone = browser.new_context(base_url=hub.url, storage_state=person.storage_state())
    page = phone.new_page()
    wire = phone.new_cdp_session(page)
    addresses, sizes = {}, {}
    wire.on("Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    wire.send("Network.enable")
    page.goto(path, wait_until="networkidle")
    moved = page.evaluate(
        """() => new Promise(done => {
            let moved = 0;
            new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value; }))
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(moved), 300);
        })"""
    )
    person.close()
    phone.close()
    table = {addresses[key].removeprefix(hub.url): int(size) for key, size in sizes.items()}
    assert len(table) <= MOST_REQUESTS, json.dumps(table, indent=1)
    assert sum(table.values()) <= MOST_BYTES, json.dumps(table, indent=1)
    without_fonts = sum(size for address, size in table.items() if not address.endswith(".woff2"))
    assert without_fonts <= MOST_BYTES_WITHOUT_FONTS, json.dumps(table, indent=1)
    assert round(moved, 2) == 0


def workers_of(running: Running) -> list[int]:
    """The processes that answer, below the server that `make run` began."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, rest = entry.read_text().split(" (", 1)
            parents[int(pid)] = int(rest.rpartition(") ")[2].split()[1])
    servers = [
        pid
        for pid, parent in parents.items()
        if parent == running.process.pid and b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    return [pid for pid, parent in parents.items() if parent in servers and is_worker(pid)]


def is_worker(pid: int) -> bool:
    return b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()


def test_it_goes_on_when_its_workers_die_again_within_seconds(hub):
    for _ in range(2):
        until = time.monotonic() + 30
        while len(workers := workers_of(hub)) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        time.sleep(1.5)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            assert urllib.request.urlopen(f"{hub.url}/healthz/ready", timeout=5).status == 200
            break
        time.sleep(0.2)
    else:
        pytest.fail(hub.said())
    assert hub.process.poll() is None


def test_a_port_that_is_taken_is_named_and_another_offered(hub, tmp_path):
    second = Running(tmp_path / "data", hub.port)
    assert second.process.wait(timeout=60) != 0
    assert f"Port {hub.port} cannot be used" in second.said()
    assert "make run PORT=" in second.said()
    assert "Traceback" not in second.said()


def test_ctrl_c_stops_everything_and_a_second_start_keeps_the_data_and_does_nothing_twice(hub, data):
    assert hub.stop(signal.SIGINT) == 0
    assert "Traceback" not in hub.said()
    with pytest.raises(ProcessLookupError):
        os.killpg(hub.process.pid, 0)
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{hub.url}/healthz/live", timeout=5)

    def rows():
        with contextlib.closing(sqlite3.connect(data / "hub.sqlite3")) as database:
            return database.execute("SELECT id, title FROM pages_hubpage ORDER BY id").fetchall()

    with contextlib.closing(sqlite3.connect(data / "hub.sqlite3")) as database, database:
        database.execute("UPDATE pages_hubpage SET title = 'Changed by an editor' WHERE depth = 2")
    before = rows()
    again = Running(data, spare_port()).wait_until_it_serves()
    assert [step for step in ("Installing", "migrations", "empty hub", "Compressing") if step in again.said()] == []
    assert again.stop(signal.SIGTERM) == 0
    assert rows() == before
