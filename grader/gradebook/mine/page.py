"""A student's scores in a session, as the student sees them, and how the total is made of them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.assignments.lateness import LateRule
from grader.assignments.wording import rule_in_words
from grader.gradebook.book import Book
from grader.gradebook.models import Correction, Criterion, LineComment, Mark
from grader.gradebook.scores import Part, Score, State, Total
from grader.gradebook.words import account, lateness, points, total_in_words, which_count
from grader.submissions.models import Submission


@dataclass(frozen=True)
class Row:
    """An assignment with the student's part in it.

    hidden_checks : how many checks of the submission that counts are not open to the student yet.
    corrections : that the score was another one before, the latest first.
    rubric : each criterion with its mark, where there are any that the student may see. comments : on their code.
    """

    assignment: Assignment
    part: Part
    rule: LateRule
    account: Sequence[str]
    hidden_checks: int
    corrections: Sequence[Correction]
    rubric: Sequence[tuple[Criterion, Mark | None]]
    comments: int

    @property
    def score(self) -> Score:
        return self.part.score

    @property
    def said(self) -> str:
        """The score: “17 of 20 (85 %)”, or where it stands."""
        return points(self.score)

    @property
    def tone(self) -> str:
        """Which meaning it has, as a class of the theme."""
        if self.score.state == State.MISSING and self.score.decided is None:
            return "wrong"
        return "" if self.score.percent is not None else "faint"

    @property
    def may_ask(self) -> bool:
        """Whether the student may ask to look at the score again."""
        return self.score.attempt is not None and self.score.state == State.SCORED

    @property
    def late(self) -> str:
        return lateness(self.score)

    @property
    def rules(self) -> str:
        """Which submission counts, and what lateness costs."""
        return f"{which_count(self.assignment)} {rule_in_words(self.rule)}"


@dataclass
class Grades:
    """One student’s page of a session."""

    session: Session
    student: User
    left: datetime.datetime | None = None

    @cached_property
    def book(self) -> Book:
        """As it is for students; of who has left the session, as it was then."""
        left = {self.student.pk: self.left} if self.left else {}
        return Book(self.session, [self.student], for_student=True, left=left)

    @cached_property
    def total(self) -> Total:
        return self.book.total(self.student)

    @property
    def total_in_words(self) -> str:
        return total_in_words(self.total, self.book.scheme.drop_lowest)

    @property
    def has_moved(self) -> bool:
        """Whether work of a former session counts here."""
        return self.student.pk in self.book.records.moved

    @cached_property
    def rows(self) -> list[Row]:
        corrections: dict[int, list[Correction]] = {}
        for one in Correction.objects.filter(assignment__in=self.book.assignments, student=self.student).order_by(
            "-pk"
        ):
            corrections.setdefault(one.assignment_id, []).append(one)
        assignments = {one.pk: one for one in self.book.assignments}
        return [self._row(assignments[part.assignment], part, corrections) for part in self.total.parts]

    def _row(self, assignment: Assignment, part: Part, corrections: dict[int, list[Correction]]) -> Row:
        counting = part.score.attempt.submission if part.score.attempt else 0
        return Row(
            assignment=assignment,
            part=part,
            rule=self.book.rule(assignment, self.student.pk),
            account=list(account(self.book, assignment, self.student)),
            hidden_checks=self._hidden_checks(assignment, part.score),
            corrections=corrections.get(assignment.pk, []) if assignment.is_posted else [],
            rubric=self._rubrics.get(assignment.pk, []),
            comments=self._comments.get(counting, 0),
        )

    @property
    def _counting(self) -> list[int]:
        """The submissions that count, by their keys."""
        return [one.attempt.submission for one in self.book.scores.values() if one.attempt is not None]

    @cached_property
    def _comments(self) -> dict[int, int]:
        return LineComment.objects.posted().filter(submission__in=self._counting).number_by_submission()

    @cached_property
    def _rubrics(self) -> dict[int, list[tuple[Criterion, Mark | None]]]:
        """By assignment whose scores are posted."""
        posted = [one.pk for one in self.book.assignments if one.is_posted]
        given = Mark.objects.filter(criterion__assignment__in=posted, student=self.student).select_related("criterion")
        marks = {mark.criterion_id: mark for mark in given}
        rubrics: dict[int, list[tuple[Criterion, Mark | None]]] = {}
        for criterion in Criterion.objects.filter(assignment__in=posted):
            rubrics.setdefault(criterion.assignment_id, []).append((criterion, marks.get(criterion.pk)))
        return rubrics

    def _hidden_checks(self, assignment: Assignment, score: Score) -> int:
        if (
            score.attempt is None
            or score.decided is not None
            or not self.book.hides_checks(assignment, self.student.pk)
        ):
            return 0
        return self._hidden.get(score.attempt.submission, 0)

    @cached_property
    def _hidden(self) -> dict[int, int]:
        """By submission that counts, how many of its checks are not public."""
        found = Submission.objects.filter(pk__in=self._counting).values_list("pk", "result__marks_by_check")
        return {pk: sum(check[3] != "public" for check in checks or []) for pk, checks in found}
