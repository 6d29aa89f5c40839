"""A session's book of scores, made anew from what was handed in and decided: nothing of it is kept elsewhere."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from courses.enrollment.models import Enrollment
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.assignments.lateness import LateRule
from grader.gradebook.models import Scheme
from grader.gradebook.records import Cell, Records
from grader.gradebook.scores import NO_RUBRIC, Attempt, Decided, Rubric, Score, State, Total, revised, score, total
from grader.submissions.models import Result

# What staff decided about a cell on which they never did.
NOTHING: tuple[int, Decided | None] = (0, None)


@dataclass
class Book:
    """The scores of some students in a session; each question to the database is asked once for all of them.

    for_student : as students may see them, without what is hidden or not posted yet.
    left : by the key of a student who has left the session, when; the score is what it was then.
    results : by submission, a result to take instead of the one that it has, to see what that changes.
    only : of these assignments, by their keys; None: of all.
    """

    session: Session
    students: list[User]
    for_student: bool = False
    now: datetime.datetime = field(default_factory=timezone.now)
    left: dict[int, datetime.datetime] = field(default_factory=dict)
    results: Mapping[int, Result] = field(default_factory=dict)
    only: set[int] | None = None

    @classmethod
    def of(cls, session: Session, *, for_student: bool = False, with_left: bool = False) -> "Book":
        """Of all who have a seat in the session, by name; on demand of those who have left it, too."""
        seats = Enrollment.objects.filter(session=session) if with_left else Enrollment.objects.active()
        found = list(seats.filter(session=session).select_related("user").order_by("user__name", "user__email"))
        left = {seat.user_id: seat.withdrawn_at for seat in found if seat.withdrawn_at is not None}
        return cls(session, [seat.user for seat in found], for_student=for_student, left=left)

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Those of the session, as they are due; to students those that have opened."""
        found = Assignment.objects.opened(self.now) if self.for_student else Assignment.objects.current()
        found = found.filter(session=self.session).select_related("exercise__lecture")
        if self.only is not None:
            found = found.filter(pk__in=self.only)
        return list(found.defer("exercise__statement", "exercise__starter", "exercise__lecture__body"))

    @cached_property
    def scheme(self) -> Scheme:
        return Scheme.objects.filter(session=self.session).first() or Scheme(session=self.session)

    @cached_property
    def records(self) -> Records:
        return Records(self.session, self.assignments, self.students, self.results)

    @cached_property
    def scores(self) -> dict[Cell, Score]:
        """By assignment and student."""
        found: dict[Cell, Score] = {}
        for assignment in self.assignments:
            column = {
                (assignment.pk, student): self._score(assignment, student) for student in self.records.student_keys
            }
            hidden = self.for_student and not assignment.is_posted
            found |= {cell: _unposted(score) for cell, score in column.items()} if hidden else column
        return found

    def score(self, assignment: Assignment, student: User) -> Score:
        return self.scores[assignment.pk, student.pk]

    def total(self, student: User) -> Total:
        """The student's running total."""
        rows = [(one.pk, self.scores[one.pk, student.pk], float(one.weight)) for one in self.assignments]
        return total(rows, self.scheme.drop_lowest)

    def points(self, assignment: Assignment, student: User) -> float | None:
        """The score in points of the assignment's full marks, which may have been others when it was graded."""
        percent = self.scores[assignment.pk, student.pk].percent
        return None if percent is None else round(percent * self.full(assignment) / 100, 2)

    def full(self, assignment: Assignment) -> float:
        """The assignment's full marks."""
        return self._full[assignment.pk] + float(sum(self.records.criteria.get(assignment.pk, {}).values()))

    def rule(self, assignment: Assignment, student: int) -> LateRule:
        """The student's own, with their extension."""
        rule, extension = self._rules[assignment.pk], self.records.extensions.get((assignment.pk, student))
        return rule.extended(extension.due_at) if extension else rule

    def seen(self, cell: Cell) -> int:
        """The key of the latest override of a cell, 0 where staff never decided on it: what who looks has seen."""
        return self.records.decisions.get(cell, NOTHING)[0]

    def hides_checks(self, assignment: Assignment, student: int) -> bool:
        """Whether the student's scores for it are without hidden checks as yet."""
        return self.for_student and (student, assignment.exercise_id) not in self.records.closed

    def attempts(self, assignment: Assignment, student: int) -> list[Attempt]:
        """What the student handed in for it since it opened; who moved here brings earlier work along."""
        open_only = self.hides_checks(assignment, student)
        records = self.records.submitted_openly if open_only else self.records.submitted
        found = records.get((assignment.exercise_id, student))
        if not found:
            return []
        if assignment.opens_at is not None and student not in self.records.moved:
            found = [one for one in found if one.handed_in >= assignment.opens_at]
        if student in self.left:
            found = [one for one in found if one.handed_in <= self.left[student]]
        if points := self.records.revisions.get(assignment.pk):
            return [self._revised(one, points, open_only) for one in found]
        return found

    def _revised(self, attempt: Attempt, points: Mapping[str, float], open_only: bool) -> Attempt:
        """As it counts where checks have other full marks."""
        if (by_check := self.records.by_check.get(attempt.submission)) is None:
            return attempt
        return Attempt(attempt.submission, attempt.handed_in, *revised(by_check, points, open_only=open_only))

    def rubric(self, cell: Cell) -> Rubric:
        """What people gave the student by the assignment's criteria."""
        criteria = self.records.criteria.get(cell[0])
        if not criteria:
            return NO_RUBRIC
        given = self.records.marks.get(cell, {})
        return Rubric(
            earned=float(sum((min(given[pk], most) for pk, most in criteria.items() if pk in given), Decimal(0))),
            full=float(sum(criteria.values())),
            complete=given.keys() >= criteria.keys(),
        )

    def _score(self, assignment: Assignment, student: int) -> Score:
        cell = assignment.pk, student
        return score(
            self.attempts(assignment, student),
            self.rule(assignment, student),
            now=self.left.get(student, self.now),
            limit=assignment.attempts,
            last=assignment.counted == Assignment.Counted.LAST,
            full=self._full[cell[0]],
            rubric=self.rubric(cell),
            decided=self.records.decisions.get(cell, NOTHING)[1],
        )

    @cached_property
    def _rules(self) -> dict[int, LateRule]:
        return {assignment.pk: assignment.late_rule for assignment in self.assignments}

    @cached_property
    def _full(self) -> dict[int, float]:
        """By assignment, full marks of its checks, for where nothing was handed in."""
        full = {one.pk: one.exercise.points for one in self.assignments}
        for one in self.assignments:
            points, checks = self.records.revisions.get(one.pk), self.records.checks.get(one.exercise_id)
            if points and checks:
                full[one.pk] = revised(checks, points, open_only=False)[1]
        return full


def _unposted(found: Score) -> Score:
    """What a student sees of it before it is posted: whether anything was handed in."""
    if found.state in (State.OPEN, State.MISSING) and found.decided is None and not found.rubric.earned:
        return Score(found.state, found.full)
    return Score(State.UNPOSTED, found.full, used=found.used)
