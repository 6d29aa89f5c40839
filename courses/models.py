"""The school's tables, gathered from the slices."""

from courses.catalog.models import Course, Faq, Instructor, Lecture, Section, SectionLecture
from courses.classroom.models import Reading
from courses.enrollment.models import Enrollment
from courses.people.models import User
from courses.sessions.models import Session
from courses.support.models import Message, Ticket

__all__ = [
    "Course",
    "Enrollment",
    "Faq",
    "Instructor",
    "Lecture",
    "Message",
    "Reading",
    "Section",
    "SectionLecture",
    "Session",
    "Ticket",
    "User",
]
