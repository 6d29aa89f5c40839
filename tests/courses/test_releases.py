"""Lectures that open on a date of the session: who reads them when, the page that sets the dates, and the API."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.classroom.moments import written
from courses.classroom.teaching.duplicating import duplicate
from courses.models import Change, Chapter, Enrollment, Lecture, LectureRelease, Recording, Section, SectionLecture
from grader.models import Exercise
from tests.api.test_api import API, client_of, is_problem
from tests.courses.test_calendar import address_of
from tests.courses.test_teaching import NEW_YORK, at, meet

DAY = datetime.timedelta(days=1)
# A Friday in the winter session, noon in New York.
NOW = datetime.datetime(2027, 1, 15, 17, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lectures(course) -> list[Lecture]:
    """Four written ones with an exercise each, of which the last is a sample; and one that is not yet written."""
    section = Section.objects.create(course=course, slug="s", title="Steps", position=1)
    made = []
    for number in range(1, 6):
        lecture = Lecture.objects.create(
            slug=f"l{number}", title=f"Lecture {number}", body="" if number == 5 else "Text", sample=number == 4
        )
        SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=number)
        Exercise.objects.create(
            slug=f"e{number}", version="v", title=f"Exercise {number}", lecture=lecture, points=1, flavor="numpy",
            wall_seconds=1, statement="", starter="",
        )  # fmt: skip
        made.append(lecture)
    return made


@pytest.fixture
def winter(new_session, lectures, instructor, assistant):
    """From January 11 to March 26, 2027, in New York, for nothing."""
    session = new_session(
        "winter", price=0, starts_on=datetime.date(2027, 1, 11), ends_on=datetime.date(2027, 3, 26)
    )  # fmt: skip
    session.instructors.add(instructor.instructor)
    session.assistants.add(assistant)
    return session


@pytest.fixture
def seated(winter, student):
    Enrollment.objects.enroll(student, winter)
    return student


def release(session, lecture, date, time="18:00"):
    return LectureRelease.objects.create(session=session, lecture=lecture, opens_at=at(date, time))


def statuses(client, person, number):
    """What the lecture, its exercise and the API's lecture answer to the person."""
    if person is None:
        client.logout()
    else:
        client.force_login(person)
    addresses = (f"/courses/networks/lectures/l{number}/", f"/exercises/e{number}/", f"{API}/lectures/l{number}/")
    return [client.get(address).status_code for address in addresses]


def dates_sent(client, session, **typed):
    """What the page's form sends when these dates are typed into it."""
    rows = [row for _, rows in client.get(f"/teaching/{session.pk}/lectures/").context["form"].sections for row in rows]
    sent = {f"was-{row.field.name}": row.was for row in rows if row.field}
    sent |= {row.field.name: row.was for row in rows if row.field}
    return sent | {f"opens-{Lecture.objects.get(slug=slug).pk}": text for slug, text in typed.items()}


def test_a_lecture_and_its_exercise_open_to_students_on_their_date_and_to_staff_always(
    client, winter, lectures, seated, instructor, stranger, assistant, admin
):
    release(winter, lectures[1], "2027-01-15", "12:01")
    assert statuses(client, seated, 1) == [200, 200, 200]
    assert statuses(client, seated, 2) == [404, 404, 404]
    for person in (instructor, stranger, assistant, admin):
        assert statuses(client, person, 2) == [200, 200, 200]
    with time_machine.travel(at("2027-01-15", "12:01"), tick=False):
        assert statuses(client, seated, 2) == [200, 200, 200]


def test_a_date_holds_for_its_session_alone_and_any_other_session_of_the_student_opens_the_lecture(
    client, winter, lectures, seated, other, new_session
):
    release(winter, lectures[0], "2027-02-01")
    spring = new_session("spring", price=0)
    Enrollment.objects.enroll(other, spring)
    assert statuses(client, other, 1) == [200, 200, 200]
    assert statuses(client, seated, 1) == [404, 404, 404]
    Enrollment.objects.enroll(seated, spring)
    assert statuses(client, seated, 1) == [200, 200, 200]
    release(spring, lectures[0], "2027-01-20")
    assert statuses(client, seated, 1) == [404, 404, 404]
    client.force_login(seated)
    assert "Opens January 20, 2027, 6:00 PM (New York)" in client.get("/courses/networks/").content.decode()
    Enrollment.objects.get(user=seated, session=spring).withdraw()
    page = client.get("/courses/networks/").content.decode()
    assert "January 20" not in page
    assert "Opens February 1, 2027, 6:00 PM (New York)" in page


