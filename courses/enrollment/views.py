"""Enrolling, withdrawing, and moving to another session, by students themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from courses.enrollment.access import sessions_for
from courses.enrollment.models import Enrollment, EnrollmentRefused
from courses.enrollment.refusals import VoucherRefused
from courses.enrollment.seats import Seat, ask_for_seat, transfer
from courses.keys import key_of
from courses.people.models import User


@login_required
@require_POST
def enroll(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Take a seat, or a place on the waiting list; a refusal says why."""
    assert isinstance(request.user, User)
    chosen = get_object_or_404(sessions_for(request.user), course__slug=course, slug=session)
    code = request.POST.get("voucher", "")
    try:
        seat = ask_for_seat(request.user, chosen, code)
    except VoucherRefused as refused:
        messages.error(request, str(refused))
        return redirect(f"{chosen.get_absolute_url()}?{urlencode({'voucher': code})}#seat")
    except EnrollmentRefused as refused:
        messages.error(request, str(refused))
        return redirect(chosen)
    if seat.waiting is not None:
        messages.success(
            request, "This session is full. You are on its waiting list, and get mail when a seat is free."
        )
        return redirect(chosen)
    assert seat.enrollment is not None
    messages.success(request, "You are enrolled. Lectures and exercises are open from now on.")
    return redirect(seat.enrollment.order if seat.enrollment.order and seat.enrollment.is_held else chosen.course)


def _own(request: HttpRequest, course: str, session: str) -> Enrollment:
    """The person's seat in a session. Raises Http404."""
    assert isinstance(request.user, User)
    seats = Enrollment.objects.active().filter(user=request.user).select_related("session__course", "order", "user")
    return get_object_or_404(seats, session__course__slug=course, session__slug=session)


@login_required
@require_POST
def withdraw(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Give the seat back; what was handed in stays readable."""
    enrollment = _own(request, course, session)
    enrollment.withdraw()
    messages.success(request, "You have withdrawn. Your submissions stay readable.")
    return redirect(enrollment.session)


@login_required
@require_POST
def move(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Move to another session of the course, before the first day; the difference is owed or given back."""
    assert isinstance(request.user, User)
    enrollment = _own(request, course, session)
    target = get_object_or_404(Seat(enrollment).may_move_to, pk=key_of(request.POST.get("to", "")))
    try:
        moved = transfer(enrollment, target, request.user)
    except EnrollmentRefused as refused:
        messages.error(request, str(refused))
        return redirect(enrollment.session)
    messages.success(request, "You have moved to this session.")
    return redirect(moved.order if moved.order and moved.is_held else moved.session)
