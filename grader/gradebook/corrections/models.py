"""What became of scores that students had seen already."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from grader.assignments.assignment import Assignment


class Correction(models.Model):
    """That a score which its student had seen became another one, as they were told. Rows are only added.

    before, after : percent of full marks; None: there was none, or is none any more.
    by : who decided it; None where the examiner graded anew.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="corrections")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="corrections")
    before = models.FloatField(null=True, blank=True)
    after = models.FloatField(null=True, blank=True)
    why = models.CharField(max_length=500, help_text="the student reads it")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["assignment", "student", "pk"]
        indexes = [models.Index(name="correction_of_cell", fields=["assignment", "student", "id"])]

    def __str__(self) -> str:
        return f"{self.student}: {self.assignment}, {self.before} to {self.after} percent"
