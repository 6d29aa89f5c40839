"""What the school's pages show of exercises and assignments."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.catalog.models import Lecture
from courses.sessions.models import Session
from grader.assignments.models import Exercise


def exercises_of_lecture(request: HttpRequest, lecture: Lecture) -> SafeString:
    """Links to the lecture's exercises that the person may open."""
    exercises = Exercise.objects.open_to(request.user).filter(lecture=lecture)
    return render_to_string("grader/exercises_of_lecture.html", {"exercises": exercises})


def assignments_to_duplicate(request: HttpRequest, session: Session) -> SafeString:
    """What becomes of a session's assignments where it is duplicated."""
    number = session.assignments.current().count()
    if not number:
        return SafeString("")
    comes = "assignment comes" if number == 1 else "assignments come"
    return format_html("<p>Its {} {} along, due as many days later; extensions do not.</p>", number, comes)
