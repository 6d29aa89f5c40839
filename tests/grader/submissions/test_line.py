"""The line of a submission, on a real database, broker, worker and sandbox."""

import datetime
import os
import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import Lecture
from grader.exercises import load, load_all
from grader.grading import grade
from grader.models import Exercise, Result, Submission
from grader.submissions.tasks import grade_next, ring_for_waiting
from tests.conftest import until

FOLDER = load("backpropagation")
MISTAKE = FOLDER.misconceptions["missing-sigma-prime"].source
ENDLESS = "def backprop(weights, biases, x, y):\n    while True: pass"


def queued(student, exercise, source=MISTAKE, **values):
    return Submission.objects.create(student=student, exercise=exercise, source=source, **values)


def test_a_claim_leases_one_attempt_and_nothing_is_claimed_twice(student, exercise):
    submission = queued(student, exercise)
    claimed = Submission.objects.claim_next("numpy")
    assert (claimed.pk, claimed.status, claimed.attempt) == (submission.pk, "running", 1)
    assert claimed.lease_until > timezone.now() + datetime.timedelta(seconds=exercise.wall_seconds)
    assert Submission.objects.claim_next("numpy") is None
    assert Submission.objects.claim_next("tensorflow") is None


def test_a_lapsed_lease_is_claimed_again_and_the_late_report_discarded(student, exercise):
    queued(student, exercise)
    late = Submission.objects.claim_next("numpy")
    Submission.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    second = Submission.objects.claim_next("numpy")
    assert second.attempt == 2
    right = grade(FOLDER, FOLDER.solution, 1)
    assert second.record(right) is True
    assert late.record(grade(FOLDER, MISTAKE, 1)) is False
    assert Submission.objects.get().result.score == right.max_score


def test_what_ends_its_worker_each_time_is_named_failed_at_last(student, exercise):
    queued(student, exercise)
    for attempt in range(1, 6):
        assert Submission.objects.claim_next("numpy").attempt == attempt
        Submission.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    assert Submission.objects.claim_next("numpy") is None
    ring_for_waiting()
    kept = Submission.objects.get()
    assert (kept.status, kept.result) == ("failed", None)
    assert "Its worker ended at each of 5 tries" in kept.failure


def test_a_clock_that_was_set_back_keeps_nothing_waiting(student, exercise):
    hour = datetime.timedelta(hours=1)
    put_off = queued(student, exercise, not_before=timezone.now() + hour)
    lost = queued(
        student,
        exercise,
        status="running",
        attempt=1,
        started_at=timezone.now() + hour,
        lease_until=timezone.now() + hour,
    )
    assert {Submission.objects.claim_next("numpy").pk for _ in range(2)} == {put_off.pk, lost.pk}
    assert Submission.objects.claim_next("numpy") is None


def test_our_fault_is_tried_again_later_and_named_failed_at_last(student, exercise):
    queued(student, exercise)
    for attempt in range(1, 6):
        submission = Submission.objects.claim_next("numpy")
        assert submission.attempt == attempt
        submission.fail("SandboxFailed: the zygote has died")
        Submission.objects.update(not_before=timezone.now())
    kept = Submission.objects.get()
    assert (kept.status, kept.result, kept.failure) == ("failed", None, "SandboxFailed: the zygote has died")


@pytest.mark.parametrize("values", [{"status": "graded"}, {"status": "running"}])
def test_the_database_refuses_what_cannot_be(student, exercise, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        queued(student, exercise, **values)


@pytest.mark.parametrize("changes", [{"score": 11}, {"score": -1}, {"number": 1}])
def test_the_database_refuses_a_result_that_cannot_be(student, exercise, changes):
    queued(student, exercise)
    submission = Submission.objects.claim_next("numpy")
    submission.record(grade(FOLDER, FOLDER.solution, 1))
    kept = Result.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(**{**kept, "id": None, "number": 2, **changes})


def test_a_task_grades_what_waits_and_a_second_bell_is_harmless(student, exercise):
    submission = queued(student, exercise)
    grade_next("numpy")
    grade_next("numpy")
    submission.refresh_from_db()
    assert (submission.status, submission.result.score, submission.attempt) == ("graded", 2, 1)
    assert submission.report.findings[0].code == "missing-sigma-prime"
    assert submission.result.exercise_version == FOLDER.version


def test_a_broker_that_is_down_at_submit_loses_nothing(broker, start_worker, student, exercise):
    broker.kill()
    submission = Submission.hand_in(student, exercise, MISTAKE)
    assert submission.status == "queued"
    broker.start()
    worker = start_worker()
    ring_for_waiting()
    until(worker.stdout, f"submission {submission.pk} graded")
    submission.refresh_from_db()
    assert submission.result.score == 2


def test_beat_has_graded_what_no_bell_rang_for(start_worker, student, exercise):
    submission = queued(student, exercise)
    until(start_worker(beat=True).stdout, f"submission {submission.pk} graded")
    submission.refresh_from_db()
    assert submission.result.score == 2


def test_a_worker_killed_in_the_middle_loses_nothing(start_worker, student, exercise):
    worker = start_worker()
    submission = Submission.hand_in(student, exercise, ENDLESS)
    until(worker.stdout, f"submission {submission.pk} claimed, attempt 1")
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    assert Submission.objects.get().status == "running"
    Submission.objects.update(lease_until=timezone.now(), source=MISTAKE)
    second = start_worker()
    ring_for_waiting()
    until(second.stdout, f"submission {submission.pk} graded")
    submission.refresh_from_db()
    assert (submission.status, submission.result.score, submission.attempt) == ("graded", 2, 2)


def test_exercises_are_loaded_once_and_an_unknown_lecture_is_named(db):
    for slug in {folder.lecture for folder in load_all()} - {"back-propagation"}:
        Lecture.objects.create(slug=slug, title=slug)
    with pytest.raises(CommandError, match="no lecture “back-propagation”"):
        call_command("load_exercises")
    Lecture.objects.create(slug="back-propagation", title="Back-propagation")
    for _ in range(2):
        call_command("load_exercises", stdout=StringIO())
    kept = Exercise.objects.get(slug="backpropagation")
    assert (kept.version, kept.points, kept.current) == (FOLDER.version, 10, True)