def test_a_sample_stays_open_to_everybody(client, winter, lectures, seated):
    release(winter, lectures[3], "2027-02-01")
    for person in (None, seated):
        assert statuses(client, person, 4)[::2] == [200, 200]
    # Its exercise is none, and waits for the date.
    assert statuses(client, seated, 4)[1] == 404


def test_pages_say_when_a_lecture_opens_and_lead_to_none_that_is_not_open(client, winter, lectures, seated, instructor):
    release(winter, lectures[1], "2027-02-01")
    past = meet(winter, "2027-01-12", title="First")
    past.lectures.set(lectures[:3])
    meet(winter, "2027-02-02").lectures.add(lectures[1])
    recording = Recording.objects.create(
        meeting=past, created_by=instructor, external_url="https://v.example", published_at=NOW - DAY
    )
    Chapter.objects.create(recording=recording, seconds=1, title="On two", lecture=lectures[1])
    client.force_login(seated)
    closed = "/courses/networks/lectures/l2/"
    opens = "Opens February 1, 2027, 6:00 PM (New York)"
    # Home leads on to the first; when that is read, past what is closed.
    home, course = client.get("/").content.decode(), client.get("/courses/networks/").content.decode()
    session, watch = (client.get(one.get_absolute_url()).content.decode() for one in (winter, recording))
    first = client.get("/courses/networks/lectures/l1/").content.decode()
    third = client.get("/courses/networks/lectures/l3/").content.decode()
    for page in (home, course, session, watch, first, third):
        assert f'href="{closed}"' not in page
    assert opens in course
    assert session.count("opens Mon, February 1") == 2
    assert "opens Mon, February 1" in first
    assert 'rel="next" href="/courses/networks/lectures/l3/"' in first
    assert 'rel="prev" href="/courses/networks/lectures/l1/"' in third
    assert "Lecture: 1.2 Lecture 2" in client.get(address_of(seated)).content.decode()


def test_who_has_read_all_that_is_open_is_told_what_opens_next(client, winter, lectures, seated):
    for number, lecture in enumerate(lectures[1:4]):
        release(winter, lecture, f"2027-02-0{3 - number}")
    client.force_login(seated)
    for slug in ("l1", "l4"):
        client.post(f"/courses/networks/lectures/{slug}/read/", {"confidence": "sure"})
    Exercise.objects.all().delete()
    page = client.get("/courses/networks/").content.decode()
    assert "You have been through all that is open" in page
    assert "1.3 Lecture 3 opens on February 2, 2027, 6:00 PM (New York)" in page
    assert client.post("/courses/networks/lectures/l2/read/", {"confidence": "sure"}).status_code == 404


def test_the_lists_ask_no_oftener_for_many_dates_than_for_few(
    client, winter, lectures, seated, django_assert_max_num_queries
):
    client.force_login(seated)
    pages = ["/", "/courses/networks/", winter.get_absolute_url(), f"{API}/lectures/", f"{API}/exercises/"]
    meet(winter, "2027-02-02").lectures.set(lectures)
    release(winter, lectures[0], "2027-02-01")
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as few:
            client.get(page)
        for lecture in lectures[1:3]:
            release(winter, lecture, "2027-02-01")
        with django_assert_max_num_queries(len(few)):
            client.get(page)
        LectureRelease.objects.exclude(lecture=lectures[0]).delete()


