"""Other full marks for one check of an assignment, for everybody."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.enrollment.access import Person, sessions_staffed_by
from grader.assignments.assignment import Assignment


class CheckRevisionQuerySet(models.QuerySet["CheckRevision"]):
    def staffed_by(self, person: Person) -> "CheckRevisionQuerySet":
        """Those of sessions that the person staffs: a check that is hidden from students has a name."""
        return self.filter(assignment__session__in=sessions_staffed_by(person))


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

    objects = CheckRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "check_name"]
        constraints = [
            models.UniqueConstraint(name="check_revised_once", fields=["assignment", "check_name"]),
            models.CheckConstraint(name="revised_points_not_negative", condition=Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.points}"
