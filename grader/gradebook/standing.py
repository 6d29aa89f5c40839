"""What a submission's page tells of the sessions in which its exercise is assigned."""

from dataclasses import dataclass, field

from courses.enrollment.access import Person, is_admin, sessions_seated_in, sessions_staffed_by
from courses.enrollment.models import Enrollment
from grader.assignments.assignment import Assignment
from grader.gradebook.models import CheckRevision, Criterion, Mark, RegradeRequest
from grader.results import Report
from grader.submissions.models import Submission


@dataclass
class Standing:
    """An assignment that the submission is for, as the person sees it.

    staff : they see it as staff of the session. revisions : checks that count otherwise, of those in the report.
    rubric : each criterion with its mark, where the person may see them. may_ask : the student may ask for a regrade.
    """

    assignment: Assignment
    staff: bool
    revisions: list[CheckRevision] = field(default_factory=list)
    rubric: list[tuple[Criterion, Mark | None]] = field(default_factory=list)
    requests: list[RegradeRequest] = field(default_factory=list)
    may_ask: bool = False

    @property
    def earned(self) -> float:
        return float(sum(mark.counted for _, mark in self.rubric if mark))

    @property
    def full(self) -> float:
        return float(sum(criterion.points for criterion, _ in self.rubric))


def standings_of(submission: Submission, person: Person, report: Report | None) -> list[Standing]:
    """One for each session of the student's that the person may see this of. Six queries at most."""
    own = submission.student_id == person.pk
    sessions = sessions_seated_in(person) if own else _staffed_with(submission, person)
    assigned = Assignment.objects.opened() if own else Assignment.objects.current()
    found = assigned.filter(session__in=sessions, exercise=submission.exercise_id).select_related("session__course")
    standings = {one.pk: Standing(one, staff=not own) for one in found}
    if not standings:
        return []
    for one in standings.values():
        one.assignment.exercise = submission.exercise
    shown = {check.name for check in report.checks} if report else set()
    for revision in CheckRevision.objects.filter(assignment__in=standings, check_name__in=shown):
        standings[revision.assignment_id].revisions.append(revision)
    _add_rubrics(standings, submission)
    for request in RegradeRequest.objects.filter(assignment__in=standings, student=submission.student_id):
        standings[request.assignment_id].requests.append(request)
    for one in standings.values():
        waits = any(request.is_open for request in one.requests)
        one.may_ask = own and submission.result_id is not None and one.assignment.is_posted and not waits
    return list(standings.values())


def _staffed_with(submission: Submission, person: Person) -> "list[int]":
    """The sessions of the student that the person staffs, by their keys."""
    seats = Enrollment.objects.filter(user=submission.student_id)
    staffed = seats if is_admin(person) else seats.filter(session__in=sessions_staffed_by(person))
    return list(staffed.values_list("session", flat=True))


def _add_rubrics(standings: dict[int, Standing], submission: Submission) -> None:
    """To those that may be seen: to staff always, to the student once scores are posted."""
    seen = [pk for pk, one in standings.items() if one.staff or one.assignment.is_posted]
    found = Mark.objects.filter(criterion__assignment__in=seen, student=submission.student_id)
    marks = {mark.criterion_id: mark for mark in found.select_related("criterion", "by")}
    for criterion in Criterion.objects.filter(assignment__in=seen):
        standings[criterion.assignment_id].rubric.append((criterion, marks.get(criterion.pk)))
