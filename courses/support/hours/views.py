"""Office hours: the page on which students book and cancel, and the one on which staff open, move and cancel."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from courses.enrollment import frame
from courses.enrollment.access import sessions_attended_by, sessions_open_to, sessions_staffed_by
from courses.people.models import User
from courses.sessions.models import Session
from courses.support.hours.bookings import Booking, HoursRefused
from courses.support.hours.forms import BookingForm, MoveForm, OpenForm, ReasonForm
from courses.support.hours.models import OfficeHour

# So many of the past are listed.
PAST = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_hours(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """What is free in a session, and what the person has booked; POST books one. Who was quicker has it."""
    assert isinstance(request.user, User)
    allowed = sessions_attended_by if request.method == "POST" else sessions_open_to
    sessions = allowed(request.user).select_related("course")
    shown = get_object_or_404(sessions, course__slug=course, slug=session)
    form = BookingForm(shown, frame.data(request), initial={"hour": request.GET.get("hour")})
    if request.method != "POST" or not form.is_valid():
        return _students_page(request, shown, form, status=400 if form.errors else 200)
    try:
        form.cleaned_data["hour"].book(request.user, form.cleaned_data["about"])
    except HoursRefused as refused:
        form.add_error("hour", str(refused))
        return _students_page(request, shown, form, status=409)
    messages.success(request, "It is booked. You get it by e-mail, and it is in the calendar that you subscribe to.")
    return redirect("office_hours", course, session)


def _students_page(request: HttpRequest, session: Session, form: BookingForm, status: int) -> HttpResponse:
    booked = Booking.objects.live().filter(student_id=request.user.pk, hour__session=session)
    free = OfficeHour.objects.bookable().filter(session=session, session__canceled_at=None)
    own = booked.filter(hour__ends_at__gt=timezone.now()).select_related("hour__host").order_by("hour__starts_at")
    context = {
        "session": session,
        "course": session.course,
        "form": form,
        "own": own,
        "free": free.exclude(pk__in=booked.values("hour")).select_related("host").order_by("starts_at", "pk"),
        "attends": sessions_attended_by(request.user).filter(pk=session.pk).exists(),
        "staffs": sessions_staffed_by(request.user).filter(pk=session.pk).exists(),
        "left": _left(session),
    }
    return render(request, "courses/hours/student.html", context, status=status)


@login_required
@require_POST
def booking_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not come to what one has booked; up to the start."""
    own = Booking.objects.live().filter(student_id=request.user.pk).select_related("hour__session__course", "student")
    booking = get_object_or_404(own, pk=pk)
    try:
        booking.cancel()
    except HoursRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"It is canceled, and {booking.hour.host} is told.")
    return redirect(booking.hour)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def session_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """All office hours of a session, for its staff; POST opens some of one's own."""
    assert isinstance(request.user, User)
    session = frame.staffed(request, pk)
    if request.method == "POST":
        session.lock()
    form = OpenForm(frame.data(request), session=session)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                OfficeHour.objects.open_row(form.first(request.user), form.cleaned_data["number"])
        except ValidationError as wrong:
            form.refuse(wrong)
        else:
            messages.success(request, "They are open: students can book them from now on.")
            return redirect("session_hours", session.pk)
    return _page(request, session, "list", form, **_listed(request, session))


def _listed(request: HttpRequest, session: Session) -> dict[str, Any]:
    hours = OfficeHour.objects.held().filter(session=session).with_people().select_related("host", "session")
    managed = OfficeHour.objects.managed_by(request.user).filter(session=session)
    return {
        "coming": hours.filter(starts_at__gt=timezone.now()).order_by("starts_at", "pk"),
        "past": hours.filter(starts_at__lte=timezone.now()).order_by("-starts_at", "-pk")[:PAST],
        "managed": set(managed.values_list("pk", flat=True)),
        "left": _left(session),
    }


def _left(session: Session) -> set[int]:
    """The keys of slots to come whose host is no longer of the session's staff."""
    return set(OfficeHour.objects.to_come().left_by_host().filter(session=session).values_list("pk", flat=True))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def hour_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a slot to another time or place; who has booked it is told."""
    assert isinstance(request.user, User)
    hour = managed(request, pk)
    form = MoveForm(frame.data(request), instance=hour, session=hour.session)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.moved().keep(request.user)
        except ValidationError as wrong:
            form.refuse(wrong)
        else:
            messages.success(request, "It is saved." + (" Who has booked it is told." if hour.booked else ""))
            return redirect("session_hours", hour.session_id)
    # The page around the form is about the slot as it is.
    shown = OfficeHour.objects.with_people().select_related("host", "session").get(pk=pk)
    return _page(request, hour.session, "edit", form, hour=shown)


@login_required
@require_POST
@frame.post_in_one
def hour_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """A slot does not take place; who has booked it is told."""
    assert isinstance(request.user, User)
    hour = managed(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            hour.cancel(request.user, form.cleaned_data["reason"])
        except HoursRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "It is canceled." + (" Who had booked it is told." if hour.booked else ""))
    else:
        messages.error(request, "The reason is too long. Say it in 300 characters.")
    return redirect("session_hours", hour.session_id)


def managed(request: HttpRequest, pk: int) -> OfficeHour:
    """A slot that the person may change, kept from others while a POST changes it. Raises Http404."""
    hours = OfficeHour.objects.managed_by(request.user).filter(canceled_at__isnull=True)
    hour = get_object_or_404(hours.select_related("session__course", "host"), pk=pk)
    if request.method == "POST":
        hour.session.lock()
        hour.refresh_from_db(fields=["starts_at", "ends_at", "room", "join_url", "capacity", "booked", "canceled_at"])
    return hour


def _page(request: HttpRequest, session: Session, name: str, form: BaseForm, **context: Any) -> HttpResponse:
    return frame.page(request, session, "hours", f"courses/hours/{name}", form, **context)
