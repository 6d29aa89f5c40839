"""What staff decide about scores, beside what the examiner found. Every decision keeps who took it and when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.gradebook.comments.models import LineComment
from grader.gradebook.corrections.models import Correction
from grader.gradebook.requests.models import RegradeRequest
from grader.gradebook.revisions.models import CheckRevision
from grader.gradebook.rubric.models import Criterion, Mark

__all__ = ["CheckRevision", "Correction", "Criterion", "LineComment", "Mark", "Override", "RegradeRequest", "Scheme"]


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
