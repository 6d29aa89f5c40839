"""Rosters as people make them in spreadsheets."""

import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from courses.people.models import User
from courses.sheets import FORMULA, Unreadable, records_of

MOST_ROWS = 500
LONGEST_NAME = 150
HEADINGS = {"email": "email", "e-mail": "email", "e-mail address": "email", "email address": "email", "name": "name"}


@dataclass(frozen=True)
class Row:
    """A person of the file. `number` is the row's in a spreadsheet; `problem` says why it cannot be taken."""

    number: int
    email: str
    name: str
    problem: str = ""


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
