"""Attendance: one meeting after the other, the table of all, and its file."""

import csv
import io

import pytest
from django.utils import timezone

from courses.models import Attendance, Change, Enrollment
from tests.courses.test_teaching import meet


@pytest.fixture
def meeting(session, student, other):
    """A meeting today, with two people of the session."""
    for person in (student, other):
        Enrollment.objects.enroll(person, session)
    return meet(session, session.starts_on.isoformat(), "10:00", "12:00", title="On gradients")


def take(client, meeting, **data):
    return client.post(f"/teaching/meetings/{meeting.pk}/attendance/", data)


def test_attendance_is_taken_down_and_noted_and_the_table_counts_it(client, meeting, student, other, instructor):
    later = meet(meeting.session, meeting.session.ends_on.isoformat())
    client.force_login(instructor)
    statuses = {f"status-{student.pk}": "late", f"status-{other.pk}": "absent"}
    assert take(client, meeting, **statuses).status_code == 302
    assert dict(Attendance.objects.values_list("person", "status")) == {student.pk: "late", other.pk: "absent"}
    change = Change.objects.get(what__contains="took down")
    assert change.values == {student.email: ["", "late"], other.email: ["", "absent"]}
    take(client, meeting, **statuses)
    assert Change.objects.filter(what__contains="took down").count() == 1
    page = client.get(f"/teaching/{meeting.session_id}/attendance/")
    table = page.context["table"]
    assert table.meetings == (meeting, later)
    assert [(row.person, row.came, row.noted) for row in table.rows] == [(other, 0, 1), (student, 1, 1)]
    assert table.came == [1, 0]
    assert '<abbr class="partly" title="Late">L</abbr>' in page.content.decode()


def test_all_present_fills_in_only_what_is_not_taken_down(client, meeting, student, other, instructor):
    client.force_login(instructor)
    take(client, meeting, **{f"status-{student.pk}": "excused", f"status-{other.pk}": "", "rest": "present"})
    assert dict(Attendance.objects.values_list("person", "status")) == {student.pk: "excused", other.pk: "present"}


def test_a_status_that_is_none_or_somebody_elses_name_changes_nothing(client, meeting, student, stranger, instructor):
    client.force_login(instructor)
    assert take(client, meeting, **{f"status-{student.pk}": "asleep"}).status_code == 400
    assert take(client, meeting, **{f"status-{stranger.pk}": "present"}).status_code == 302
    assert not Attendance.objects.exists()


def test_when_somebody_joined_is_shown_and_who_withdrew_stays_in_the_record(client, meeting, student, instructor):
    Attendance.objects.create(meeting=meeting, person=student, joined_at=meeting.starts_at)
    Enrollment.objects.filter(user=student).update(withdrawn_at=timezone.now())
    client.force_login(instructor)
    page = client.get(f"/teaching/meetings/{meeting.pk}/attendance/").content.decode()
    assert "10:00 AM (New York)" in page
    assert "↗" in client.get(f"/teaching/{meeting.session_id}/attendance/").content.decode()


def test_an_assistant_reads_and_others_find_nothing(client, meeting, student, assistant, stranger):
    addresses = [f"/teaching/{meeting.session_id}/attendance/", f"/teaching/{meeting.session_id}/attendance.csv"]
    addresses.append(f"/teaching/meetings/{meeting.pk}/attendance/")
    for person, status in ((assistant, 200), (stranger, 404), (student, 404)):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [status] * 3
        assert take(client, meeting, **{f"status-{student.pk}": "present"}).status_code == 404
    assert not Attendance.objects.exists()


def test_the_file_has_no_formulas(client, meeting, student, other, instructor):
    for person, name in ((student, "=HYPERLINK(1)"), (other, "@sum")):
        person.name = name
        person.save()
    Attendance.objects.create(meeting=meeting, person=student, status="present")
    client.force_login(instructor)
    response = client.get(f"/teaching/{meeting.session_id}/attendance.csv")
    assert response["Content-Disposition"] == 'attachment; filename="attendance-now.csv"'
    header, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert header == ["Name", "E-mail", f"{meeting.session.starts_on} 10:00", "Came", "Taken down"]
    assert rows == [
        ["'=HYPERLINK(1)", "student@example.org", "Present", "1", "1"],
        ["'@sum", "other@example.org", "", "0", "0"],
    ]


def test_a_canceled_meeting_has_no_attendance(client, meeting, instructor):
    meeting.cancel(instructor)
    client.force_login(instructor)
    assert client.get(f"/teaching/meetings/{meeting.pk}/attendance/").status_code == 404
    assert "Plan <a" in client.get(f"/teaching/{meeting.session_id}/attendance/").content.decode()
