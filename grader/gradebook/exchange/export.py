"""A session's scores as a CSV file that can be edited and come back."""

from collections.abc import Iterator

from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.cells.typed import number

NAME, EMAIL, TOTAL, STAMP = "Name", "E-mail", "Total (%)", "As downloaded (leave as it is)"
# So that no spreadsheet takes what follows for a time of day.
STAMPED = "scores"


def lines(book: Book) -> Iterator[list[object]]:
    """A heading, then a line for each student: scores in points, empty where there is none, the total in percent."""
    yield [NAME, EMAIL, *(heading(one, book.full(one)) for one in book.assignments), TOTAL, STAMP]
    for student in book.students:
        scores = {one.pk: book.points(one, student) for one in book.assignments}
        total = book.total(student).percent
        points = [written(value) for value in scores.values()]
        yield [student.name, student.email, *points, "" if total is None else f"{total:.1f}", stamp(scores)]


def heading(assignment: Assignment, full: float) -> str:
    """An assignment's column, by whose key it is known again: “Backpropagation [12] (of 20)”."""
    return f"{assignment} [{assignment.pk}] (of {number(full)})"


def written(points: float | None) -> str:
    return "" if points is None else number(points)


def stamp(scores: dict[int, float | None]) -> str:
    """What the scores of a line were, so that a file that comes back shows what was edited in it."""
    return " ".join([STAMPED, *(f"{key}:{written(points)}" for key, points in scores.items())])
