"""The queue: which submissions wait, in which order they are taken, and how a worker takes one."""

import datetime
import logging
import socket
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.db.models import Case, Count, F, Max, Q, Value, When, Window
from django.db.models.functions import Now

from courses.enrollment.access import Person, is_admin, sessions_staffed_by, students_of
from courses.people.models import User

if TYPE_CHECKING:
    from grader.submissions.models import Submission

log = logging.getLogger(__name__)

WORKER = socket.gethostname()
MAX_TRIES = 5
# After so long a wait it no longer counts how many others the same student has handed in.
PATIENCE = datetime.timedelta(minutes=10)
HOPELESS = f"Its worker ended at each of {MAX_TRIES} tries, before there was a report."
LONGEST_DELAY = datetime.timedelta(seconds=5 ** (MAX_TRIES - 1))
# Up to this limit a lease covers all of a grading; above it, whoever grades renews the lease as long as they live.
LONGEST_LIMIT_SECONDS = 60.0
PLACES_KEPT_SECONDS = 1


class Status(models.TextChoices):
    """Where a submission stands. Failed is our fault and never the student's."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Being graded"
    GRADED = "graded", "Graded"
    FAILED = "failed", "Could not be graded, by our fault"
    CANCELED = "canceled", "Canceled"


class Priority(models.IntegerChoices):
    """What goes first: a student's first submission for an exercise, then further ones, then regrades."""

    FIRST = 1
    REPEAT = 2
    REGRADE = 3