def test_whoever_teaches_sets_dates_by_the_sessions_clocks_and_the_trail_keeps_them(
    client, winter, lectures, instructor, assistant
):
    client.force_login(instructor)
    address = f"/teaching/{winter.pk}/lectures/"
    sent = dates_sent(client, winter, l1="2027-02-01T18:00", l3="2027-03-16T09:30")
    assert client.post(address, sent).status_code == 302
    assert dict(LectureRelease.objects.values_list("lecture__slug", "opens_at")) == {
        "l1": at("2027-02-01", "18:00"), "l3": at("2027-03-16", "09:30"),
    }  # fmt: skip
    change = Change.objects.get(session=winter)
    assert (change.what, change.values["Lecture 1"]) == (
        "changed when 2 lectures open",
        [None, "2027-02-01 23:00:00+00:00"],
    )
    # Empty: with the seat again. What was not touched stays.
    client.post(address, dates_sent(client, winter, l1=""))
    assert list(LectureRelease.objects.values_list("lecture__slug", flat=True)) == ["l3"]
    client.post(address, dates_sent(client, winter))
    assert Change.objects.filter(session=winter).count() == 2
    client.force_login(assistant)
    page = client.get(address).content.decode()
    assert "March 16, 2027, 9:30 AM (New York)" in page
    assert "Save the dates" not in page
    assert client.post(address, sent).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2027-01-10T23:59", "January 10, 2027 is outside of it"),
        ("2027-03-27T00:00", "March 27, 2027 is outside of it"),
        ("soon", "Write a day and a time of day"),
        ("2027-02-30T18:00", "Write a day and a time of day"),
        ("2027-02-01T18:00+01:00", "Write a day and a time of day"),
        ("9999-12-31T23:59", "The year 9999 is not one of this school"),
        ("2027-03-14T02:30", "There is no 02:30 on March 14, 2027"),
    ],
)
def test_a_date_that_cannot_be_is_refused_and_what_was_typed_is_kept(client, winter, lectures, instructor, typed, said):
    client.force_login(instructor)
    sent = dates_sent(client, winter, l1=typed, l2="2027-02-01T18:00")
    refused = client.post(f"/teaching/{winter.pk}/lectures/", sent)
    assert refused.status_code == 400
    page = refused.content.decode()
    assert said in page
    assert f'value="{typed}"' in page
    assert 'value="2027-02-01T18:00"' in page
    assert not LectureRelease.objects.exists()


def test_two_who_edit_at_once_lose_nothing_unseen(client, winter, lectures, instructor, admin):
    client.force_login(instructor)
    address = f"/teaching/{winter.pk}/lectures/"
    mine = dates_sent(client, winter, l1="2027-02-01T18:00", l2="2027-02-08T18:00")
    client.force_login(admin)
    client.post(address, dates_sent(client, winter, l1="2027-02-02T18:00", l3="2027-02-09T18:00"))
    client.force_login(instructor)
    refused = client.post(address, mine)
    assert refused.status_code == 400
    assert "Somebody else has set it to February 2, 2027, 6:00 PM (New York)" in refused.content.decode()
    assert LectureRelease.objects.count() == 2
    # What the page shows now is sent again, which is meant then; what the other set elsewhere stays.
    again = {
        row.field.name: row.field.value() or ""
        for _, rows in refused.context["form"].sections
        for row in rows
        if row.field
    }
    again |= {
        f"was-{row.field.name}": row.was for _, rows in refused.context["form"].sections for row in rows if row.field
    }
    again[f"opens-{lectures[2].pk}"] = again[f"was-opens-{lectures[2].pk}"]
    assert client.post(address, again).status_code == 302
    assert dict(LectureRelease.objects.values_list("lecture__slug", "opens_at")) == {
        "l1": at("2027-02-01", "18:00"), "l2": at("2027-02-08", "18:00"), "l3": at("2027-02-09", "18:00"),
    }  # fmt: skip


