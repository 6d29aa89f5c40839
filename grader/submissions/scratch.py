"""Scratch runs: the editor's code run once for what it prints, kept ten minutes in the cache, never in the database.

They belong to an owner: a person, or a visit, where an exercise is open to visitors. Each has one at a time: a newer
one takes the place of one that waits, which is then not run at all, and is refused while one runs.
"""

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from celery import current_app
from django.core.cache import cache
from kombu.exceptions import OperationalError

from grader.assignments.models import Exercise
from grader.submissions.bell import RUN_FIRST

KEPT_SECONDS = 600
# So long after its limit a run is over, whatever became of its worker.
LOCK_MARGIN_SECONDS = 5
RUN_SCRATCH = "grader.submissions.tasks.run_scratch"


class ScratchUnavailable(Exception):
    """The broker cannot be reached; nothing was run."""


class ScratchRunning(Exception):
    """The person's last run has not ended; nothing was run."""


@dataclass(frozen=True)
class Scratch:
    """A scratch run as the page shows it.

    state : waiting, running, done, refused (for one that runs still), or failed (by our fault).
    outcome, error, line : how it ended, as a report says it; wall_ms : how long it took.
    """

    key: str
    exercise: str
    state: str = "waiting"
    output: str = ""
    outcome: str = ""
    error: str = ""
    line: int | None = None
    wall_ms: float = 0.0

    @property
    def settled(self) -> bool:
        return self.state in ("done", "refused", "failed")


def start(owner: str, exercise: Exercise, source: str) -> Scratch:
    """Have a worker run the source for this owner. Raises ScratchUnavailable or ScratchRunning."""
    if cache.has_key(_lock(owner)):
        raise ScratchRunning(
            f"Your last run has not ended. It does within {exercise.wall_seconds:g} s; try again then."
        )
    scratch = Scratch(secrets.token_urlsafe(9), exercise.slug)
    try:
        keep(owner, scratch)
        current_app.send_task(
            RUN_SCRATCH,
            args=[owner, scratch.key, exercise.slug, source],
            queue=exercise.flavor,
            priority=RUN_FIRST,
            retry=False,
            ignore_result=True,
            expires=KEPT_SECONDS,
        )
    except (OperationalError, OSError) as error:
        raise ScratchUnavailable(
            "Run is not available at the moment. Submit works, and your code is kept; try Run again in a minute."
        ) from error
    return scratch


@contextlib.contextmanager
def sole(owner: str, wall_seconds: float) -> Iterator[bool]:
    """Whether nothing else runs for the owner; while the block runs nothing else will."""
    alone = cache.add(_lock(owner), True, wall_seconds + LOCK_MARGIN_SECONDS)
    try:
        yield alone
    finally:
        if alone:
            cache.delete(_lock(owner))


def latest(owner: str) -> Scratch | None:
    """The owner's latest run; None where it was longer ago than runs are kept, or the cache is down."""
    values = cache.get(_address(owner))
    return Scratch(**values) if values else None


def keep(owner: str, scratch: Scratch) -> None:
    """Show this to the owner for the next ten minutes."""
    cache.set(_address(owner), asdict(scratch), KEPT_SECONDS)


def _address(owner: str) -> str:
    return f"scratch:{owner}"


def _lock(owner: str) -> str:
    return f"scratch:{owner}:running"
