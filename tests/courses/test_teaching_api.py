"""Running sessions by program: sessions, meetings, announcements and attendance, each by whom it may."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from courses.enrollment.orders.payments import receive
from courses.models import (
    Announcement,
    Attendance,
    Change,
    Enrollment,
    Lecture,
    Mail,
    Meeting,
    Order,
    Session,
    Transaction,
)
from tests.api.test_api import API, client_of, is_problem
from tests.courses.test_teaching import FACTS

JSON = {"format": "json"}


@pytest.fixture
def runs(instructor):
    return client_of(instructor)


@pytest.fixture
def meeting(session, student):
    """A meeting tomorrow, with a student whose seat is settled."""
    Enrollment.objects.enroll(student, session)
    Order.objects.update(held_until=None)
    start = timezone.now().replace(hour=18, minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)
    return Meeting.objects.create(
        session=session, title="One", starts_at=start, ends_at=start + datetime.timedelta(hours=2), room="B 12",
        join_url="https://meet.example.org/1",
    )  # fmt: skip


def test_a_session_is_made_changed_and_led_through_its_states(runs, course, instructor):
    facts = {name: value for name, value in FACTS.items() if value != ""} | {"course": course.slug, "currency": "USD"}
    made = runs.post(f"{API}/sessions/", facts, **JSON)
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["slug"]) == ("draft", "online-2027-01-11")
    address = f"{API}/sessions/{made.json()['id']}/"
    assert runs.patch(address, {"seats": 20}, **JSON).json()["seats"] == 20
    is_problem(runs.patch(address, {"ends_on": "2027-01-10"}, **JSON), 400, "before the first one")
    for price in ("-1", "NaN", "1e400", "0.001", "100000000"):
        is_problem(runs.patch(address, {"price": price}, **JSON), 400, "price")
    assert Session.objects.get().price == 3999
    is_problem(runs.post(f"{address}reopen/"), 409, "it cannot be reopened")
    for do, state in (("publish", "published"), ("close", "closed"), ("reopen", "published"), ("take-back", "draft")):
        assert runs.post(f"{address}{do}/").json()["state"] == state
    copy = runs.post(f"{address}duplicate/", {"starts_on": "2027-04-12"}, **JSON).json()
    assert (copy["starts_on"], copy["ends_on"], copy["instructors"]) == ("2027-04-12", "2027-06-25", ["Ida Instructor"])
    is_problem(runs.post(f"{address}cancel/", {}, **JSON), 400, "reason")
    assert runs.post(f"{address}cancel/", {"reason": "Too few people."}, **JSON).json()["state"] == "canceled"
    is_problem(runs.post(f"{address}cancel/", {"reason": "Again."}, **JSON), 409, "canceled already")
    is_problem(runs.patch(address, {"seats": 30}, **JSON), 400, "canceled")
    assert Change.objects.filter(actor=instructor).count() >= 7


def test_whoever_paid_for_a_session_that_a_program_cancels_is_paid_back(runs, session, student):
    order = Enrollment.objects.enroll(student, session).order
    receive(order, Decimal(100), "test", "one")
    assert runs.post(f"{API}/sessions/{session.pk}/cancel/", {"reason": "Too few people."}, **JSON).status_code == 200
    assert (Transaction.objects.get(kind="refund").amount, order.outstanding) == (100, 0)
    assert Enrollment.objects.get().ending == "canceled"
    mine = client_of(student).get(f"{API}/orders/{order.pk}/").json()
    assert [entry["kind"] for entry in mine["entries"]] == ["charge", "payment", "credit", "refund"]
    is_problem(client_of(student).post(f"{API}/enrollments/", {"session": session.pk}), 409, "no longer takes")


def test_others_cannot_make_or_change_a_session(session, student, stranger, assistant):
    address = f"{API}/sessions/{session.pk}/"
    for person, made in ((student, 403), (assistant, 403), (stranger, 400)):
        client = client_of(person)
        is_problem(client.post(f"{API}/sessions/", {}, **JSON), made)
        is_problem(client.patch(address, {"seats": 99}, **JSON), 404)
        is_problem(client.post(f"{address}cancel/", {"reason": "Spite."}, **JSON), 404)
    assert Session.objects.get().state == "published"


def test_rooms_and_links_are_told_to_those_who_belong(client, meeting, student, other, assistant):
    address = f"{API}/meetings/{meeting.pk}/"
    for reader, belongs in (
        (client, False),
        (client_of(other), False),
        (client_of(student), True),
        (client_of(assistant), True),
    ):
        shown = reader.get(address).json()
        assert shown["title"] == "One"
        assert (shown["room"], shown["join_url"]) == (("B 12", "https://meet.example.org/1") if belongs else ("", ""))
        (listed,) = reader.get(f"{API}/meetings/", {"session": meeting.session_id}).json()["results"]
        assert listed == shown


def test_a_meeting_is_planned_moved_and_canceled(runs, meeting):
    Lecture.objects.create(slug="foreign", title="Of another course")
    day = meeting.starts_at + datetime.timedelta(days=1)
    new = {
        "session": meeting.session_id, "starts_at": day.isoformat(),
        "ends_at": (day + datetime.timedelta(hours=1)).isoformat(), "title": "Two",
    }  # fmt: skip
    made = runs.post(f"{API}/meetings/", new, **JSON)
    assert made.status_code == 201
    is_problem(runs.post(f"{API}/meetings/", new, **JSON), 400, "at the same time")
    is_problem(runs.post(f"{API}/meetings/", {**new, "lectures": ["foreign"]}, **JSON), 400, "Not of this course")
    Mail.objects.all().delete()
    address = f"{API}/meetings/{made.json()['id']}/"
    is_problem(runs.patch(address, {"ends_at": new["starts_at"]}, **JSON), 400, "not after the start")
    is_problem(runs.patch(address, {"starts_at": "2027-11-07T01:30:00"}, **JSON), 400, "offset from UTC")
    is_problem(runs.patch(address, {"starts_at": "0001-01-01T00:00:00Z"}, **JSON), 400, "The year 1 ")
    is_problem(runs.patch(address, {"join_url": "ftp://example.org/"}, **JSON), 400, "join_url")
    assert runs.patch(address, {"room": "C 3"}, **JSON).json()["sequence"] == 1
    assert Mail.objects.count() == 1
    assert runs.post(f"{address}cancel/").json()["canceled_at"]
    is_problem(runs.post(f"{address}cancel/"), 409, "is canceled")
    is_problem(runs.patch(address, {"room": "D"}, **JSON), 409, "is canceled")


def test_another_ones_session_takes_no_meeting_and_no_announcement(meeting, stranger, student, assistant):
    for person in (stranger, student, assistant):
        client = client_of(person)
        for name, body in (("meetings", {"starts_at": "2027-01-01T00:00Z", "ends_at": "2027-01-01T01:00Z"}),
                           ("announcements", {"title": "A", "text": "B"})):  # fmt: skip
            is_problem(client.post(f"{API}/{name}/", {"session": meeting.session_id, **body}, **JSON), 400, "session")
        is_problem(client.patch(f"{API}/meetings/{meeting.pk}/", {"room": "Mine"}, **JSON), 404)
        is_problem(client.post(f"{API}/meetings/{meeting.pk}/cancel/"), 404)
    assert (Meeting.objects.count(), Announcement.objects.count()) == (1, 0)


def test_an_announcement_is_posted_read_changed_and_deleted(runs, meeting, student, other):
    Mail.objects.all().delete()
    made = runs.post(f"{API}/announcements/", {"session": meeting.session_id, "title": "A", "text": "B"}, **JSON)
    assert made.status_code == 201
    assert Mail.objects.get().person == student
    address = f"{API}/announcements/{made.json()['id']}/"
    assert client_of(student).get(address).json()["title"] == "A"
    is_problem(client_of(other).get(address), 404)
    is_problem(client_of(student).delete(address), 404)
    assert runs.patch(address, {"title": "C"}, **JSON).json()["title"] == "C"
    assert runs.delete(address).status_code == 204
    assert Mail.objects.count() == 1


def test_attendance_is_taken_down_again_and_again_and_one_sees_ones_own(
    runs, meeting, student, other, assistant, stranger
):  # fmt: skip
    row = {"meeting": meeting.pk, "person": student.pk}
    for status in ("absent", "present"):
        assert runs.post(f"{API}/attendance/", {**row, "status": status}, **JSON).status_code == 201
    assert Attendance.objects.get().status == "present"
    assert runs.get(f"{API}/attendance/", {"session": "9" * 30}).json()["count"] == 0
    canceled = Meeting.objects.create(
        session=meeting.session, canceled_at=timezone.now(), starts_at=meeting.starts_at, ends_at=meeting.ends_at
    )
    is_problem(
        runs.post(f"{API}/attendance/", {**row, "meeting": canceled.pk, "status": "late"}, **JSON), 400, "meeting"
    )
    is_problem(
        runs.post(f"{API}/attendance/", {**row, "person": other.pk, "status": "late"}, **JSON),
        400,
        "not of the session",
    )
    for person, seen in ((student, 1), (assistant, 1), (other, 0), (stranger, 0)):
        client = client_of(person)
        assert client.get(f"{API}/attendance/", {"session": meeting.session_id}).json()["count"] == seen
        is_problem(client.post(f"{API}/attendance/", {**row, "status": "late"}, **JSON), 400, "meeting")
