"""The private calendar, read by a parser that is none of ours; and a session's timetable as a file."""

import datetime
import zoneinfo

import pytest
import time_machine
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream
from ical.event import EventStatus
from icalendar import Calendar

from courses.models import CalendarFeed, Enrollment, Lecture, Order, Section, SectionLecture, Session
from tests.courses.test_teaching import at, meet

ZONE = zoneinfo.ZoneInfo("America/New_York")


@pytest.fixture
def year(new_session, instructor):
    session = new_session("year", starts_on=datetime.date(2027, 1, 1), ends_on=datetime.date(2027, 12, 31))
    session.instructors.add(instructor.instructor)
    return session


@pytest.fixture
def attends(year, student):
    """The student, with a seat that is settled."""
    Enrollment.objects.enroll(student, year)
    Order.objects.update(held_until=None)
    return student


def address_of(person):
    return f"/calendar/{CalendarFeed.objects.of(person).token}.ics"


def events(client, address):
    """The events at this address, by their summary."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content.decode()
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    return {event.summary: event for event in IcsCalendarStream.calendar_from_ics(text).events}


def test_the_calendar_has_all_meetings_by_the_sessions_clocks_across_a_change_of_time(client, year, attends):
    meet(year, "2027-03-09", title="Winter", room="B 12; left, door", join_url="https://meet.example.org/1")
    meet(year, "2027-03-16", title="Summer")
    found = events(client, address_of(attends))
    assert set(found) == {"Winter", "Summer"}
    for title, date, hour in (("Winter", (2027, 3, 9), 23), ("Summer", (2027, 3, 16), 22)):
        event = found[title]
        assert event.dtstart.replace(tzinfo=None) == datetime.datetime(*date, 18)
        assert event.dtstart.astimezone(datetime.UTC) == datetime.datetime(*date, hour, tzinfo=datetime.UTC)
        assert event.dtend - event.dtstart == datetime.timedelta(hours=2)
    winter = found["Winter"]
    join = f"http://127.0.0.1:8000/meetings/{year.meetings.first().pk}/join/"
    assert (str(winter.url), winter.location) == (join, f"B 12; left, door, {join}")
    assert str(found["Summer"].url).startswith("http://127.0.0.1:8000/courses/networks/sessions/year/")


def test_its_time_zone_is_told_with_the_rules_of_those_years(client, year, attends):
    meet(year, "2027-03-09")
    text = client.get(address_of(attends)).content.decode()
    assert "meet.example.org" not in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    calendar = Calendar.from_ical(text)
    (zone,) = calendar.walk("VTIMEZONE")
    rules = zone.to_tz()
    for local, hours in ((datetime.datetime(2027, 3, 9, 18), -5), (datetime.datetime(2027, 7, 9, 18), -4)):
        assert local.replace(tzinfo=rules).utcoffset() == datetime.timedelta(hours=hours)


def test_a_meeting_in_the_second_of_both_hours_is_at_its_moment(client, year, attends):
    first, second = at("2027-11-07", "01:15", later=False), at("2027-11-07", "01:15", later=True)
    year.meetings.create(title="First", starts_at=first, ends_at=first + datetime.timedelta(minutes=30))
    year.meetings.create(title="Second", starts_at=second, ends_at=second + datetime.timedelta(minutes=30))
    found = events(client, address_of(attends))
    assert found["First"].dtstart.astimezone(datetime.UTC) == first
    assert found["Second"].dtstart.astimezone(datetime.UTC) == second


def test_a_change_keeps_the_uid_and_counts_and_what_is_canceled_says_so(client, year, attends, instructor):
    meeting = meet(year, "2027-03-09", title="One", room="B 12", join_url="https://meet.example.org/1")
    before = events(client, address_of(attends))["One"]
    meeting.starts_at, meeting.title = at("2027-03-09", "17:00"), "Two"
    with time_machine.travel(meeting.changed_at + datetime.timedelta(minutes=1)):
        meeting.keep(instructor)
    after = events(client, address_of(attends))["Two"]
    with time_machine.travel(meeting.changed_at + datetime.timedelta(minutes=1)):
        meeting.cancel(instructor)
    canceled = events(client, address_of(attends))["Canceled: Two"]
    assert before.uid == after.uid == canceled.uid
    assert [event.sequence for event in (before, after, canceled)] == [0, 1, 2]
    assert before.last_modified < after.last_modified < canceled.last_modified
    assert (after.status, canceled.status) == (EventStatus.CONFIRMED, EventStatus.CANCELLED)
    assert "join" not in str(canceled.url)


def test_meetings_of_a_canceled_session_are_canceled_for_whoever_was_enrolled(client, year, attends):
    meet(year, "2027-03-09", title="One")
    Session.objects.update(canceled_at=timezone.now())
    Enrollment.objects.update(withdrawn_at=timezone.now(), ending="canceled")
    event = events(client, address_of(attends))["Canceled: One"]
    assert (event.status, event.sequence) == (EventStatus.CANCELLED, 1)


def test_a_calendar_is_of_own_sessions_alone(client, year, new_session, student, other, instructor, admin, assistant):
    meet(year, "2027-03-09", title="Mine")
    meet(new_session("elsewhere"), timezone.now().date().isoformat(), title="Not mine")
    # Not yet paid: the way in is not open.
    Enrollment.objects.enroll(other, year)
    assert set(events(client, address_of(instructor))) == {"Mine"}
    for person in (student, other, admin, assistant):
        assert events(client, address_of(person)) == {}


def test_a_control_character_does_not_spoil_the_whole_calendar(client, year, attends):
    meet(year, "2027-03-09", title="From a\x0bword processor", room="B\x07 12")
    (event,) = events(client, address_of(attends)).values()
    assert (event.summary, event.location) == ("From a word processor", "B  12")


def test_a_new_address_makes_the_old_one_worthless(client, year, attends):
    old = address_of(attends)
    answer = client.get(old)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private")
    client.force_login(attends)
    page = client.get("/profile/calendar/").content.decode()
    assert f'value="http://127.0.0.1:8000{old}"' in page
    assert f'href="webcal://127.0.0.1:8000{old}"' in page
    client.post("/profile/calendar/")
    client.logout()
    new = address_of(attends)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    attends.is_active = False
    attends.save()
    assert client.get(new).status_code == 404
    assert client.get("/calendar/guessed.ics").status_code == 404


def test_a_sessions_timetable_is_a_file_for_all_and_tells_rooms_to_those_who_belong(client, course, year, attends):
    section = Section.objects.create(course=course, slug="s", title="S", position=3)
    lecture = Lecture.objects.create(slug="one", title="Ünïcödé, a long title that has to be folded; over lines" * 2)
    SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=8)
    meet(year, "2027-03-09", room="Room B 12", join_url="https://meet.example.org/1").lectures.add(lecture)
    address = "/courses/networks/sessions/year/timetable.ics"
    (event,) = events(client, address).values()
    assert event.location is None
    assert "join" not in str(event.url)
    assert event.summary == lecture.title
    assert f"Lecture: 3.8 {lecture.title}" in event.description
    client.force_login(attends)
    (event,) = events(client, address).values()
    assert event.location.startswith("Room B 12, http://127.0.0.1:8000/meetings/")
    Session.objects.update(published=False)
    client.logout()
    assert client.get(address).status_code == 404


def test_an_admin_sees_whose_calendar_has_an_address_and_never_the_address(client, attends, admin):
    feed = CalendarFeed.objects.of(attends)
    client.force_login(admin)
    for address in ("/admin/courses/calendarfeed/", f"/admin/courses/calendarfeed/{feed.pk}/change/"):
        page = client.get(address).content.decode()
        assert str(attends) in page
        assert feed.token not in page
    client.post("/admin/courses/calendarfeed/", {"action": "reset", "_selected_action": [feed.pk]})
    assert CalendarFeed.objects.get().token != feed.token
