"""The admins' figures of grading are those of plain SQL, lead to the rows behind them, and are files too."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.dashboard.ranges import Range
from grader.dashboard.report import lines_of
from grader.models import Submission
from tests.grader.dashboard.conftest import DAY, HOUR, NOW, grade, hand_in

PAGE = "/dashboard/grading/"
RANGE = "from=2026-11-20&to=2026-11-26"
# The range's bounds, and those of the week before, in UTC: New York is five hours behind.
WEEK, WEEK_BEFORE = ("2026-11-20 05:00", "2026-11-27 05:00"), ("2026-11-13 05:00", "2026-11-20 05:00")


@pytest.fixture
def admin(client, people):
    client.force_login(people["ada"])
    return client


@pytest.fixture
def work(people, exercise, second):
    """A week of it, and some before: outcomes, regrades, what failed, what waits, what was taken back."""
    ann, ben = people["ann"], people["ben"]
    for number, outcome in enumerate(["ok", "ok", "error", "time_limit", "memory_limit"]):
        hand_in(ann, exercise, NOW - number * DAY, 5, outcome=outcome, waited=2.0**number, took=3)
    again = hand_in(ben, second, NOW - 8 * DAY, waited=100)
    grade(again, 7, at=NOW - 2 * HOUR, waited=None)
    hand_in(ben, second, NOW - 9 * DAY, waited=1)
    hand_in(ben, exercise, NOW - DAY, None, status="failed", finished_at=NOW - DAY + HOUR, failure="the box broke")
    hand_in(ben, exercise, NOW - DAY, None, status="canceled")
    hand_in(ann, second, NOW - 10 * 60 * datetime.timedelta(seconds=1), None)
    # The last hour before the range begins by the school's clock, though it is in it in London.
    hand_in(ann, exercise, datetime.datetime(2026, 11, 20, 4, 30, tzinfo=datetime.UTC), waited=1)


def tiles(client, query=RANGE):
    told = client.get(f"/api/v1/dashboard/grading/?{query}").json()
    return {tile["slug"]: (tile["value"], tile["before"]) for tile in told["tiles"]}


def plain(sql, *bounds):
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{bound}+00:00" if connection.vendor == "postgresql" else bound for bound in bounds])
        return cursor.fetchone()[0]


HANDED_IN = "FROM grader_submission WHERE status <> 'canceled' AND queued_at >= %s AND queued_at < %s"
GRADED = "FROM grader_result WHERE number {} 1 AND graded_at >= %s AND graded_at < %s"
FAILED = "FROM grader_submission WHERE status = 'failed' AND finished_at >= %s AND finished_at < %s"


@pytest.mark.parametrize("rolled_up", [False, True])
def test_every_tile_is_what_plain_sql_counts(rolled_up, admin, work):
    if rolled_up:
        call_command("roll_up")
    shown = tiles(admin)
    for slug, sql in {
        "handed-in": HANDED_IN, "graded": GRADED.format("="), "regraded": GRADED.format(">"), "failed": FAILED,
    }.items():  # fmt: skip
        assert shown[slug] == tuple(plain(f"SELECT COUNT(*) {sql}", *bounds) for bounds in (WEEK, WEEK_BEFORE)), slug
    assert shown["handed-in"] == (7, 3)
    assert shown["failed"] == (1, 0)
    for share, place in (("wait-50", 2), ("wait-90", 4)):
        waits = [1, 2, 4, 8, 16]
        assert waits[place] / 1.13 <= shown[share][0] <= waits[place] * 1.13
    assert shown["wait-99"][1] == pytest.approx(100, rel=0.13)
    assert shown["took-50"][0] == pytest.approx(3000, rel=0.13)
    assert shown["queue"] == (1, None)
    assert shown["oldest"] == (600, None)


def test_filters_leave_the_others_out(admin, work):
    assert tiles(admin, f"{RANGE}&exercise=backpropagation")["handed-in"] == (6, 1)
    assert tiles(admin, f"{RANGE}&flavor=tensorflow")["handed-in"] == (1, 2)
    assert tiles(admin, f"{RANGE}&flavor=tensorflow")["regraded"] == (1, 0)
    assert admin.get(f"{PAGE}?flavor=cobol").status_code == 400
    assert admin.get("/api/v1/dashboard/grading/?exercise=none").status_code == 400


def test_the_page_says_it_in_sentences_and_names_our_fault_ours(admin, work):
    page = admin.get(f"{PAGE}?{RANGE}").content.decode()
    assert "Submissions rose 133\u00a0% on the week before" in page
    assert "1 submission was not graded, by our fault" in page
    assert "40\u00a0% of what was graded ran to its end" in page
    assert "right to within 12 %" in page
    assert "1 in the queue now, the oldest of which waits for 10 min" in page


def test_each_number_leads_to_as_many_rows_and_to_a_file(admin, work):
    for what, number in {"": 7, "graded": 5, "regraded": 1, "failed": 1, "waiting": 1}.items():
        address = f"{PAGE}submissions/?{RANGE}&what={what}"
        page = admin.get(address)
        assert page.context["number"] == number == len(page.context["page"].object_list), what
        file = admin.get(f"{address}&csv=1")
        assert file["Content-Type"].startswith("text/csv")
        assert file.content.decode().count("\r\n") == number + 1, what
    assert "the box broke" in admin.get(f"{PAGE}submissions/?{RANGE}&what=failed").content.decode()
    slow = admin.get(f"{PAGE}submissions/?{RANGE}&what=graded&outcome=time_limit")
    assert slow.context["number"] == 1
    assert "Took too long" in slow.content.decode()
    none = admin.get(f"{PAGE}submissions/?from=2025-01-01&to=2025-01-31").content.decode()
    assert "Nothing in this range. Choose a longer one." in none


def listed(client, name, query):
    told = client.get(f"/api/v1/dashboard/grading/{name}/?{query}").json()
    assert told["count"] == len(told["results"])
    return told["results"]


def test_the_api_lists_as_many_submissions_and_gradings_as_are_counted(admin, work):
    for what, number in {"": 7, "failed": 1, "waiting": 1}.items():
        assert len(listed(admin, "submissions", f"{RANGE}&what={what}")) == number, what
    for what, number in {"": 5, "graded": 5, "regraded": 1}.items():
        assert len(listed(admin, "results", f"{RANGE}&what={what}")) == number, what
    [failed] = listed(admin, "submissions", f"{RANGE}&what=failed")
    one = Submission.objects.get(status="failed")
    assert (failed["id"], failed["failure"], failed["score"], failed["email"]) == (
        one.pk, "the box broke", None, "ben@example.org",
    )  # fmt: skip
    [slow] = listed(admin, "results", f"{RANGE}&outcome=time_limit&exercise=backpropagation")
    assert (slow["outcome"], slow["score"], slow["waited_seconds"], slow["number"]) == ("time_limit", 5, 8, 1)
    [again] = listed(admin, "results", f"{RANGE}&what=regraded&flavor=tensorflow")
    assert (again["exercise"], again["number"], again["score"]) == ("activations", 2, 7)
    for wrong in ("submissions/?what=graded", "results/?what=failed", "results/?outcome=luck"):
        assert admin.get(f"/api/v1/dashboard/grading/{wrong}").status_code == 400, wrong


@pytest.mark.parametrize("name", ["submissions", "results"])
def test_its_lists_ask_no_oftener_for_many_rows(name, admin, work, people, second):
    listed(admin, name, RANGE)
    with CaptureQueriesContext(connection) as few:
        before = listed(admin, name, RANGE)
    for number in range(5):
        hand_in(people["cleo"], second, NOW - number * HOUR)
    with CaptureQueriesContext(connection) as many:
        assert len(listed(admin, name, RANGE)) == len(before) + 5
    assert len(many) <= len(few) <= 14


def test_each_chart_is_a_file(admin, work):
    charts = admin.get(f"/api/v1/dashboard/grading/?{RANGE}").json()["charts"]
    assert {chart["slug"] for chart in charts} >= {"load", "waits", "outcomes", "failures", "exercises", "flavors"}
    for chart in charts:
        lines = admin.get(f"{PAGE}?{RANGE}&csv={chart['slug']}").content.decode().split("\r\n")
        assert len(lines) == len(chart["rows"]) + 2
        assert chart["sentence"]
    load = next(chart for chart in charts if chart["slug"] == "load")
    assert sum(row[1] for row in load["rows"]) == 7
    assert admin.get(f"{PAGE}?csv=nothing").status_code == 404


def test_without_data_every_chart_says_what_will_be_there(admin):
    page = admin.get(PAGE).content.decode()
    assert page.count("chart-empty") == 9
    assert "The queue is empty now" in page
    assert tiles(admin)["wait-50"] == (None, None)


def test_the_weekly_report_tells_admins_of_health_and_instructors_of_their_sessions(
    admin, work, session, people, assign, exercise
):
    assign(exercise, NOW - HOUR)
    week = Range(datetime.date(2026, 11, 20), datetime.date(2026, 11, 26))
    health = {tile.slug: tile.figure for tile in lines_of(week, week.before, {})}
    assert (health["handed-in"], health["failed"]) == (7, 1)
    own = {tile.slug: tile.figure for tile in lines_of(week, week.before, {"session__in": [session.pk]})}
    assert own == {"handed-in": 7, "missing": 1, "at-risk": 1, "regrade-requests": 0}
    assert {tile.figure for tile in lines_of(week, week.before, {"session__in": []})} == {0}


def test_the_page_asks_no_oftener_for_much_than_for_little(admin, people, exercise, second):
    hand_in(people["ann"], exercise)
    call_command("roll_up")
    admin.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        admin.get(PAGE)
    for number in range(12):
        hand_in(people["ben"], second, NOW - number * HOUR, outcome="error")
    Submission.objects.create(student=people["ben"], exercise=second, source="x", status="failed", finished_at=NOW)
    with CaptureQueriesContext(connection) as many:
        admin.get(PAGE)
    assert len(many) <= len(few) <= 45
