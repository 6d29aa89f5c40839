"""A check: a function of an exercise's checks.py that asks the student's functions and compares."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.checks.arrays import Evidence
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
