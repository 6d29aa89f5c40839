"""Receipts: what a report was made from, so that it can be made again and held against the first."""

import hashlib
import platform
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from grader.results import Exchange, Receipt, Report
from grader.sandbox import Call, packages
from grader.sandbox.guest import wire


def receipt_of(flavor: str, calls: Iterable[tuple[str, Sequence[Call]]]) -> Receipt:
    """The receipt of a grading from each check's name and its calls; a check without calls leaves no trace."""
    exchanges = tuple(
        Exchange(
            check,
            inputs=_digest([c.function, list(c.args), dict(c.kwargs)] for c in made),
            replies=_digest(c.reply if c.error is None else c.error.type_name for c in made),
        )
        for check, made in calls
        if made
    )
    return Receipt(dict(packages(flavor)), cpu(), exchanges)


def _digest(values: Iterable[Any]) -> str:
    """SHA-256 of values as they travel."""
    digest = hashlib.sha256()
    for value in values:
        for piece in wire.encode(value):
            digest.update(piece)
    return digest.hexdigest()


@cache
def cpu() -> str:
    """The processor's name; elementary functions may differ in the last bit from one kind to another."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith(("model name", "CPU part")))
    return next(names, "") or platform.machine()


def differences(before: Report, after: Report) -> list[str]:
    """What tells a report from the one before it, in sentences; empty where it proves the same.

    Timings, printed output and memory do not count. Replies count only on the same processor and packages.
    """
    said = []
    if before.version != after.version:
        said.append(f"The exercise's version is {after.version[:12]}, and was {before.version[:12]}.")
    if before.outcome != after.outcome:
        said.append(f"The outcome is {after.outcome}, and was {before.outcome}.")
    if before.score != after.score:
        said.append(f"The score is {after.score:g}, and was {before.score:g}.")
    old = {check.name: check for check in before.checks}
    for check in after.checks:
        was = old.pop(check.name, None)
        if was is None:
            said.append(f"The check “{check.name}” is new.")
        elif (was.passed, was.points, was.ran) != (check.passed, check.points, check.ran):
            said.append(f"The check “{check.name}” gives {check.points:g} points, and gave {was.points:g}.")
    said += [f"The check “{name}” is gone." for name in old]
    if before.receipt is None or after.receipt is None:
        return [*said, "The first report has no receipt, so that inputs and replies cannot be compared."]
    return said + _of_receipts(before.receipt, after.receipt)


def _of_receipts(before: Receipt, after: Receipt) -> list[str]:
    said = [
        f"{name} is {after.packages.get(name, 'gone')}, and was {before.packages.get(name, 'not there')}."
        for name in sorted(before.packages.keys() | after.packages.keys())
        if before.packages.get(name) != after.packages.get(name)
    ]
    same_machine = not said and before.cpu == after.cpu
    old = {exchange.check: exchange for exchange in before.exchanges}
    for exchange in after.exchanges:
        was = old.get(exchange.check)
        if was is None or was.inputs != exchange.inputs:
            said.append(f"The check “{exchange.check}” asked with other inputs.")
        elif same_machine and was.replies != exchange.replies:
            said.append(f"In the check “{exchange.check}” the student's code answered otherwise.")
    return said
