"""Submissions. This table is the queue; messages only ring the bell."""

import datetime
import logging
import secrets

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone

from courses.enrollment.access import Person, is_admin, students_of, work_is_closed
from courses.people.models import User
from grader.assignments.models import Exercise
from grader.results import Report
from grader.submissions.bell import ring

log = logging.getLogger(__name__)

MAX_TRIES = 5
LONGEST_DELAY = datetime.timedelta(seconds=2**MAX_TRIES)
UNSETTLED = f"Its worker ended at each of {MAX_TRIES} tries, before there was a report."


def random_seed() -> int:
    return secrets.randbelow(2**31)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, person: Person) -> "SubmissionQuerySet":
        """One's own; for staff those of their sessions' students; all for admins."""
        if is_admin(person):
            return self
        if not isinstance(person, User):
            return self.none()
        return self.filter(Q(student=person) | Q(student__in=students_of(person)))

    def due(self) -> "SubmissionQuerySet":
        """What a worker may take: queued and not put off, or running on a lease that has lapsed."""
        now = Now()
        # Nothing is put off for longer than this; if it seems so, the clock was set back.
        put_off = Q(not_before__gt=now, not_before__lte=now + LONGEST_DELAY)
        return self.filter((Q(status=Submission.Status.QUEUED) & ~put_off) | self._lapsed() & Q(attempt__lt=MAX_TRIES))

    def give_up(self) -> int:
        """Name failed what has ended its worker at every try; how many."""
        return self.filter(self._lapsed(), attempt__gte=MAX_TRIES).update(
            status=Submission.Status.FAILED, lease_until=None, finished_at=Now(), failure=UNSETTLED
        )

    @staticmethod
    def _lapsed() -> Q:
        """Running for longer than its lease, or begun in what, since the clock was set back, is the future.

        By the database's clock, as all times of a claim are: workers whose own clocks differ agree.
        """
        begun_later = Q(started_at__gt=Now() + datetime.timedelta(seconds=1))
        return Q(status=Submission.Status.RUNNING) & (Q(lease_until__lt=Now()) | begun_later)

    def claim_next(self, flavor: str) -> "Submission | None":
        """Take the fairest submission that is due, for one attempt under a lease; None where none is.

        Fair: whoever has fewest running goes first, then who waited longest. The claim is one conditional
        update, so that of two workers that see the same row one gets it and the other looks again.
        """
        running = (
            Submission.objects.filter(student=OuterRef("student"), status=Submission.Status.RUNNING)
            .values("student")
            .annotate(n=Count("pk"))
            .values("n")
        )
        while True:
            due = self.filter(exercise__flavor=flavor).due().select_related("exercise")
            first = due.annotate(running=Coalesce(Subquery(running), 0)).order_by("running", "queued_at", "pk").first()
            if first is None:
                return None
            lease = datetime.timedelta(seconds=first.exercise.wall_seconds + settings.LEASE_MARGIN_SECONDS)
            claimed = (
                self.filter(pk=first.pk, attempt=first.attempt)
                .due()
                .update(
                    status=Submission.Status.RUNNING,
                    attempt=F("attempt") + 1,
                    lease_until=Now() + lease,
                    started_at=Now(),
                )
            )
            if claimed:
                first.refresh_from_db()
                return first


class Submission(models.Model):
    """A student's file, handed in for an exercise, and its report."""

    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Being graded"
        GRADED = "graded", "Graded"
        FAILED = "failed", "Could not be graded, by our fault"

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="submissions")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="submissions")
    source = models.TextField()
    seed = models.PositiveIntegerField(default=random_seed, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    queued_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    score = models.FloatField(null=True, blank=True)
    max_score = models.FloatField(null=True, blank=True)
    open_score = models.FloatField(null=True, blank=True, help_text="of the public checks alone")
    open_max_score = models.FloatField(null=True, blank=True)
    exercise_version = models.CharField(max_length=64, blank=True)
    data = models.JSONField("report", null=True, blank=True)
    failure = models.TextField(blank=True, help_text="what failed on our side, for staff")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "not_before"], name="submission_waiting"),
            models.Index(fields=["student", "status"], name="submission_student"),
        ]
        constraints = [
            models.CheckConstraint(
                name="graded_has_report",
                condition=~Q(status="graded") | (~Q(outcome="") & Q(score__isnull=False, data__isnull=False)),
            ),
            models.CheckConstraint(
                name="running_has_lease", condition=~Q(status="running") | Q(lease_until__isnull=False)
            ),
            models.CheckConstraint(
                name="score_within_bounds",
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=F("max_score")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} by {self.student}, {self.queued_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("submission", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        return self.status in (self.Status.GRADED, self.Status.FAILED)

    @property
    def report(self) -> Report | None:
        """All of it, for the examiner alone; people are shown `shown_report`."""
        return Report.from_dict(self.data) if self.data else None

    @property
    def shown_report(self) -> Report | None:
        """The report without what is hidden; the rest opens when all of the student's sessions are closed for work."""
        report = self.report
        return report.shown(due_passed=self.is_closed) if report else None

    @property
    def is_closed(self) -> bool:
        """Whether all of the student's sessions have ended new work for the exercise."""
        return work_is_closed(self.student, self.exercise.lecture)

    @property
    def shown_score(self) -> tuple[float, float] | None:
        """(score, of how many) as the student may know them; None before a report."""
        if self.score is None or self.max_score is None or self.open_score is None or self.open_max_score is None:
            return None
        hides = self.open_max_score != self.max_score and not self.is_closed
        return (self.open_score, self.open_max_score) if hides else (self.score, self.max_score)

    @property
    def ahead(self) -> int:
        """How many submissions of this flavor came before this one and wait still."""
        return Submission.objects.filter(
            exercise__flavor=self.exercise.flavor, status=self.Status.QUEUED, queued_at__lt=self.queued_at
        ).count()

    @classmethod
    def hand_in(cls, student: User, exercise: Exercise, source: str) -> "Submission":
        """Commit a submission, then ring the bell. A broker that is down costs the student nothing."""
        with transaction.atomic():
            submission = cls.objects.create(student=student, exercise=exercise, source=source)
            transaction.on_commit(lambda: ring(exercise.flavor))
        return submission

    def record(self, report: Report) -> bool:
        """Keep the report, if this attempt is still the submission's own; a late duplicate is discarded."""
        open_part = report.shown(due_passed=False)
        return self._settle(
            status=self.Status.GRADED,
            outcome=report.outcome,
            score=report.score,
            max_score=report.max_score,
            open_score=open_part.score,
            open_max_score=open_part.max_score,
            exercise_version=report.version,
            data=report.to_dict(),
            finished_at=Now(),
        )

    def fail(self, reason: str) -> bool:
        """Our fault: try again, later each time; after the last try say so. It costs the student no attempt."""
        log.error("submission %s, attempt %s failed: %s", self.pk, self.attempt, reason)
        if self.attempt >= MAX_TRIES:
            return self._settle(status=self.Status.FAILED, failure=reason, finished_at=Now())
        delay = datetime.timedelta(seconds=2**self.attempt)
        return self._settle(status=self.Status.QUEUED, failure=reason, not_before=Now() + delay)

    def _settle(self, **values: object) -> bool:
        mine = Submission.objects.filter(pk=self.pk, attempt=self.attempt, status=self.Status.RUNNING)
        settled = mine.update(lease_until=None, **values)
        self.refresh_from_db()
        return bool(settled)
