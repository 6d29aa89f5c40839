"""Who may need help, and why: the reasons, each with the figure behind it. Staff and admins alone are shown them."""

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Q

# Days without work, while there is some to do.
QUIET_DAYS = 14
# Assignments that are due, or closed, and nothing came.
MISSING_ASSIGNMENTS = 2
# Of the running total.
LOW_PERCENT = 50
# Meetings, the latest ones of which attendance was taken down.
ABSENT_MEETINGS = 2
# Graded attempts at one assigned exercise, none of them with full marks.
STUCK_ATTEMPTS = 8

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {"gte": operator.ge, "lt": operator.lt}


@dataclass(frozen=True)
class Reason:
    """Why to look after somebody: `sentence` names the figure."""

    code: str
    label: str
    sentence: str


@dataclass(frozen=True)
class Risk:
    """A reason as a rule: a figure of a `Standing`, compared with a threshold.

    comparison : "gte" or "lt". words : the sentence about a standing whose figure meets it.
    """

    code: str
    label: str
    figure: str
    comparison: str
    threshold: int
    words: Callable[[Any], str]

    @property
    def met(self) -> Q:
        """For rows that are kept."""
        return Q(**{f"{self.figure}__{self.comparison}": self.threshold})

    def is_met_by(self, standing: Any) -> bool:
        """For a row in the hand."""
        figure = getattr(standing, self.figure)
        return figure is not None and COMPARISONS[self.comparison](figure, self.threshold)


def _quiet(standing: Any) -> str:
    work = f"{_assignments(standing.idle)} {'is' if standing.idle == 1 else 'are'}"
    return f"Nothing handed in for {standing.quiet_days} days, though {work} open."


def _missing(standing: Any) -> str:
    return f"{_assignments(standing.missing)} of {standing.due} that are due are missing."


def _low(standing: Any) -> str:
    # Cut off, not rounded: what is below the threshold does not read as the threshold.
    return f"The running total is {math.floor(10 * standing.percent) / 10:g}\u00a0%, below {LOW_PERCENT}\u00a0%."


def _absent(standing: Any) -> str:
    return f"Absent from the last {standing.absences} meetings without excuse."


def _stuck(standing: Any) -> str:
    return f"{standing.stuck_attempts} graded attempts at “{standing.stuck_on}” without full marks."


def _assignments(number: int) -> str:
    return f"{number} assignment{'' if number == 1 else 's'}"


RISKS = {
    risk.code: risk
    for risk in (
        Risk("quiet", f"Nothing handed in for {QUIET_DAYS} days", "quiet_days", "gte", QUIET_DAYS, _quiet),
        Risk("missing", "Assignments missing", "missing", "gte", MISSING_ASSIGNMENTS, _missing),
        Risk("low", f"Running total below {LOW_PERCENT} %", "percent", "lt", LOW_PERCENT, _low),
        Risk("absent", f"Absent from the last {ABSENT_MEETINGS} meetings", "absences", "gte", ABSENT_MEETINGS, _absent),
        Risk("stuck", "Many attempts without full marks", "stuck_attempts", "gte", STUCK_ATTEMPTS, _stuck),
    )
}  # fmt: skip


def reasons_of(standing: Any) -> list[Reason]:
    """Why to look after the student who stands so."""
    return [Reason(one.code, one.label, one.words(standing)) for one in RISKS.values() if one.is_met_by(standing)]


def any_of() -> Q:
    """Rows with at least one reason."""
    return reduce(operator.or_, (risk.met for risk in RISKS.values()))