def test_the_helper_fills_in_one_lecture_every_so_many_days_and_saves_nothing(client, winter, lectures, instructor):
    client.force_login(instructor)
    address = f"/teaching/{winter.pk}/lectures/"
    filled = client.get(address, {"first": "2027-02-28T18:00", "every": "7"})
    shown = [row.field.value() for _, rows in filled.context["form"].sections for row in rows if row.field]
    # By the clocks across daylight saving; the sample and the unwritten one are left out.
    assert shown == ["2027-02-28T18:00", "2027-03-07T18:00", "2027-03-14T18:00", None]
    assert "not saved yet" in filled.content.decode()
    assert not LectureRelease.objects.exists()
    for asked, said in (
        ({"first": "2027-01-01T18:00", "every": "7"}, "outside of it"),
        ({"first": "2027-03-20T18:00", "every": "7"}, "At most 3 days fit"),
        ({"first": "", "every": "7"}, "This field is required"),
        ({"first": "2027-02-28T18:00", "every": "0"}, "greater than or equal to 1"),
    ):
        refused = client.get(address, asked)
        assert refused.status_code == 400
        assert said in refused.content.decode()


def test_a_session_does_not_end_before_a_lecture_opens(client, winter, lectures, instructor):
    release(winter, lectures[0], "2027-03-20")
    patched = client_of(instructor).patch(f"{API}/sessions/{winter.pk}/", {"ends_on": "2027-03-19"}, format="json")
    is_problem(patched, 400, "“Lecture 1” opens on March 20, 2027, after the last day")


def test_a_duplicate_has_the_dates_too_by_the_same_clocks(winter, lectures, instructor):
    release(winter, lectures[0], "2027-02-01", "18:00")
    release(winter, lectures[1], "2027-03-16", "18:00")
    made = duplicate(winter, instructor, datetime.date(2027, 3, 1)).session
    dates = made.releases.values_list("lecture__slug", "opens_at")
    assert {slug: written(opens_at, NEW_YORK) for slug, opens_at in dates} == {
        "l1": "2027-03-22T18:00",
        "l2": "2027-05-04T18:00",
    }


def test_programs_read_dates_and_those_who_teach_set_them(winter, lectures, seated, other, instructor, assistant):
    address = f"{API}/sessions/{winter.pk}/releases/"
    runs = client_of(instructor)
    put = runs.put(f"{address}l1/", {"opens_at": "2027-02-01T18:00:00-05:00"}, format="json")
    assert (put.status_code, put.json()) == (200, {"lecture": "l1", "opens_at": "2027-02-01T23:00:00Z"})
    for person in (seated, assistant, instructor):
        assert client_of(person).get(address).json()["results"] == [put.json()]
    assert client_of(other).get(address).status_code == 404
    for person in (seated, assistant, other):
        assert client_of(person).put(f"{address}l1/", {"opens_at": "2027-02-02T18:00:00Z"}).status_code == 404
        assert client_of(person).delete(f"{address}l1/").status_code == 404
    assert [row["slug"] for row in client_of(seated).get(f"{API}/lectures/").json()["results"]] == [
        "l2",
        "l3",
        "l4",
        "l5",
    ]
    assert runs.get(address, {"opens_at__gte": "2027-02-02"}).json()["results"] == []
    assert runs.delete(f"{address}l1/").status_code == 204
    assert (LectureRelease.objects.count(), Change.objects.filter(session=winter).count()) == (0, 2)


def test_programs_are_told_what_cannot_be(winter, lectures, instructor):
    address = f"{API}/sessions/{winter.pk}/releases/"
    runs = client_of(instructor)
    for opens_at in ("2027-01-01T18:00:00Z", "soon", "2027-02-01T18:00:00", "9999-12-31T23:59:59Z", None):
        is_problem(runs.put(f"{address}l1/", {"opens_at": opens_at}, format="json"), 400, "opens_at")
    later = {"opens_at": "2027-02-01T18:00:00Z"}
    for slug in ("l4", "nowhere"):  # A sample is open to everybody.
        is_problem(runs.put(f"{address}{slug}/", later, format="json"), 404)
    is_problem(runs.delete(f"{address}l1/"), 404)
    assert runs.put(f"{address}l1/", {**later, "was": None}, format="json").status_code == 200
    seen = {"opens_at": "2027-02-02T18:00:00Z", "was": None}
    is_problem(runs.put(f"{address}l1/", seen, format="json"), 409, "Somebody else has changed")
    assert runs.put(f"{address}l1/", {**seen, "was": later["opens_at"]}, format="json").status_code == 200