class Due(NamedTuple):
    """A submission that a worker may take. is_lone : its student has handed in nothing else within the hour."""

    pk: int
    attempt: int
    wall_seconds: float
    is_lone: bool


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, person: Person) -> "SubmissionQuerySet":
        """One's own; for staff those of their sessions' students; all for admins."""
        if is_admin(person):
            return self
        if not isinstance(person, User):
            return self.none()
        own = Q(student=person)
        # Asked first: no index serves both halves, and nearly everybody has only the first.
        if sessions_staffed_by(person).exists():
            return self.filter(own | Q(student__in=students_of(person)))
        return self.filter(own)

    def unsettled(self) -> "SubmissionQuerySet":
        return self.filter(status__in=[Status.QUEUED, Status.RUNNING])

    def first_gradings(self) -> "SubmissionQuerySet":
        """Unsettled submissions, those apart that are graded again."""
        return self.unsettled().exclude(priority=Priority.REGRADE)

    def due(self) -> "SubmissionQuerySet":
        """What a worker may take."""
        return self.filter(_due())

    def give_up(self) -> int:
        """Name failed what has ended its worker at every try, or leave it the result that it has; how many."""
        hopeless = self.filter(_lapsed(), tries__gte=MAX_TRIES)
        ended = {"lease_until": None, "finished_at": Now(), "failure": HOPELESS}
        return hopeless.filter(result__isnull=True).update(status=Status.FAILED, **ended) + hopeless.update(
            status=Status.GRADED, **ended
        )

    def in_order(self) -> "SubmissionQuerySet":
        """Unsettled submissions, the next one to be graded first.

        Regrades come last. Of the others, those whose student has fewest being graded go first, so that nobody
        takes more than their share while others wait; then first submissions before repeats; then those whose
        student has handed in fewest within the hour, so that one alone is behind nobody's pile, nor behind what is
        left of it; then the oldest.
        """
        of_student = [F("student_id")]
        not_regrade = ~Q(priority=Priority.REGRADE)
        return (
            self.unsettled()
            .annotate(
                regrade=Case(When(not_regrade, then=0), default=1),
                being_graded=Window(Count("pk", filter=Q(status=Status.RUNNING)), partition_by=of_student),
                handed_in=Window(Max("turn", filter=not_regrade), partition_by=of_student),
                share=Case(
                    When(queued_at__lt=Now() - PATIENCE, then=Value(0)),
                    default=F("handed_in"),
                    output_field=models.IntegerField(),
                ),
            )
            .order_by("regrade", "being_graded", "priority", "share", "queued_at", "pk")
        )

    def claim_next(self, flavor: str) -> "Submission | None":
        """Take the next submission of this flavor for one attempt under a lease; None where none is due.

        The claim is one conditional update, so that of two workers that see the same row one gets it and the
        other looks again. On each machine one process of a flavor is kept for students who have handed in nothing
        else within the hour.
        """
        while True:
            first = self._next_due(flavor)
            if first is None:
                return None
            still_due = self.filter(pk=first.pk, attempt=first.attempt).due()
            claimed = still_due.update(
                status=Status.RUNNING,
                attempt=F("attempt") + 1,
                tries=F("tries") + 1,
                lease_until=Now() + lease_of(first.wall_seconds),
                started_at=Now(),
                worker=WORKER,
            )
            if claimed:
                submission = self.select_related("exercise").get(pk=first.pk)
                submission.is_lone = first.is_lone
                return submission

    def _next_due(self, flavor: str) -> "Due | None":
        """What goes next, as long as this machine's last free process of the flavor stays free for whom it is kept."""
        first = self._first_due(flavor)
        if first is None or first.is_lone or not self._only_reserve_left(flavor):
            return first
        lone = self._first_due(flavor, "regrade", "handed_in")
        return lone if lone is not None and lone.is_lone else None

    def _first_due(self, flavor: str, *before_all: str) -> "Due | None":
        """The first of this flavor that is due, in order, but ordered by `before_all` before that."""
        # All students' rows take part in the order, so that what is not due comes last instead of being left out.
        due = Case(When(_due() & Q(exercise__flavor=flavor), then=1), default=0)
        ordered = self.in_order().annotate(takeable=due)
        columns = ("takeable", "pk", "attempt", "exercise__wall_seconds", "regrade", "handed_in")
        row = ordered.order_by("-takeable", *before_all, *ordered.query.order_by).values_list(*columns).first()
        if row is None or not row[0]:
            return None
        pk, attempt, wall_seconds, regrade, handed_in = row[1:]
        return Due(pk, attempt, wall_seconds, is_lone=not regrade and handed_in == 1)

    def _only_reserve_left(self, flavor: str) -> bool:
        """Whether all of this machine's processes of a flavor grade but one; of fewer than three none is kept."""
        processes = settings.GRADING_PROCESSES[flavor]
        busy = self.filter(status=Status.RUNNING, worker=WORKER, exercise__flavor=flavor, lease_until__gte=Now())
        return processes >= 3 and busy.count() >= processes - 1

    def places(self, flavor: str) -> dict[int, int]:
        """How many go before each waiting submission of this flavor; up to a second old where the cache works."""
        key = f"places:{flavor}"
        found: dict[int, int] | None = cache.get(key)
        if found is None:
            waiting = self.in_order().values_list("pk", "status", "exercise__flavor")
            pks = [pk for pk, status, of in waiting if status == Status.QUEUED and of == flavor]
            found = {pk: place for place, pk in enumerate(pks)}
            cache.set(key, found, PLACES_KEPT_SECONDS)
        return found


def _due() -> Q:
    """Queued and not put off, or running on a lease that has lapsed and with a try left.

    All times of a claim are by the database's clock: workers whose own clocks differ agree. Nothing is put off for
    longer than the longest delay; if it seems so, the clock was set back.
    """
    put_off = Q(not_before__gt=Now(), not_before__lte=Now() + LONGEST_DELAY)
    return (Q(status=Status.QUEUED) & ~put_off) | (_lapsed() & Q(tries__lt=MAX_TRIES))


def _lapsed() -> Q:
    """Running for longer than its lease, or begun in what, since the clock was set back, is the future."""
    begun_later = Q(started_at__gt=Now() + datetime.timedelta(seconds=1))
    return Q(status=Status.RUNNING) & (Q(lease_until__lt=Now()) | begun_later)


def lease_of(wall_seconds: float) -> datetime.timedelta:
    """How long one attempt may go unheard before it counts as lost.

    As long as the student's code may run, as much again for the diagnosis, and a margin.
    """
    return datetime.timedelta(seconds=2 * min(wall_seconds, LONGEST_LIMIT_SECONDS) + settings.LEASE_MARGIN_SECONDS)
