"""Known mistakes: the calls of a failed check are made again against each, and the one that answers alike is named."""

import contextlib
import functools
import logging
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.diagnosis.failure import Failure
from grader.errors import Killed, SourceError, TimeLimit
from grader.exercises import Exercise
from grader.sandbox import Call, Examiner, open_examiner
from mlcore.gradient_checking import norm

log = logging.getLogger(__name__)

# Mistakes lie at least 1.7e-2 apart (relative); rounding lies near 1e-15, in float32 near 1e-6.
SAME = 1e-4
SOLUTION = "solution"


def named(
    exercise: Exercise, failures: Sequence[Failure], passes: Sequence[Sequence[Call]], seed: int
) -> list[str | None]:
    """For each failed check the mistake whose answers are the student's; None where none or several are.

    A mistake that explains every failed check goes before one that explains a single check. Where several
    answer alike, those that would have failed a check that the student passed are none. Abstains where the
    calls' answers are those of the right solution too, and where the mistakes themselves pass a limit.
    """
    if not exercise.misconceptions:
        return [None] * len(failures)
    try:
        with Replay(exercise, seed) as replay:
            return _named(failures, passes, replay)
    except (SourceError, Killed) as error:  # of our own sources, which is no reason to keep the score back
        log.error("the known mistakes of %s cannot be asked: %s", exercise.slug, error)
        return [None] * len(failures)


def _named(failures: Sequence[Failure], passes: Sequence[Sequence[Call]], replay: "Replay") -> list[str | None]:
    """Raises Killed where a mistake passes a limit."""
    first = _alike(failures[0], replay, replay.mistakes)
    # Nearly always one mistake explains all: only those that explain the first failure are asked about the others.
    common = first
    for failure in failures[1:]:
        common = _alike(failure, replay, common)
    if len(common) == 1 and _possible(common, passes, replay):
        return [next(iter(common))] * len(failures)
    alike = [first, *(_alike(failure, replay, replay.mistakes) for failure in failures[1:])]
    if any(len(codes) > 1 for codes in alike):
        possible = _possible(set().union(*alike), passes, replay)
        alike = [codes & possible for codes in alike]
    common = set.intersection(*alike)
    if len(common) == 1:
        return [next(iter(common))] * len(failures)
    each = [next(iter(codes)) if len(codes) == 1 else None for codes in alike]
    by_value = [code if _replied(failure) else None for code, failure in zip(each, failures, strict=True)]
    # Many mistakes end in the same exception: alone it names one only where no value names another.
    return by_value if any(by_value) else each


def _possible(codes: set[str], passes: Sequence[Sequence[Call]], replay: "Replay") -> set[str]:
    """Those of the mistakes that answer as the student's file did where it passed."""
    for calls in passes:
        codes = replay.alike(codes, calls)
    return codes


def _replied(failure: Failure) -> bool:
    return all(call.error is None for call in failure.calls)


def _alike(failure: Failure, replay: "Replay", codes: Collection[str]) -> set[str]:
    """Those of the mistakes that answer every call of the failed check as the student's file did.

    Where only dtypes part the student's answers from the right ones, dtypes count.
    """
    if not (failure.calls and codes):
        return set()
    alike = replay.alike([SOLUTION, *codes], failure.calls)
    if SOLUTION in alike:
        alike = replay.alike(alike, failure.calls, dtypes_count=True)
    return alike if SOLUTION not in alike else set()


class Replay(contextlib.AbstractContextManager["Replay"]):
    """The known mistakes and the right solution, asked what a student's file was asked."""

    def __init__(self, exercise: Exercise, seed: int) -> None:
        self.mistakes = tuple(exercise.misconceptions)
        self.sources = {code: m.source for code, m in exercise.misconceptions.items()} | {SOLUTION: exercise.solution}
        self.process = functools.partial(open_examiner, flavor=exercise.standby, seed=seed, limits=exercise.limits)
        self.opened = contextlib.ExitStack()
        self.ends = time.monotonic() + exercise.limits.wall_seconds

    def __exit__(self, *_: object) -> None:
        self.opened.close()

    @functools.cached_property
    def examiner(self) -> Examiner:
        """All sources in one process, for calls that leave nothing behind in files."""
        return self.opened.enter_context(self._open(self.sources))

    def _open(
        self, codes: Iterable[str], files: Mapping[str, bytes] | None = None
    ) -> contextlib.AbstractContextManager[Examiner]:
        return self.process({code: self.sources[code] for code in codes}, files=files)

    def alike(self, codes: Iterable[str], calls: Sequence[Call], dtypes_count: bool = False) -> set[str]:
        """Those whose source answers all calls as the student's did. Raises Killed past a limit."""
        left = list(codes)
        if not (left and calls):
            return set(left)
        with contextlib.ExitStack() as opened:
            writes = any(call.process for call in calls)
            processes = {0: opened.enter_context(self._open(left)) if writes else self.examiner}
            for call in calls:
                if time.monotonic() > self.ends:
                    raise TimeLimit("The mistakes take longer to try than the student's code may run.")
                if call.process not in processes:
                    # What a source wrote in the first process is there in the next, and nothing else is.
                    files = processes[0].files(left, call.folders)
                    processes[call.process] = opened.enter_context(self._open(left, files))
                answers = processes[call.process].call(left, call.function, *call.args, **call.kwargs)
                pairs = zip(left, answers, strict=True)
                left = [code for code, answer in pairs if _same_answer(call, answer, dtypes_count)]
                if not left:
                    break
        return set(left)


def _same_answer(student: Call, mistake: Call, dtypes_count: bool) -> bool:
    if student.error is not None or mistake.error is not None:
        return (
            student.error is not None
            and mistake.error is not None
            and student.error.type_name == mistake.error.type_name
        )
    if dtypes_count and _dtypes(student.reply) != _dtypes(mistake.reply):
        return False
    return same(student.reply, mistake.reply)


def _dtypes(value: Any) -> Any:
    """The dtypes of a reply's arrays, in its own structure."""
    if isinstance(value, list | tuple):
        return [_dtypes(v) for v in value]
    if isinstance(value, dict):
        return {k: _dtypes(v) for k, v in value.items()}
    return getattr(value, "dtype", None)


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
        if np.shape(a) != np.shape(b):
            return False
        try:
            x, y = np.asarray(a, dtype=np.complex128), np.asarray(b, dtype=np.complex128)
        except OverflowError:  # an int of Python's that no float holds
            return type(a) is type(b) and bool(a == b)
        if not np.array_equal(np.isfinite(x), np.isfinite(y)):
            return False
        finite = np.isfinite(x)
        return norm(x[finite] - y[finite]) <= SAME * norm(y[finite])
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
