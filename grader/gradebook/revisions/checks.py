"""The checks of an assignment, what students earned by them, and what other full marks would make of the scores."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.errors import ExerciseError
from grader.exercises import load
from grader.gradebook.book import Book
from grader.gradebook.records import ByCheck
from grader.gradebook.revisions.models import CheckRevision
from grader.submissions.models import Submission

Points = Mapping[str, Decimal]


@dataclass(frozen=True)
class CheckRow:
    """A check, and how many students earned all, some or none of its marks.

    known : whether the exercise as it is now has it; an older version may have graded.
    full : its own full marks; None where neither the exercise nor any result tells them.
    """

    name: str
    known: bool
    full: Decimal | None
    visibility: str
    revision: CheckRevision | None
    everything: int = 0
    some: int = 0
    nothing: int = 0

    @property
    def now(self) -> Decimal | None:
        """The full marks that it has in this assignment."""
        return self.revision.points if self.revision else self.full

    @property
    def visibility_in_words(self) -> str:
        words = {"public": "Students see it", "after_due": "Students see it once work is closed"}
        return words.get(self.visibility, "Hidden from students" if self.visibility else "")


def revisions_of(assignment: Assignment) -> dict[str, CheckRevision]:
    return {one.check_name: one for one in assignment.revisions.select_related("by")}


def checks_of(assignment: Assignment) -> list[CheckRow]:
    """In the exercise's order, then those that only older results or revisions name."""
    revisions, own, of_results = revisions_of(assignment), _own(assignment), {}
    earned: dict[str, Counter[str]] = {}
    for by_check in _counting(assignment):
        for name, marks, most, visibility in by_check:
            of_results[str(name)] = Decimal(str(most)), str(visibility)
            kind = "everything" if marks == most else "some" if marks else "nothing"
            earned.setdefault(str(name), Counter())[kind] += 1
    named = {**dict.fromkeys(own), **dict.fromkeys(of_results), **dict.fromkeys(revisions)}
    rows = []
    for name in named:
        full, visibility = own.get(name) or of_results.get(name) or (None, "")
        rows.append(CheckRow(name, name in own, full, visibility, revisions.get(name), **earned.get(name, Counter())))
    return rows


def _own(assignment: Assignment) -> dict[str, tuple[Decimal, str]]:
    """Full marks and visibility of the exercise's checks as they are now; none where its folder is gone."""
    try:
        checks = load(assignment.exercise.slug).checks
    except ExerciseError:
        return {}
    return {check.name: (Decimal(str(check.points)), str(check.visibility)) for check in checks}


def _counting(assignment: Assignment) -> list[ByCheck]:
    """Of each student with a score, the marks by check of the submission that counts."""
    book = Book.of(assignment.session)
    book.only = {assignment.pk}
    attempts = [score.attempt.submission for score in book.scores.values() if score.attempt]
    graded = Submission.objects.filter(pk__in=attempts, result__isnull=False)
    return list(graded.values_list("result__marks_by_check", flat=True))


class Difference(NamedTuple):
    """A student's score, in percent and in points of full marks, before and after; decided: staff set it, it stays."""

    student: User
    before: float | None
    after: float | None
    points_before: float | None
    points_after: float | None
    decided: bool

    @property
    def change(self) -> float | None:
        """In percent of full marks."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def changes(self) -> bool:
        return abs(self.change or 0) >= 0.005 or (self.before is None) != (self.after is None)


@dataclass(frozen=True)
class Comparison:
    """All students' scores before and after; full_before, full_after: the assignment's full marks."""

    rows: list[Difference]
    full_before: float
    full_after: float

    @property
    def changed(self) -> int:
        return sum(row.changes for row in self.rows)

    @property
    def higher(self) -> int:
        return sum(row.changes and (row.change or 0) > 0 for row in self.rows)

    @property
    def lower(self) -> int:
        return sum(row.changes and (row.change or 0) < 0 for row in self.rows)

    @property
    def mean_before(self) -> float | None:
        return _mean([row.before for row in self.rows])

    @property
    def mean_after(self) -> float | None:
        return _mean([row.after for row in self.rows])


def _mean(percents: list[float | None]) -> float | None:
    found = [one for one in percents if one is not None]
    return sum(found) / len(found) if found else None


def compared(assignment: Assignment, points: Points) -> Comparison:
    """What becomes of all scores where exactly these checks have other full marks. Nothing is saved."""
    before = Book.of(assignment.session)
    before.only = {assignment.pk}
    after = Book(before.session, before.students, now=before.now, only=before.only)
    after.records.revisions = {assignment.pk: {name: float(most) for name, most in points.items()}}
    rows = []
    for student in before.students:
        was, then = before.score(assignment, student), after.score(assignment, student)
        rows.append(
            Difference(
                student, was.percent, then.percent, before.points(assignment, student),
                after.points(assignment, student), was.decided is not None,
            )
        )  # fmt: skip
    return Comparison(rows, before.full(assignment), after.full(assignment))
