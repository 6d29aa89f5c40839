"""Every fault, at random moments spread over every phase: each submission is graded, once, with its score."""

import contextlib
import itertools
import random
import time
from collections.abc import Iterator, Sequence

import pytest
from django.db import Error, connection

from courses.models import User
from grader.exercises import load
from grader.models import Exercise, Submission
from tests.conftest import Broker
from tests.faults import ledger
from tests.faults.conftest import ASKED, FINE, MET, TIMES
from tests.faults.kinds import ANYWHERE, CLOCKS, FEW, POSTGRESQL, Fault
from tests.faults.line import HANG_SECONDS, Line, until

PHASES = (
    "idle", "queued", "starting", "check 1 of 3", "check 2 of 3", "check 3 of 3", "diagnosing", "recording",
)  # fmt: skip
SCORES = {"solution": 6, "factor-ignored": 1, "sign-flipped": 0}


def hand_in(students: Sequence[User], exercise: Exercise) -> dict[int, float]:
    """One submission a student, two with known mistakes and one right: id → the score that it must get."""
    folder = load(exercise.slug)
    sources = {"solution": folder.solution, **{code: m.source for code, m in folder.misconceptions.items()}}
    return {
        Submission.hand_in(student, exercise, sources[name]).pk: score
        for student, (name, score) in zip(students, reversed(SCORES.items()), strict=True)
    }


def meet(phase: str, students: Sequence[User], exercise: Exercise, held: contextlib.ExitStack) -> dict[int, float]:
    """Hand in until one submission is in this phase; all that were handed in."""
    expected: dict[int, float] = {}
    last = "check 3 of 3" if phase == "recording" else phase
    while phase != "idle":
        batch = hand_in(students, exercise)
        expected |= batch
        end = time.monotonic() + HANG_SECONDS
        while ledger.unsettled(batch):
            assert time.monotonic() < end, f"within {HANG_SECONDS} s neither in {phase} nor settled: {batch}"
            for pk in batch:
                if ledger.phase(pk) == last:
                    if phase == "recording":
                        held.enter_context(write_lock(pk))
                        until(lambda pk=pk: ledger.phase(pk) in (phase, "settled"), f"{pk} is recorded")
                    return expected
    return expected


@contextlib.contextmanager
def write_lock(submission: int) -> Iterator[None]:
    """What is written about this submission waits, in SQLite whatever is written."""
    with connection.cursor():
        other = connection.get_new_connection(connection.get_connection_params())
    try:
        cursor = other.cursor()
        if connection.vendor == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        else:
            cursor.execute("SELECT 1 FROM grader_submission WHERE id = %s FOR UPDATE", [submission])
        yield
    finally:
        with contextlib.suppress(Exception):
            other.rollback()
        other.close()


def strike(
    fault: Fault, phase: str, line: Line, broker: Broker, students: Sequence[User], exercise: Exercise,
    rng: random.Random,
) -> None:  # fmt: skip
    """Do one fault in this phase of some submission, and see that all come out right."""
    with contextlib.ExitStack() as held:
        expected = meet(phase, students, exercise, held)
        line.remember()
        met = {pk: ledger.phase(pk) for pk in expected}
        if fault in CLOCKS:
            # They write where we hold the lock.
            held.close()
        fault(line, broker, rng)
    expected |= hand_in(students, exercise) if phase == "idle" else {}
    judge(fault.__name__, phase, line, expected, met)


def judge(kind: str, phase: str, line: Line, expected: dict[int, float], met: dict[int, str]) -> None:
    """See that all come out right, and count where they were (met : id → phase) when the fault was done."""
    until(lambda: settled(line, expected), f"all are settled after {kind} in {phase}; they were in {met}")
    wrong = ledger.wrongs(expected) + [f"{pk}: recorded twice" for pk in expected if line.recorded(pk) > 1]
    for place in {"idle"} if phase == "idle" else set(met.values()) - {"settled"}:
        MET[kind, place] += 1
        FINE[kind, place] += not wrong
    assert not wrong, f"after {kind} in {phase}, of {met}"


def settled(line: Line, expected: dict[int, float]) -> bool:
    line.keep_up()
    try:
        return not ledger.unsettled(expected)
    except Error:
        connection.close()
        return False


def spread(rng: random.Random) -> Iterator[str]:
    """TIMES phases in a random order, none more often than another by more than one."""
    return itertools.islice(itertools.cycle(rng.sample(PHASES, len(PHASES))), TIMES)


@pytest.mark.parametrize(
    "fault", ANYWHERE if ASKED or connection.vendor == "postgresql" else FEW, ids=lambda fault: fault.__name__
)
def test_nothing_is_lost(fault, line, broker, students, slow, rng):
    for phase in spread(rng):
        strike(fault, phase, line, broker, students, slow, rng)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="it is PostgreSQL that can be restarted")
@pytest.mark.parametrize("fault", POSTGRESQL, ids=lambda fault: fault.__name__)
def test_nothing_is_lost_with_the_database(fault, line, broker, students, slow, rng):
    for phase in spread(rng):
        strike(fault, phase, line, broker, students, slow, rng)
