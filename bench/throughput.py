"""Goal 5: submissions a minute, one worker a core. All but ours are pinned, each worker to its core."""

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.baselines import WarmFork
from bench.duration import CAP_SECONDS, FORK, GRADESCOPE, GRADUS, gradus
from bench.goals import Goal, ratio, tell
from bench.peers import Gradescope
from bench.work import Work, work_a, work_b


def way(name: str, work: Work, folder: Path) -> Callable[[int], frozenset[str] | None]:
    """A function that grades once and gives what passed."""
    if name == GRADUS:
        return lambda seed: gradus(work, work.solution, seed).passed
    if name == FORK:
        fork = WarmFork(work.slug)
        return lambda seed: fork.grade(work.solution, seed)[0].passed
    peer = Gradescope(work, folder / "work")
    return lambda seed: peer.grade(work.solution, CAP_SECONDS).passed


def worked(name: str, work: Work, core: int, seconds: float, together, answers) -> None:
    """Grade until the time is over; the last one counts by the share of it that fell within."""
    if name != GRADUS:  # its students' processes are the zygote's, which all workers share
        os.sched_setaffinity(0, {core})
    with tempfile.TemporaryDirectory(prefix="gradus-bench-") as folder:
        grade_one = way(name, work, Path(folder))
        if name != GRADESCOPE:
            grade_one(0)
        together.wait()
        begun, n = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            n += 1
            if len(grade_one(n) or ()) != len(work.checks):
                raise RuntimeError(f"{name} did not pass the solution of {work.slug}")
        answers.put(n / (time.perf_counter() - begun))


def per_minute(name: str, work: Work, seconds: float) -> float:
    context = multiprocessing.get_context("spawn")
    cores = sorted(os.sched_getaffinity(0))[:2]
    together, answers = context.Barrier(len(cores)), context.Queue()
    workers = [context.Process(target=worked, args=(name, work, core, seconds, together, answers)) for core in cores]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise RuntimeError(f"a worker of {name} ended with {worker.exitcode}")
    return 60 * sum(answers.get() for _ in cores)


def measure(quick: bool, peers: bool) -> tuple[dict[str, object], list[Goal]]:
    """Best of the rounds, each way in turn."""
    names = [GRADUS, FORK, *([GRADESCOPE] if peers and Gradescope.is_built() else [])]
    rates: dict[str, dict[str, float]] = {}
    for label, work in (("A", work_a()), ("B", work_b())):
        rates[label] = dict.fromkeys(names, 0.0)
        for _ in range(1 if quick else 3):
            for name in names:
                tell(f"two workers: {label}, {name}")
                rate = per_minute(name, work, 1.0 if quick else 8.0)
                rates[label][name] = max(rates[label][name], rate)
    goals = []
    for label, of_fork, of_peer in (("A", 0.7, 6), ("B", 0.85, 20)):
        row = rates[label]
        what = f"{label}: two workers' rate, × "
        goals.append(Goal(5, f"{what}bare warm fork", ratio(row[GRADUS], row[FORK]), of_fork, "×", True))
        goals.append(Goal(5, f"{what}gradescope-utils", ratio(row[GRADUS], row.get(GRADESCOPE)), of_peer, "×", True))
    return rates, goals


def table(rates: dict[str, dict[str, float]]) -> str:
    lines = [f"{'two workers, submissions a minute':34}{'A':>12}{'B':>12}"]
    return "\n".join(lines + [f"{name:34}{rates['A'][name]:12,.0f}{rates['B'][name]:12,.0f}" for name in rates["A"]])
