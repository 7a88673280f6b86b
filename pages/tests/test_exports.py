"""Lists to take along: whoever typed into them, no cell is ever a formula, and Excel reads the accents."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.log_actions import log

from pages.lists.exports import DANGEROUS, as_xlsx
from tests.builders import make_person, make_tool

FORMULA = '=HYPERLINK("https://elsewhere.example","Café\x0b")'


def lists(resolver, before: str = ""):
    """The name of every view in the CMS that can be taken along as a table and that needs no parameter."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{before}{entry.namespace}:" if entry.namespace else before
            yield from lists(entry, space)
        elif issubclass(getattr(entry.callback, "view_class", object), SpreadsheetExportMixin) and entry.name:
            yield f"{before}{entry.name}"


@pytest.fixture
def desk(hub, administrator, signed_in):
    administrator.is_superuser = True
    administrator.first_name, administrator.last_name = FORMULA, FORMULA
    administrator.save()
    tool = make_tool(FORMULA, steward=administrator)
    log(tool, "wagtail.edit", user=administrator)
    make_person("+44", team=None)
    Group.objects.create(name=FORMULA)
    return signed_in(administrator)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_list_of_the_cms_lets_a_cell_begin_a_formula(desk, kind):
    seen, met = set(), 0
    for name in set(lists(get_resolver())):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        response = desk.get(address, {"export": kind})
        if not response.get("Content-Disposition", "").startswith("attachment"):
            continue
        content = b"".join(response)
        seen.add(name)
        if kind == "csv":
            assert content.startswith(b"\xef\xbb\xbf"), name
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert not [cell for row in rows for cell in row if cell.startswith(DANGEROUS)], name
        else:
            book = openpyxl.load_workbook(io.BytesIO(content))
            rows = [[cell.value for cell in row] for row in book.active]
            assert not [cell for row in book.active for cell in row if cell.data_type == "f"], name
        met += any("HYPERLINK" in str(cell) for row in rows for cell in row)
    assert {"wagtailadmin_reports:site_history", "wagtailadmin_reports:aging_pages"} <= seen
    assert len(seen) > 10
    assert met >= 3, "the formula was in some of the lists"


def test_numbers_for_excel_are_numbers_in_our_lists_and_in_wagtails():
    row = [7, 1.5, Decimal("2.25"), True, "7", "-1", -3]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(["A"] * 7, [row]))).active
    assert [cell.value for cell in sheet[2]] == [7, 1.5, 2.25, "True", "7", "'-1", -3]
    assert [cell.data_type for cell in sheet[2]] == ["n", "n", "n", "s", "s", "s", "n"]
    assert SpreadsheetExportMixin().preprocess_field_value("times", 7, "xlsx") == 7
