"""A session's book of scores, made anew from what was handed in and decided: nothing of it is kept elsewhere."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from courses.enrollment.access import closed_work
from courses.enrollment.models import Enrollment
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment, Extension
from grader.assignments.lateness import LateRule
from grader.gradebook.models import CheckRevision, Criterion, Mark, Override, Scheme
from grader.gradebook.scores import (
    NO_RUBRIC,
    Attempt,
    Decided,
    Rubric,
    Score,
    State,
    Total,
    revised,
    score,
    total,
)
from grader.submissions.models import Submission

Cell = tuple[int, int]  # an assignment and a student, by their keys


@dataclass
class Book:
    """The scores of some students in a session; each question to the database is asked once for all of them.

    for_student : as students may see them, without what is hidden or not posted yet.
    """

    session: Session
    students: list[User]
    for_student: bool = False
    now: datetime.datetime = field(default_factory=timezone.now)

    @classmethod
    def of(cls, session: Session) -> "Book":
        """Of all who have a seat in the session, by name."""
        seats = Enrollment.objects.active().filter(session=session).select_related("user")
        people = [seat.user for seat in seats.order_by("user__name", "user__email")]
        return cls(session, people)

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Those of the session, as they are due; to students those that have opened."""
        found = Assignment.objects.opened(self.now) if self.for_student else Assignment.objects.current()
        found = found.filter(session=self.session).select_related("exercise__lecture")
        return list(found.defer("exercise__statement", "exercise__starter", "exercise__lecture__body"))

    @cached_property
    def scheme(self) -> Scheme:
        return Scheme.objects.filter(session=self.session).first() or Scheme(session=self.session)

    @cached_property
    def scores(self) -> dict[Cell, Score]:
        """By assignment and student."""
        return {
            (assignment.pk, student.pk): self._score(assignment, student)
            for assignment in self.assignments
            for student in self.students
        }

    def score(self, assignment: Assignment, student: User) -> Score:
        return self.scores[assignment.pk, student.pk]

    def total(self, student: User) -> Total:
        """The student's running total."""
        rows = [(one.pk, self.scores[one.pk, student.pk], float(one.weight)) for one in self.assignments]
        return total(rows, self.scheme.drop_lowest)

    def rule(self, assignment: Assignment, student: User) -> LateRule:
        """The student's own, with their extension."""
        return assignment.late_rule_of(self.extensions.get((assignment.pk, student.pk)))

    def _score(self, assignment: Assignment, student: User) -> Score:
        cell = assignment.pk, student.pk
        found = score(
            self._attempts(assignment, student),
            self.rule(assignment, student),
            now=self.now,
            limit=assignment.attempts,
            last=assignment.counted == Assignment.Counted.LAST,
            full=self._full_marks(assignment),
            rubric=self._rubric(cell),
            decided=self._decided.get(cell),
        )
        if self.for_student and not assignment.is_posted and found.state not in (State.OPEN, State.MISSING):
            return Score(State.UNPOSTED, found.full, used=found.used)
        return found

    def _attempts(self, assignment: Assignment, student: User) -> list[Attempt]:
        """What the student handed in for it since it opened; who moved here brings earlier work along."""
        found = self._submitted.get((assignment.exercise_id, student.pk), [])
        opens_at = None if student.pk in self._moved else assignment.opens_at
        points = self._revisions.get(assignment.pk, {})
        open_only = self.for_student and (student.pk, assignment.exercise.lecture_id) not in self._closed
        return [one.attempt(points, open_only) for one in found if opens_at is None or one.handed_in >= opens_at]

    def _full_marks(self, assignment: Assignment) -> float:
        """Of the exercise, for where nothing was handed in."""
        return assignment.exercise.points

    def _rubric(self, cell: Cell) -> Rubric:
        """What people gave the student by the assignment's criteria."""
        criteria = self._criteria.get(cell[0])
        if not criteria:
            return NO_RUBRIC
        given = self._marks.get(cell, {})
        return Rubric(
            earned=float(sum((min(given[pk], most) for pk, most in criteria.items() if pk in given), Decimal(0))),
            full=float(sum(criteria.values())),
            complete=given.keys() >= criteria.keys(),
        )

    # --- what the database is asked, once each --------------------------------------------------------

    @cached_property
    def _keys(self) -> list[int]:
        return [student.pk for student in self.students]

    @cached_property
    def extensions(self) -> dict[Cell, Extension]:
        found = Extension.objects.filter(assignment__in=self.assignments, student__in=self._keys)
        return {(one.assignment_id, one.student_id): one for one in found}

    @cached_property
    def _decided(self) -> dict[Cell, Decided]:
        """The latest override of each cell that has one."""
        found = Override.objects.filter(assignment__in=self.assignments, student__in=self._keys).order_by("pk")
        rows = found.values_list("assignment", "student", "pk", "points", "of")
        latest = {(assignment, student): (pk, points, of) for assignment, student, pk, points, of in rows}
        return {cell: Decided(pk, float(p), float(of)) for cell, (pk, p, of) in latest.items() if p is not None}

    @cached_property
    def _submitted(self) -> dict[Cell, list["Row"]]:
        """By exercise and student, in the order of handing in; what failed by our fault costs no attempt."""
        found = Submission.objects.filter(
            student__in=self._keys, exercise__in={one.exercise_id for one in self.assignments}
        ).exclude(status__in=[Submission.Status.CANCELED, Submission.Status.FAILED])
        columns = ["exercise", "student", "pk", "queued_at", "result__score", "result__max_score"]
        columns += ["result__open_score", "result__open_max_score"]
        revised_ones = {one.exercise_id for one in self.assignments if one.pk in self._revisions}
        by_check = (
            dict(found.filter(exercise__in=revised_ones).values_list("pk", "result__marks_by_check"))
            if revised_ones
            else {}
        )
        rows = defaultdict(list)
        for exercise, student, pk, *values in found.order_by("queued_at", "pk").values_list(*columns):
            rows[exercise, student].append(Row(pk, *values, by_check.get(pk)))
        return rows

    @cached_property
    def _revisions(self) -> dict[int, dict[str, float]]:
        """By assignment, the checks that have other full marks."""
        revisions: dict[int, dict[str, float]] = defaultdict(dict)
        for one in CheckRevision.objects.filter(assignment__in=self.assignments):
            revisions[one.assignment_id][one.check_name] = float(one.points)
        return revisions

    @cached_property
    def _criteria(self) -> dict[int, dict[int, Decimal]]:
        """By assignment, the points of each criterion."""
        criteria: dict[int, dict[int, Decimal]] = defaultdict(dict)
        for one in Criterion.objects.filter(assignment__in=self.assignments):
            criteria[one.assignment_id][one.pk] = one.points
        return criteria

    @cached_property
    def _marks(self) -> dict[Cell, dict[int, Decimal]]:
        """By assignment and student, what was given by each criterion."""
        marks: dict[Cell, dict[int, Decimal]] = defaultdict(dict)
        found = Mark.objects.filter(criterion__assignment__in=self.assignments, student__in=self._keys)
        for assignment, student, criterion, points in found.values_list(
            "criterion__assignment", "student", "criterion", "points"
        ):
            marks[assignment, student][criterion] = points
        return marks

    @cached_property
    def _moved(self) -> set[int]:
        """Who has come from another session of the course."""
        left = Enrollment.objects.filter(
            session__course=self.session.course_id, ending=Enrollment.Ending.MOVED, user__in=self._keys
        ).exclude(session=self.session)
        return set(left.values_list("user", flat=True))

    @cached_property
    def _closed(self) -> set[tuple[int, int]]:
        """For whom and which lectures hidden checks count by now; staff see them at once."""
        lectures = {one.exercise.lecture_id for one in self.assignments}
        return closed_work((student, lecture) for student in self._keys for lecture in lectures)


@dataclass(frozen=True)
class Row:
    """A submission as the database gives it, with its marks as they were graded."""

    pk: int
    handed_in: datetime.datetime
    score: float | None
    full: float | None
    open_score: float | None
    open_full: float | None
    by_check: list[list[object]] | None

    def attempt(self, points: dict[str, float], open_only: bool) -> Attempt:
        """As it counts where these checks have other full marks, and hidden checks count or not."""
        earned, full = (self.open_score, self.open_full) if open_only else (self.score, self.full)
        if points and self.by_check:
            earned, full = revised(self.by_check, points, open_only=open_only)
        return Attempt(self.pk, self.handed_in, earned, full or 0.0)
