"""The school's admin pages, gathered from the slices."""

from courses.catalog import admin as catalog
from courses.enrollment import admin as enrollment
from courses.people import admin as people
from courses.sessions import admin as sessions
from courses.support import admin as support

__all__ = ["catalog", "enrollment", "people", "sessions", "support"]
