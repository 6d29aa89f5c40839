"""What is known of grading in a range of days, and in those that it is compared with; and of the queue now."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from courses.dashboard.facts import over_steps
from courses.dashboard.ranges import Range, school_zone
from grader.assignments.models import Exercise
from grader.dashboard.counted import GRADING, TIMES, TOOK, WAIT
from grader.dashboard.times import added, quantile
from grader.submissions.models import Submission
from grader.submissions.queue import Priority, Status

# How many of a bucket's, by bucket.
Numbers = dict[int, int]


class Counts(NamedTuple):
    """Sums as `GRADING` has them; the outcomes are of first gradings and add up to `graded`."""

    handed_in: int = 0
    graded: int = 0
    ok: int = 0
    error: int = 0
    time_limit: int = 0
    memory_limit: int = 0
    output_limit: int = 0
    protocol_error: int = 0
    regraded: int = 0

    def __add__(self, other: tuple[int, ...]) -> "Counts":  # type: ignore[override]
        return Counts(*map(int.__add__, self, other))


NOTHING = Counts()


class Queue(NamedTuple):
    """What is unsettled now. oldest : when the longest waiting first grading was handed in."""

    waiting: int = 0
    running: int = 0
    regrades: int = 0
    oldest: datetime.datetime | None = None

    @property
    def oldest_seconds(self) -> float | None:
        return None if self.oldest is None else max(0.0, (timezone.now() - self.oldest).total_seconds())


@dataclass
class Load:
    """Of these days, and of those before. where : of which exercises, as lookups of what has an `exercise`."""

    days: Range
    before: Range
    where: Mapping[str, Any]

    # --- how much, and how it ended -------------------------------------------------------------------

    @cached_property
    def _steps(self) -> list[Counts]:
        return self._stepped(self.days)

    @cached_property
    def _steps_before(self) -> list[Counts]:
        return self._stepped(self.before)

    def _stepped(self, days: Range) -> list[Counts]:
        """Of each of the days' steps, which are as long as those of the range."""
        nothing: list[Any] = [NOTHING] * len(days.steps(self.days.step))
        return [Counts(*sums) for sums in over_steps(GRADING, days, self.days.step, self.where).get((), nothing)]

    @property
    def counts(self) -> Counts:
        return sum(self._steps, NOTHING)

    @property
    def counts_before(self) -> Counts:
        return sum(self._steps_before, NOTHING)

    @cached_property
    def by_exercise(self) -> dict[int, Counts]:
        """By its key, each for which anything happened."""
        read = GRADING.read(self.days, ("exercise",), self.where)
        return {exercise: Counts(*sums) for (exercise,), sums in read.items() if any(sums)}

    @property
    def over_time(self) -> list[tuple[Range, Counts, Counts | None]]:
        """Each step of the range, with the one of the same place before; None where there was none."""
        before = [*self._steps_before, *[None] * len(self._steps)]
        return list(zip(self.days.steps(), self._steps, before, strict=False))

    # --- how long -------------------------------------------------------------------------------------

    @cached_property
    def _times(self) -> dict[tuple[int, str], Numbers]:
        """By exercise and measure."""
        found: dict[tuple[int, str], Numbers] = {}
        for (exercise, measure, bucket), (number,) in TIMES.read(
            self.days, ("exercise", "measure", "bucket"), self.where
        ).items():
            found.setdefault((exercise, measure), {})[bucket] = number
        return found

    def times(self, measure: str) -> Numbers:
        """Of all exercises."""
        return added(*(numbers for (_, of), numbers in self._times.items() if of == measure))

    def times_of(self, exercise: int, measure: str) -> Numbers:
        return self._times.get((exercise, measure), {})

    def times_of_flavor(self, flavor: str, measure: str) -> Numbers:
        of_flavor = [pk for pk, exercise in self.exercises.items() if exercise.flavor == flavor]
        return added(*(self.times_of(pk, measure) for pk in of_flavor))

    @cached_property
    def _times_before(self) -> dict[str, Numbers]:
        found: dict[str, Numbers] = {}
        for (measure, bucket), (number,) in TIMES.read(self.before, ("measure", "bucket"), self.where).items():
            found.setdefault(measure, {})[bucket] = number
        return found

    def times_before(self, measure: str) -> Numbers:
        return self._times_before.get(measure, {})

    @cached_property
    def _times_over_time(self) -> dict[str, list[Numbers]]:
        """By measure, of each step."""
        steps = self.days.steps()
        found: dict[str, list[Numbers]] = {measure: [{} for _ in steps] for measure in (WAIT, TOOK)}
        read = over_steps(TIMES, self.days, self.days.step, self.where, ("measure", "bucket"))
        for (measure, bucket), numbers in read.items():
            for place, (number,) in enumerate(numbers):
                if number:
                    found[measure][place][bucket] = number
        return found

    def times_over_time(self, measure: str) -> list[tuple[Range, Numbers]]:
        return list(zip(self.days.steps(), self._times_over_time[measure], strict=True))

    # --- what failed by our fault: few, and counted live ---------------------------------------------------

    @cached_property
    def _failures(self) -> dict[tuple[int, datetime.date], int]:
        """By exercise and day."""
        rows = failed_in(self.days).filter(**self.where).annotate(day=TruncDate("finished_at", tzinfo=school_zone()))
        found = rows.order_by().values_list("exercise", "day").annotate(n=Count("pk"))
        return {(exercise, day): number for exercise, day, number in found}

    @property
    def failures(self) -> int:
        return sum(self._failures.values())

    @cached_property
    def failures_before(self) -> int:
        return failed_in(self.before).filter(**self.where).count()

    def failures_of(self, exercise: int) -> int:
        return sum(number for (of, _), number in self._failures.items() if of == exercise)

    @property
    def failures_over_time(self) -> list[tuple[Range, int]]:
        return [
            (part, sum(number for (_, day), number in self._failures.items() if day in part))
            for part in self.days.steps()
        ]

    # --- now ------------------------------------------------------------------------------------------------

    @cached_property
    def queues(self) -> dict[str, Queue]:
        """By flavor."""
        first = ~Q(priority=Priority.REGRADE)
        queued = Q(status=Status.QUEUED)
        rows = Submission.objects.unsettled().filter(**self.where).order_by().values_list("exercise__flavor")
        found = rows.annotate(
            waiting=Count("pk", filter=queued & first),
            running=Count("pk", filter=Q(status=Status.RUNNING)),
            regrades=Count("pk", filter=queued & ~first),
            oldest=Min("queued_at", filter=queued & first),
        )
        return {flavor: Queue(*values) for flavor, *values in found}

    @property
    def queue(self) -> Queue:
        """Of all flavors."""
        queues = self.queues.values()
        return Queue(
            waiting=sum(one.waiting for one in queues),
            running=sum(one.running for one in queues),
            regrades=sum(one.regrades for one in queues),
            oldest=min((one.oldest for one in queues if one.oldest is not None), default=None),
        )

    @cached_property
    def exercises(self) -> dict[int, Exercise]:
        """All that there ever were, with title and flavor."""
        return Exercise.objects.only("slug", "title", "flavor").in_bulk()


def failed_in(days: Range) -> Any:
    """Submissions that could not be graded, by our fault, and were given up in these days."""
    return Submission.objects.filter(
        status=Status.FAILED, finished_at__gte=days.begins_at, finished_at__lt=days.ends_at
    )


def seconds(numbers: Numbers, share: float) -> float | None:
    """A quantile as waits are told: to a tenth of a second, below of which nobody feels one."""
    found = quantile(numbers, share)
    return None if found is None else max(0.1, round(found, 1))


def milliseconds(numbers: Numbers, share: float) -> int | None:
    """A quantile as grading is told: to two digits, as the buckets have no more."""
    found = quantile(numbers, share)
    return None if found is None else int(float(f"{1000 * found:.2g}"))
