"""The examiner's admin pages, gathered from the slices."""

from grader.assignments import admin as assignments
from grader.submissions import admin as submissions

__all__ = ["assignments", "submissions"]
