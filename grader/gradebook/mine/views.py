"""A student's own scores; and the same page as staff of a session look at it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.enrollment import frame
from courses.enrollment.access import sessions_seated_in
from courses.people.models import User
from grader.gradebook.mine.page import Grades


@login_required
@require_safe
def my_grades(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One's scores in a session, the latest that has begun unless another is asked for."""
    assert isinstance(request.user, User)
    sessions = list(sessions_seated_in(request.user).select_related("course").order_by("-starts_on", "-pk"))
    if pk is None:
        begun = [one for one in sessions if one.starts_on <= one.today]
        session = next(iter(begun or sessions), None)
    else:
        session = get_object_or_404(sessions_seated_in(request.user).select_related("course"), pk=pk)
    grades = Grades(session, request.user) if session else None
    return render(
        request, "grader/gradebook/my_grades.html", {"sessions": sessions, "session": session, "grades": grades}
    )


@login_required
@require_safe
def of_student(request: HttpRequest, pk: int, student: int) -> HttpResponse:
    """The page of a student of the session, as they see it."""
    session = frame.staffed(request, pk)
    seat = get_object_or_404(session.enrollments.select_related("user"), user__pk=student)
    return frame.page(
        request, session, "gradebook", "grader/gradebook/student", student=seat.user, seat=seat,
        grades=Grades(session, seat.user, seat.withdrawn_at),
    )  # fmt: skip
