"""The school's admin pages, gathered from the slices."""

from courses.catalog import admin as catalog
from courses.enrollment import admin as enrollment
from courses.people import admin as people
from courses.sessions import admin as sessions

__all__ = ["catalog", "enrollment", "people", "sessions"]
