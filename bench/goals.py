"""What the benches promise, as met or missed, and how figures are printed."""

import math
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Goal:
    """A bound on a figure; None where this run has no figure, because a peer's environment is not built.

    number : the goal's, as tables name it.
    least : the figure must be at least `bound`, not at most.
    """

    number: int
    what: str
    figure: float | None
    bound: float
    unit: str = ""
    least: bool = False

    @property
    def missed(self) -> bool:
        """Also where the figure is NaN."""
        if self.figure is None:
            return False
        return not (self.figure >= self.bound if self.least else self.figure <= self.bound)

    def to_dict(self) -> dict[str, object]:
        return {**asdict(self), "missed": self.missed}

    def __str__(self) -> str:
        verdict = "MISSED" if self.missed else "met" if self.figure is not None else "not measured"
        figure = "–" if self.figure is None else f"{self.figure:,.3g}" if self.figure < 1000 else f"{self.figure:,.0f}"
        bound = f"{'≥' if self.least else '≤'} {self.bound:g} {self.unit}".rstrip()
        return f"  {self.number}  {self.what:<66} {figure:>8}   {bound:<10} {verdict}"


def ratio(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not pass: the nearest rank."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(len(ranked) * share) - 1)]


def spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "n": len(values), "median": statistics.median(values), "min": min(values), "max": max(values),
        "p95": percentile(values, 0.95), "p99": percentile(values, 0.99),
    }  # fmt: skip


def tell(line: str) -> None:
    """Progress, on one line of a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
