"""An address is written once, in `urls.py`: everything else asks for it by its name."""

import ast
import itertools
import re

from django.urls import Resolver404, resolve

from hub.tests.test_architecture import ROOT, modules

# What a part of an address may look like, as the converters of `urls.py` have it.
SAMPLES = ("00000000-0000-0000-0000-000000000007", "7", "some-words")
NO_LINKS = {
    ("hub.settings", "/admin/"): "A beginning of addresses, not one of them.",
    ("hub.settings", "/admin/login/"): "Settings are read before any name is known.",
    ("hub.settings", "/accounts/login/"): "Settings are read before any name is known.",
    ("pages.visibility.old_addresses", "/admin/"): "A beginning of addresses, not one of them.",
    ("search.management.commands.relevance", "/search/"): "A request that a command makes up.",
}
IN_TEMPLATES = re.compile(r'\b(?:href|action|src|formaction)="(/[^"?#]*)')


def has_a_name(parts: list[str | None]) -> bool:
    """Whether an address leads to a view by a name; None stands for a part that is filled in. Pages are no views."""
    holes = parts.count(None)
    for filled in itertools.product(SAMPLES, repeat=holes):
        values = iter(filled)
        try:
            match = resolve("".join(next(values) if part is None else part for part in parts))
        except Resolver404:
            continue
        if match.view_name and match.view_name != "wagtail_serve":
            return True
    return False


def written_out(source: str) -> list[str]:
    """Addresses in a piece of Python that a name leads to."""
    found, tree = [], ast.parse(source)
    inner = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            parts = [node.value]
        elif isinstance(node, ast.JoinedStr):
            parts = [value.value if isinstance(value, ast.Constant) else None for value in node.values]
        else:
            continue
        if (parts[:1] or [None])[0] and str(parts[0]).startswith("/") and has_a_name(_before_the_query(parts)):
            found.append("".join("{}" if part is None else part for part in parts))
    return found


def written_out_in_template(text: str) -> list[str]:
    found = []
    for address in IN_TEMPLATES.findall(text):
        parts = [None if part.startswith("{{") else part for part in re.split(r"(\{\{.*?\}\})", address) if part]
        if "{%" not in address and has_a_name(parts):
            found.append(address)
    return found


def _before_the_query(parts: list[str | None]) -> list[str | None]:
    head = []
    for part in parts:
        if part is not None and (at := re.search(r"[?#]", part)):
            return [*head, part[: at.start()]]
        head.append(part)
    return head


def test_python_asks_for_addresses_by_name():
    found = {(module, one) for module, text in modules().items() for one in written_out(text)}
    assert {one for one in found if not one[0].endswith("urls")} == set(NO_LINKS)


def test_a_template_asks_for_addresses_by_name():
    texts = {str(path.relative_to(ROOT)): path.read_text() for path in ROOT.glob("templates/**/*.html")}
    assert {path: found for path, text in texts.items() if (found := written_out_in_template(text))} == {}


def test_an_address_that_is_written_out_is_noticed():
    assert written_out('link = "/me/bookings/?said=x"') == ["/me/bookings/?said=x"]
    assert written_out('link = f"/me/bookings/{booking.key}/#top"') == ["/me/bookings/{}/#top"]
    assert written_out('link = "/practice/strengths/"') == []
    assert written_out_in_template('<a href="/me/bookings/{{ one.key }}/?x=1">') == ["/me/bookings/{{ one.key }}/"]
