"""What anyone may see of courses and sessions; enrolling and withdrawing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from courses.enrollment.access import courses_for, courses_open_to, lectures_for, sessions_for
from courses.enrollment.models import Enrollment, EnrollmentRefused
from courses.people.models import User
from courses.sessions.filters import SessionFilter


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


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The catalog, upcoming sessions by what one looks for, and what the person is enrolled in."""
    mine = courses_open_to(request.user) if request.user.is_authenticated else None
    coming = sessions_for(request.user).upcoming().select_related("course")
    context = {
        "courses": courses_for(request.user),
        "mine": mine,
        "filters": SessionFilter(request.GET, queryset=coming),
    }
    return render(request, "courses/home.html", context)


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """A course: facts, outline, sessions, instructors, questions."""
    shown = get_object_or_404(courses_for(request.user), slug=course)
    context = {
        "course": shown,
        "sections": shown.sections.prefetch_related("places__lecture", "places__section", "places__course"),
        "readable": set(lectures_for(request.user).exclude(body="").values_list("pk", flat=True)),
        "sessions": sessions_for(request.user).upcoming().filter(course=shown).select_related("course"),
    }
    return render(request, "courses/course.html", context)
