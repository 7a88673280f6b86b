"""What every answer has whatever was asked: the health of the hub, the error pages, the headers, the style sheet."""

import pytest
from django.core.exceptions import BadRequest
from django.db import connection
from django.test import Client, RequestFactory

from hub import storage
from hub.middleware import SafeAddressMiddleware

pytestmark = pytest.mark.django_db


def test_the_hub_says_that_it_lives_without_asking_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get("/healthz/live")
    assert response.json() == {"status": "ok"}


def test_the_hub_is_ready_when_its_database_answers_and_says_so_when_it_does_not(monkeypatch):
    assert Client().get("/healthz/ready").json() == {"status": "ok", "database": "ok"}

    def broken():
        raise OSError("gone")

    monkeypatch.setattr(connection, "cursor", broken)
    response = Client().get("/healthz/ready")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"
    assert "gone" not in response.content.decode()


def test_search_engines_are_told_to_keep_out():
    response = Client().get("/robots.txt")
    assert "Disallow: /" in response.content.decode().splitlines()
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("address", "status", "reader"),
    [
        ("/nothing/", 404, True),
        ("/style-guide/", 403, True),
        ("/media/images/%00", 400, True),
        ("/nothing/", 302, False),
    ],
)
def test_an_error_is_said_in_our_own_look(practitioner, signed_in, address, status, reader):
    response = (signed_in(practitioner) if reader else Client()).get(address)
    assert response.status_code == status
    if status != 302:
        page = response.content.decode()
        assert page.count("<h1") == 1
        assert 'id="content"' in page
        assert "css/hub.css" in page
        assert "Traceback" not in page


def test_a_fault_of_ours_is_said_in_our_own_look_and_tells_nothing_about_it(practitioner, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("search.views.SearchResults", broken)
    client = Client(raise_request_exception=False)
    client.force_login(practitioner)
    response = client.get("/search/?q=x")
    page = response.content.decode()
    assert response.status_code == 500
    assert "a secret detail" not in page
    assert page.count("<h1") == 1


def test_a_nul_in_an_address_is_refused_before_any_view_sees_it():
    with pytest.raises(BadRequest):
        SafeAddressMiddleware(lambda request: None).process_view(RequestFactory().get("/x\x00/"), None, (), {})
    SafeAddressMiddleware(lambda request: None).process_view(RequestFactory().get("/x/"), None, (), {})


class TestOneStyleSheet:
    FILES = {"tokens.css": ":root{--a:1}", "base.css": "p{color:red}"}

    def test_imports_become_layers_in_their_order(self):
        css = '@import url("tokens.css") layer(tokens);\n@import url(base.css) layer(base);\nb{top:0}'
        whole = storage.inlined(css, self.FILES.__getitem__)
        assert "@import" not in whole
        assert (
            whole.index("@layer tokens") < whole.index("--a:1") < whole.index("@layer base") < whole.index("b{top:0}")
        )

    def test_an_import_without_a_layer_stands_as_it_is(self):
        assert storage.inlined("@import url('base.css');", self.FILES.__getitem__) == "p{color:red}"

    def test_a_file_that_is_missing_stops_the_build(self):
        with pytest.raises(KeyError):
            storage.inlined('@import url("gone.css");', self.FILES.__getitem__)


def test_the_style_guide_shows_every_sample_to_who_builds_pages(editor, signed_in):
    response = signed_in(editor).get("/style-guide/")
    assert response.status_code == 200
    assert len(response.context["samples"]) > 20
    assert all(example["html"].strip() for sample in response.context["samples"] for example in sample["examples"])
