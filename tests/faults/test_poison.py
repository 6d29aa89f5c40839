"""What ends its worker each time it is tried ends as failed, by our fault, and holds nobody else up."""

import pytest
from django.db import connection

from grader.models import Submission
from tests.faults import ledger
from tests.faults.conftest import ASKED
from tests.faults.line import until
from tests.faults.test_faults import hand_in, settled

KILLS = "def scaled(x, factor):\n    return x"


@pytest.mark.skipif(connection.vendor == "postgresql" and not ASKED, reason="on SQLite, unless FAULTS is set")
def test_what_ends_its_worker_each_time_is_failed_at_last_and_the_others_are_graded(line, students, slow, deadly):
    poison = Submission.hand_in(students[0], deadly, KILLS)
    expected = hand_in(students, slow)
    until(lambda: settled(line, {poison.pk: 0, **expected}), "all are settled")
    poison.refresh_from_db()
    assert (poison.status, poison.attempt, poison.result) == ("failed", 5, None)
    assert poison.failure == "Its worker ended at each of 5 tries, before there was a report."
    assert ledger.wrongs(expected) == []
