"""A session's figures are counted live, beside earlier sessions; mistakes lead to the lecture to teach again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Attendance, Chapter, Enrollment, Lecture, Meeting, Reading, Recording
from grader.exercises import folders, known_mistakes
from tests.grader.dashboard.conftest import DAY, HOUR, NOW, grade, hand_in

RANGE = "from=2026-11-20&to=2026-11-26"
TWICE, SIGN = "averaged_twice", "sign_flipped_by_hand"


@pytest.fixture
def staff(client, people):
    client.force_login(people["ida"])
    return client


@pytest.fixture
def earlier(new_session, people, exercise):
    """A session of a year before: Sam and Ada were its students, and one of them made a mistake."""
    year = 365 * DAY
    session = new_session(
        "earlier", [people["sam"], people["ada"]], starts_on=NOW.date() - year, ends_on=NOW.date() - year + 60 * DAY
    )
    hand_in(people["sam"], exercise, NOW - year, 4, codes=[TWICE])
    hand_in(people["ada"], exercise, NOW - year, 10)
    meeting = meet(session, NOW - year)
    Attendance.objects.create(meeting=meeting, person=people["sam"], status="present")
    Attendance.objects.create(meeting=meeting, person=people["ada"], status="absent")
    return session


def meet(session, at):
    return Meeting.objects.create(session=session, starts_at=at, ends_at=at + HOUR)


def charts(client, session, query=RANGE):
    told = client.get(f"/api/v1/sessions/{session.pk}/figures/?{query}").json()
    return {chart["slug"]: chart for chart in told["charts"]}, {tile["slug"]: tile["value"] for tile in told["tiles"]}


def test_a_mistake_is_counted_once_a_student_now_and_ever_beside_earlier_sessions(
    staff, session, earlier, people, exercise
):
    known = known_mistakes(folders()[exercise.slug])
    code = next(iter(known))
    ann, ben, cleo = (people[name] for name in ("ann", "ben", "cleo"))
    hand_in(ann, exercise, NOW - 3 * DAY, 2, codes=[code, code])
    hand_in(ann, exercise, NOW - 2 * DAY, 4, codes=[code])
    hand_in(ben, exercise, NOW - 3 * DAY, 4, codes=[code])
    hand_in(ben, exercise, NOW - 2 * DAY, 10)
    # Graded again, and the mistake was ours.
    again = hand_in(cleo, exercise, NOW - 3 * DAY, 4, codes=[SIGN])
    grade(again, 10, waited=None)
    hand_in(people["sam"], exercise, NOW - 300 * DAY, 4, codes=[code])
    found = charts(staff, session)[0]["misconceptions"]
    name = code.replace("_", " ").replace("-", " ").capitalize()
    assert found["rows"] == [[f"{name}, Backpropagation", 67, 50, 1, 2, 3]]
    [told] = staff.get(f"/api/v1/sessions/{session.pk}/misconceptions/").json()
    assert told == {
        "exercise": "backpropagation", "code": code, "name": name, "told": known[code], "now": 1,
        "ever": {"students": 2, "of": 3}, "earlier": {"students": 1, "of": 2}, "lecture": "back-propagation",
        "recording": None, "seconds": None,
    }  # fmt: skip
    page = staff.get(f"/teaching/{session.pk}/figures/").content.decode()
    assert "1 student now, 2 of 3 ever; 1 of 2 in earlier sessions." in page
    assert f"Students read: {known[code]}"[:40] in page
    assert '<a href="/courses/networks/lectures/back-propagation/">Back-propagation</a>' in page


def test_the_lecture_to_teach_again_leads_into_a_recording_that_the_person_may_watch(
    staff, client, session, new_session, people, exercise
):
    hand_in(people["ann"], exercise, NOW - DAY, 2, codes=[TWICE])
    lecture = Lecture.objects.get(slug="back-propagation")
    theirs = new_session("theirs")
    for of, seconds in ((theirs, 60), (session, 754)):
        recording = Recording.objects.create(
            meeting=meet(of, NOW - 2 * DAY),
            created_by=people["ida"],
            external_url="https://v.example",
            published_at=NOW,
        )
        Chapter.objects.create(recording=recording, seconds=seconds, title="Why", lecture=lecture)
    page = staff.get(f"/teaching/{session.pk}/figures/").content.decode()
    assert (
        f'href="/recordings/{session.meetings.get().recordings.get().pk}/?t=754">from 12:34 in a recording</a>' in page
    )
    assert "t=60" not in page
    [told] = staff.get(f"/api/v1/sessions/{session.pk}/misconceptions/").json()
    assert (told["recording"], told["seconds"]) == (session.meetings.get().recordings.get().pk, 754)


def test_attendance_by_meeting_beside_earlier_sessions(staff, session, earlier, people):
    for days, statuses in ((9, "present late absent"), (2, "present excused absent")):
        meeting = meet(session, NOW - days * DAY)
        for name, status in zip(("ann", "ben", "cleo"), statuses.split(), strict=True):
            Attendance.objects.create(meeting=meeting, person=people[name], status=status)
    meet(session, NOW - DAY)
    found, tiles = charts(staff, session)
    assert found["attendance"]["rows"] == [["Nov 17", 2, 1, 0, 1], ["Nov 24", 1, 1, 1, 0]]
    assert found["attendance"]["title"] == "50\u00a0% came to the 2 meetings so far"
    assert "In earlier sessions of the course 50 % came." in found["attendance"]["sentence"]
    assert tiles["attendance"] == 50


def test_progress_counts_work_and_never_what_somebody_has_read(staff, session, earlier, people, exercise, second):
    hand_in(people["ann"], exercise, NOW - DAY, 10)
    hand_in(people["ben"], exercise, NOW - DAY, 4)
    hand_in(people["ben"], exercise, NOW, None, status="canceled")
    for name in ("ann", "ben", "cleo"):
        Reading.objects.create(person=people[name], lecture=second.lecture, confidence="sure")
    rows = charts(staff, session)[0]["progress"]["rows"]
    assert rows == [["Back-propagation", 67, 33, 100, 2, 1], ["Activation-functions", 0, 0, 0, 0, 0]]


def test_scores_are_those_of_the_gradebook(staff, session, earlier, people, assign, exercise, second):
    assign(exercise, NOW - 2 * DAY, late_percent=20, late_days=3)
    assign(second, NOW + DAY)
    hand_in(people["ann"], exercise, NOW - 3 * DAY, 10)
    hand_in(people["ben"], exercise, NOW - DAY - HOUR, 10)
    found, tiles = charts(staff, session)
    assert found["scores"]["rows"] == [
        ["Backpropagation", 1, 1, 0, 0, 0, 1, 90, 70], ["Activations", 0, 0, 0, 0, 0, 3, None, None],
    ]  # fmt: skip
    assert [row for row in found["totals"]["rows"] if row[1]] == [["80 to 89 %", 1], ["90 to 100 %", 1]]
    assert (tiles["work"], tiles["total"], tiles["students"]) == (67, 90, 3)


def test_submissions_by_day_of_its_own_students_alone(staff, session, people, exercise):
    hand_in(people["ann"], exercise, NOW)
    hand_in(people["ann"], exercise, NOW - 9 * DAY)
    hand_in(people["sam"], exercise, NOW)
    chart = charts(staff, session)[0]["submissions"]
    assert chart["title"] == "Submissions stayed as in the week before"
    assert [row for row in chart["rows"] if row[1] or row[2]] == [["Nov 24", 0, 1], ["Nov 26", 1, 0]]


def test_each_chart_is_a_file_and_a_wrong_range_is_refused(staff, session, people, exercise):
    hand_in(people["ann"], exercise, NOW, 3, codes=[TWICE])
    address = f"/teaching/{session.pk}/figures/"
    for slug, chart in charts(staff, session)[0].items():
        file = staff.get(f"{address}?{RANGE}&csv={slug}").content.decode()
        assert file.count("\r\n") == len(chart["rows"]) + 1
    refused = staff.get(f"{address}?from=2026-11-20&to=2026-11-01")
    assert refused.status_code == 400
    assert "The range ends before it begins." in refused.content.decode()


def test_a_session_without_anything_says_what_will_be_there(staff, session):
    page = staff.get(f"/teaching/{session.pk}/figures/").content.decode()
    assert page.count("chart-empty") == 6
    assert "with the lecture to teach again" in page


def test_sessions_side_by_side_are_ones_own(staff, client, session, earlier, people, assign, exercise, second):
    assign(exercise, NOW - DAY)
    assign(second, NOW - DAY)
    hand_in(people["ann"], exercise, NOW - 2 * DAY, 10)
    hand_in(people["ann"], exercise, NOW - 3 * DAY, 5)
    hand_in(people["ben"], exercise, NOW - 2 * DAY, 5)
    hand_in(people["sam"], exercise, NOW - 2 * DAY, 5)
    file = staff.get("/teaching/figures/?csv=1").content.decode().split("\r\n")
    # Two of three people times two assignments; one of the two with full marks.
    assert file[1:] == ['"Online, Oct 29, 2026 · Neural networks",,33,50,3,0,0', ""]
    [told] = staff.get("/api/v1/teaching/figures/").json()["results"]
    assert told == {
        "session": session.pk, "name": "Online, Oct 29, 2026 · Neural networks", "came": None, "handed_in": 33,
        "full_marks": 50, "students": 3, "watched": 0, "regrade_requests": 0,
    }  # fmt: skip
    client.force_login(people["ada"])
    assert client.get("/teaching/figures/").content.decode().count('<th scope="row">') == 2
    assert client.get("/api/v1/teaching/figures/").json()["count"] == 2
    client.force_login(people["ann"])
    assert client.get("/teaching/figures/").status_code == 404


def test_side_by_side_work_from_before_an_assignment_opened_counts_for_who_brought_it_along(
    staff, session, earlier, people, assign, exercise
):
    assign(exercise, NOW - DAY, opens_at=NOW - 2 * DAY)
    hand_in(people["ann"], exercise, NOW - 3 * DAY, 5)
    hand_in(people["ben"], exercise, NOW - 3 * DAY, 5)

    def handed_in():
        return staff.get("/api/v1/teaching/figures/").json()["results"][0]["handed_in"]

    assert handed_in() == 0
    Enrollment.objects.create(user=people["ben"], session=earlier, withdrawn_at=NOW - DAY, ending="moved")
    assert handed_in() == 33


@pytest.mark.parametrize(
    "address",
    [
        "/teaching/{}/figures/", "/teaching/{}/watch/", "/teaching/figures/", "/api/v1/sessions/{}/misconceptions/",
        "/api/v1/sessions/{}/watch/", "/api/v1/teaching/figures/",
    ],
)  # fmt: skip
def test_pages_ask_no_oftener_for_many_rows_than_for_few(
    address, staff, session, earlier, people, assign, exercise, second, new_session
):
    address = address.format(session.pk)
    assign(exercise, NOW - DAY)
    hand_in(people["ann"], exercise, NOW - DAY, 3, codes=[TWICE])
    Attendance.objects.create(meeting=meet(session, NOW - DAY), person=people["ann"], status="absent")
    staff.get(address)
    with CaptureQueriesContext(connection) as few:
        little = staff.get(address).content.decode()
    assign(second, NOW - DAY)
    for name in ("sam", "asa", "ada"):
        Enrollment.objects.create(user=people[name], session=session)
        hand_in(people[name], second, NOW - DAY, 3, codes=[TWICE, SIGN])
    Attendance.objects.create(meeting=meet(session, NOW - 2 * DAY), person=people["ann"], status="absent")
    for number in range(3):
        new_session(f"more-{number}").instructors.add(people["ida"].instructor)
    with CaptureQueriesContext(connection) as many:
        much = staff.get(address).content.decode()
    assert len(many) <= len(few) <= 55
    assert len(much) > len(little) + 200
