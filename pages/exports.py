"""Lists to take along as CSV or Excel. No cell is ever a formula, whatever people are called."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheet programs take for the beginning of a formula, full-width signs too."""


def safe(value) -> str:
    """A cell as text: an apostrophe keeps a spreadsheet from computing what somebody is called."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


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
        # Signs that XML cannot hold would stop the file from being written at all.
        sheet.append(["".join(sign for sign in safe(cell) if sign.isprintable() or sign == "\n") for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
