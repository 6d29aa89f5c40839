"""How long grading takes, beside a bare warm fork that does the same checks, and a cold Python.

python -m bench.grading [--quick] [--json]; exit status 1 where a goal is missed. All are asked in turn, within one
run, so that what else the machine does falls on each alike.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.exercises import load
from grader.grading import grade

ROOT = Path(__file__).resolve().parent.parent
# Exercise: the most that grading may take, as a multiple of the warm fork, in the median.
GOALS = {"backpropagation": 1.5, "gradient-tape": 1.2}


class WarmFork:
    """The baseline's process."""

    def __init__(self, slug: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.warm_fork", slug], cwd=ROOT, text=True, env=one_thread(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"

    def grade(self, source: str, seed: int) -> dict[str, float]:
        self.process.stdin.write(json.dumps({"source": source, "seed": seed}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def one_thread() -> dict[str, str]:
    """The environment of the baselines: threads and kernels as the sandbox has them."""
    single = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    return {**os.environ, **dict.fromkeys(single, "1"), "TF_ENABLE_ONEDNN_OPTS": "0", "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "-1"}  # fmt: skip


def measure(slug: str, repetitions: int, cold_repetitions: int, seconds: float) -> dict[str, object]:
    """Milliseconds of each way, submissions a second on all cores, and the scores, which must agree."""
    exercise = load(slug)
    mistake = next(iter(exercise.misconceptions.values())).source
    fork = WarmFork(slug)
    times: dict[str, list[float]] = {"grade": [], "warm fork": [], "grade, with a mistake": [], "cold python": []}
    scores: dict[str, set[float]] = {name: set() for name in times}
    for _ in range(3):
        grade(exercise, exercise.solution, 0)
        fork.grade(exercise.solution, 0)
    for n in range(repetitions):
        tell(f"{slug}: {n + 1} of {repetitions}")
        for name, source in (("grade", exercise.solution), ("grade, with a mistake", mistake)):
            begun = time.perf_counter()
            scores[name].add(grade(exercise, source, n).score)
            times[name].append((time.perf_counter() - begun) * 1000)
            if name == "grade":
                answer = fork.grade(source, n)
                scores["warm fork"].add(answer["score"])
                times["warm fork"].append(answer["ms"])
    fork.close()
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(exercise.solution)
        file.flush()
        for n in range(cold_repetitions):
            tell(f"{slug}: cold python {n + 1} of {cold_repetitions}")
            begun = time.perf_counter()
            command = [sys.executable, "-m", "bench.cold", slug, file.name, str(n)]
            done = subprocess.run(command, cwd=ROOT, env=one_thread(), capture_output=True, text=True, check=True)
            times["cold python"].append((time.perf_counter() - begun) * 1000)
            scores["cold python"].add(float(done.stdout))
    tell(f"{slug}: all cores")
    ways = {
        name: {
            "median_ms": statistics.median(ms),
            "p99_ms": sorted(ms)[min(len(ms) - 1, int(len(ms) * 0.99))],
            "ratio": statistics.median(ms) / statistics.median(times["warm fork"]),
            "scores": sorted(scores[name]),
        }
        for name, ms in times.items()
    }
    return {
        "exercise": slug,
        "ways": ways,
        "per_second": per_second(slug, seconds),
        "goal": GOALS[slug],
        "met": ways["grade"]["ratio"] <= GOALS[slug],
    }


def per_second(slug: str, seconds: float) -> float:
    """Submissions a second, with one process a core."""
    cores = len(os.sched_getaffinity(0))
    context = multiprocessing.get_context("spawn")
    with context.Pool(cores) as pool:
        pool.starmap(graded_within, [(slug, 0.0)] * cores)  # each has its connection and its imports
        return sum(pool.starmap(graded_within, [(slug, seconds)] * cores)) / seconds


def graded_within(slug: str, seconds: float) -> int:
    exercise, end, n = load(slug), time.perf_counter() + seconds, 0
    while True:
        grade(exercise, exercise.solution, n)
        n += 1
        if time.perf_counter() >= end:
            return n


def tell(line: str) -> None:
    """Progress, on one line of a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def table(results: list[dict[str, object]]) -> str:
    lines = []
    for result in results:
        lines.append(f"{result['exercise']}: {result['per_second']:.1f} submissions a second on all cores")
        lines.append(f"  {'':24}{'median':>10}{'p99':>10}{'× warm fork':>14}")
        for name, way in result["ways"].items():
            lines.append(f"  {name:24}{way['median_ms']:8.1f}ms{way['p99_ms']:8.1f}ms{way['ratio']:14.2f}")
        verdict = "met" if result["met"] else "MISSED"
        lines.append(f"  goal: at most {result['goal']} × the warm fork: {verdict}")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.grading", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    parser.add_argument("--json", action="store_true", help="one object")
    options = parser.parse_args()
    repetitions, cold, seconds = (20, 1, 1.0) if options.quick else (200, 5, 10.0)
    results = [measure(slug, repetitions, cold, seconds) for slug in GOALS]
    tell("")
    print(json.dumps({"grading": results}) if options.json else table(results))
    return 0 if all(result["met"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
