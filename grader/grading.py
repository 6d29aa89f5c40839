"""Grading a submission: open a student process, run the checks, diagnose what failed, score, report."""

import functools
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from grader.checks import Check, Evidence, Mismatch
from grader.diagnosis import Failure, diagnose, gradients_of, layers_of
from grader.errors import CallError, CheckFailed, Killed, SourceError
from grader.exercises import Exercise
from grader.receipt import receipt_of
from grader.results import CheckResult, LoadError, Outcome, Phase, Report, Timings, Visibility
from grader.sandbox import Call, Student, open_student

MAX_SOURCE_BYTES = 256 * 1024
Progress = Callable[[Phase], None]


@dataclass(frozen=True)
class Ran:
    """A check that had its turn: what it found, what it saw, and the calls that it made."""

    result: CheckResult
    evidence: Evidence
    calls: tuple[Call, ...] = ()

    @property
    def failure(self) -> Failure | None:
        """What a diagnosis starts from; None where the check passed, or a kill left nothing to start from."""
        failed = self.calls and not self.result.passed
        return Failure(self.result.name, self.calls, self.evidence) if failed else None


def decode_source(data: bytes) -> str:
    """A handed-in file as text. Raises SourceError where it is too large, not UTF-8, or holds NUL bytes."""
    if len(data) > MAX_SOURCE_BYTES:
        raise SourceError(
            "SourceTooLarge", f"The file has {len(data) // 1024} KiB; at most 256 are taken. Hand in code, not data."
        )
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SourceError(
            "UnicodeDecodeError", f"Line {line} is not UTF-8. Save the file as UTF-8 and hand it in again.", line
        ) from error
    if "\0" in source:
        line = source[: source.index("\0")].count("\n") + 1
        raise SourceError("SourceError", f"Line {line} holds a NUL byte. Save the file as plain text.", line)
    return source


def grade(exercise: Exercise, source: str, seed: int, *, progress: Progress = lambda phase: None) -> Report:
    """Grade one file. The same exercise version, source and seed give the same verdicts and scores.

    progress : told each phase as it begins.
    Raises OurError where the sandbox or the exercise fails; a student's fault is in the report.
    """
    begun = time.perf_counter()
    progress(Phase("starting"))
    try:
        decode_source(source.encode("utf-8", "surrogatepass"))
        with open_student(source, flavor=exercise.standby, seed=student_seed(seed), limits=exercise.limits) as student:
            ready = time.perf_counter()
            ran, killed = run_checks(exercise, student, seed, progress)
    except (SourceError, Killed) as error:
        return not_loaded(exercise, seed, error, begun)
    checked = time.perf_counter()
    failures = [r.failure for r in ran if r.failure is not None]
    if failures:
        progress(Phase("diagnosing"))
    checks = tuple(r.result for r in ran)
    return Report(
        exercise=exercise.slug,
        version=exercise.version,
        seed=seed,
        outcome=Outcome(killed.outcome) if killed else Outcome.OK,
        score=sum(c.points for c in checks),
        max_score=exercise.points,
        checks=checks,
        findings=diagnose(exercise, failures, [r.calls for r in ran if r.result.passed], student_seed(seed)),
        gradients=tuple(g for r in ran for g in gradients_of(r.evidence, r.result.name)),
        layers=tuple(layer for r in ran for layer in layers_of(r.evidence, r.result.name)),
        output=student.load_output,
        error=LoadError(type(killed).__name__, str(killed)) if killed else None,
        timings=_timings(begun, ready, checked),
        receipt=receipt_of(exercise.flavor, [(r.result.name, r.calls) for r in ran]),
        memory=student.memory(),
    )


def run_checks(exercise: Exercise, student: Student, seed: int, progress: Progress) -> tuple[list[Ran], Killed | None]:
    """Every check's result, in order; after a kill the remaining ones are not run."""
    ran: list[Ran] = []
    killed: Killed | None = None
    for number, check in enumerate(exercise.checks, 1):
        if killed is None:
            phase = Phase("check", number, len(exercise.checks))
            progress(phase)
            student.told = functools.partial(_tell_epoch, progress, phase)
            try:
                ran.append(run_check(check, student, check_rng(seed, check.name)))
                continue
            except Killed as error:
                killed = error
                ran.append(Ran(_failed(check, str(error)), Evidence()))
        else:
            ran.append(Ran(_failed(check, "Not run: the process had ended before.", ran=False), Evidence()))
    return ran, killed


def _tell_epoch(progress: Progress, phase: Phase, epoch: int, epochs: int) -> None:
    progress(replace(phase, epoch=epoch, epochs=epochs))


def run_check(check: Check, student: Student, rng: np.random.Generator) -> Ran:
    """One check's verdict. Only what a student can cause is caught: a bug in a check is an error of ours."""
    first = len(student.calls)
    try:
        evidence = check.function(student, rng) or Evidence()
    except (CheckFailed, CallError) as error:
        seen = error.evidence if isinstance(error, Mismatch) else Evidence()
        line = error.line if isinstance(error, CallError) else None
        result = _failed(check, str(error), line=line, output=_output(check, student))
        return Ran(result, seen, tuple(student.calls[first:]))
    result = CheckResult(check.name, check.points, check.points, True, check.visibility, output=_output(check, student))
    return Ran(result, evidence, tuple(student.calls[first:]))


def student_seed(seed: int) -> int:
    """The seed that the student's process sees; it tells nothing of what the checks draw."""
    return int.from_bytes(hashlib.sha256(f"{seed}|student".encode()).digest()[:4], "big")


def check_rng(seed: int, name: str) -> np.random.Generator:
    """The generator that one check draws its inputs from."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(f"{seed}|{name}".encode()).digest(), "big"))


def not_loaded(exercise: Exercise, seed: int, error: SourceError | Killed, begun: float) -> Report:
    """The report of a file that does not load: every check is there, none was run."""
    name, line = (error.type_name, error.line) if isinstance(error, SourceError) else (type(error).__name__, None)
    now = time.perf_counter()
    return Report(
        exercise=exercise.slug,
        version=exercise.version,
        seed=seed,
        outcome=Outcome(error.outcome),
        score=0,
        max_score=exercise.points,
        checks=tuple(_failed(c, "Not run: the file does not load.", ran=False) for c in exercise.checks),
        error=LoadError(name, str(error), line),
        timings=_timings(begun, now, now),
        memory=error.memory,
    )


def _failed(check: Check, message: str, *, ran: bool = True, line: int | None = None, output: str = "") -> CheckResult:
    return CheckResult(check.name, 0, check.points, False, check.visibility, message, ran, line, output)


def _output(check: Check, student: Student) -> str:
    """What was printed during the check; during a hidden one it is dropped."""
    printed = student.take_output()
    return "" if check.visibility == Visibility.HIDDEN else printed


def _timings(begun: float, ready: float, checked: float) -> Timings:
    return Timings((ready - begun) * 1000, (checked - ready) * 1000, (time.perf_counter() - begun) * 1000)
