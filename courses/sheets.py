"""Tables as CSV files, which people open in spreadsheets, and files that they made there."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.http import HttpResponse

LARGEST_BYTES = 256 * 1024
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Spreadsheets of many countries part cells at semicolons, whatever stands around them.
PARTED = re.compile(r"""(?<=[;\t\r\n])(?=["\s]*[=+\-@])""")


class Unreadable(Exception):
    """The file is no table of the kind that is asked for; the message says where, and what to do."""


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


def text_of(data: bytes, largest: int = LARGEST_BYTES) -> str:
    """The file's text. Raises Unreadable where it has more than so many bytes, or is not UTF-8."""
    if len(data) > largest:
        raise Unreadable(f"The file has more than {largest // 1024} KiB. Split it into several.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"Line {line} of the file is not in UTF-8 (byte {data[error.start]:#04x}). "
            "In your spreadsheet choose Save as, then “CSV UTF-8”, and choose the new file."
        ) from None
    if "\0" in text:
        raise Unreadable(
            f"Line {text.count(chr(10), 0, text.index(chr(0))) + 1} of the file holds a zero byte, as UTF-16 does. "
            "In your spreadsheet choose Save as, then “CSV UTF-8”, and choose the new file."
        )
    return text


def records_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with their numbers; the delimiter is the one that the first row holds most of.

    Raises Unreadable, on the way, where quotes are wrong.
    """
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, 1):
            if any(value.strip() for value in record):
                yield number, record
    except csv.Error as error:
        raise Unreadable(f"Line {reader.line_num} of the file cannot be read ({error}). Mend its quotes.") from None
