"""What the worker and beat do. The database is the queue: a bell too many finds nothing to claim."""

import logging
from dataclasses import replace

from celery import shared_task
from django.db.models import Count
from django.utils import timezone

from grader import sandbox
from grader.errors import OurError
from grader.exercises import load
from grader.grading import grade
from grader.submissions import phases, scratch
from grader.submissions.bell import ring
from grader.submissions.models import Submission, random_seed

log = logging.getLogger(__name__)
MOST_RINGS = 100


@shared_task(name="grader.submissions.tasks.grade_next")
def grade_next(flavor: str) -> None:
    """Grade the fairest submission that waits."""
    sandbox.renew()
    submission = Submission.objects.claim_next(flavor)
    if submission is None:
        return
    log.info("submission %s claimed, attempt %s", submission.pk, submission.attempt)
    try:
        exercise = load(submission.exercise.slug)
        report = grade(
            exercise, submission.source, submission.seed, progress=lambda phase: phases.tell(submission.pk, phase)
        )
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


@shared_task(name=scratch.RUN_SCRATCH)
def run_scratch(person_id: int, key: str, slug: str, source: str) -> None:
    """Run the editor's code, unless the person has started a newer run since."""
    begun = scratch.latest(person_id)
    if begun is None or begun.key != key or begun.settled:
        return
    scratch.keep(person_id, replace(begun, state="running"))
    try:
        exercise = load(slug)
        run = sandbox.run_scratch(source, flavor=exercise.standby, seed=random_seed(), limits=exercise.limits)
        ended = replace(
            begun,
            state="done",
            output=run.output,
            outcome=run.outcome,
            error=run.error.message if run.error else "",
            line=run.error.line if run.error else None,
            wall_ms=run.wall_ms,
        )
    except OurError as error:
        log.error("a scratch run failed: %s", error)
        ended = replace(begun, state="failed")
    current = scratch.latest(person_id)
    if current is not None and current.key == key:
        scratch.keep(person_id, ended)
