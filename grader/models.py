"""The examiner's tables, gathered from the slices."""

from grader.assignments.assignment import Assignment
from grader.assignments.extension import Extension
from grader.assignments.models import Exercise
from grader.dashboard.models import (
    Completion,
    GradingDay,
    GradingMonth,
    Note,
    Standing,
    TimesDay,
    TimesMonth,
    Watch,
)
from grader.gradebook.models import (
    CheckRevision,
    Correction,
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
    "Completion",
    "Correction",
    "Criterion",
    "Exercise",
    "Extension",
    "Finding",
    "GradingDay",
    "GradingMonth",
    "LineComment",
    "Mark",
    "Note",
    "Override",
    "RegradeRequest",
    "Result",
    "Scheme",
    "Standing",
    "Submission",
    "TimesDay",
    "TimesMonth",
    "Watch",
]
