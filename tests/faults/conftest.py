"""Each fault is done FAULTS times (2 unless the environment says more), at phases drawn from FAULTS_SEED.

At the end a table says how often each fault met a submission in which phase, and how many of those came out right.
"""

import contextlib
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from courses.models import Lecture, User
from grader.exercises import load
from grader.models import Exercise
from tests.conftest import Broker, environment_of_processes
from tests.faults.line import EXERCISES, Line, kill, until

ASKED = "FAULTS" in os.environ
TIMES = int(os.environ.get("FAULTS", "2"))
SEED = int(os.environ.get("FAULTS_SEED") or random.SystemRandom().randrange(10_000))
MET: Counter[tuple[str, str]] = Counter()
FINE: Counter[tuple[str, str]] = Counter()


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def slow(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Exercise:
    """The exercise whose every call takes its time."""
    monkeypatch.setenv("EXERCISE_PATHS", str(EXERCISES))
    cache.clear()
    return loaded("slow-steps")


@pytest.fixture
def deadly(slow: Exercise) -> Exercise:
    """The exercise whose check ends the worker, or raises what no check should."""
    return loaded("deadly")


def loaded(slug: str) -> Exercise:
    folder = load(slug)
    lecture, _ = Lecture.objects.get_or_create(slug=folder.lecture, title=folder.lecture)
    return Exercise.objects.create(
        slug=slug, version=folder.version, title=folder.title, lecture=lecture, points=folder.points,
        flavor=folder.flavor, wall_seconds=folder.limits.wall_seconds, statement=folder.statement,
        starter=folder.starter,
    )  # fmt: skip


@pytest.fixture
def students(transactional_db: None, settings: Any) -> list[User]:
    settings.SUBMISSIONS_AN_HOUR = 100_000
    return [User.objects.create_user(f"{n}@example.org", "x") for n in range(3)]


@contextlib.contextmanager
def line_on(**changes: str) -> Iterator[Line]:
    """A line, not started yet; at the end nothing of it may be left, whatever was done to it."""
    # Sockets have short paths.
    folder = Path(tempfile.mkdtemp(prefix="gradus-line-"))
    made = Line(folder, {**environment_of_processes(), **changes})
    try:
        yield made
        made.stop()
        until(lambda: not made.left(), "all processes have ended", 20)
    finally:
        left = made.left()
        for pid in left:
            kill(pid)
        shutil.rmtree(folder)
    assert not left


@pytest.fixture(scope="module")
def line_of_module(django_db_setup: None, broker_of_run: Broker) -> Iterator[Line]:
    broker_of_run.start()
    with line_on() as made:
        made.start_all()
        yield made


@pytest.fixture
def line(transactional_db: None, line_of_module: Line) -> Line:
    line_of_module.keep_up()
    return line_of_module


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not MET:
        return
    kinds, phases = (sorted({pair[place] for pair in MET}) for place in (0, 1))
    width = max(map(len, kinds))
    terminalreporter.write_line(f"Faults met, and how many came out right (FAULTS={TIMES} FAULTS_SEED={SEED}):")
    rows = [["", *phases, "all"]]
    for kind in kinds:
        pairs = [(FINE[kind, phase], MET[kind, phase]) for phase in phases]
        pairs.append((sum(fine for fine, _ in pairs), sum(met for _, met in pairs)))
        rows.append([kind, *(f"{fine}/{met}" if met else "-" for fine, met in pairs)])
    for name, *cells in rows:
        columns = zip(cells, rows[0][1:], strict=True)
        terminalreporter.write_line(f"{name:<{width}} " + " ".join(f"{c:>{max(len(p), 7)}}" for c, p in columns))
