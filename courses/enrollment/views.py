"""What anyone may see of a session; enrolling and withdrawing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from courses.enrollment.access import sessions_for
from courses.enrollment.models import Enrollment, EnrollmentRefused
from courses.people.models import User


@login_required
@require_POST
def enroll(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Take a seat; a refusal says why."""
    assert isinstance(request.user, User)
    chosen = get_object_or_404(sessions_for(request.user), course__slug=course, slug=session)
    try:
        Enrollment.objects.enroll(request.user, chosen)
    except EnrollmentRefused as refused:
        messages.error(request, str(refused))
        return redirect(chosen)
    messages.success(request, "You are enrolled. Lectures and exercises are open from now on.")
    return redirect(chosen.course)


@login_required
@require_POST
def withdraw(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Give the seat back; what was handed in stays readable."""
    enrollment = get_object_or_404(
        Enrollment.objects.active(), user=request.user, session__course__slug=course, session__slug=session
    )
    enrollment.withdraw()
    messages.success(request, "You have withdrawn. Your submissions stay readable.")
    return redirect(enrollment.session)


@require_safe
def session(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Dates, price, seats, instructors, and one button."""
    shown = get_object_or_404(sessions_for(request.user), course__slug=course, slug=session)
    enrolled = isinstance(request.user, User) and shown.enrollments.active().filter(user=request.user).exists()
    return render(request, "courses/session.html", {"session": shown, "course": shown.course, "enrolled": enrolled})
