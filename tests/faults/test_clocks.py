"""A worker whose clock is an hour wrong grades, and what it leaves when it dies is not waited for for an hour."""

import contextlib

import pytest

from tests.faults import ledger
from tests.faults.conftest import ASKED, line_on
from tests.faults.kinds import worker_killed
from tests.faults.line import until
from tests.faults.test_faults import hand_in, judge, meet, settled


@pytest.mark.skipif(not ASKED, reason="two workers to start take long; set FAULTS, or run `make faults`")
@pytest.mark.parametrize("hours", ["1", "-1"])
def test_the_clock_of_a_worker_is_wrong(hours, broker, students, slow, rng):
    with line_on() as line, contextlib.ExitStack() as held:
        right = line.commands["worker"]
        module = right.index("celery")
        line.commands["worker"] = [*right[:module], "tests.faults.jumped", hours, *right[module + 1 :]]
        line.start_all()
        expected = hand_in(students, slow)
        until(lambda: settled(line, expected), "it grades")
        assert ledger.wrongs(expected) == []
        expected = meet("check 2 of 3", students, slow, held)
        met = {pk: ledger.phase(pk) for pk in expected}
        worker_killed(line, broker, rng)
        line.commands["worker"] = right
        judge("wrong_clock_killed", "check 2 of 3", line, expected, met)
