"""Uploading figures as a table, of which every line is right or none is taken."""

import csv
import io

from django import forms

from insight.forms import FigureForm
from insight.models import FigureKind, SuppliedFigure

COLUMNS = ("figure", "number", "of", "date", "source")
MOST_LINES = 500
LARGEST = 200_000


class NotRight(Exception):
    """What is wrong with a table, line by line, in words."""

    def __init__(self, errors: list[str]):
        super().__init__(" ".join(errors))
        self.errors = errors


def read_table(content: bytes) -> list[SuppliedFigure]:
    """The figures of a CSV file with the columns figure, number, of, date (2026-11-02), source. Raises NotRight."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotRight(["This is not a CSV file in UTF-8. In Excel choose “CSV UTF-8” when you save."]) from error
    if "\x00" in text:
        raise NotRight(["This is not a CSV file. In Excel choose “CSV UTF-8” when you save."])
    try:
        rows = list(csv.DictReader(io.StringIO(text)))
    except csv.Error as error:
        raise NotRight(["This file cannot be read as a table. Save it anew as “CSV UTF-8”."]) from error
    _refuse_other_tables(rows)
    kinds = {kind.label.casefold(): kind for kind in FigureKind.objects.filter(active=True)}
    forms_of = {line: _form(row, kinds) for line, row in enumerate(rows, 2)}
    if errors := [words for line, form in forms_of.items() if (words := _wrong(line, form))]:
        raise NotRight(errors[:20])
    return [form.save(commit=False) for form in forms_of.values()]


def _refuse_other_tables(rows: list[dict]) -> None:
    if not rows:
        raise NotRight(["There is no line in this file below its head."])
    if missing := [name for name in COLUMNS if name not in rows[0]]:
        raise NotRight([f"The first line has to name the columns {', '.join(COLUMNS)}. Missing: {', '.join(missing)}."])
    if len(rows) > MOST_LINES:
        raise NotRight([f"At most {MOST_LINES} lines at once. This file has {len(rows)}."])


def _form(row: dict, kinds: dict[str, FigureKind]) -> FigureForm:
    """The line as if it had been typed into the form for one figure."""
    told = {name: (row[name] or "").strip() for name in COLUMNS}
    kind = kinds.get(told["figure"].casefold())
    typed = {"n": told["number"], "base": told["of"], "as_of": told["date"], "source": told["source"]}
    return FigureForm({"kind": kind.pk if kind else told["figure"] and "-1", **typed})


def _wrong(line: int, form: FigureForm) -> str:
    if form.is_valid():
        return ""
    return f"Line {line}: " + " ".join(error for errors in form.errors.values() for error in errors)


class TableForm(forms.Form):
    """A CSV file of figures."""

    table = forms.FileField(
        label="A table of figures (CSV)",
        help_text=f"Columns: {', '.join(COLUMNS)}. All lines are taken, or none.",
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )

    def clean_table(self) -> list[SuppliedFigure]:
        file = self.cleaned_data["table"]
        if file.size > LARGEST:
            raise forms.ValidationError("This file is too large for a table of figures. At most 200 kB.")
        try:
            return read_table(file.read())
        except NotRight as error:
            raise forms.ValidationError(error.errors) from error
