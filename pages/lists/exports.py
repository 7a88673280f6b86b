"""Lists to take along as CSV or Excel. No cell is ever a formula, whatever people are called."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheet programs take for the beginning of a formula, full-width signs too."""


def safe(value) -> str:
    """A cell as text: an apostrophe keeps a spreadsheet from computing what somebody is called."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def is_number(value) -> bool:
    """What a spreadsheet can add up. Yes and no are words."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def as_csv(head: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """With a mark in front that lets Excel read accents."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(head: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    sheet.append(list(head))
    for row in rows:
        sheet.append([cell if is_number(cell) else _writable(safe(cell)) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def guard_wagtails_lists() -> None:
    """Wagtail's own lists (reports, history, users, every list of rows in the CMS) keep to the same rule as ours.

    All of them write through one mixin, which lets a cell of a CSV begin a formula and stops at a sign that Excel's
    files cannot hold. It has no setting for either.
    """
    written, streamed = SpreadsheetExportMixin.preprocess_field_value, SpreadsheetExportMixin.stream_csv

    def as_text(self, field, value, export_format):
        cell = written(self, field, value, export_format)
        if not isinstance(cell, str):
            return cell
        return safe(cell) if export_format == self.FORMAT_CSV else _writable(cell)

    def with_mark(self, queryset):
        yield "\ufeff"
        yield from streamed(self, queryset)

    SpreadsheetExportMixin.preprocess_field_value, SpreadsheetExportMixin.stream_csv = as_text, with_mark


def _writable(cell: str) -> str:
    """Signs that XML cannot hold would stop the file from being written at all."""
    return "".join(sign for sign in cell if sign.isprintable() or sign == "\n")
