"""The pages on which staff take attendance; assistants read them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from courses import sheets
from courses.classroom.meetings.attendance import people_of, table_of, take_down
from courses.classroom.meetings.models import Attendance, Meeting
from courses.classroom.meetings.timetable import entry_of
from courses.enrollment import frame
from courses.enrollment.access import sessions_run_by, sessions_staffed_by
from courses.people.models import User


@login_required
@require_safe
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """People by meetings, with totals."""
    session = frame.staffed(request, pk)
    return frame.page(request, session, "attendance", "courses/teaching/attendance", table=table_of(session))


@login_required
@require_safe
def attendance_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same table for a spreadsheet."""
    session = frame.staffed(request, pk)
    table = table_of(session)
    days = [f"{meeting.starts_at.astimezone(meeting.zone):%Y-%m-%d %H:%M}" for meeting in table.meetings]
    rows: list[list[object]] = [["Name", "E-mail", *days, "Came", "Taken down"]]
    for row in table.rows:
        cells = [cell.get_status_display() if cell else "" for cell in row.cells]
        rows.append([row.person.name, row.person.email, *cells, row.came, row.noted])
    return sheets.download(rows, f"attendance-{session.slug}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def meeting_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: a choice a person. Whoever assists reads it; whoever teaches takes it down."""
    assert isinstance(request.user, User)
    meeting = _meeting(request, pk)
    people = list(people_of(meeting.session))
    if request.method == "POST":
        statuses = {person: request.POST.get(f"status-{person.pk}", "") for person in people}
        if not set(statuses.values()) <= {"", *Attendance.Status.values}:
            raise SuspiciousOperation("no such status")
        if "rest" in request.POST:
            statuses = {person: status or Attendance.Status.PRESENT for person, status in statuses.items()}
        take_down(meeting, request.user, statuses)
        messages.success(request, "The attendance is saved.")
        return redirect("attendance", meeting.session_id)
    found = {attendance.person_id: attendance for attendance in meeting.attendances.all()}
    return frame.page(
        request, meeting.session, "attendance", "courses/teaching/meeting_attendance",
        meeting=meeting,
        entry=entry_of(meeting, request.user),
        rows=[(person, found.get(person.pk)) for person in people],
        choices=[("", "Not taken down"), *Attendance.Status.choices],
    )  # fmt: skip


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting that takes place, of a session that the person staffs; to change it, teaches. Raises Http404."""
    allowed = sessions_run_by if request.method == "POST" else sessions_staffed_by
    meetings = Meeting.objects.filter(session__in=allowed(request.user), canceled_at__isnull=True)
    return get_object_or_404(meetings.select_related("session__course"), pk=pk)
