"""What staff decide about scores, beside what the examiner found. Every decision keeps who took it and when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.submissions.models import Submission


class Scheme(models.Model):
    """How a session's total is made of its assignments; without a row nothing is dropped."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="scheme")
    drop_lowest = models.PositiveSmallIntegerField(
        default=0, help_text="so many of each student's lowest scores do not count"
    )

    def __str__(self) -> str:
        return f"{self.session}: the lowest {self.drop_lowest} dropped"


class Override(models.Model):
    """A score that staff give instead of the examiner's. Rows are only added: the latest one holds.

    points : of `of`, what full marks were when it was given; None takes an earlier override back.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="overrides")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="overrides")
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    of = models.DecimalField(max_digits=8, decimal_places=2)
    reason = models.CharField(max_length=500, blank=True, help_text="the student reads it")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["assignment", "student", "pk"]
        indexes = [models.Index(name="override_of_cell", fields=["assignment", "student", "id"])]
        constraints = [
            models.CheckConstraint(
                name="override_within_full_marks",
                condition=Q(of__gt=0) & (Q(points__isnull=True) | Q(points__gte=0, points__lte=F("of"))),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.student}: {self.assignment}, {self.points} of {self.of}"


class CheckRevision(models.Model):
    """Other full marks for one check of an assignment, for everybody in it; 0 voids the check.

    What each student earned of the check is scaled to them.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="revisions")
    check_name = models.CharField(max_length=200)
    points = models.DecimalField(max_digits=8, decimal_places=2)
    reason = models.CharField(max_length=500, help_text="students read it")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["assignment", "check_name"]
        constraints = [
            models.UniqueConstraint(name="check_revised_once", fields=["assignment", "check_name"]),
            models.CheckConstraint(name="revised_points_not_negative", condition=Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.points}"


class Criterion(models.Model):
    """A line of an assignment's rubric, by which people score what no check can."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, help_text="Markdown: what earns how many points")
    points = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["assignment", "position"]
        constraints = [
            models.UniqueConstraint(name="criterion_position_once", fields=["assignment", "position"]),
            models.CheckConstraint(name="criterion_has_points", condition=Q(points__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Mark(models.Model):
    """What a student's work earns by one criterion."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="marks")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="marks")
    points = models.DecimalField(max_digits=8, decimal_places=2)
    comment = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["criterion", "student"]
        constraints = [
            models.UniqueConstraint(name="marked_once", fields=["criterion", "student"]),
            models.CheckConstraint(name="mark_not_negative", condition=Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.criterion}, {self.points}"


class LineComment(models.Model):
    """What staff say about a line of a student's file."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comments")
    line = models.PositiveIntegerField(help_text="from 1")
    text = models.TextField(help_text="Markdown")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission", "line", "pk"]
        constraints = [models.CheckConstraint(name="lines_begin_at_one", condition=Q(line__gte=1))]

    def __str__(self) -> str:
        return f"{self.submission}, line {self.line}"


class RegradeRequest(models.Model):
    """A student's wish to have a score looked at again, and what became of it."""

    class State(models.TextChoices):
        OPEN = "open", "Waits for an answer"
        GRANTED = "granted", "Granted"
        DECLINED = "declined", "Declined"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="regrade_requests")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="regrade_requests")
    submission = models.ForeignKey(Submission, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_regrade_request", fields=["assignment", "student"], condition=Q(state="open")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.assignment}, {self.get_state_display()}"
