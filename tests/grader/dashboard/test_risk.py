"""Who is at risk: each reason by itself, at its threshold and just short of it; and who is told of it."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Attendance, Enrollment, Meeting
from grader.dashboard.risk import RISKS
from grader.dashboard.standing import standings_of
from grader.models import Completion, Extension, Override, Standing
from tests.grader.dashboard.conftest import DAY, HOUR, NOW, exercise_of, hand_in


def reasons(session, student):
    """The codes of why somebody is at risk, live, and what was said; the same rows, kept, are found by SQL."""
    standing = next(row for row in standings_of(session).rows if row.enrollment.user == student)
    codes = [reason.code for reason in standing.reasons]
    Standing.objects.all().delete()
    standing.save()
    assert [code for code in RISKS if Standing.objects.at_risk(code).exists()] == codes
    assert Standing.objects.at_risk().exists() == bool(codes)
    return codes, " ".join(reason.sentence for reason in standing.reasons)


@pytest.fixture
def ann(people):
    return people["ann"]


def test_nothing_handed_in_for_14_days_although_work_is_open(session, assign, exercise, second, ann, clock):
    assign(exercise)
    assign(second)
    hand_in(ann, exercise, NOW - 13 * DAY)
    assert reasons(session, ann)[0] == []
    clock.move_to(NOW + DAY, tick=False)
    codes, said = reasons(session, ann)
    assert codes == ["quiet"]
    assert said == "Nothing handed in for 14 days, though 1 assignment is open."


@pytest.mark.parametrize(
    "excuse", ["all is done", "it opened of late", "the person came of late", "it closed", "it is practice", "later"]
)
def test_nobody_is_quiet_while_there_is_nothing_to_do(excuse, session, assign, exercise, ann):
    values = {
        "it opened of late": {"opens_at": NOW - 13 * DAY},
        "it closed": {"due": NOW - 20 * DAY, "late_days": 7},
        "it is practice": {"weight": 0},
        "later": {"opens_at": NOW + DAY},
    }
    assign(exercise, **values.get(excuse, {}))
    if excuse == "all is done":
        hand_in(ann, exercise, NOW - 27 * DAY)
    if excuse == "the person came of late":
        Enrollment.objects.filter(user=ann).update(enrolled_at=NOW - 3 * DAY)
    assert "quiet" not in reasons(session, ann)[0]


def test_two_assignments_missing(session, assign, exercise, second, ann, people):
    """Past due counts before it closes; an extension, a score by hand, or our own fault, keeps it from counting."""
    first = assign(exercise, NOW - HOUR)
    other = assign(second, NOW - 9 * DAY)
    codes, said = reasons(session, ann)
    assert "missing" in codes
    assert "2 assignments of 2 that are due are missing." in said
    extension = Extension.objects.create(
        assignment=first, student=ann, due_at=NOW + DAY, granted_by=people["ida"]
    )  # fmt: skip
    assert "missing" not in reasons(session, ann)[0]
    extension.delete()
    assert "missing" in reasons(session, ann)[0]
    failed = hand_in(ann, exercise, NOW - DAY, None, status="failed")
    assert "missing" not in reasons(session, ann)[0]
    failed.delete()
    Override.objects.create(assignment=other, student=ann, points=9, of=10, by=people["ida"])
    assert "missing" not in reasons(session, ann)[0]


@pytest.mark.parametrize(("score", "low"), [(4.9, True), (5, False)])
def test_a_running_total_below_50_percent(score, low, session, assign, exercise, ann):
    assign(exercise, NOW - HOUR)
    hand_in(ann, exercise, NOW - DAY, score)
    codes, said = reasons(session, ann)
    assert codes == (["low"] if low else [])
    assert ("The running total is 49\u00a0%, below 50\u00a0%." in said) == low


@pytest.mark.parametrize(
    ("statuses", "absent"),
    [
        (["present", "absent", "absent"], True),
        (["absent", "excused", "absent"], False),
        (["absent", "absent", "late"], False),
        # Nobody took down who was at the last one.
        (["absent", "absent", ""], True),
        (["absent"], False),
    ],
)
def test_absent_from_the_last_two_meetings_without_excuse(statuses, absent, session, ann):
    for number, status in enumerate(statuses, 1):
        starts_at = NOW - (10 - number) * DAY
        meeting = Meeting.objects.create(session=session, starts_at=starts_at, ends_at=starts_at + HOUR)
        Attendance.objects.create(meeting=meeting, person=ann, status=status)
    canceled = Meeting.objects.create(
        session=session, starts_at=NOW - DAY, ends_at=NOW - DAY + HOUR, canceled_at=NOW - 2 * DAY
    )
    Attendance.objects.create(meeting=canceled, person=ann, status="present")
    codes, said = reasons(session, ann)
    assert codes == (["absent"] if absent else [])
    assert ("Absent from the last 2 meetings without excuse." in said) == absent


def test_many_attempts_without_full_marks(session, assign, exercise, ann):
    assign(exercise)
    for number in range(7):
        hand_in(ann, exercise, NOW - (number + 1) * HOUR, 8)
    hand_in(ann, exercise, NOW - HOUR, None, status="failed")
    assert reasons(session, ann)[0] == []
    hand_in(ann, exercise, NOW - HOUR, 9)
    codes, said = reasons(session, ann)
    assert codes == ["stuck"]
    assert said == "8 graded attempts at “Backpropagation” without full marks."
    hand_in(ann, exercise, NOW, 10)
    assert reasons(session, ann)[0] == []


def test_the_list_for_admins_names_the_reasons_and_is_a_file_too(
    client, session, new_session, people, assign, exercise, second
):
    assign(exercise, NOW - HOUR)
    assign(second, NOW - HOUR)
    over = new_session("over", [people["ann"]], ends_on=NOW.date() - 2 * DAY)
    hand_in(people["ben"], exercise, NOW - DAY, 2)
    hand_in(people["ben"], second, NOW - DAY, 2)
    client.force_login(people["ada"])
    assert "was not yet" in client.get("/dashboard/students/").content.decode()
    call_command("roll_up")
    assert over.standings.exists()
    page = client.get("/dashboard/students/").content.decode()
    assert "3 of 3 students are at risk" in page
    found = client.get("/dashboard/students/at-risk/?reason=low").content.decode()
    assert "The running total is 20\u00a0%, below 50\u00a0%." in found
    assert "Ann" not in found
    file = client.get("/dashboard/students/at-risk/?csv=1").content.decode()
    assert file.count("\r\n") == 4
    assert "2 assignments of 2 that are due are missing." in file
    refused = client.get("/dashboard/students/at-risk/?reason=lazy")
    assert refused.status_code == 400
    empty = client.get("/dashboard/students/at-risk/?reason=stuck").content.decode()
    assert "Nobody for this reason" in empty
    assert client.get("/api/v1/dashboard/students/at-risk/?reason=lazy").status_code == 400
    with CaptureQueriesContext(connection) as few:
        low = client.get("/api/v1/dashboard/students/at-risk/?reason=low").json()
    with CaptureQueriesContext(connection) as many:
        everybody = client.get("/api/v1/dashboard/students/at-risk/").json()
    assert len(many) == len(few)
    kept = Standing.objects.running().at_risk()
    assert sorted(row["student"] for row in everybody["results"]) == sorted(
        kept.values_list("enrollment__user", flat=True)
    )
    assert everybody["count"] == 3
    [one] = [row for row in low["results"] if row["percent"] == 20]
    assert "The running total is 20\u00a0%, below 50\u00a0%." in [reason["sentence"] for reason in one["reasons"]]


def test_completion_equals_plain_sql(client, new_session, people, exercise, second):
    ended = new_session("ended", list(people.values())[:3], ends_on=NOW.date() - 3 * DAY)
    before = new_session("before", [people["ann"]], starts_on=NOW.date() - 70 * DAY, ends_on=NOW.date() - 40 * DAY)
    for session in (ended, before):
        for each in (exercise, second):
            session.assignments.create(exercise=each)
    third = exercise_of("practice", "back-propagation")
    ended.assignments.create(exercise=third, weight=0)
    hand_in(people["ann"], exercise, NOW - 9 * DAY, 1)
    hand_in(people["ann"], second, NOW - 9 * DAY, 0)
    hand_in(people["ben"], exercise, NOW - 9 * DAY)
    hand_in(people["ben"], second, NOW - 9 * DAY, None)
    call_command("roll_up")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.session_id, COUNT(*), SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM grader_assignment a "
            "WHERE a.session_id = e.session_id AND a.weight > 0 AND NOT EXISTS (SELECT 1 FROM grader_submission s "
            "WHERE s.student_id = e.user_id AND s.exercise_id = a.exercise_id AND s.result_id IS NOT NULL)) "
            "THEN 1 ELSE 0 END) FROM courses_enrollment e WHERE e.withdrawn_at IS NULL GROUP BY e.session_id"
        )
        counted = {session: (people, completed) for session, people, completed in cursor.fetchall()}
    assert counted == {ended.pk: (3, 1), before.pk: (1, 1)}
    client.force_login(people["ada"])
    told = client.get("/api/v1/dashboard/students/").json()
    tile = next(tile for tile in told["tiles"] if tile["slug"] == "completion")
    assert (tile["value"], tile["before"]) == (33, 100)
    sessions = next(chart for chart in told["charts"] if chart["slug"] == "sessions-completed")
    assert sessions["rows"] == [["Online, Oct 29, 2026 · Neural networks", 33, 1, 3]]
    for address in ("/dashboard/", "/dashboard/students/"):
        page = client.get(address).content.decode()
        assert "1 of 3 people with a seat in sessions that ended in these days had something graded" in page
        assert "Counted on November 26, 2026." in page
    Completion.objects.filter(session=ended).update(counted_at=NOW - DAY)
    assert "Counted on November 25, 2026 or later." in client.get("/dashboard/").content.decode()
    on_main = client.get("/api/v1/dashboard/").json()["tiles"]
    assert next(tile for tile in on_main if tile["slug"] == "completion")["value"] == 33
    nothing = client.get("/dashboard/students/?from=2025-01-01&to=2025-01-31").content.decode()
    assert "No session with assignments ended in this range." in nothing


def test_standings_ask_no_oftener_for_many_than_for_few(session, people, assign, exercise, second):
    assign(exercise, NOW - DAY)
    hand_in(people["ann"], exercise)
    with CaptureQueriesContext(connection) as few:
        standings_of(session)
    assign(second, NOW - DAY)
    for name in ("ida", "sam"):
        Enrollment.objects.create(user=people[name], session=session, enrolled_at=NOW - datetime.timedelta(days=9))
        hand_in(people[name], second)
    with CaptureQueriesContext(connection) as many:
        assert len(standings_of(session).rows) == 5
    assert len(many) == len(few) <= 18
