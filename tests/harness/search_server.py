"""A real Elasticsearch for tests marked `elasticsearch`, and for all tests the servers that let a search down.

@pytest.mark.elasticsearch
def test_a_tool_is_found(elasticsearch_url, index_prefix):
    Elasticsearch(elasticsearch_url).index(index=f"{index_prefix}tools", document={"title": "Three houses"})

def test_search_goes_on_while_the_server_hangs(black_hole):
    server = black_hole()
    ...  # with server.url as the address of the search server
    assert server.asked == 1
"""

import contextlib
import os
import socket
import threading
import uuid
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from elasticsearch import Elasticsearch


@pytest.fixture(scope="session")
def elasticsearch_url():
    """The address of an Elasticsearch. It may be somebody's own (ELASTICSEARCH_TEST_URL): see `index_prefix`."""
    if url := os.environ.get("HUB_TEST_ELASTICSEARCH"):
        return url
    return pytest.skip("No Elasticsearch: make test ES=1, or python3 scripts/test.py elasticsearch")


@pytest.fixture
def index_prefix(elasticsearch_url):
    """What the names of a test's indexes must begin with. They alone are removed when it ends."""
    prefix = f"hub-test-{uuid.uuid4().hex[:12]}-"
    yield prefix
    with Elasticsearch(elasticsearch_url) as client:
        # By name: a server refuses to delete by pattern.
        for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
            client.indices.delete(index=name)


@dataclass
class LetsDown:
    """A server that is of no help: its address, and how often it was connected to (black hole) or asked."""

    url: str
    asked: int = 0


@pytest.fixture
def closed_port():
    """`closed_port()`: an address at which every connection is refused at once."""
    with contextlib.ExitStack() as kept:

        def closed_port() -> LetsDown:
            # Taken but not listened at, so that nobody else can begin to.
            taken = kept.enter_context(socket.socket())
            taken.bind(("127.0.0.1", 0))
            return LetsDown(f"http://127.0.0.1:{taken.getsockname()[1]}")

        yield closed_port


@pytest.fixture
def black_hole():
    """`black_hole()`: a server that takes every connection and never says a word."""
    with contextlib.ExitStack() as kept:

        def black_hole() -> LetsDown:
            listener = socket.create_server(("127.0.0.1", 0))
            hole = LetsDown(f"http://127.0.0.1:{listener.getsockname()[1]}")
            swallowed: list[socket.socket] = []

            def swallow() -> None:
                with contextlib.suppress(OSError):  # the listener was shut
                    while True:
                        swallowed.append(listener.accept()[0])
                        hole.asked += 1

            thread = threading.Thread(target=swallow, daemon=True)
            thread.start()

            @kept.callback
            def stop() -> None:
                listener.shutdown(socket.SHUT_RDWR)
                thread.join()
                for each in [listener, *swallowed]:
                    each.close()

            return hole

        yield black_hole


@pytest.fixture
def erring_server():
    """`erring_server(500)`: a server that answers every request with this status, as an Elasticsearch in trouble does.

    `erring_server(429)`: too busy. `erring_server("garbage")`: 200, says JSON, and it is none.
    `erring_server("stranger")`: 200 and good JSON, but no Elasticsearch: what a wrong address leads to.
    """
    with contextlib.ExitStack() as kept:

        def erring_server(answer: int | str) -> LetsDown:
            server = ThreadingHTTPServer(("127.0.0.1", 0), Erring)
            server.answer, server.told = answer, LetsDown(f"http://127.0.0.1:{server.server_port}")
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
            thread.start()
            for step in (thread.join, server.server_close, server.shutdown):
                kept.callback(step)  # the last named is the first done
            return server.told

        yield erring_server


class Erring(BaseHTTPRequestHandler):
    """Answers whatever it is asked with what the server was told to answer."""

    protocol_version = "HTTP/1.1"
    timeout = 5

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.told.asked += 1
        answer = self.server.answer
        status = answer if isinstance(answer, int) else 200
        body = b'{"took": 3, "hits": {"to' if answer == "garbage" else b'{"error": {"reason": "a test says so"}}'
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if answer != "stranger":
            self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *args) -> None:
        pass
