"""What a diagnosis starts from."""

from dataclasses import dataclass

from grader.checks import Evidence
from grader.sandbox import Call


@dataclass(frozen=True)
class Failure:
    """A failed check: its name, the calls it made, and what it saw."""

    check: str
    calls: tuple[Call, ...]
    evidence: Evidence
