"""Tables as CSV files, which people open in spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Spreadsheets of many countries part cells at semicolons, whatever stands around them.
PARTED = re.compile(r"""(?<=[;\t\r\n])(?=["\s]*[=+\-@])""")


def cell(value: object) -> str:
    """A value that a spreadsheet shows and never computes; a number stays one, below zero as well."""
    if isinstance(value, int | float | Decimal):
        return str(value)
    text = PARTED.sub("'", "" if value is None else str(value))
    return f"'{text}" if text.startswith(FORMULA) else text


def table(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def download(rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """The rows as a file NAME.csv."""
    file = HttpResponse(table(rows), content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return file
