"""The timetable that staff run, and the way into a meeting."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.classroom.meetings import series
from courses.classroom.meetings.attendance import note_joining
from courses.classroom.meetings.forms import MeetingForm, SeriesForm
from courses.classroom.meetings.models import Meeting
from courses.classroom.meetings.timetable import entry_of, next_of
from courses.classroom.meetings.timetable import timetable as timetable_of
from courses.enrollment import frame
from courses.enrollment.access import sessions_open_to
from courses.people.models import User


@login_required
@require_safe
def timetable(request: HttpRequest, pk: int) -> HttpResponse:
    """All meetings of a session with what they cover, for those who staff it."""
    session = frame.staffed(request, pk)
    entries = timetable_of(session, request.user)
    return frame.page(
        request, session, "timetable", "courses/teaching/timetable",
        past=[entry for entry in entries if entry.meeting.is_over],
        coming=[entry for entry in entries if not entry.meeting.is_over],
        next=next_of(entries, timezone.now()),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan one meeting."""
    assert isinstance(request.user, User)
    session = frame.locked(request, pk)
    form = MeetingForm(frame.data(request), session=session, instance=Meeting(session=session))
    if request.method == "POST" and form.is_valid():
        form.instance.plan(request.user, form.cleaned_data["lectures"])
        messages.success(request, f"“{form.instance}” is in the timetable.")
        return redirect("timetable", session.pk)
    return frame.page(
        request, session, "timetable", "courses/teaching/meeting", form, heading="Plan a meeting", verb="Plan it"
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def new_series(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan meetings on the same weekdays."""
    assert isinstance(request.user, User)
    session = frame.locked(request, pk)
    form = SeriesForm(frame.data(request), session=session, initial={"first_date": session.starts_on})
    if request.method == "POST" and form.is_valid():
        series.plan(form.meetings, request.user, form.cleaned_data["lectures_each"] or 0)
        messages.success(request, f"{len(form.meetings)} meetings are in the timetable.")
        return redirect("timetable", session.pk)
    return frame.page(
        request,
        session,
        "timetable",
        "courses/teaching/meeting",
        form,
        heading="Plan a series of meetings",
        verb="Plan them",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a meeting; members are told where its time or room has changed."""
    assert isinstance(request.user, User)
    meeting = _run(request, pk)
    session = meeting.session
    form = MeetingForm(frame.data(request), session=session, instance=meeting)
    if request.method == "POST" and form.is_valid():
        meeting.keep(request.user, form.cleaned_data["lectures"])
        messages.success(request, "The meeting is saved.")
        return redirect("timetable", session.pk)
    heading = f"Change: {entry_of(meeting, request.user).name}"
    return frame.page(
        request, session, "timetable", "courses/teaching/meeting", form, meeting=meeting, heading=heading, verb="Save"
    )


@login_required
@require_POST
@frame.post_in_one
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting does not take place; members are told."""
    assert isinstance(request.user, User)
    meeting = _run(request, pk)
    meeting.cancel(request.user)
    messages.success(request, f"“{meeting}” is canceled.")
    return redirect("timetable", meeting.session_id)


def _run(request: HttpRequest, pk: int) -> Meeting:
    """A meeting of a session that the person teaches, and that takes place. Raises Http404."""
    meetings = Meeting.objects.run_by(request.user).filter(canceled_at__isnull=True)
    meeting = get_object_or_404(meetings.select_related("session__course"), pk=pk)
    if request.method == "POST":
        meeting.session.lock()
    return meeting


@login_required
@require_safe
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the meeting's link, for those who belong to the session; when students came is noted."""
    assert isinstance(request.user, User)
    meetings = Meeting.objects.filter(session__in=sessions_open_to(request.user), canceled_at__isnull=True)
    meeting = get_object_or_404(meetings.select_related("session"), pk=pk)
    if meeting.is_canceled or not meeting.join_url:
        raise Http404
    note_joining(meeting, request.user)
    return redirect(meeting.join_url)
