"""Submissions and their results. The table of submissions is the queue; messages only ring the bell."""

import datetime
import logging
import secrets
from collections.abc import Collection

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from courses.people.models import User
from grader.assignments.closing import closed_work
from grader.assignments.models import Exercise
from grader.results import Report
from grader.submissions import changes, limits
from grader.submissions.bell import ring
from grader.submissions.queue import MAX_TRIES, Priority, Status, SubmissionQuerySet, lease_of

log = logging.getLogger(__name__)


Marks = tuple[float, float]


def shown_marks(whole: Marks, public: Marks, closed: bool) -> Marks:
    """(score, of how many) as the student may know them: hidden checks count once the work is closed."""
    return whole if closed else public


def random_seed() -> int:
    return secrets.randbelow(2**31)


class Submission(models.Model):
    """A student's file, handed in for an exercise."""

    Status = Status
    Priority = Priority

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="submissions")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="submissions")
    source = models.TextField()
    seed = models.PositiveIntegerField(default=random_seed, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.FIRST)
    turn = models.PositiveSmallIntegerField(
        default=1, editable=False, help_text="how many the student had handed in within the hour, with this one"
    )
    queued_at = models.DateTimeField("handed in at", default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0, help_text="counts every claim; a report of an older one is late")
    tries = models.PositiveSmallIntegerField(default=0, help_text="claims since it was last queued")
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=255, blank=True, help_text="the machine that took it last")
    failure = models.TextField(blank=True, help_text="what failed on our side, for staff")
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    result = models.ForeignKey(
        "Result", models.RESTRICT, null=True, blank=True, related_name="+", help_text="the latest"
    )
    regrade_reason = models.CharField(max_length=200, blank=True)
    regrade_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SubmissionQuerySet.as_manager()
    # Whether, when it was claimed, its student had handed in nothing else within the hour.
    is_lone = True
    # How many comments its page shows, where a list has asked.
    comments_shown = 0

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "not_before"], name="submission_waiting"),
            models.Index(fields=["student", "status"], name="submission_student"),
            models.Index(fields=["student", "queued_at"], name="submission_recent"),
            # A session's gradebook and figures: all its students, the exercises that are assigned to them.
            models.Index(fields=["student", "exercise", "queued_at"], name="submission_of_exercise"),
            # The dashboard counts a day live, and finds the first one.
            models.Index(fields=["queued_at"], name="submission_day"),
            # Few among millions, for the dashboard and the site's health.
            models.Index(fields=["finished_at"], name="submission_failed", condition=Q(status="failed")),
        ]
        constraints = [
            models.CheckConstraint(
                name="graded_has_result", condition=~Q(status="graded") | Q(result__isnull=False)
            ),
            models.CheckConstraint(
                name="running_has_lease", condition=~Q(status="running") | Q(lease_until__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.exercise} by {self.student}, {self.queued_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("submission", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        return self.status not in (Status.QUEUED, Status.RUNNING)

    @property
    def may_be_canceled(self) -> bool:
        """By the student: it waits, and not to be graded again."""
        return self.status == Status.QUEUED and self.priority != Priority.REGRADE

    @property
    def report(self) -> Report | None:
        """All of the latest report, for the examiner alone; people are shown `shown_report`."""
        return self.result.report if self.result else None

    @property
    def shown_report(self) -> Report | None:
        """The report without what is hidden; the rest opens once the student's work can earn no more marks."""
        report = self.report
        return report.shown(due_passed=report.hides and self.is_closed) if report else None

    @cached_property
    def is_closed(self) -> bool:
        """Whether new work of the student for the exercise can earn no more marks in any of their sessions."""
        return bool(closed_work([(self.student_id, self.exercise_id)]))

    @classmethod
    def find_closed(cls, submissions: "Collection[Submission]") -> None:
        """Ask `is_closed` of all of these at once, where a score depends on it; of each alone it is a query each."""
        hiding = [one for one in submissions if one.result and one.result.hides_marks]
        closed = closed_work((one.student_id, one.exercise_id) for one in hiding)
        for one in hiding:
            one.is_closed = (one.student_id, one.exercise_id) in closed

    @property
    def shown_score(self) -> Marks | None:
        """(score, of how many) as the student may know them; None before a report."""
        if self.result is None:
            return None
        closed = self.result.hides_marks and self.is_closed
        return shown_marks(self.result.marks, self.result.open_marks, closed)

    @property
    def ahead(self) -> int:
        """How many waiting submissions of this flavor go before this one."""
        return Submission.objects.places(self.exercise.flavor).get(self.pk, 0)

    @classmethod
    def hand_in(
        cls, student: User, exercise: Exercise, source: str, replaces: "Submission | None" = None
    ) -> "Submission":
        """Commit a submission, then ring the bell. A broker that is down costs the student nothing.

        replaces : one of the student's own that is canceled for it, unless it is being graded already.
        Raises LimitReached where the student has as many as they may.
        """
        with transaction.atomic():
            # One at a time for each student, so that no two pass a limit side by side.
            User.objects.select_for_update().get(pk=student.pk)
            replaced = replaces is not None and replaces.cancel()
            turn = 1 + limits.check(cls.objects.filter(student=student))
            others = cls.objects.filter(student=student, exercise=exercise).exclude(status=Status.CANCELED)
            priority = Priority.REPEAT if others.exists() else Priority.FIRST
            submission = cls.objects.create(
                student=student, exercise=exercise, source=source, priority=priority, turn=turn
            )
            if replaces is not None and replaced:
                cls.objects.filter(pk=replaces.pk).update(replaced_by=submission)
            transaction.on_commit(lambda: ring(exercise.flavor))
        return submission

    def cancel(self) -> bool:
        """Take it out of the queue; False where it no longer waits there, or waits to be graded again."""
        waiting = Submission.objects.filter(pk=self.pk, status=Status.QUEUED).exclude(priority=Priority.REGRADE)
        return self._change(waiting, status=Status.CANCELED, finished_at=Now())

    def ask_regrade(self, reason: str, asked_by: User | None = None) -> bool:
        """Queue what was graded, behind all others, to be graded once more. False where it is not graded."""
        graded = Submission.objects.filter(pk=self.pk, status=Status.GRADED)
        return self._change(
            graded, status=Status.QUEUED, priority=Priority.REGRADE, not_before=Now(), tries=0,
            regrade_reason=reason, regrade_asked_by=asked_by,
        )  # fmt: skip

    def renew_lease(self) -> bool:
        """Say that whoever grades this attempt lives; False where the attempt is no longer theirs."""
        return bool(self._mine.update(lease_until=Now() + lease_of(self.exercise.wall_seconds)))

    def record(self, report: Report) -> bool:
        """Add the report as a result, if this attempt is still the submission's own; a late duplicate is discarded.

        This object stays as it was claimed.
        """
        with transaction.atomic():
            mine = self._mine.select_for_update().first()
            if mine is not None:
                before, after = mine.result, Result.add(mine, report)
                self._mine.update(
                    status=Status.GRADED, result=after, lease_until=None, finished_at=Now(),
                    failure="", regrade_reason="", regrade_asked_by=None,
                )  # fmt: skip
                if before is not None:
                    changes.tell(mine, before, after)
        return mine is not None

    def fail(self, reason: str) -> bool:
        """Our fault: try again, later each time; after the last try say so. It costs the student nothing.

        What was to be graded again keeps the result that it has.
        """
        log.error("submission %s, attempt %s failed: %s", self.pk, self.attempt, reason)
        if self.tries < MAX_TRIES:
            # 1, 5, 25 and 125 seconds: a sandbox that is broken for two minutes fails nobody.
            delay = datetime.timedelta(seconds=5 ** (self.tries - 1))
            return self._change(
                self._mine, status=Status.QUEUED, lease_until=None, failure=reason, not_before=Now() + delay
            )
        status = Status.FAILED if self.result_id is None else Status.GRADED
        return self._change(self._mine, status=status, lease_until=None, failure=reason, finished_at=Now())

    @property
    def _mine(self) -> SubmissionQuerySet:
        """This row, as long as this attempt is its own."""
        return Submission.objects.filter(pk=self.pk, attempt=self.attempt, status=Status.RUNNING)

    def _change(self, row: models.QuerySet["Submission"], **values: object) -> bool:
        changed = row.update(**values)
        self.refresh_from_db()
        return bool(changed)


class Result(models.Model):
    """What one grading of a submission gave. None is ever changed: a regrade adds one."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="results")
    number = models.PositiveSmallIntegerField(help_text="1 for the first grading")
    attempt = models.PositiveIntegerField()
    graded_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=200, blank=True, help_text="why it was graded again")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    exercise_version = models.CharField(max_length=64)
    outcome = models.CharField(max_length=20)
    score = models.FloatField()
    max_score = models.FloatField()
    open_score = models.FloatField(help_text="of the public checks alone")
    open_max_score = models.FloatField()
    marks_by_check = models.JSONField(default=list, help_text="of each check: name, points, of how many, visibility")
    waited_seconds = models.FloatField(
        null=True, blank=True, help_text="from handing in to the claim; not of a regrade"
    )
    took_seconds = models.FloatField(default=0, help_text="from the claim to the report")
    data = models.JSONField("report")

    class Meta:
        ordering = ["submission", "number"]
        # The dashboard counts a day live, and finds the first one.
        indexes = [models.Index(fields=["graded_at"], name="result_day")]
        constraints = [
            models.UniqueConstraint(name="results_are_numbered", fields=["submission", "number"]),
            models.CheckConstraint(
                name="result_score_within_bounds", condition=Q(score__gte=0, score__lte=F("max_score"))
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.score:g} of {self.max_score:g}, {self.graded_at:%Y-%m-%d %H:%M}"

    @classmethod
    def add(cls, submission: Submission, report: Report) -> "Result":
        """The report as the submission's newest result."""
        public = report.shown(due_passed=False)
        number = submission.results.count() + 1
        now, begun = timezone.now(), submission.started_at or timezone.now()
        result = cls.objects.create(
            submission=submission,
            number=number,
            graded_at=now,
            attempt=submission.attempt,
            reason=submission.regrade_reason,
            asked_by=submission.regrade_asked_by,
            exercise_version=report.version,
            outcome=report.outcome,
            score=report.score,
            max_score=report.max_score,
            open_score=public.score,
            open_max_score=public.max_score,
            marks_by_check=[[c.name, c.points, c.max_points, c.visibility] for c in report.checks],
            waited_seconds=max(0, (begun - submission.queued_at).total_seconds()) if number == 1 else None,
            took_seconds=max(0, (now - begun).total_seconds()),
            data=report.to_dict(),
        )
        Finding.objects.bulk_create(Finding(result=result, code=f.code, check_name=f.check) for f in report.findings)
        return result

    @property
    def report(self) -> Report:
        """All of it, for the examiner alone."""
        return Report.from_dict(self.data)

    @property
    def hides_marks(self) -> bool:
        """Whether a hidden check counts, so that a student's score is another one before the due date."""
        return self.open_max_score != self.max_score

    @property
    def marks(self) -> Marks:
        return self.score, self.max_score

    @property
    def open_marks(self) -> Marks:
        """(score, of how many) by the public checks alone."""
        return self.open_score, self.open_max_score


class Finding(models.Model):
    """A mistake that a result names, so that a session's can be counted without opening reports."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="findings")
    code = models.CharField(max_length=100)
    check_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code} in {self.check_name}"
