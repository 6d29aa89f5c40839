"""What the worker and beat do. The database is the queue: a bell too many finds nothing to claim."""

import logging

from celery import shared_task
from django.db.models import Count
from django.utils import timezone

from grader.errors import OurError
from grader.exercises import load
from grader.grading import grade
from grader.submissions.bell import ring
from grader.submissions.models import Submission

log = logging.getLogger(__name__)
MOST_RINGS = 100


@shared_task(name="grader.submissions.tasks.grade_next")
def grade_next(flavor: str) -> None:
    """Grade the fairest submission that waits."""
    submission = Submission.objects.claim_next(flavor)
    if submission is None:
        return
    log.info("submission %s claimed, attempt %s", submission.pk, submission.attempt)
    try:
        report = grade(load(submission.exercise.slug), submission.source, submission.seed)
    except OurError as error:
        submission.fail(f"{type(error).__name__}: {error}")
        return
    recorded = submission.record(report)
    log.info("submission %s %s", submission.pk, "graded" if recorded else "was graded by a later attempt")


@shared_task(name="grader.submissions.tasks.ring_for_waiting")
def ring_for_waiting() -> None:
    """Ring once for each submission that waits, whatever became of its first bell."""
    waiting = Submission.objects.due(timezone.now()).order_by().values("exercise__flavor").annotate(n=Count("pk"))
    for row in waiting:
        for _ in range(min(row["n"], MOST_RINGS)):
            ring(row["exercise__flavor"])
