"""What the worker and beat do. The database is the queue: a bell too many finds nothing to claim."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from celery import shared_task
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Count

from grader import sandbox
from grader.errors import OurError
from grader.exercises import FLAVORS, load
from grader.grading import grade
from grader.submissions import phases, pulse, scratch
from grader.submissions.bell import GRADE_NEXT, ring_up_to
from grader.submissions.models import Submission, random_seed

log = logging.getLogger(__name__)
MOST_RINGS = 100
AGAIN_SECONDS = 0.2


@shared_task(name=GRADE_NEXT)
def grade_next(flavor: str) -> None:
    """Grade the fairest submission that waits."""
    pulse.feel(flavor)
    submission = Submission.objects.claim_next(flavor)
    if submission is None:
        return
    log.info("submission %s claimed, attempt %s", submission.pk, submission.attempt)

    def progress(phase: str) -> None:
        pulse.feel(flavor)
        phases.tell(submission.pk, phase)

    try:
        report = grade(load(submission.exercise.slug), submission.source, submission.seed, progress=progress)
        progress("recording")
        recorded = until_kept(lambda: submission.record(report))
    except Exception as error:
        # The student's faults are in the report: whatever is raised, it is ours.
        if not isinstance(error, OurError):
            log.exception("grading submission %s", submission.pk)
        reason = f"{type(error).__name__}: {error}"
        until_kept(lambda: submission.fail(reason))
        return
    log.info("submission %s %s", submission.pk, "graded" if recorded else "was graded by a later attempt")


def until_kept(write: Callable[[], bool]) -> bool:
    """Write, and while the database cannot be reached write again: what was graded need not be graded again.

    Raises the database's error once the lease, which must have lapsed by then, gives the submission to others.
    """
    end = time.monotonic() + settings.LEASE_MARGIN_SECONDS
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() > end:
                raise
            log.warning("the database cannot be reached: %s", error)
            connection.close()
            time.sleep(AGAIN_SECONDS)


@shared_task(name="grader.submissions.tasks.ring_for_waiting")
def ring_for_waiting() -> None:
    """Ring for what waits, whatever became of its first bell, and once where nothing does: it tells who listens."""
    pulse.feel(pulse.BEAT)
    Submission.objects.give_up()
    waiting = Submission.objects.due().order_by().values_list("exercise__flavor").annotate(n=Count("pk"))
    for flavor, number in {**dict.fromkeys(FLAVORS, 1), **dict(waiting)}.items():
        ring_up_to(flavor, min(number, MOST_RINGS))


@shared_task(name=scratch.RUN_SCRATCH)
def run_scratch(person_id: int, key: str, slug: str, source: str) -> None:
    """Run the editor's code, unless the person has started a newer run since."""
    begun = scratch.latest(person_id)
    if begun is None or begun.key != key or begun.settled:
        return
    scratch.keep(person_id, replace(begun, state="running"))
    try:
        exercise = load(slug)
        run = sandbox.run_scratch(source, flavor=exercise.flavor, seed=random_seed(), limits=exercise.limits)
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
