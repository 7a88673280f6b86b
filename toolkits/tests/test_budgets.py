"""What tools may cost, with 2,000 of them: how often the database is asked, and how much goes over the wire."""

import gzip
import re
from pathlib import Path

import pytest

from bench import ground
from hub.storage import inlined

pytestmark = pytest.mark.django_db

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
KB = 1000


@pytest.fixture(scope="module")
def reader(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), ground.planted() as reader:
        yield reader


def test_a_tool_page(reader, signed_in):
    cold, warm = ground.cold_and_warm(signed_in(reader), ground.a_full_tool().address)
    assert len(cold) <= 14, cold
    assert len(warm) <= 8, warm


def test_a_tool_in_print(reader, signed_in):
    cold, _ = ground.cold_and_warm(signed_in(reader), f"{ground.a_full_tool().address}print/")
    assert len(cold) <= 14, cold


@pytest.mark.parametrize(
    "query", ["", ground.FILTERS, "?sort=newest&page=30", "?q=school", "?age=7&minutes=1&need=safety"]
)
def test_the_tool_index(reader, signed_in, query):
    cold, warm = ground.cold_and_warm(signed_in(reader), f"/toolkits/{query}")
    assert len(cold) <= 16, cold
    assert len(warm) <= 8, warm


def test_three_filters_leave_more_than_one_page_of_tools(reader, signed_in):
    assert signed_in(reader).get(f"/toolkits/{ground.FILTERS}").context["browse"].pages.total_pages > 1


# Size. The wire itself is measured with a browser in tests/test_make_run.py; here is what it adds up from.


def whole_style_sheet() -> str:
    """The style sheet as it is served: one file."""
    return inlined((STATIC / "css/hub.css").read_text(), lambda address: (STATIC / "css" / address).read_text())


def compressed(content: bytes | str) -> int:
    return len(gzip.compress(content.encode() if isinstance(content, str) else content, 9))


def test_the_style_sheet_is_small_before_it_is_compressed():
    assert "@import" not in whole_style_sheet()
    assert len(whole_style_sheet().encode()) <= 30 * KB


def test_a_tool_page_and_all_it_asks_for_is_light(reader, signed_in):
    html = signed_in(reader).get(ground.a_full_tool().address).content
    asked_for = {match.decode() for match in re.findall(rb'(?:href|src)="/static/([^"#?]+)', html)}
    assert {"css/hub.css", "icons.svg", "js/hub.js"} <= asked_for
    sizes = {"the page": compressed(html), "css/hub.css": compressed(whole_style_sheet())}
    for name in asked_for - {"css/hub.css"}:
        content = (STATIC / name).read_bytes()
        # Fonts are compressed already.
        sizes[name] = len(content) if name.endswith(".woff2") else compressed(content)
    without_fonts = sum(size for name, size in sizes.items() if not name.endswith(".woff2"))
    assert without_fonts <= 40 * KB, sizes
    assert sum(sizes.values()) <= 150 * KB, sizes
    assert len(sizes) <= 8, sizes
