"""What people say of students' work in the session that is under way: comments, marks by a rubric, requests."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from courses.classroom.meetings.models import wall_time
from courses.models import User
from grader.demo.school import School
from grader.demo.sessions import Batch
from grader.gradebook.comments.models import lines_in
from grader.models import Assignment, Criterion, LineComment, Mark, RegradeRequest, Submission

HOUR = datetime.timedelta(hours=1)
CRITERIA = (
    ("Clarity", 4, "- 4: names say what they hold, and nothing is there twice\n- 2: one has to read it twice"),
    ("Shapes", 2, "The shape of every array stands beside it, or follows from its name."),
    ("Account", 4, "Two paragraphs in a docstring: what was hard, and how it was *checked*."),
)
# What is said of the line on which a function begins, and of the last line.
COMMENTS = (
    ("Say in a docstring which shapes come in and which go out: whoever reads this next has only the name.", ""),
    ("", "Clear. I would give the intermediate result a name, such as `delta`."),
    ("Why a loop? With $X$ of shape $(m, n)$ one product does all rows at once.", "And here it is done right."),
)
REQUESTS = (
    ("The check compares with single precision, and I computed in double. Is that wrong?", ""),
    (
        "My function gives the same numbers as the lecture’s example.",
        "It does for one row. Try two: the mean is missing.",
    ),
)


def review(school: School, batch: Batch) -> None:
    """Of the latest work that is due by now; nobody is written to."""
    due = Assignment.objects.filter(session=batch.session, due_at__lt=school.now - 24 * HOUR).order_by("-due_at", "-pk")
    works = [(assignment, latest_of(assignment, batch)) for assignment in due.select_related("exercise")]
    read = [(assignment, work) for assignment, work in works if work]
    if len(read) < 2:
        return
    (project, handed_in), (_, commented), *others = read
    staff = [school.teacher_of(batch.plan.teacher), *school.assistants[batch.plan.assistant or 0 :][:1]]
    mark(school, project, handed_in, staff)
    comment(school, batch, [*handed_in, *commented], staff)
    ask(school, [(assignment, one) for assignment, work in others for one in work], staff[0])


def latest_of(assignment: Assignment, batch: Batch) -> list[Submission]:
    """What each of the session's students handed in last for it, by their addresses; not in an earlier session."""
    begins = wall_time(batch.session.starts_on, datetime.time(), batch.session.time_zone)
    found = Submission.objects.filter(
        exercise=assignment.exercise_id, student__in=batch.members, result__isnull=False, queued_at__gte=begins
    )
    latest = {one.student_id: one for one in found.order_by("queued_at", "pk").select_related("student", "result")}
    return sorted(latest.values(), key=lambda one: one.student.email)


def mark(school: School, project: Assignment, handed_in: Sequence[Submission], staff: Sequence[User]) -> None:
    """A rubric for the project; two of three works are marked, one of them in part."""
    criteria = [
        Criterion.objects.create(assignment=project, position=n, title=title, points=points, description=description)
        for n, (title, points, description) in enumerate(CRITERIA, 1)
    ]
    marked = handed_in[: max(1, 2 * len(handed_in) // 3)]
    for place, submission in enumerate(marked):
        for number, criterion in enumerate(criteria[: 1 if 0 < place == len(marked) - 1 else None]):
            points = criterion.points * Decimal((4, 3, 4, 2)[(place + number) % 4]) / 4
            Mark.objects.create(
                criterion=criterion, student=submission.student, points=points, by=staff[place % len(staff)],
                comment="" if points == criterion.points else "Look at what earns all points.",
                at=soon_after(school, submission.queued_at),
            )  # fmt: skip


def comment(school: School, batch: Batch, handed_in: Iterable[Submission], staff: Sequence[User]) -> None:
    """On the code of a few students, whom the mail about it has reached."""
    for number, (submission, said) in enumerate(zip(handed_in, COMMENTS, strict=False)):
        lines = lines_in(submission.source)
        begins = next((n for n, line in enumerate(lines, 1) if line.startswith("def ")), 1)
        for line, text in zip((begins, len(lines)), said, strict=True):
            if text:
                at = soon_after(school, submission.queued_at)
                LineComment.objects.create(
                    submission=submission, session=batch.session, line=line, text=text,
                    author=staff[number % len(staff)], at=at, told_at=at + HOUR / 4,
                )  # fmt: skip


def ask(school: School, works: Sequence[tuple[Assignment, Submission]], teacher: User) -> None:
    """Two who have earned least ask to look again; one of them has an answer."""
    posted = [(assignment, one) for assignment, one in works if assignment.is_posted]
    asking = sorted(posted, key=lambda pair: (share_of(pair[1]), pair[1].pk))
    for (assignment, submission), (text, answer) in zip(asking, REQUESTS, strict=False):
        at = soon_after(school, submission.queued_at)
        answered = {"state": "declined", "answer": answer, "answered_by": teacher, "answered_at": at + HOUR}
        RegradeRequest.objects.create(
            assignment=assignment, student=submission.student, submission=submission, text=text, asked_at=at,
            **(answered if answer else {}),
        )  # fmt: skip


def share_of(submission: Submission) -> float:
    """What part of all marks it earned."""
    assert submission.result is not None
    return submission.result.score / submission.result.max_score


def soon_after(school: School, at: datetime.datetime) -> datetime.datetime:
    """Within a day, so far as it is past."""
    return min(at + 20 * HOUR, school.now - 2 * HOUR)
