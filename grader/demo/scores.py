"""What the demo's staff decided about scores: some they set, some they posted, the lowest that do not count."""

import datetime
from collections.abc import Sequence

from grader.demo.school import School
from grader.demo.sessions import Batch
from grader.models import Assignment, Override, Scheme

DAY = datetime.timedelta(days=1)
# So many days after the due date scores that were hidden are posted.
POSTED_AFTER = 9 * DAY
REASONS = (
    "Shown and explained in class, with all of it right",
    "The idea is right; the file that was handed in is an earlier one",
    "Worked on with a neighbor: half of the marks each",
)
DROPPED = 1


def decide(school: School, batches: Sequence[Batch]) -> None:
    """Of each session that has begun; in the first one each student's lowest score does not count."""
    Scheme.objects.create(session=batches[0].session, drop_lowest=DROPPED)
    for batch in batches:
        assigned = batch.session.assignments.select_related("exercise").order_by("due_at", "pk")
        due = [(one, one.due_at) for one in assigned if one.due_at and one.due_at < school.now - DAY]
        Override.objects.bulk_create(overrides_of(school, batch, due))
        for one, at in due:
            if one.hidden and at + POSTED_AFTER < school.now:
                Assignment.objects.filter(pk=one.pk).update(posted_at=at + POSTED_AFTER)


def overrides_of(school: School, batch: Batch, due: Sequence[tuple[Assignment, datetime.datetime]]) -> list[Override]:
    """A score that staff set for some students, each of another assignment."""
    students = sorted(batch.members, key=lambda one: one.email)[-len(REASONS) :]
    return [
        Override(
            assignment=one, student=student, points=round(one.exercise.points * share), of=one.exercise.points,
            reason=reason, by=school.teacher_of(batch.plan.teacher), at=min(due_at + 2 * DAY, school.now),
        )
        for (one, due_at), student, reason, share in zip(due[1::3], students, REASONS, (1, 0.8, 0.5), strict=False)
    ]  # fmt: skip
