"""What the worker and beat do. The database is the queue: a bell too many finds nothing to claim."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from celery import shared_task
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.models import Count

from grader import sandbox
from grader.errors import OurError
from grader.exercises import FLAVORS, Exercise, load
from grader.grading import grade
from grader.results import Phase
from grader.submissions import phases, pulse, scratch
from grader.submissions.bell import GRADE_NEXT, ring_up_to
from grader.submissions.models import Submission, random_seed
from grader.submissions.queue import LONGEST_LIMIT_SECONDS

log = logging.getLogger(__name__)
T = TypeVar("T")
MOST_RINGS = 100
AGAIN_SECONDS = 0.2
PULSE_SECONDS = 1
# With it, the processes of piles have a third of the weight that those of lone submissions have.
PILE_NICE = 5


@shared_task(name=GRADE_NEXT)
def grade_next(flavor: str) -> None:
    """Grade the next submission that waits, and have another worker woken where more do."""
    pulse.feel(flavor)
    sandbox.renew()
    submission = until_reached(lambda: Submission.objects.claim_next(flavor))
    if submission is None:
        return
    grade_claimed(submission)
    if Submission.objects.filter(exercise__flavor=flavor).due().exists():
        # A bell may have found only what was kept back, or been lost.
        ring_up_to(flavor, settings.GRADING_PROCESSES[flavor])


def grade_claimed(submission: Submission) -> None:
    """Grade what was claimed, and record the report; or say that it is our fault, and have it tried again."""
    flavor = submission.exercise.flavor
    log.info("submission %s claimed, attempt %s", submission.pk, submission.attempt)

    felt = time.monotonic()

    def progress(phase: Phase) -> None:
        nonlocal felt
        if time.monotonic() > felt + PULSE_SECONDS:
            pulse.feel(flavor)
            felt = time.monotonic()
        phases.tell(submission.pk, phase)

    try:
        with heartbeat(submission):
            exercise = load(submission.exercise.slug)
            if not submission.is_lone:
                exercise = replace(exercise, limits=replace(exercise.limits, nice=PILE_NICE))
            report = grade(exercise, submission.source, submission.seed, progress=progress)
            progress(Phase("recording"))
            recorded = until_reached(lambda: submission.record(report))
    except Exception as error:
        # The student's faults are in the report: whatever is raised, it is ours.
        if not isinstance(error, OurError):
            log.exception("grading submission %s", submission.pk)
        reason = f"{type(error).__name__}: {error}"
        until_reached(lambda: submission.fail(reason))
        return
    log.info("submission %s %s", submission.pk, "graded" if recorded else "was graded by a later attempt")


def until_reached(ask: Callable[[], T]) -> T:
    """The database's answer, asked again by a new connection for as long as it cannot be reached.

    So what was graded need not be graded again. Raises the database's error once the lease, which must have lapsed
    by then, gives the submission to others.
    """
    end = time.monotonic() + settings.LEASE_MARGIN_SECONDS
    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() > end:
                raise
            log.warning("the database cannot be reached: %s", error)
            connection.close()
            time.sleep(AGAIN_SECONDS)


@contextlib.contextmanager
def heartbeat(submission: Submission) -> Iterator[None]:
    """Renew the lease while the block runs, where the exercise's limit is longer than a lease."""
    if submission.exercise.wall_seconds <= LONGEST_LIMIT_SECONDS:
        yield
        return
    over = threading.Event()

    def beat() -> None:
        while not over.wait(LONGEST_LIMIT_SECONDS / 3):
            try:
                submission.renew_lease()
            except DatabaseError as error:
                log.warning("the lease of submission %s is not renewed: %s", submission.pk, error)
            finally:
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
    """Ring for what waits, whatever became of its first bell, and once where nothing does: it tells who listens."""
    pulse.feel(pulse.BEAT)
    Submission.objects.give_up()
    waiting = Submission.objects.due().order_by().values_list("exercise__flavor").annotate(n=Count("pk"))
    for flavor, number in {**dict.fromkeys(FLAVORS, 1), **dict(waiting)}.items():
        ring_up_to(flavor, min(number, MOST_RINGS))


@shared_task(name=scratch.RUN_SCRATCH)
def run_scratch(owner: str, key: str, slug: str, source: str) -> None:
    """Run the editor's code, unless its owner has started a newer run since."""
    begun = scratch.latest(owner)
    if begun is None or begun.key != key or begun.settled:
        return
    try:
        ended = _run(owner, begun, load(slug), source)
    except Exception:
        log.exception("a scratch run failed")
        ended = replace(begun, state="failed")
    current = scratch.latest(owner)
    if current is not None and current.key == key:
        scratch.keep(owner, ended)


def _run(owner: str, begun: scratch.Scratch, exercise: Exercise, source: str) -> scratch.Scratch:
    with scratch.sole(owner, exercise.limits.wall_seconds) as alone:
        if not alone:
            return replace(begun, state="refused")
        scratch.keep(owner, replace(begun, state="running"))
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
