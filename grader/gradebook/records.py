"""What a book of scores is made of, as the database has it: each question is asked once for all students."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import OuterRef, QuerySet, Subquery

from courses.enrollment.models import Enrollment
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.assignments.closing import closed_work
from grader.assignments.extension import Extension
from grader.assignments.models import Exercise
from grader.gradebook.models import CheckRevision, Correction, Criterion, Mark, Override
from grader.gradebook.scores import Attempt, Decided
from grader.submissions.models import Marks, Result, Submission

Cell = tuple[int, int]  # an assignment and a student, by their keys
ByCheck = Sequence[Sequence[object]]


@dataclass
class Records:
    """Of these assignments of a session and these students.

    results : by submission, a result to take instead of the one that it has.
    """

    session: Session
    assignments: list[Assignment]
    students: list[User]
    results: Mapping[int, Result] = field(default_factory=dict)

    @cached_property
    def student_keys(self) -> list[int]:
        return [student.pk for student in self.students]

    @cached_property
    def exercise_keys(self) -> set[int]:
        return {one.exercise_id for one in self.assignments}

    @cached_property
    def extensions(self) -> dict[Cell, Extension]:
        found = Extension.objects.filter(assignment__in=self.assignments, student__in=self.student_keys)
        return {(one.assignment_id, one.student_id): one for one in found}

    @cached_property
    def decisions(self) -> dict[Cell, tuple[int, Decided | None]]:
        """Of each cell on which staff ever decided, the latest override's key, and the override if it still holds."""
        found = Override.objects.filter(assignment__in=self.assignments, student__in=self.student_keys).order_by("pk")
        rows = found.values_list("assignment", "student", "pk", "points", "of", "reason")
        return {
            (assignment, student): (
                pk, None if points is None else Decided(pk, float(points), float(of), reason)
            )
            for assignment, student, pk, points, of, reason in rows
        }  # fmt: skip

    @cached_property
    def corrected(self) -> dict[Cell, datetime.datetime]:
        """When a score that the student had seen was last changed."""
        found = Correction.objects.filter(assignment__in=self.assignments, student__in=self.student_keys)
        rows = found.order_by("pk").values_list("assignment", "student", "at")
        return {(assignment, student): at for assignment, student, at in rows}

    @property
    def _submissions(self) -> QuerySet[Submission]:
        """What failed by our fault costs no attempt."""
        found = Submission.objects.filter(student__in=self.student_keys, exercise__in=self.exercise_keys)
        return found.exclude(status__in=[Submission.Status.CANCELED, Submission.Status.FAILED])

    @cached_property
    def submitted(self) -> dict[Cell, list[Attempt]]:
        """By exercise and student, in the order of handing in, with all that was earned."""
        return self._attempts("result__score", "result__max_score", {pk: one.marks for pk, one in self.results.items()})

    @cached_property
    def submitted_openly(self) -> dict[Cell, list[Attempt]]:
        """The same with what was earned in public checks alone."""
        instead = {pk: one.open_marks for pk, one in self.results.items()}
        return self._attempts("result__open_score", "result__open_max_score", instead)

    def _attempts(self, earned: str, full: str, instead: Mapping[int, Marks]) -> dict[Cell, list[Attempt]]:
        columns = ["exercise", "student", "pk", "queued_at", earned, full]
        found: dict[Cell, list[Attempt]] = defaultdict(list)
        for exercise, student, pk, at, *marks in self._submissions.order_by("queued_at", "pk").values_list(*columns):
            found[exercise, student].append(Attempt(pk, at, *instead.get(pk, marks)))
        return found

    @cached_property
    def by_check(self) -> dict[int, ByCheck]:
        """By submission, its marks check by check, where a check has other full marks in an assignment."""
        if not self._revised:
            return {}
        found = self._submissions.filter(exercise__in=self._revised, result__isnull=False)
        kept = dict(found.values_list("pk", "result__marks_by_check"))
        return kept | {pk: result.marks_by_check for pk, result in self.results.items()}

    @cached_property
    def revisions(self) -> dict[int, dict[str, float]]:
        """By assignment, the checks that have other full marks."""
        revisions: dict[int, dict[str, float]] = defaultdict(dict)
        for one in CheckRevision.objects.filter(assignment__in=self.assignments):
            revisions[one.assignment_id][one.check_name] = float(one.points)
        return revisions

    @cached_property
    def _revised(self) -> set[int]:
        """The exercises of which checks have other full marks in an assignment."""
        return {one.exercise_id for one in self.assignments if one.pk in self.revisions}

    @cached_property
    def checks(self) -> dict[int, ByCheck]:
        """By exercise with such checks, those of whatever was graded of it last."""
        if not self._revised:
            return {}
        graded = Submission.objects.filter(exercise=OuterRef("pk"), result__isnull=False).order_by("-pk")
        latest = Subquery(graded.values("result__marks_by_check")[:1])
        return dict(Exercise.objects.filter(pk__in=self._revised).values_list("pk", latest))

    @cached_property
    def criteria(self) -> dict[int, dict[int, Decimal]]:
        """By assignment, the points of each criterion."""
        criteria: dict[int, dict[int, Decimal]] = defaultdict(dict)
        for one in Criterion.objects.filter(assignment__in=self.assignments):
            criteria[one.assignment_id][one.pk] = one.points
        return criteria

    @cached_property
    def marks(self) -> dict[Cell, dict[int, Decimal]]:
        """By assignment and student, what was given by each criterion."""
        marks: dict[Cell, dict[int, Decimal]] = defaultdict(dict)
        found = Mark.objects.filter(criterion__assignment__in=self.assignments, student__in=self.student_keys)
        for assignment, student, criterion, points in found.values_list(
            "criterion__assignment", "student", "criterion", "points"
        ):
            marks[assignment, student][criterion] = points
        return marks

    @cached_property
    def moved(self) -> set[int]:
        """Who has come from another session of the course."""
        left = Enrollment.objects.left_for(self.session, self.session.course_id).filter(user__in=self.student_keys)
        return set(left.values_list("user", flat=True))

    @cached_property
    def closed(self) -> set[tuple[int, int]]:
        """For whom and which exercises hidden checks count by now."""
        return closed_work((student, exercise) for student in self.student_keys for exercise in self.exercise_keys)
