"""The school's tables, gathered from the slices."""

from courses.catalog.models import Course, Faq, Instructor, Lecture, Section, SectionLecture
from courses.classroom.models import Reading
from courses.enrollment.models import Enrollment
from courses.people.models import User
from courses.sessions.models import Session

__all__ = [
    "Course",
    "Enrollment",
    "Faq",
    "Instructor",
    "Lecture",
    "Reading",
    "Section",
    "SectionLecture",
    "Session",
    "User",
]
