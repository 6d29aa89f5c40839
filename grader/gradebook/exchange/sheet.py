"""A CSV file of scores that comes back: what was edited in it, and what of that cannot be taken."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from courses.people.models import User
from courses.sheets import FORMULA, Unreadable, records_of
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.cells.deciding import Decision
from grader.gradebook.cells.typed import number, points_of
from grader.gradebook.exchange.export import EMAIL, NAME, STAMP, TOTAL, written

LARGEST_BYTES = 1024 * 1024
COLUMN = re.compile(r"\[(\d{1,18})\](?: \(of (\d+(?:[.,]\d+)?)\))?$")
STAMPED = re.compile(r"(\d{1,18}):(\d+(?:\.\d+)?)?")


@dataclass(frozen=True)
class Change:
    """An edited score. before : in points, None for none; after : None where the examiner's is to count again."""

    row: int
    decision: Decision
    before: float | None

    @property
    def after(self) -> Decimal | None:
        return self.decision.points


@dataclass(frozen=True)
class Problem:
    """What cannot be taken of the file, and why; row 1 holds the names of the columns."""

    row: int
    column: str
    reason: str


@dataclass
class Sheet:
    """What a file would change in a book."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0

    @property
    def token(self) -> str:
        """A mark of exactly these changes: who confirms them has seen them."""
        said = [(*one.decision.cell, one.before, str(one.after), one.decision.seen) for one in self.changes]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def read(text: str, book: Book) -> Sheet:
    """What was edited in the file, against what the book holds now. Raises Unreadable."""
    records = records_of(text)
    _, header = next(records, (1, []))
    reading = Reading(book, Sheet(), _plain(header))
    if EMAIL.lower() not in reading.places:
        raise Unreadable(
            f"The first row must name the columns, among them “{EMAIL}”. Begin with a file downloaded here."
        )
    rows = [(number, _plain(record)) for number, record in records]
    reading.look_up(
        [record[reading.places[EMAIL.lower()]] for _, record in rows if len(record) > reading.places[EMAIL.lower()]]
    )
    for row, record in rows:
        reading.take(row, record)
    reading.sheet.rows = len(rows)
    return reading.sheet


def _plain(record: Sequence[str]) -> list[str]:
    """The values without the apostrophe that keeps a spreadsheet from taking one for a formula."""
    values = [value.strip() for value in record]
    return [value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value for value in values]


@dataclass
class Reading:
    """A file on its way into changes."""

    book: Book
    sheet: Sheet
    header: list[str]
    columns: dict[int, Assignment] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    students: dict[str, User] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Which column is which; those of nothing that is known are left out, and said to be."""
        self.students = {student.email.lower(): student for student in self.book.students}
        assignments = {one.pk: one for one in self.book.assignments}
        for place, heading in enumerate(self.header):
            if heading.lower() in {one.lower() for one in (NAME, EMAIL, TOTAL, STAMP)}:
                self.places.setdefault(heading.lower(), place)
            elif heading:
                reason = self._assign(place, COLUMN.search(heading), assignments)
                if reason:
                    self.problem(1, heading, reason)

    def _assign(self, place: int, found: re.Match[str] | None, assignments: dict[int, Assignment]) -> str:
        """Take a column for an assignment's; why not, where it is none."""
        if found is None:
            return "This column is not known here, and is left out."
        assignment = assignments.get(int(found[1]))
        if assignment is None:
            return "There is no such assignment in this session; the column is left out."
        if assignment in self.columns.values():
            return "This assignment has a column already; the second one is left out."
        full = number(self.book.full(assignment))
        if found[2] and found[2].replace(",", ".") != full:
            return f"Full marks are {full} by now. Download the file anew; the column is left out."
        self.columns[place] = assignment
        return ""

    def look_up(self, addresses: Sequence[str]) -> None:
        """Of addresses of nobody in the session, which are other people's."""
        unknown = {address.lower() for address in addresses} - self.students.keys()
        self.elsewhere = frozenset(User.objects.filter(email__in=unknown).values_list("email", flat=True))

    def problem(self, row: int, column: str, reason: str) -> None:
        self.sheet.problems.append(Problem(row, column, reason))

    def take(self, row: int, record: list[str]) -> None:
        """A student's line."""
        email = self._value(record, EMAIL).lower()
        student = self.students.get(email)
        if student is None:
            self.problem(row, EMAIL, self._unknown(email))
        elif student.pk in self.seen:
            self.problem(row, EMAIL, f"{email} is in row {self.seen[student.pk]} already.")
        else:
            self.seen[student.pk] = row
            stamp = {int(key): points for key, points in STAMPED.findall(self._value(record, STAMP))}
            for place, assignment in self.columns.items():
                text = record[place] if place < len(record) else ""
                try:
                    self._compare(row, student, assignment, text, stamp.get(assignment.pk))
                except ValidationError as wrong:
                    self.problem(row, str(assignment), " ".join(wrong.messages))

    def _unknown(self, email: str) -> str:
        if not email:
            return "The row has no e-mail address."
        return (
            f"{email} has no seat in this session." if email in self.elsewhere else f"Nobody has the address {email}."
        )

    def _value(self, record: list[str], column: str) -> str:
        place = self.places.get(column.lower())
        return record[place] if place is not None and place < len(record) else ""

    def _compare(self, row: int, student: User, assignment: Assignment, text: str, downloaded: str | None) -> None:
        """Take a cell that was edited. Raises ValidationError where it cannot be taken."""
        before, after = self.book.points(assignment, student), points_of(text, self.book.full(assignment))
        said = written(None if after is None else float(after))
        if said == (written(before) if downloaded is None else downloaded) or said == written(before):
            return
        if downloaded is not None and downloaded != written(before):
            was, now = (f"{value} points" if value else "empty" for value in (downloaded, written(before)))
            raise ValidationError(
                f"It was {was} when the file was downloaded, and is {now} by now. Download the file anew."
            )
        if after is None and self.book.score(assignment, student).decided is None:
            raise ValidationError("The examiner’s score cannot be emptied. Write 0 where it is to be no marks.")
        seen = self.book.seen((assignment.pk, student.pk))
        self.sheet.changes.append(Change(row, Decision(assignment, student, after, seen), before))
