"""An hour of steady mixed load with a fault every minute: `python -m tests.postgresql python -m tests.faults.soak`.

SOAK_SECONDS, SOAK_FAULT_SECONDS and FAULTS_SEED say how long, how often and which. At the end every submission must be
graded, once, with its score and outcome, and nothing may have grown: what could is printed at five moments.
"""

# ruff: noqa: E402  (what is imported needs the settings)

import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

import tests.settings  # noqa: F401  the environment in which all of this runs

django.setup()

import redis
from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection

from courses.models import User
from grader.exercises import load
from grader.grading import grade
from grader.models import Exercise, Submission
from grader.submissions import scratch
from grader.submissions.bell import ring
from tests.conftest import Broker
from tests.faults import ledger
from tests.faults.conftest import SEED, loaded
from tests.faults.kinds import ANYWHERE, POSTGRESQL
from tests.faults.line import EXERCISES, Line, kill, processes, until

SECONDS = float(os.environ.get("SOAK_SECONDS", "3600"))
FAULT_SECONDS = float(os.environ.get("SOAK_FAULT_SECONDS", "60"))
SLUGS = ("backpropagation", "activations", "perceptron-update", "slow-steps")
MISTAKES_EACH = 3
# With one seed a file gets one score.
FIXED_SEED = 1
MOST_UNSETTLED = 12
HOSTILE = {
    "does not load": "def scaled(x, factor)\n    return x",
    "without end": "def scaled(x, factor):\n    while True: pass",
    "takes memory": "def scaled(x, factor):\n    return bytearray(1 << 40)",
    "prints without end": "def scaled(x, factor):\n    while True: print('x' * 1000)",
    "exits": "import os\ndef scaled(x, factor):\n    os._exit(0)",
}
# The last of the five moments may exceed the first one by this factor, and this much.
GROWTH = {"processes": (1.5, 6), "open files": (1.5, 60), "folders in /tmp": (1, 4), "unheard bells": (1, 30)}


@dataclass(frozen=True)
class Work:
    """A file, with what it must get."""

    exercise: Exercise
    source: str
    outcome: str
    score: float


@dataclass
class Soak:
    """What was handed in and done so far."""

    line: Line
    broker: Broker
    rng: random.Random
    works: list[Work]
    students: list[User]
    expected: dict[int, float] = field(default_factory=dict)
    outcomes: dict[int, str] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def hand_in(self) -> None:
        work = self.rng.choice(self.works)
        submission = Submission.objects.create(
            student=self.rng.choice(self.students), exercise=work.exercise, source=work.source, seed=FIXED_SEED
        )
        ring(work.exercise.flavor)
        self.expected[submission.pk], self.outcomes[submission.pk] = work.score, work.outcome
        self.done[f"submissions, {work.outcome}"] += 1

    def run(self) -> None:
        try:
            scratch.start(str(self.rng.choice(self.students).pk), self.works[0].exercise, "print(6 * 7)")
            self.done["scratch runs"] += 1
        except scratch.ScratchUnavailable:
            self.done["scratch runs refused"] += 1

    def strike(self) -> None:
        fault = self.rng.choice(ANYWHERE + POSTGRESQL)
        say(f"{len(self.expected)} handed in; {fault.__name__}")
        self.line.remember()
        fault(self.line, self.broker, self.rng)
        self.done[f"fault {fault.__name__}"] += 1

    def load(self, end: float) -> None:
        """Hand in and run, a few at a time, with a fault now and then, until this moment of the monotonic clock."""
        next_fault = time.monotonic() + FAULT_SECONDS / 2
        while time.monotonic() < end:
            self.line.keep_up()
            if time.monotonic() > next_fault:
                again(self.strike)
                next_fault += FAULT_SECONDS
            if len(again(lambda: ledger.unsettled(self.expected))) < MOST_UNSETTLED:
                again(self.run if self.rng.random() < 0.2 else self.hand_in)
            time.sleep(0.1)

    def settle(self) -> None:
        def settled() -> bool:
            self.line.keep_up()
            return not again(lambda: ledger.unsettled(self.expected))

        until(settled, "all are settled", 180)

    def measure(self) -> dict[str, float]:
        """What must not grow without bound."""
        members = self.line.remember()
        everyone = processes()
        services = {name: process.pid for name, process in self.line.services.items()}
        assert self.broker.process is not None
        groups = {
            "worker": [services["worker"]], "pool": self.line.children(), "beat": [services["beat"]],
            "zygotes": self.line.guests()[1], "students": self.line.guests()[2], "broker": [self.broker.process.pid],
        }  # fmt: skip
        found = {f"{name}, MiB": sum(map(resident_mib, pids)) for name, pids in groups.items()}
        with redis.Redis(unix_socket_path=str(self.broker.socket)) as client:
            found["broker's keys"] = client.dbsize()
            found["unheard bells"] = client.llen("numpy")
            found["broker's data, MiB"] = client.info("memory")["used_memory"] / 2**20
        return found | {
            "processes": len([pid for pid in members if pid in everyone]),
            "open files": sum(map(open_files, members)),
            "folders in /tmp": len(list(Path(tempfile.gettempdir()).glob("gradus-????????"))),
            "submissions": len(self.expected),
        }


