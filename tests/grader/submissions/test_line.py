"""The line of a submission, on a real database, broker, worker and sandbox."""

import datetime
import os
import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import Lecture, User
from grader.exercises import load, load_all
from grader.grading import grade
from grader.models import Exercise, Submission
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


def test_whoever_has_nothing_running_goes_first(student, exercise):
    first, second = queued(student, exercise), queued(student, exercise)
    other = queued(User.objects.create_user("other@example.org", "x"), exercise)
    order = [Submission.objects.claim_next("numpy").pk for _ in range(3)]
    assert order == [first.pk, other.pk, second.pk]


def test_a_lapsed_lease_is_claimed_again_and_the_late_report_discarded(student, exercise):
    queued(student, exercise)
    late = Submission.objects.claim_next("numpy")
    Submission.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    second = Submission.objects.claim_next("numpy")
    assert second.attempt == 2
    right = grade(FOLDER, FOLDER.solution, 1)
    assert second.record(right) is True
    assert late.record(grade(FOLDER, MISTAKE, 1)) is False
    assert Submission.objects.get().score == right.max_score


def test_our_fault_is_tried_again_later_and_named_failed_at_last(student, exercise):
    queued(student, exercise)
    for attempt in range(1, 6):
        submission = Submission.objects.claim_next("numpy")
        assert submission.attempt == attempt
        submission.fail("SandboxFailed: the zygote has died")
        Submission.objects.update(not_before=timezone.now())
    kept = Submission.objects.get()
    assert (kept.status, kept.outcome, kept.score) == ("failed", "", None)


@pytest.mark.parametrize("values", [{"status": "graded"}, {"status": "running"}, {"score": 11, "max_score": 10}])
def test_the_database_refuses_what_cannot_be(student, exercise, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        queued(student, exercise, **values)


def test_a_task_grades_what_waits_and_a_second_bell_is_harmless(student, exercise):
    submission = queued(student, exercise)
    grade_next("numpy")
    grade_next("numpy")
    submission.refresh_from_db()
    assert (submission.status, submission.score, submission.attempt) == ("graded", 2, 1)
    assert submission.report.findings[0].code == "missing-sigma-prime"
    assert submission.exercise_version == FOLDER.version


def test_a_broker_that_is_down_at_submit_loses_nothing(broker, start_worker, student, exercise):
    broker.kill()
    submission = Submission.hand_in(student, exercise, MISTAKE)
    assert submission.status == "queued"
    broker.start()
    worker = start_worker()
    ring_for_waiting()
    until(worker.stdout, f"submission {submission.pk} graded")
    submission.refresh_from_db()
    assert submission.score == 2


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
    assert (submission.status, submission.score, submission.attempt) == ("graded", 2, 2)


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
