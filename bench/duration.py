"""Goals 1 to 4 and 6: how long one grading takes each way, all in turn within one run."""

import contextlib
import functools
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.baselines import WarmFork, cold_python
from bench.goals import Goal, ratio, spread, tell
from bench.memory import cpu_seconds, parent_of
from bench.peers import PEERS
from bench.work import Verdict, Work, work_a, work_b, work_c
from config.processes import descendants
from grader.grading import grade
from grader.sandbox import open_student

GRADUS, FORK, OWN, COLD = "Gradus, sandboxed", "bare warm fork", "the checks alone, in the child", "cold python"
GRADESCOPE, OTTER, NBGRADER = (PEERS[n].name for n in (0, 2, 3))
CAP_SECONDS = 120.0


@dataclass(frozen=True)
class Way:
    """A way of grading; `grade(source, seed)` gives a verdict for each row of the table that it fills."""

    grade: Callable[[str, int], dict[str, Verdict]]
    repetitions: int


@dataclass(frozen=True)
class Repetitions:
    """How often each way is asked, by what it costs."""

    fast: int = 100
    cold: int = 10
    notebooks: int = 5
    time_limits: int = 20
    cap_seconds: float = 60.0


QUICK = Repetitions(10, 1, 1, 2, 20.0)


def gradus(work: Work, source: str, seed: int) -> Verdict:
    exercise = work.exercise
    begun = time.perf_counter()
    report = grade(exercise, source, seed)
    ms = (time.perf_counter() - begun) * 1000
    return Verdict(ms, frozenset(check.name for check in report.checks if check.passed))


@contextlib.contextmanager
def ways_of(work: Work, times: Repetitions, peers: bool, cap: float = CAP_SECONDS) -> Iterator[list[Way]]:
    """All ways, the peers' assignments made."""
    fork = WarmFork(work.slug)

    def warm(source: str, seed: int) -> dict[str, Verdict]:
        whole, own = fork.grade(source, seed, work.wall_seconds)
        return {FORK: whole, OWN: own}

    def by(peer, source: str, seed: int) -> dict[str, Verdict]:
        return {peer.name: peer.grade(source, cap)}

    with tempfile.TemporaryDirectory(prefix="gradus-bench-") as folder:
        ways = [
            Way(lambda source, seed: {GRADUS: gradus(work, source, seed)}, times.fast),
            Way(warm, times.fast),
            Way(lambda source, seed: {COLD: cold_python(work, source, seed)}, times.cold),
        ]
        for kind in PEERS if peers else ():
            if kind.is_built():
                peer = kind(work, Path(folder) / kind.environment)
                often = times.notebooks if kind.name in (OTTER, NBGRADER) else times.cold
                ways.append(Way(functools.partial(by, peer), often))
        yield ways
    fork.close()


