"""What the worker and beat do. The database is the queue: a bell too many finds nothing to claim."""

import contextlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import replace

from celery import shared_task
from django.db import close_old_connections, connection
from django.db.models import Count
from django.utils import timezone

from grader import sandbox
from grader.errors import OurError
from grader.exercises import Exercise, load
from grader.grading import grade
from grader.submissions import phases, scratch
from grader.submissions.bell import ring, rung
from grader.submissions.models import Submission, random_seed
from grader.submissions.queue import LONGEST_LIMIT_SECONDS

log = logging.getLogger(__name__)
MOST_RINGS = 100


@shared_task(name="grader.submissions.tasks.grade_next")
def grade_next(flavor: str) -> None:
    """Grade the next submission that waits."""
    submission = Submission.objects.claim_next(flavor)
    if submission is None:
        return
    log.info("submission %s claimed, attempt %s", submission.pk, submission.attempt)
    try:
        exercise = load(submission.exercise.slug)
        with heartbeat(submission):
            report = grade(
                exercise, submission.source, submission.seed, progress=lambda phase: phases.tell(submission.pk, phase)
            )
    except OurError as error:
        submission.fail(f"{type(error).__name__}: {error}")
        return
    recorded = submission.record(report)
    log.info("submission %s %s", submission.pk, "graded" if recorded else "was graded by a later attempt")


@contextlib.contextmanager
def heartbeat(submission: Submission) -> Iterator[None]:
    """Renew the lease while the block runs, where the exercise's limit is longer than a lease."""
    if submission.exercise.wall_seconds <= LONGEST_LIMIT_SECONDS:
        yield
        return
    over = threading.Event()

    def beat() -> None:
        while not over.wait(LONGEST_LIMIT_SECONDS / 3):
            close_old_connections()
            submission.renew_lease()
        connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat of submission {submission.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@shared_task(name="grader.submissions.tasks.ring_for_waiting")
def ring_for_waiting() -> None:
    """Ring for each submission that waits and that no bell rings for, whatever became of its first one."""
    waiting = Submission.objects.due(timezone.now()).order_by().values("exercise__flavor").annotate(n=Count("pk"))
    for row in waiting:
        flavor = row["exercise__flavor"]
        for _ in range(min(row["n"], MOST_RINGS) - rung(flavor)):
            ring(flavor)


@shared_task(name=scratch.RUN_SCRATCH)
def run_scratch(person_id: int, key: str, slug: str, source: str) -> None:
    """Run the editor's code, unless the person has started a newer run since."""
    begun = scratch.latest(person_id)
    if begun is None or begun.key != key or begun.settled:
        return
    try:
        ended = _run(person_id, begun, load(slug), source)
    except OurError as error:
        log.error("a scratch run failed: %s", error)
        ended = replace(begun, state="failed")
    current = scratch.latest(person_id)
    if current is not None and current.key == key:
        scratch.keep(person_id, ended)


def _run(person_id: int, begun: scratch.Scratch, exercise: Exercise, source: str) -> scratch.Scratch:
    with scratch.sole(person_id, exercise.limits.wall_seconds) as alone:
        if not alone:
            return replace(begun, state="refused")
        scratch.keep(person_id, replace(begun, state="running"))
        run = sandbox.run_scratch(source, flavor=exercise.standby, seed=random_seed(), limits=exercise.limits)
    return replace(
        begun,
        state="done",
        output=run.output,
        outcome=run.outcome,
        error=run.error.message if run.error else "",
        line=run.error.line if run.error else None,
        wall_ms=run.wall_ms,
    )
