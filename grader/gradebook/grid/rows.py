"""The grid of a session's scores: students by assignments, written here cell by cell, since templates take too long."""

import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString

from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.cells.typed import number
from grader.gradebook.records import Cell
from grader.gradebook.scores import Score, State, Total


class Sign(TextChoices):
    """What a cell of the grid says beside its number, in the order in which people look for it."""

    MISSING = "missing", "missing"
    LATE = "late", "late"
    WAITING = "waiting", "being graded"
    UNMARKED = "unmarked", "unmarked"
    OVERRIDDEN = "overridden", "set by staff"
    EXTENDED = "extended", "extended"
    CORRECTED = "corrected", "changed"
    DROPPED = "dropped", "dropped"


LOOKS = {
    Sign.MISSING: ("✗", "wrong"),
    Sign.LATE: ("◷", "partly"),
    Sign.WAITING: ("…", "faint"),
    Sign.UNMARKED: ("◐", "partly"),
    Sign.OVERRIDDEN: ("✎", "ours"),
    Sign.EXTENDED: ("+", "faint"),
    Sign.CORRECTED: ("↻", "partly"),
    Sign.DROPPED: ("↓", "faint"),
}
OF_STATE = {State.MISSING: Sign.MISSING, State.WAITING: Sign.WAITING, State.UNMARKED: Sign.UNMARKED}


@dataclass(frozen=True)
class Row:
    """A student's line: the totals, and what their cells say."""

    student: User
    total: Total
    signs: dict[int, list[Sign]]


@dataclass
class Grid:
    """What the page shows of a book: found by words and by what cells say, in an order.

    sort : "name", "total", or "a" with an assignment's key; a minus before it turns it around.
    """

    book: Book
    words: str = ""
    sign: str = ""
    sort: str = "name"

    @property
    def assignments(self) -> list[Assignment]:
        return self.book.assignments

    @property
    def people(self) -> list[User]:
        """Those whom the words find, by name."""
        words = self.words.casefold().split()
        return [
            one for one in self.book.students if all(word in f"{one.name} {one.email}".casefold() for word in words)
        ]

    @cached_property
    def rows(self) -> list[Row]:
        rows = [self._row(student) for student in self.people]
        if self.sign:
            rows = [row for row in rows if any(self.sign in signs for signs in row.signs.values())]
        return self._sorted(rows)

    def _row(self, student: User) -> Row:
        total, key = self.book.total(student), student.pk
        signs = {part.assignment: signs_of(self.book, (part.assignment, key), part.dropped) for part in total.parts}
        return Row(student, total, signs)

    def _sorted(self, rows: list[Row]) -> list[Row]:
        """By name as they come; by a number the rows without one stay last."""
        key, turned = self.sort.lstrip("-"), self.sort.startswith("-")
        if key == "name":
            return rows[::-1] if turned else rows
        values = {row.student.pk: self._value(row, key) for row in rows}
        known = [row for row in rows if values[row.student.pk] is not None]
        known.sort(key=lambda row: values[row.student.pk] or 0.0, reverse=turned)
        return known + [row for row in rows if values[row.student.pk] is None]

    def _value(self, row: Row, key: str) -> float | None:
        if key == "total":
            return row.total.percent
        score = self.book.scores.get((int(key[1:]), row.student.pk))
        return score.percent if score else None

    @property
    def columns(self) -> list[tuple[str, Assignment, float, str]]:
        """By assignment: what rows are sorted by, full marks, and the day on which it is due."""
        zone = zoneinfo.ZoneInfo(self.book.session.time_zone)
        return [
            (
                f"a{one.pk}",
                one,
                self.book.full(one),
                date_format(one.due_at.astimezone(zone), "M j") if one.due_at else "",
            )
            for one in self.assignments
        ]

    @property
    def sorts(self) -> list[str]:
        """By what rows can be sorted."""
        return ["name", "total", *(f"a{one.pk}" for one in self.assignments)]

    def html(self) -> SafeString:
        """All rows of the table's body."""
        return SafeString("".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        columns = [(one.pk, self.book.full(one)) for one in self.assignments]
        for row in self.rows:
            key = row.student.pk
            left = "<small>left</small>" if key in self.book.left else ""
            yield (
                f'<tr data-student="{key}"><th scope="row"><a href="students/{key}/">'
                f"{escape(row.student)}</a>{left}</th><td>{total_html(row.total)}</td>"
            )
            for assignment, full in columns:
                yield f"<td>{cell_html(self.book, (assignment, key), full, row.signs[assignment])}</td>"
            yield "</tr>"


def signs_of(book: Book, cell: Cell, dropped: bool) -> list[Sign]:
    """What a cell says beside its number."""
    score = book.scores[cell]
    signs = []
    if score.decided is not None:
        signs.append(Sign.OVERRIDDEN)
    elif score.state in OF_STATE:
        signs.append(OF_STATE[score.state])
    if score.days_late and score.decided is None:
        signs.append(Sign.LATE)
    if cell in book.records.extensions:
        signs.append(Sign.EXTENDED)
    if cell in book.records.corrected:
        signs.append(Sign.CORRECTED)
    if dropped:
        signs.append(Sign.DROPPED)
    return signs


def cell_html(book: Book, cell: Cell, full: float, signs: list[Sign]) -> str:
    """A cell's inside: a way to its own page, which says its number and its signs in words."""
    score = book.scores[cell]
    value, pk = score.percent, book.seen(cell)
    said = "–" if value is None else number(value * full / 100)
    seen = f' data-seen="{pk}"' if pk else ""
    marks = "".join([sign_html(sign, score) for sign in signs])
    return f'<a href="{cell[0]}/{cell[1]}/"{seen}>{said}{marks}</a>'


def sign_html(sign: Sign, score: Score) -> str:
    icon, tone = LOOKS[sign]
    word = f"{score.days_late} d late" if sign == Sign.LATE else sign.label
    return f'<small class="{tone}">{icon} {word}</small>'


def total_html(total: Total) -> str:
    """A student's total, as the grid shows it."""
    return "–" if total.percent is None else f"{total.percent:.1f} %"
