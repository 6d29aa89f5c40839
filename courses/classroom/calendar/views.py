"""The private calendar of a person, and the timetable of a session as a file."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from courses.classroom.calendar.appointments import appointments_of
from courses.classroom.calendar.events import calendar_of
from courses.classroom.calendar.models import CalendarFeed
from courses.classroom.meetings.timetable import entries, timetable
from courses.enrollment.access import sessions_for, sessions_open_to
from courses.people.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The address to subscribe to; POST makes a new one."""
    assert isinstance(request.user, User)
    feed = CalendarFeed.objects.of(request.user)
    if request.method == "POST":
        feed.reset()
        messages.success(request, "Your calendar has a new address. The old one leads nowhere from now on.")
        return redirect("calendar")
    address = settings.SITE_URL + reverse("calendar_feed", args=[feed.token])
    context = {"address": address, "webcal": f"webcal://{address.partition('://')[2]}"}
    return render(request, "courses/calendar.html", context)


@require_safe
@cache_control(private=True)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's calendar; whoever knows the address may read it."""
    found = get_object_or_404(CalendarFeed.objects.live().select_related("person"), token=token)
    shown = entries(found.meetings(), found.person)
    belongs = frozenset(sessions_open_to(found.person).values_list("pk", flat=True))
    return _answer(calendar_of(shown, "Gradus", belongs, appointments_of(found.person)))


@require_safe
@cache_control(private=True)
def session_calendar(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """A session's timetable as a file; rooms and join pages only for those who belong."""
    sessions = sessions_for(request.user).select_related("course")
    shown = get_object_or_404(sessions, course__slug=course, slug=session)
    belongs = frozenset(sessions_open_to(request.user).filter(pk=shown.pk).values_list("pk", flat=True))
    answer = _answer(calendar_of(timetable(shown, request.user), shown.full_name, belongs))
    answer["Content-Disposition"] = f'attachment; filename="{shown.slug}.ics"'
    return answer


def _answer(calendar: bytes) -> HttpResponse:
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
