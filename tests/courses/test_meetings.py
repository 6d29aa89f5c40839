"""The timetable: planning, moving and canceling meetings, by the clocks of the session's time zone; the way in."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import Attendance, Change, Enrollment, Lecture, Mail, Meeting, Order, Section, SectionLecture
from courses.templatetags.dates import moments, span, until
from tests.courses.test_teaching import NEW_YORK, at, meet

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def year(new_session, instructor, assistant):
    """A session of the whole of 2027 in New York."""
    session = new_session("year", starts_on=datetime.date(2027, 1, 1), ends_on=datetime.date(2027, 12, 31))
    session.instructors.add(instructor.instructor)
    session.assistants.add(assistant)
    return session


@pytest.fixture
def lectures(course):
    section = Section.objects.create(course=course, slug="s", title="S", position=3)
    made = [Lecture.objects.create(slug=slug, title=slug.capitalize(), body="Text") for slug in ("one", "two", "three")]
    for position, lecture in enumerate(made, 1):
        SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=position)
    return made


@pytest.fixture
def runs(client, instructor):
    """The instructor, signed in."""
    client.force_login(instructor)
    return client


def plan(client, session, date="2027-07-19", start="18:00", end="20:00", **values):
    data = {"date": date, "start": start, "end": end, **values}
    return client.post(f"/teaching/{session.pk}/meetings/new/", data)


def test_a_meeting_is_planned_in_the_sessions_time_zone_with_its_lectures(runs, year, lectures):
    values = {"title": "Errors", "room": "B 12", "join_url": "https://meet.example.org/1"}
    assert plan(runs, year, lectures=[lectures[1].pk], **values).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.ends_at) == (
        datetime.datetime(2027, 7, 19, 22, tzinfo=datetime.UTC), datetime.datetime(2027, 7, 20, 0, tzinfo=datetime.UTC),
    )  # fmt: skip
    assert list(meeting.lectures.all()) == [lectures[1]]
    assert Change.objects.get().what == "planned “Errors”"
    page = runs.get(f"/teaching/{year.pk}/meetings/").content.decode()
    assert "Monday, July 19, 2027, 6:00 PM to 8:00 PM (New York)" in page
    assert "3.2 Two" in page


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"start": "20:00", "end": "18:00"}, "end", "The end is not after the start"),
        ({"start": "20:00", "end": "20:00"}, "end", "The end is not after the start"),
        ({"date": "2028-01-01"}, "date", "The session runs from January 1, 2027 to December 31, 2027"),
        ({"date": "2026-12-31"}, "date", "December 31, 2026 is outside of it"),
        ({"date": "0001-01-01"}, "date", "is outside of it"),
        ({"date": "2027-02-30"}, "date", "valid date"),
        ({"start": "25:00"}, "start", "valid time"),
        ({"start": "19:59", "end": "21:00"}, "start", "“Taken” is at the same time"),
        ({"date": "2027-03-14", "start": "02:30", "end": "04:00"}, "start", "There is no 02:30 on March 14, 2027"),
        ({"date": "2027-03-14", "start": "01:30", "end": "02:30"}, "end", "There is no 02:30 on March 14, 2027"),
        ({"date": "2027-11-07", "start": "01:30", "end": "03:00"}, "start", "show 01:30 twice on November 7, 2027"),
        ({"join_url": "javascript:alert(1)"}, "join_url", "Write a web address"),
        ({"join_url": "ftp://example.org/"}, "join_url", "Write a web address"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_beside_the_field_and_what_was_typed_stays(runs, year, values, field, said):
    meet(year, "2027-07-19", title="Taken")
    refused = plan(runs, year, **{"start": "18:00", "end": "20:00", "room": "Room of mine", **values})
    assert refused.status_code == 400
    form = refused.context["form"]
    assert said in " ".join(form.errors[field])
    assert "Room of mine" in refused.content.decode()
    assert Meeting.objects.count() == 1


def test_the_database_refuses_a_meeting_that_ends_before_it_starts(year):
    meeting = meet(year, "2027-07-19")
    for ends_at in (meeting.starts_at, meeting.starts_at - datetime.timedelta(hours=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.update(ends_at=ends_at)


@pytest.mark.parametrize(("reading", "hour"), [("first", 5), ("second", 6)])
def test_in_the_repeated_hour_one_is_asked_which_of_both_and_it_stays_so(runs, year, reading, hour):
    asked = plan(runs, year, "2027-11-07", "01:30", "03:00").content.decode()
    assert "The first, EDT, before the clocks are put back" in asked
    assert "The second, EST, after the clocks are put back" in asked
    assert plan(runs, year, "2027-11-07", "01:30", "03:00", start_reading=reading).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime.datetime(2027, 11, 7, hour, 30, tzinfo=datetime.UTC)
    name = "EDT" if reading == "first" else "EST"
    assert f"1:30 AM {name} to 3:00 AM" in runs.get(f"/teaching/{year.pk}/meetings/").content.decode()
    form = runs.get(f"/teaching/meetings/{meeting.pk}/").context["form"]
    sent = {name: form[name].value() for name in ("date", "start", "end", "start_reading", "title")}
    assert runs.post(f"/teaching/meetings/{meeting.pk}/", sent).status_code == 302
    assert Meeting.objects.get().sequence == 0


def test_a_meeting_of_the_repeated_hour_may_end_earlier_by_the_clock_than_it_starts(runs, year):
    plan(runs, year, "2027-11-07", "01:45", "01:15", start_reading="first", end_reading="second")
    meeting = Meeting.objects.get()
    assert meeting.ends_at - meeting.starts_at == datetime.timedelta(minutes=30)


def test_a_series_keeps_its_time_of_day_across_the_change_and_shares_out_the_lectures(runs, year, lectures):
    meet(year, "2027-02-01").lectures.add(lectures[0])
    data = {
        "first_date": "2027-03-09", "number": 4, "weekdays": [1, 3], "start": "18:00", "end": "20:00",
        "room": "B 12", "join_url": "", "lectures_each": 1,
    }  # fmt: skip
    assert runs.post(f"/teaching/{year.pk}/meetings/series/", data).status_code == 302
    made = list(Meeting.objects.filter(room="B 12"))
    assert [m.starts_at for m in made] == [
        at(date, "18:00") for date in ("2027-03-09", "2027-03-11", "2027-03-16", "2027-03-18")
    ]
    assert [m.starts_at.hour for m in made] == [23, 23, 22, 22]
    assert [[str(lecture) for lecture in m.lectures.all()] for m in made] == [["Two"], ["Three"], [], []]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"first_date": "2027-12-20"}, "number", "At most 2 fit"),
        ({"first_date": "2026-12-21"}, "first_date", "is outside of it"),
        ({"first_date": "2027-02-28", "start": "02:30", "end": "04:30"}, "start", "There is no 02:30 on March 14"),
        ({"first_date": "2027-10-31", "start": "01:30", "end": "03:30"}, "start", "show 01:30 twice on November 7"),
        ({"first_date": "2027-07-12"}, "start", "“Taken” is at the same time"),
        ({"first_date": "9999-12-31", "weekdays": [0]}, "first_date", "is outside of it"),
        ({"number": "0"}, "number", "greater than or equal to 1"),
    ],
)
def test_a_series_that_cannot_be_is_refused_as_a_whole(runs, year, values, field, said):
    meet(year, "2027-07-19", title="Taken")
    data = {"first_date": "2027-04-05", "number": 3, "start": "18:00", "end": "20:00", "lectures_each": 0, **values}
    refused = runs.post(f"/teaching/{year.pk}/meetings/series/", data)
    assert refused.status_code == 400
    assert said in " ".join(refused.context["form"].errors[field])
    assert Meeting.objects.count() == 1


def test_in_a_series_the_repeated_hour_is_asked_for_too(runs, year):
    data = {"first_date": "2027-10-31", "number": 2, "start": "01:30", "end": "03:30", "start_reading": "second"}
    assert runs.post(f"/teaching/{year.pk}/meetings/series/", data).status_code == 302
    assert [m.starts_at.hour for m in Meeting.objects.all()] == [5, 6]


@time_machine.travel("2027-02-01 12:00Z")
def test_moving_a_meeting_to_come_tells_members_what_was_and_what_is(client, year, instructor, student, other):
    client.force_login(instructor)
    Enrollment.objects.enroll(student, year)
    Mail.objects.all().delete()
    other.muted = ["announcement"]
    other.save()
    Enrollment.objects.enroll(other, year)
    Mail.objects.all().delete()
    meeting = meet(year, "2027-03-01", title="On *gradients*")
    address = f"/teaching/meetings/{meeting.pk}/"
    data = {"date": "2027-03-16", "start": "19:00", "end": "21:00", "title": "On *gradients*"}
    assert client.post(address, data).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence) == (at("2027-03-16", "19:00"), 1)
    mail = Mail.objects.get()
    assert mail.person == student
    assert mail.subject == "[Gradus] Changed: On *gradients*"
    # The other zone's clocks are put forward later: five hours ahead for once.
    assert (
        "7:00 PM to 9:00 PM (New York), which is Wednesday, March 17, 2027, 12:00 AM to 2:00 AM (Berlin)" in mail.text
    )
    assert "Before, it was on Monday, March 1, 2027, 6:00 PM to 8:00 PM (New York)" in mail.text
    assert set(Change.objects.get().values) == {"starts_at", "ends_at"}
    # Another title is a change, and no news.
    assert client.post(address, {**data, "title": "On gradients"}).status_code == 302
    assert (Meeting.objects.get().sequence, Mail.objects.count()) == (2, 1)


@time_machine.travel("2027-03-02 12:00Z")
def test_what_is_over_is_changed_without_a_mail(client, year, instructor, student):
    client.force_login(instructor)
    Enrollment.objects.enroll(student, year)
    Mail.objects.all().delete()
    past = meet(year, "2027-03-01")
    client.post(f"/teaching/meetings/{past.pk}/", {"date": "2027-03-01", "start": "17:00", "end": "19:00"})
    assert Meeting.objects.get().sequence == 1
    assert not Mail.objects.exists()


@time_machine.travel("2027-02-01 12:00Z")
def test_a_canceled_meeting_is_told_once_struck_through_and_no_longer_in_the_way(client, year, instructor, student):
    client.force_login(instructor)
    Enrollment.objects.enroll(student, year)
    Mail.objects.all().delete()
    meeting = meet(year, "2027-03-01", title="On gradients", join_url="https://meet.example.org/1")
    for expected in (302, 404):
        assert client.post(f"/teaching/meetings/{meeting.pk}/cancel/").status_code == expected
    meeting.refresh_from_db()
    assert (meeting.is_canceled, meeting.sequence) == (True, 1)
    assert Mail.objects.get().subject == "[Gradus] Canceled: On gradients"
    assert client.get(f"/teaching/meetings/{meeting.pk}/").status_code == 404
    assert plan(client, year, "2027-03-01").status_code == 302
    client.force_login(student)
    page = client.get(year.get_absolute_url()).content.decode()
    assert "<s>On gradients</s>" in page
    assert "canceled" in page
    assert client.get(f"/meetings/{meeting.pk}/join/").status_code == 404


@time_machine.travel("2027-02-01 12:00Z")
def test_times_are_for_everybody_rooms_and_links_for_those_who_belong(client, year, lectures, student, other, stranger):
    meeting = meet(year, "2027-03-16", room="Room B 12", join_url="https://meet.example.org/secret")
    meeting.lectures.add(lectures[0])
    Enrollment.objects.enroll(student, year)
    Order.objects.all().update(held_until=None)
    # Held until it is paid: enrolled, and not yet let in.
    Enrollment.objects.enroll(other, year)
    for person, belongs in [(None, False), (stranger, False), (other, False), (student, True)]:
        client.logout()
        if person is not None:
            client.force_login(person)
        page = client.get(year.get_absolute_url()).content.decode()
        assert "Tuesday, March 16, 2027, 6:00 PM to 8:00 PM (New York)" in page
        assert "3.1 One" in page
        assert ("Room B 12" in page) is belongs
        assert (f'href="/meetings/{meeting.pk}/join/"' in page) is belongs
        assert "meet.example.org" not in page
    assert "Tuesday, March 16, 2027, 11:00 PM to March 17, 1:00 AM (Berlin)" in page
    assert 'href="/courses/networks/lectures/one/"' in page


def test_the_join_page_leads_on_and_notes_when_students_first_came(client, session, student, other, assistant):
    meeting = meet(session, session.starts_on.isoformat(), "10:00", "12:00", join_url="https://meet.example.org/1")
    Enrollment.objects.enroll(student, session)
    Order.objects.all().update(held_until=None)
    address = f"/meetings/{meeting.pk}/join/"
    client.force_login(student)
    with time_machine.travel(meeting.starts_at - datetime.timedelta(days=1), tick=False):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, "https://meet.example.org/1")
        assert Attendance.objects.get().joined_at == timezone.now()
    # Who only tried the link the day before comes in fact later, and then for the first time.
    with time_machine.travel(meeting.starts_at - datetime.timedelta(minutes=3), tick=False):
        client.get(address)
    with time_machine.travel(meeting.starts_at + datetime.timedelta(minutes=40), tick=False):
        client.get(address)
    attendance = Attendance.objects.get()
    assert (attendance.person, attendance.status) == (student, "")
    assert attendance.joined_at == meeting.starts_at - datetime.timedelta(minutes=3)
    client.force_login(assistant)
    assert client.get(address).status_code == 302
    assert Attendance.objects.count() == 1
    client.force_login(other)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address)["Location"].startswith("/accounts/login/")
    Meeting.objects.update(join_url="")
    client.force_login(student)
    assert client.get(address).status_code == 404


@time_machine.travel("2027-02-27 12:00Z")
def test_home_shows_the_next_class_with_its_join_button_and_those_after(client, year, new_session, student, admin):
    Enrollment.objects.enroll(student, year)
    Order.objects.all().update(held_until=None)
    meet(year, "2027-02-01", title="Over")
    soon = meet(year, "2027-03-01", title="Soon", join_url="https://meet.example.org/1")
    meet(year, "2027-02-28", title="Dropped", canceled_at=timezone.now())
    meet(year, "2027-03-08", title="Later")
    meet(new_session("foreign"), "2027-02-28", title="Elsewhere")
    client.force_login(student)
    page = client.get("/").content.decode()
    assert "Your next class, in 3 days" in page
    assert f'href="/meetings/{soon.pk}/join/"' in page
    assert page.index("Soon") < page.index("Later")
    for absent in ("Over", "Dropped", "Elsewhere"):
        assert f">{absent}<" not in page
    client.force_login(admin)
    assert "Your next class" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("ahead", "said"),
    [({"minutes": -1}, "now"), ({"seconds": 30}, "in 1 minute"), ({"minutes": 24, "seconds": 30}, "in 25 minutes"),
     ({"hours": 3}, "in 3 hours"), ({"hours": 13}, "later today"), ({"hours": 30}, "tomorrow"), ({"days": 2}, "in 2 days")],
)  # fmt: skip
def test_how_far_away_it_is_is_said_as_people_say_it(ahead, said):
    with time_machine.travel("2027-03-01 09:00Z", tick=False):
        assert until(timezone.now() + datetime.timedelta(**ahead)) == said


def test_the_readers_time_stands_beside_where_the_clocks_differ():
    start, end = at("2027-07-19", "18:00"), at("2027-07-19", "20:00")
    with timezone.override("America/Toronto"):
        assert span(start, end, NEW_YORK) == "Monday, July 19, 2027, 6:00 PM to 8:00 PM (New York)"
        assert moments(start, NEW_YORK) == "July 19, 2027, 6:00 PM (New York)"
    with timezone.override("Europe/Berlin"):
        assert "Tuesday, July 20, 2027, 12:00 AM to 2:00 AM (Berlin)" in span(start, end, NEW_YORK)
        assert "July 20, 2027, 12:00 AM (Berlin)" in moments(start, NEW_YORK)
