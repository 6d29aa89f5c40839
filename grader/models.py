"""The examiner's tables, gathered from the slices."""

from grader.assignments.assignment import Assignment, Extension
from grader.assignments.models import Exercise
from grader.gradebook.models import (
    CheckRevision,
    Criterion,
    LineComment,
    Mark,
    Override,
    RegradeRequest,
    Scheme,
)
from grader.submissions.models import Finding, Result, Submission

__all__ = [
    "Assignment",
    "CheckRevision",
    "Criterion",
    "Exercise",
    "Extension",
    "Finding",
    "LineComment",
    "Mark",
    "Override",
    "RegradeRequest",
    "Result",
    "Scheme",
    "Submission",
]
