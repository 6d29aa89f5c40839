"""Roll-ups of grading are a recount: at every moment, whatever happened to what they count."""

import datetime
import math
import random

import pytest
from celery import current_app
from django.core.management import call_command

from courses import bell
from courses.dashboard import rollups, tasks
from courses.dashboard.models import RolledDay
from courses.dashboard.ranges import Range
from courses.people.mail import DELIVER
from grader.dashboard.counted import GRADING, TIMES
from grader.dashboard.times import bucket_of, ends_at, quantile
from grader.models import GradingDay, GradingMonth, Result, Standing, Submission
from tests.grader.dashboard.conftest import DAY, HOUR, NOW, grade, hand_in

DAYS = Range(datetime.date(2026, 8, 20), datetime.date(2026, 11, 26))
ASKED = (
    (GRADING, ("exercise",)),
    (GRADING, ("day", "exercise__flavor")),
    (TIMES, ("measure", "exercise", "bucket")),
    (TIMES, ("month", "measure", "bucket")),
)


def read():
    return [{key: sums for key, sums in rollup.read(DAYS, by).items() if any(sums)} for rollup, by in ASKED]


def recounted():
    """The same without a single day that is rolled up."""
    kept = list(RolledDay.objects.all())
    RolledDay.objects.all().delete()
    found = read()
    RolledDay.objects.bulk_create(kept)
    return found


@pytest.fixture
def history(people, exercise, second):
    """Three months of submissions, some graded again, canceled, or failed."""
    rng = random.Random(7)
    for number in range(36):
        at = NOW - rng.random() * 95 * DAY
        student = people[rng.choice(["ann", "ben", "cleo"])]
        one = hand_in(
            student, rng.choice([exercise, second]), at, rng.choice([0, 5, 10]), waited=10 ** rng.uniform(-3, 3),
            took=10 ** rng.uniform(-1, 1.5), outcome=rng.choice(["ok", "ok", "error", "time_limit"]),
        )  # fmt: skip
        if number % 6 == 0:
            grade(one, 10, at=min(at + 20 * DAY, NOW), waited=None)
    hand_in(people["ann"], exercise, NOW - 9 * DAY, None, status="canceled")
    hand_in(people["ann"], exercise, NOW - 9 * DAY, None, status="failed", finished_at=NOW - 9 * DAY)


def test_rolled_up_days_and_months_equal_a_recount(history):
    before = read()
    call_command("roll_up")
    assert GradingDay.objects.exists()
    assert GradingMonth.objects.count() >= 2
    assert RolledDay.objects.filter(what="grading").count() > 80
    assert before == read() == recounted()
    assert GRADING.total(DAYS)["handed_in"] == Submission.objects.exclude(status="canceled").count()
    assert GRADING.total(DAYS)["regraded"] == Result.objects.filter(number__gt=1).count() == 6


@pytest.mark.parametrize(
    "changed",
    ["backdated", "graded", "deleted", "canceled", "brought back", "moved in time", "another exercise", "today"],
)
def test_whatever_changes_the_past_is_seen_at_once(changed, history, people, exercise, second):
    call_command("roll_up")
    days = RolledDay.objects.filter(what__startswith="grading").count()
    before = read()
    some = Submission.objects.filter(status="graded").earliest("queued_at")
    if changed == "backdated":
        hand_in(people["ben"], second, NOW - 40 * DAY)
    elif changed == "graded":
        grade(some, 3, at=NOW - 30 * DAY, waited=None)
    elif changed == "deleted":
        Submission.objects.filter(pk=some.pk).update(status="canceled", result=None)
        some.refresh_from_db()
        some.delete()
    elif changed == "canceled":
        Submission.objects.filter(status="failed").update(status="canceled")
    elif changed == "brought back":
        Submission.objects.filter(status="canceled").update(status="queued")
    elif changed == "moved in time":
        Submission.objects.filter(pk=some.pk).update(queued_at=NOW - 20 * DAY)
    elif changed == "another exercise":
        new = second if some.exercise_id == exercise.pk else exercise
        Submission.objects.filter(pk=some.pk).update(exercise=new)
    else:
        hand_in(people["ben"], second, NOW - HOUR)
    assert (RolledDay.objects.filter(what__startswith="grading").count() < days) == (changed != "today")
    assert before != read() == recounted()
    call_command("roll_up")
    assert RolledDay.objects.filter(what__startswith="grading").count() == days
    assert read() == recounted()


def test_what_a_worker_does_now_forgets_no_day(history, people, exercise):
    one = hand_in(people["ann"], exercise, NOW - DAY, None)
    call_command("roll_up")
    days = RolledDay.objects.count()
    claimed = Submission.objects.claim_next("numpy")
    assert claimed == one
    grade(one, 10, at=NOW, waited=100)
    assert RolledDay.objects.count() == days
    assert read() == recounted()


