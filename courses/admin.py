"""The school's admin pages, gathered from the slices."""

from courses.catalog import admin as catalog
from courses.classroom import admin as classroom
from courses.classroom.recordings import admin as recordings
from courses.enrollment import admin as enrollment
from courses.enrollment.invitations import admin as invitations
from courses.people import admin as people
from courses.sessions import admin as sessions
from courses.support import admin as support
from courses.support.hours import admin as hours

__all__ = ["catalog", "classroom", "enrollment", "hours", "invitations", "people", "recordings", "sessions", "support"]
