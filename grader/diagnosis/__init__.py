"""Which mistake it is: known mistakes by replaying the same calls, others by what the gradients look like."""

from collections.abc import Sequence

from grader.diagnosis.failure import Failure
from grader.diagnosis.gradients import DIAGNOSERS, gradients_of, layers_of, seen
from grader.diagnosis.misconceptions import named
from grader.exercises import Exercise
from grader.results import Finding
from grader.sandbox import Call

__all__ = ["Failure", "diagnose", "gradients_of", "layers_of"]


def diagnose(
    exercise: Exercise, failures: Sequence[Failure], passes: Sequence[Sequence[Call]], seed: int
) -> tuple[Finding, ...]:
    """The findings of the failed checks. One mistake is one finding, at the first check that shows it.

    passes : the calls of each check that passed.
    """
    if not failures:
        return ()
    codes = named(exercise, failures, passes, seed)
    findings: dict[str, Finding] = {}
    for failure, code in zip(failures, codes, strict=True):
        if code is not None:
            message = exercise.misconceptions[code].message
            text, where = seen(failure.evidence)
            found = [Finding(code, f"{text} {message}".strip(), where or _call(failure), failure.check)]
        else:
            found = [f for diagnoser in DIAGNOSERS if (f := diagnoser(failure)) is not None][:1]
        for finding in found:
            kept = findings.get(finding.code)
            # The check that compares most layers says most.
            if kept is None or len(finding.message) > len(kept.message):
                findings[finding.code] = finding
    if any(codes):  # what is named explains the rest
        findings = {code: f for code, f in findings.items() if code in exercise.misconceptions}
    return tuple(findings.values())


def _call(failure: Failure) -> str:
    return f"{failure.calls[-1].function}()" if failure.calls else ""