def test_a_day_is_one_of_the_schools_clock(people, exercise):
    hand_in(people["ann"], exercise, datetime.datetime(2026, 11, 20, 4, 59, tzinfo=datetime.UTC))
    hand_in(people["ann"], exercise, datetime.datetime(2026, 11, 20, 5, 0, tzinfo=datetime.UTC))
    for _ in range(2):
        days = [day for day, *_ in sorted(GRADING.read(DAYS, ("day",)))]
        assert days == [datetime.date(2026, 11, 19), datetime.date(2026, 11, 20)]
        call_command("roll_up")


def test_quantiles_out_of_buckets_are_right_to_within_12_percent(people, exercise):
    rng = random.Random(3)
    waits = sorted(10 ** rng.uniform(-1.5, 3) for _ in range(50))
    for wait in waits:
        hand_in(people["ann"], exercise, NOW - DAY, waited=wait)
    call_command("roll_up")
    numbers = {
        bucket: n for (measure, bucket), (n,) in TIMES.read(DAYS, ("measure", "bucket")).items() if measure == "wait"
    }
    assert sum(numbers.values()) == 50
    for share in (0.5, 0.9, 0.99):
        exact = waits[math.ceil(50 * share) - 1]
        assert exact / 1.13 <= quantile(numbers, share) <= exact * 1.13
    assert quantile({}, 0.5) is None


def test_buckets_keep_what_is_instant_and_what_takes_forever(people, exercise):
    for wait in (0, 0.001, 1.0, 1e9):
        hand_in(people["ann"], exercise, NOW - DAY, waited=wait)
    found = sorted(Result.objects.annotate(bucket=bucket_of("waited_seconds")).values_list("bucket", flat=True))
    assert found[:2] == [-20, -20]
    assert found[2] in (0, 1)
    assert found[3] == 60
    assert ends_at(0) == 1.0


def test_standings_are_recounted_where_sessions_run_or_ended_of_late(
    session, new_session, people, assign, exercise, clock
):
    assign(exercise)
    long_over = new_session(
        "long-over", [people["ann"]], starts_on=NOW.date() - 200 * DAY, ends_on=NOW.date() - 90 * DAY
    )
    new_session("to-come", [people["ann"]], starts_on=NOW.date() + 9 * DAY, ends_on=NOW.date() + 30 * DAY)
    # At first all that have begun are counted, and on other days those alone that may change.
    call_command("roll_up")
    assert Standing.objects.filter(session=session).count() == 3
    assert Standing.objects.filter(session=long_over).count() == 1
    assert Standing.objects.count() == 4
    long_over.assignments.create(exercise=exercise)
    hand_in(people["ann"], exercise, NOW - 100 * DAY)
    hand_in(people["ann"], exercise)
    call_command("roll_up")
    assert not Standing.objects.filter(handed_in=1).exists()
    clock.move_to(NOW + DAY, tick=False)
    call_command("roll_up")
    assert [one.session for one in Standing.objects.filter(handed_in=1)] == [session]
    call_command("roll_up", "--all")
    assert {one.session for one in Standing.objects.filter(handed_in=1)} == {session, long_over}


def test_the_worker_rolls_up_piece_by_piece_and_mail_goes_in_between(
    session, new_session, people, clock, broker, monkeypatch
):
    new_session("second", [people["ann"]])
    monkeypatch.setattr(tasks, "AT_A_TIME_SECONDS", 0)

    def left():
        return sum(len(rollup.pieces()) for rollup in rollups.registered())

    assert left() >= 3
    tasks.ring_for_dashboard()
    with current_app.connection_for_read() as read:
        queue = read.SimpleQueue("school")
        for pieces in range(left(), 0, -1):
            assert left() == pieces
            bell.ring(DELIVER, queue="school")
            heard = [queue.get(block=False) for _ in range(2)]
            assert [message.headers["task"] for message in heard] == [DELIVER, tasks.ROLL_UP]
            for message in heard:
                message.ack()
            tasks.roll_up()
        tasks.roll_up()
        assert queue.qsize() == 1
    assert left() == 0
    assert Standing.objects.count() == 4
    clock.move_to(NOW + DAY, tick=False)
    assert left() > 2


def test_standings_are_counted_anew_each_day(session, clock, people):
    call_command("roll_up")
    session.enrollments.filter(user=people["ben"]).update(withdrawn_at=NOW)
    clock.move_to(NOW + DAY, tick=False)
    call_command("roll_up")
    assert {one.counted_at for one in Standing.objects.all()} == {NOW + DAY}
    assert Standing.objects.count() == 2