def durations(work: Work, times: Repetitions, peers: bool, rest_seconds: float) -> dict[str, dict]:
    """Row → milliseconds of the right file, and what passed of the right and of the wrong one.

    rest_seconds : what the machine rests after each grading, so that none is charged for another's tidying up, nor
    for the standby that is made ready after it.
    """
    rows: dict[str, dict] = {}

    def ask(way: Way, source: str, seed: int, kind: str) -> None:
        for name, verdict in way.grade(source, seed).items():
            row = rows.setdefault(name, {"ms": [], "right": set(), "wrong": set()})
            row[kind].add(verdict.passed)
            if kind == "right" and seed >= 0:
                row["ms"].append(verdict.ms)
        time.sleep(rest_seconds)

    with ways_of(work, times, peers) as ways:
        for way in ways:
            ask(way, work.mistake, 0, "wrong")
        for way in ways[:2] * 3:
            way.grade(work.solution, 0)
            time.sleep(rest_seconds)
        for n in range(times.fast):
            tell(f"{work.slug}: {n + 1} of {times.fast}")
            for way in ways:
                if n % max(1, times.fast // way.repetitions) == 0:
                    ask(way, work.solution, n, "right")
    return {
        name: {
            **spread(row["ms"]),
            "right": [sorted(passed or ()) for passed in row["right"]],
            "wrong": [sorted(passed or ()) for passed in row["wrong"]],
        }
        for name, row in rows.items()
    }


def time_limits(times: Repetitions, peers: bool) -> dict[str, dict]:
    """Row → milliseconds until a verdict on a file that never ends, and whether there was one."""
    work = work_c(2.0)
    rows: dict[str, dict] = {}
    with ways_of(work, times, peers, times.cap_seconds) as ways:
        for n in range(times.time_limits):
            tell(f"time limit: {n + 1} of {times.time_limits}")
            for way in ways[:1] if n else ways:
                for name, verdict in way.grade(work.endless, n).items():
                    if verdict.ms is not None:
                        row = rows.setdefault(name, {"ms": [], "verdict": True})
                        row["ms"].append(verdict.ms)
                        row["verdict"] &= verdict.passed is not None
    return {name: {**spread(row["ms"]), "verdict": row["verdict"]} for name, row in rows.items()}


def forgotten(flavor: str) -> int:
    """How many processes below the zygote have computed for a second and are there still: no standby has."""
    exercise = work_a().exercise
    with open_student(exercise.solution, flavor=flavor, seed=0, limits=exercise.limits) as student:
        return sum(cpu_seconds(pid) > 1 for pid in descendants(parent_of(student._process.pid)))


def measure(times: Repetitions, peers: bool) -> tuple[dict[str, object], list[Goal]]:
    a = durations(work_a(), times, peers, 0.05)
    b = durations(work_b(), times, peers, 0.3)
    c = time_limits(times, peers)
    ms_a = {name: row["median"] for name, row in a.items()}
    ms_b = {name: row["median"] for name, row in b.items()}
    ours_a, ours_b = ms_a[GRADUS], ms_b[GRADUS]
    others = [
        f"{label}, {name}"
        for label, rows in (("A", a), ("B", b))
        for name, row in rows.items()
        if any(row[kind] != rows[GRADUS][kind] for kind in ("right", "wrong"))
    ]
    goals = [
        Goal(0, "; ".join(["ways that pass or fail other checks than Gradus", *others]), len(others), 0),
        Goal(1, "A: beyond the checks alone", ours_a - ms_a[OWN], 10, "ms"),
        Goal(1, "A: × bare warm fork", ratio(ours_a, ms_a[FORK]), 1.5, "×"),
        Goal(2, "A: times faster than gradescope-utils", ratio(ms_a.get(GRADESCOPE), ours_a), 6, "×", True),
        Goal(2, "A: times faster than otter-grader", ratio(ms_a.get(OTTER), ours_a), 100, "×", True),
        Goal(2, "A: times faster than nbgrader", ratio(ms_a.get(NBGRADER), ours_a), 130, "×", True),
        Goal(3, "B: × bare warm fork", ratio(ours_b, ms_b[FORK]), 0.6, "×"),
        Goal(4, "B: times faster than gradescope-utils", ratio(ms_b.get(GRADESCOPE), ours_b), 30, "×", True),
        Goal(4, "B: times faster than otter-grader", ratio(ms_b.get(OTTER), ours_b), 60, "×", True),
        Goal(4, "B: times faster than nbgrader", ratio(ms_b.get(NBGRADER), ours_b), 60, "×", True),
        Goal(6, f"C: beyond the limit of 2 s, worst of {c[GRADUS]['n']}", c[GRADUS]["max"] - 2000, 100, "ms"),
        Goal(6, "C: processes left", forgotten("numpy"), 0),
    ]
    return {"A": a, "B": b, "C": c}, goals


def table(result: dict[str, dict]) -> str:
    """One row a way: median (min–max) and × warm fork for A and B, the median for C."""
    a, b, c = result["A"], result["B"], result["C"]
    lines = [
        f"{'':34}{'A ms, median (min–max)':>34}{'× fork':>8}{'B ms, median (min–max)':>34}{'× fork':>8}{'C s':>24}"
    ]
    for name in sorted(a, key=lambda name: a[name]["median"]):
        line = f"{name:34}"
        for rows in (a, b):
            row = rows[name]
            figures = f"{row['median']:,.1f} ({row['min']:,.1f}–{row['max']:,.1f})"
            line += f"{figures:>34}{row['median'] / rows[FORK]['median']:8.1f}"
        seconds = f"{c[name]['median'] / 1000:.2f}" if name in c else "–"
        never = name in c and not c[name]["verdict"]
        lines.append(f"{line}{f'never (stopped at {float(seconds):.0f})' if never else seconds:>24}")
    lines += [f"{kind.name:34} is not built: {kind.reason()}" for kind in PEERS if not kind.is_built()]
    return "\n".join(lines)
