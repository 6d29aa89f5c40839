"""Pages that everybody opens ask the database no oftener for many rows than for few."""

import datetime
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.enrollment.orders.payments import receive
from courses.models import (
    Announcement,
    Enrollment,
    Lecture,
    Meeting,
    Recording,
    Section,
    SectionLecture,
    Session,
    User,
    WaitingEntry,
)

HOUR = datetime.timedelta(hours=1)
numbers = itertools.count(1)


@pytest.fixture
def grow(course, session, student, instructor, new_session):
    """Add one of each that pages list: a past meeting with a recording, one to come, people, sessions, an offer."""
    section = Section.objects.create(course=course, slug="s", title="S", position=1)
    Enrollment.objects.enroll(student, session)
    receive(student.orders.get(), student.orders.get().outstanding, "manual", "bank")
    Session.objects.filter(pk=session.pk).update(seats=50)

    def grown():
        number = next(numbers)
        lecture = Lecture.objects.create(slug=f"lecture-{number}", title=f"Lecture {number}", body="Text")
        SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=number)
        for shift in (-number, number):
            starts_at = timezone.now() + shift * 2 * HOUR
            meeting = Meeting.objects.create(
                session=session, starts_at=starts_at, ends_at=starts_at + HOUR, join_url="https://meet.example/1"
            )
            meeting.lectures.add(lecture)
            if shift < 0:
                Recording.objects.create(
                    meeting=meeting, created_by=instructor, external_url="https://v.example", published_at=starts_at
                )
        Announcement.objects.create(session=session, author=instructor, title=f"News {number}", text="Text")
        person = User.objects.create_user(f"person-{number}@example.org", "x", name=f"Person {number}")
        Enrollment.objects.enroll(person, session)
        Enrollment.objects.enroll(student, new_session(f"unpaid-{number}"))
        offering = new_session(f"offered-{number}")
        WaitingEntry.objects.join(student, offering)
        WaitingEntry.objects.offer_free_seats(offering)

    return grown


@pytest.mark.parametrize(("person", "shown"), [("student", "home"), ("student", "session"), ("instructor", "roster")])
def test_a_page_asks_no_oftener_for_many_rows_than_for_few(
    client, request, grow, session, person, shown, django_assert_max_num_queries
):
    address = {"home": "/", "session": session.get_absolute_url(), "roster": f"/teaching/{session.pk}/roster/"}[shown]
    client.force_login(request.getfixturevalue(person))
    grow()
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        little = client.get(address).content.decode()
    for _ in range(3):
        grow()
    with django_assert_max_num_queries(len(few)):
        much = client.get(address).content.decode()
    assert len(much) > len(little) + 300
