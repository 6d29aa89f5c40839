"""Known mistakes: the calls of a failed check are made again against each, and the one that answers alike is named."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.diagnosis.failure import Failure
from grader.exercises import Exercise
from grader.sandbox import Call, Examiner, open_examiner

# Mistakes lie at least 1.7e-2 apart (relative); rounding lies near 1e-15, in float32 near 1e-6.
SAME = 1e-4
SOLUTION = "solution"


def named(exercise: Exercise, failures: Sequence[Failure], seed: int) -> list[str | None]:
    """For each failed check the mistake whose answers are the student's; None where none or several are.

    A mistake that explains every failed check goes before one that explains a single check. Abstains
    where the calls' answers are those of the right solution too.
    """
    sources = {code: m.source for code, m in exercise.misconceptions.items()}
    if not sources:
        return [None] * len(failures)
    sources[SOLUTION] = exercise.solution
    with open_examiner(sources, flavor=exercise.flavor, seed=seed, limits=exercise.limits) as examiner:
        alike = [_alike(exercise, failure, examiner) for failure in failures]
    common = set.intersection(*alike)
    if len(common) == 1:
        return [next(iter(common))] * len(failures)
    each = [next(iter(codes)) if len(codes) == 1 else None for codes in alike]
    by_value = [code if _replied(failure) else None for code, failure in zip(each, failures, strict=True)]
    # Many mistakes end in the same exception: alone it names one only where no value names another.
    return by_value if any(by_value) else each


def _replied(failure: Failure) -> bool:
    return all(call.error is None for call in failure.calls)


def _alike(exercise: Exercise, failure: Failure, examiner: Examiner) -> set[str]:
    """The mistakes that answer every call of the failed check as the student's file did."""
    if not failure.calls or _answers_alike(SOLUTION, failure, examiner):
        return set()
    return {code for code in exercise.misconceptions if _answers_alike(code, failure, examiner)}


def _answers_alike(code: str, failure: Failure, examiner: Examiner) -> bool:
    return all(_same_answer(c, examiner.call(code, c.function, *c.args, **c.kwargs)) for c in failure.calls)


def _same_answer(student: Call, mistake: Call) -> bool:
    if student.error is not None or mistake.error is not None:
        return (
            student.error is not None
            and mistake.error is not None
            and student.error.type_name == mistake.error.type_name
        )
    return same(student.reply, mistake.reply)


def same(a: Any, b: Any) -> bool:
    """Equal up to rounding: arrays and numbers by norm, lists and tuples item by item, the rest exactly.

    Where one is an array and the other a list of its rows, both count as arrays.
    """
    if isinstance(a, np.ndarray) != isinstance(b, np.ndarray):
        a, b = _as_array(a), _as_array(b)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if _is_numeric(a) and _is_numeric(b):
        try:
            x, y = np.asarray(a, dtype=np.complex128), np.asarray(b, dtype=np.complex128)
        except OverflowError:  # an int of Python's that no float holds
            return type(a) is type(b) and bool(a == b)
        if x.shape != y.shape or not np.array_equal(np.isfinite(x), np.isfinite(y)):
            return False
        finite = np.isfinite(x)
        return bool(np.linalg.norm(x[finite] - y[finite]) <= SAME * float(np.linalg.norm(y[finite])))
    return type(a) is type(b) and bool(a == b)


def _as_array(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        return value
    try:
        return np.array(value, dtype=np.complex128)
    except (ValueError, TypeError, OverflowError):
        return value


def _is_numeric(value: Any) -> bool:
    return isinstance(value, int | float | complex | np.ndarray | np.generic) and not isinstance(value, bool)
