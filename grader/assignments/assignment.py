"""Assignments: what a session's students are to do, when, for how much, and what lateness costs."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from courses.sessions.models import Session
from grader.assignments.lateness import LateRule
from grader.assignments.models import Exercise

MOST_DAYS = 365


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> "AssignmentQuerySet":
        """Those that were not taken out of their sessions."""
        return self.filter(removed_at__isnull=True)

    def opened(self, at: datetime.datetime | None = None) -> "AssignmentQuerySet":
        """Those on which students work, or have worked, at that moment."""
        return self.current().filter(Q(opens_at__isnull=True) | Q(opens_at__lte=at or timezone.now()))


class Assignment(models.Model):
    """An exercise of a session. One that is taken out keeps its scores, and comes back with them."""

    class Counted(models.TextChoices):
        BEST = "best", "The best"
        LAST = "last", "The last"

    session = models.ForeignKey(Session, models.PROTECT, related_name="assignments")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="assignments")
    opens_at = models.DateTimeField(null=True, blank=True, help_text="empty: with its lecture")
    due_at = models.DateTimeField(null=True, blank=True, help_text="empty: as long as the session takes work")
    weight = models.DecimalField(
        max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)],
        help_text="its share of the total, beside the other assignments; 0: practice",
    )  # fmt: skip
    attempts = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)],
        help_text="how many submissions count, the first ones; empty: all",
    )  # fmt: skip
    counted = models.CharField(max_length=4, choices=Counted.choices, default=Counted.BEST)
    grace_days = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_DAYS)], help_text="so many days late cost nothing"
    )
    late_percent = models.PositiveSmallIntegerField(
        default=10, validators=[MaxValueValidator(100)],
        help_text="of the marks earned, for each further day begun",
    )  # fmt: skip
    late_days = models.PositiveSmallIntegerField(
        default=7, validators=[MaxValueValidator(MOST_DAYS)],
        help_text="for so many days after it is due work still counts",
    )  # fmt: skip
    hidden = models.BooleanField(default=False, help_text="students see no score of it until it is posted")
    posted_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False, help_text="counts changes, so that none is lost")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="assigned_once_a_session", fields=["session", "exercise"]),
            models.CheckConstraint(name="assignment_weight_not_negative", condition=Q(weight__gte=0)),
            models.CheckConstraint(name="assignment_attempts_at_least_one", condition=Q(attempts__gte=1)),
            models.CheckConstraint(name="late_percent_is_a_share", condition=Q(late_percent__lte=100)),
            models.CheckConstraint(name="grace_within_late_days", condition=Q(grace_days__lte=F("late_days"))),
            models.CheckConstraint(
                name="assignment_opens_before_due",
                condition=Q(opens_at__isnull=True) | Q(due_at__isnull=True) | Q(opens_at__lt=F("due_at")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.exercise.title

    @property
    def late_rule(self) -> LateRule:
        """Of those without an extension."""
        return LateRule(self.due_at, self.grace_days, self.late_percent, self.late_days)

    def late_rule_of(self, extension: "Extension | None") -> LateRule:
        """Of the student who has this extension."""
        return self.late_rule.extended(extension.due_at) if extension else self.late_rule

    @property
    def is_open(self) -> bool:
        return self.opens_at is None or self.opens_at <= timezone.now()

    @property
    def is_posted(self) -> bool:
        """Whether students see its scores."""
        return not self.hidden or self.posted_at is not None


class Extension(models.Model):
    """A later due date for one student."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="extensions")
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True, help_text="for staff")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    granted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["assignment", "student"]
        constraints = [models.UniqueConstraint(name="extended_once", fields=["assignment", "student"])]

    def __str__(self) -> str:
        return f"{self.student}: {self.assignment}, {self.due_at:%Y-%m-%d %H:%M}"
