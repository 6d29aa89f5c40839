"""A check: a function of an exercise's checks.py that asks the student's functions and compares."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.checks.arrays import Evidence
from grader.errors import CheckFailed
from grader.results import Visibility

CheckFunction = Callable[[Any, Any], Evidence | None]


@dataclass(frozen=True)
class Check:
    """function(student, rng) raises CheckFailed, or returns its evidence; rng is a numpy Generator of its own."""

    name: str
    points: float
    visibility: Visibility
    function: CheckFunction


def check(name: str, *, points: float, visibility: str = "public") -> Callable[[CheckFunction], Check]:
    """Make a function of checks.py a check; checks run in the order in which they stand."""
    return lambda function: Check(name, points, Visibility(visibility), function)


def unchanged(student: Any, advice: str = "Work on a copy, so that the caller keeps it.") -> None:
    """Raise CheckFailed where the student's last call changed an argument; `advice` says what to do instead."""
    call = student.calls[-1]
    if call.mutated:
        raise CheckFailed(f"`{call.function}` changes its argument `{call.mutated[0]}` in place. {advice}")
