"""The examiner's admin pages, gathered from the slices."""

from grader.assignments import admin as assignments
from grader.dashboard import admin as dashboard
from grader.gradebook import admin as gradebook
from grader.submissions import admin as submissions

__all__ = ["assignments", "dashboard", "gradebook", "submissions"]
