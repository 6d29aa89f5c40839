"""All that a cell of the gradebook holds: how a student's score for an assignment came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.assignments.extension import Extension
from grader.assignments.lateness import LateRule
from grader.assignments.wording import rule_in_words
from grader.gradebook.book import Book
from grader.gradebook.cells.typed import number
from grader.gradebook.grid.rows import cell_html, signs_of, total_html
from grader.gradebook.models import Correction, Mark, Override
from grader.gradebook.scores import Attempt, Score
from grader.gradebook.words import account, counted, which_count


@dataclass(frozen=True)
class Tried:
    """A submission, and in words whether it counts."""

    attempt: Attempt
    fate: str
    counts: bool


@dataclass
class CellOf:
    """A student's score for an assignment, as staff see it; made of a book of this student alone."""

    book: Book
    assignment: Assignment
    student: User

    @property
    def key(self) -> tuple[int, int]:
        return self.assignment.pk, self.student.pk

    @property
    def score(self) -> Score:
        return self.book.score(self.assignment, self.student)

    @property
    def points(self) -> str:
        """As it is typed: 18.5; empty where there is none."""
        points = self.book.points(self.assignment, self.student)
        return "" if points is None else number(points)

    @property
    def full(self) -> float:
        return self.book.full(self.assignment)

    @property
    def seen(self) -> int:
        return self.book.seen(self.key)

    @property
    def rule(self) -> LateRule:
        return self.book.rule(self.assignment, self.student.pk)

    @property
    def late_words(self) -> str:
        """Which submission counts, and what lateness costs the student."""
        return f"{which_count(self.assignment)} {rule_in_words(self.rule)}"

    @property
    def extension(self) -> Extension | None:
        return self.book.records.extensions.get(self.key)

    @property
    def account(self) -> list[str]:
        return list(account(self.book, self.assignment, self.student))

    @property
    def tried(self) -> list[Tried]:
        """All submissions, the latest first."""
        attempts = self.book.attempts(self.assignment, self.student.pk)
        return [_tried(one, attempts, self.rule, self.assignment.attempts, self.score) for one in attempts][::-1]

    @cached_property
    def marks(self) -> Sequence[Mark]:
        """What people gave by the rubric."""
        found = Mark.objects.filter(criterion__assignment=self.assignment, student=self.student)
        return list(found.select_related("criterion", "by").order_by("criterion__position"))

    @cached_property
    def overrides(self) -> Sequence[Override]:
        """What staff decided, the latest first."""
        found = Override.objects.filter(assignment=self.assignment, student=self.student)
        return list(found.select_related("by").order_by("-pk"))

    @cached_property
    def corrections(self) -> Sequence[Correction]:
        """Changes of which the student was told, the latest first."""
        found = Correction.objects.filter(assignment=self.assignment, student=self.student)
        return list(found.select_related("by").order_by("-pk"))

    def shown(self) -> dict[str, object]:
        """The cell in the grid, for the script that shows it there in place of what it was."""
        total = self.book.total(self.student)
        dropped = {part.assignment for part in total.parts if part.dropped}
        signs = signs_of(self.book, self.key, self.key[0] in dropped)
        html = cell_html(self.book, self.key, self.full, signs)
        return {"html": html, "seen": self.seen, "points": self.points, "total": total_html(total)}


def _tried(one: Attempt, attempts: Sequence[Attempt], rule: LateRule, limit: int | None, score: Score) -> Tried:
    """Whether an attempt counts, and why not."""
    if score.attempt is not None and one.submission == score.attempt.submission:
        return Tried(one, "This one counts.", True)
    if not rule.counts(one.handed_in):
        return Tried(
            one,
            f"It came {counted('day', rule.days_late(one.handed_in))} late, when work did not count any more.",
            False,
        )
    place = [each.submission for each in attempts if rule.counts(each.handed_in)].index(one.submission)
    if limit is not None and place >= limit:
        return Tried(one, f"Only the first {limit} count.", False)
    if one.earned is None:
        return Tried(one, "It is being graded.", False)
    penalty = rule.penalty(one.handed_in)
    return Tried(
        one, f"Another one counts; this one is late, less {penalty} %." if penalty else "Another one counts.", False
    )
