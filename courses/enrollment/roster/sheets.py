"""Rosters as people make them in spreadsheets."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from courses.people.models import User
from courses.sheets import FORMULA

LARGEST_BYTES = 256 * 1024
MOST_ROWS = 500
LONGEST_NAME = 150
HEADINGS = {"email": "email", "e-mail": "email", "e-mail address": "email", "email address": "email", "name": "name"}


class Unreadable(Exception):
    """The file is no list of people; the message says where, and what to do."""


@dataclass(frozen=True)
class Row:
    """A person of the file. `number` is the row's in a spreadsheet; `problem` says why it cannot be taken."""

    number: int
    email: str
    name: str
    problem: str = ""


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


def rows_of(text: str) -> list[Row]:
    """The people of the file, each with what is wrong with the row by itself. Raises Unreadable."""
    records = records_of(text)
    _, header = next(records, (1, []))
    columns = {HEADINGS.get(heading.strip().lower()): place for place, heading in enumerate(header)}
    if "email" not in columns:
        raise Unreadable(
            "The first row must name the columns: email and name, with a comma, a semicolon or a tab between them."
        )
    rows: list[Row] = []
    first: dict[str, int] = {}
    for number, record in records:
        if len(rows) == MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS} people. Split it into several.")
        email, name = (_value(record, columns.get(column)) for column in ("email", "name"))
        row = Row(number, email.lower(), name)
        problem = _problem(row) or (f"it is in row {first[row.email]} already" if row.email in first else "")
        first.setdefault(row.email, number)
        rows.append(Row(number, row.email, name, problem))
    if not rows:
        raise Unreadable("The file names nobody below its first row. Write one person a row.")
    return rows


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


def _value(record: list[str], place: int | None) -> str:
    return record[place].strip(" ") if place is not None and place < len(record) else ""


def _problem(row: Row) -> str:
    for what, value in (("address", row.email), ("name", row.name)):
        if value.startswith(FORMULA):
            return f"the {what} begins with “{value[0]}”, as a formula does"
    if not row.email:
        return "it has no e-mail address"
    if len(row.name) > LONGEST_NAME:
        return f"the name has more than {LONGEST_NAME} characters"
    if any(unicodedata.category(character) == "Cc" for character in row.name):
        return "the name holds a line break or another control character"
    try:
        validate_email(row.email)
        User._meta.get_field("email").run_validators(row.email)
    except ValidationError:
        return f"“{row.email}” is no e-mail address"
    return ""