def again(ask: Callable[[], Any]) -> Any:
    """What it gives, also after the database was restarted."""
    while True:
        try:
            return ask()
        except Error:
            connection.close()
            time.sleep(0.1)


def resident_mib(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError):
        return 0.0


def open_files(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def works_of(exercise: Exercise) -> list[Work]:
    """The right solution, some known mistakes and, of one exercise, what is hostile, with what they get."""
    folder = load(exercise.slug)
    sources = [folder.solution, *[m.source for m in folder.misconceptions.values()][:MISTAKES_EACH]]
    if exercise.slug == "slow-steps":
        sources += HOSTILE.values()
    reports = [grade(folder, source, FIXED_SEED) for source in sources]
    return [Work(exercise, s, r.outcome.value, r.score) for s, r in zip(sources, reports, strict=True)]


def main() -> int:
    os.environ["EXERCISE_PATHS"] = str(EXERCISES)
    call_command("migrate", verbosity=0)
    broker = Broker(settings.RUNTIME_DIR / "broker.sock")
    broker.start()
    folder = Path(tempfile.mkdtemp(prefix="gradus-line-"))
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "GRADUS_SWEEP_SECONDS": "5",
        "GRADUS_LEASE_MARGIN_SECONDS": "10",
    }  # fmt: skip
    line = Line(folder, environment)
    try:
        say(f"What is handed in is graded once beforehand; FAULTS_SEED={SEED}")
        works = [work for slug in SLUGS for work in works_of(loaded(slug))]
        students = [User.objects.create_user(f"{n}@example.org", "x") for n in range(8)]
        soak = Soak(line, broker, random.Random(SEED), works, students)
        line.start_all()
        for _ in range(20):
            soak.hand_in()
        soak.settle()
        samples = [soak.measure()]
        begun = time.monotonic()
        for part in range(1, 5):
            soak.load(begun + SECONDS * part / 4)
            soak.settle()
            samples.append(soak.measure())
        line.stop()
        return judge(soak, samples)
    finally:
        for pid in line.left():
            kill(pid)
        broker.kill()
        shutil.rmtree(folder)
        shutil.rmtree(settings.DATA)


def judge(soak: Soak, samples: list[dict[str, float]]) -> int:
    """Print what was done, what could have grown, and what is wrong. The exit status."""
    time_to_end = time.monotonic() + 20
    while soak.line.left() and time.monotonic() < time_to_end:
        time.sleep(0.1)
    wrong = ledger.wrongs(soak.expected, soak.outcomes)
    wrong += [f"{pk}: recorded twice" for pk in soak.expected if soak.line.recorded(pk) > 1]
    wrong += [f"left running: {command}" for command in soak.line.left().values()]
    first, last = samples[0], samples[-1]
    for name, (factor, more) in GROWTH.items():
        if last[name] > factor * first[name] + more:
            wrong.append(f"{name} grew from {first[name]:g} to {last[name]:g}")
    for name, number in sorted(soak.done.items()):
        say(f"{name:<34}{number:>8}")
    for name in first:
        say(f"{name:<22}" + "".join(f"{sample[name]:>12.1f}" for sample in samples))
    say("\n".join(wrong) or f"All {len(soak.expected)} were graded, once, with their scores and outcomes.")
    return 1 if wrong else 0


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
