"""What a lecture's page shows of the examiner."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from courses.catalog.models import Lecture
from grader.assignments.models import Exercise


def exercises_of_lecture(request: HttpRequest, lecture: Lecture) -> SafeString:
    """Links to the lecture's exercises that the person may open."""
    exercises = Exercise.objects.open_to(request.user).filter(lecture=lecture)
    return render_to_string("grader/exercises_of_lecture.html", {"exercises": exercises})
