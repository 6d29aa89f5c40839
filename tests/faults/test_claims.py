"""Our own bugs, wrong clocks and bells too many, without a worker."""

import datetime

import pytest
from django.db.models import F

from config.celery import app
from grader.models import Submission
from grader.submissions.tasks import grade_next, ring_for_waiting
from tests.faults.test_faults import hand_in

RAISES = "def scaled(x, factor):\n    return 0"


def test_a_bug_in_a_check_is_our_fault_and_is_named(students, deadly):
    submission = Submission.hand_in(students[0], deadly, RAISES)
    for attempt in range(1, 6):
        grade_next("numpy")
        submission.refresh_from_db()
        assert (submission.attempt, submission.result) == (attempt, None)
        assert submission.failure == "ZeroDivisionError: a mistake of the author's"
        later = F("not_before") - datetime.timedelta(minutes=10)
        Submission.objects.update(not_before=later)
    assert submission.status == "failed"


@pytest.mark.parametrize("hours", [1, -1])
def test_a_web_whose_clock_is_wrong_keeps_nobody_waiting(students, deadly, hours):
    submission = Submission.hand_in(students[0], deadly, RAISES)
    Submission.objects.update(not_before=F("not_before") + datetime.timedelta(hours=hours))
    assert Submission.objects.claim_next("numpy") == submission


def test_the_sweep_rings_no_more_than_waits_however_often_it_is_made(broker, students, slow):
    broker.start()
    hand_in(students, slow)
    for _ in range(5):
        ring_for_waiting()
    with app.connection_or_acquire() as connection:
        assert connection.default_channel.queue_declare("numpy").message_count == 3
        assert connection.default_channel.queue_declare("tensorflow").message_count == 1
