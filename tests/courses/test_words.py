"""What things are called, wherever people read of them."""

import datetime
from decimal import Decimal

import pytest

from courses.enrollment.orders.payments import receive
from courses.models import Change, Enrollment, Lecture, Meeting, Order, Recording, Section, SectionLecture
from courses.people.audit import record
from courses.templatetags.history import kept
from courses.templatetags.money import money

EVENING = datetime.datetime(2027, 1, 15, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("amount", "words"),
    [("3999", "USD\xa03,999.00"), ("-9.5", "USD\xa0−9.50"), ("0", "USD\xa00.00"), ("-0", "USD\xa00.00")],
)
def test_an_amount_never_parts_from_its_currency(amount, words):
    assert money(Decimal(amount), "USD") == words


def test_a_session_is_named_by_place_and_first_day(new_session):
    session = new_session(starts_on=datetime.date(2027, 1, 11), ends_on=datetime.date(2027, 3, 1))
    assert str(session) == "Online, January 11, 2027"
    assert session.full_name == "Neural networks, Online, January 11, 2027"


def test_a_meeting_and_its_recording_are_named_by_what_is_covered_in_the_order_of_the_course(session, instructor):
    meeting = Meeting.objects.create(session=session, starts_at=EVENING, ends_at=EVENING + datetime.timedelta(hours=1))
    assert str(meeting) == "Meeting of January 14, 2027"
    section = Section.objects.create(course=session.course, slug="s", title="S", position=1)
    for position, title in enumerate(("Perceptrons", "Activations"), start=1):
        lecture = Lecture.objects.create(slug=title.lower(), title=title)
        SectionLecture.objects.create(course=session.course, section=section, lecture=lecture, position=position)
        meeting.lectures.add(lecture)
    recording = Recording.objects.create(meeting=meeting, created_by=instructor)
    assert str(Meeting.objects.get()) == str(meeting) == str(recording) == "Perceptrons; Activations"
    meeting.title = "Week 1"
    assert str(meeting) == "Week 1"


def test_what_is_paid_in_parts_owes_nothing_to_the_last_cent(session, student):
    order = Enrollment.objects.enroll(student, session).order
    for number, part in enumerate(("33.33", "33.34", "0.10", "0.20", "33.03")):
        receive(order, Decimal(part), "manual", f"bank-{number}")
    assert Order.objects.with_owed().get().owed == 0
    assert not Order.objects.unpaid().exists()
    assert not Order.objects.owed_back().exists()


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "–"), ("", "–"), (True, "yes"), (20, "20"), ("Boston", "Boston"), ("2027-01-11", "January 11, 2027"),
     ("2027-01-15 01:00:00+00:00", "January 15, 2027, 1:00 AM (UTC)")],
)  # fmt: skip
def test_the_history_writes_values_as_people_do(value, words):
    assert kept(value) == words


def test_the_history_has_no_date_as_computers_write_it(client, session, instructor):
    record(instructor, "changed “Week 1”", session, {"starts_at": (None, EVENING), "canceled_at": (None, None)})
    client.force_login(instructor)
    page = client.get(f"/teaching/{session.pk}/history/").content.decode()
    assert "starts at" in page
    assert "January 14, 2027, 8:00 PM (New York)" in page
    assert "2027-01" not in page
    assert Change.objects.count() == 1
