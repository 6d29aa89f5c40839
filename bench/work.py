"""The work that every way of grading is given, and what comes back."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from grader.exercises import Exercise, load

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Verdict:
    """Milliseconds that a grading took, and the names of the checks that passed; None where it gave no verdict."""

    ms: float
    passed: frozenset[str] | None


@dataclass(frozen=True)
class Work:
    """An exercise and the files that are graded: one right, one that loses some checks, one that never ends.

    wall_seconds : how long a student's code may run.
    """

    slug: str
    wall_seconds: float
    solution: str
    mistake: str
    endless: str
    function: str
    checks: tuple[tuple[float, str], ...]

    @property
    def exercise(self) -> Exercise:
        """The exercise, with this limit."""
        exercise = load(self.slug)
        return replace(exercise, limits=replace(exercise.limits, wall_seconds=self.wall_seconds))


def work(slug: str, mistake: str, wall_seconds: float = 10.0) -> Work:
    """The work of an exercise, with the mistake of this name."""
    exercise = load(slug)
    function = exercise.functions[0]
    return Work(
        slug,
        wall_seconds,
        exercise.solution,
        exercise.misconceptions[mistake].source,
        f"def {function.signature}:\n    while True:\n        pass\n",
        function.name,
        tuple((check.points, check.name) for check in exercise.checks),
    )


def work_a() -> Work:
    return work("backpropagation", "biases-not-averaged")


def work_b() -> Work:
    return work("gradient-tape", "not-watched")


def work_c(wall_seconds: float) -> Work:
    """Work A under a short limit, for its file that never ends."""
    return work("backpropagation", "biases-not-averaged", wall_seconds)


def one_thread() -> dict[str, str]:
    """The environment of all others: threads and kernels as the sandbox has them."""
    single = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    return {**os.environ, **dict.fromkeys(single, "1"), "TF_ENABLE_ONEDNN_OPTS": "0", "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "-1"}  # fmt: skip
