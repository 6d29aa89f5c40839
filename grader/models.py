"""The examiner's tables, gathered from the slices."""

from grader.assignments.models import Exercise
from grader.submissions.models import Result, Submission

__all__ = ["Exercise", "Result", "Submission"]
