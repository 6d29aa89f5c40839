"""What grading gives back: frozen dataclasses that cross every seam, and their JSON form.

No Django here. `Report.to_dict()` is what the database keeps and what `manage.py grade --json`
prints; `Report.from_dict()` reads it again; `Report.shown(...)` leaves out what is hidden.
"""

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from enum import StrEnum
from typing import Any


class Visibility(StrEnum):
    """Who sees a check's name, message, evidence and output before and after the due date."""

    PUBLIC = "public"
    AFTER_DUE = "after_due"
    HIDDEN = "hidden"


class Outcome(StrEnum):
    """How a graded submission ended. A submission that failed by our fault has none."""

    OK = "ok"
    ERROR = "error"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    PROTOCOL_ERROR = "protocol_error"


@dataclass(frozen=True)
class CheckResult:
    """One check's verdict.

    points, max_points : marks given and to be had.
    passed : all marks given.
    ran : False where the process was gone before the check's turn ("not run").
    message : what, where, what next; empty when passed.
    line : line of the student's file that raised, where known.
    output : what the student's code printed during the check (dropped for hidden checks).
    """

    name: str
    points: float
    max_points: float
    passed: bool
    visibility: Visibility = Visibility.PUBLIC
    message: str = ""
    ran: bool = True
    line: int | None = None
    output: str = ""


@dataclass(frozen=True)
class Finding:
    """A named mistake. `where` says which parameter, layer or call; `check` is the check's name."""

    code: str
    message: str
    where: str
    check: str


@dataclass(frozen=True)
class HeatMap:
    """A matrix to draw: the student's gradient minus the right one, as block means above 48×48.

    values : rows of floats (None where not finite).
    block : (rows, columns) of the original averaged into one cell.
    """

    values: list[list[float | None]]
    block: tuple[int, int] = (1, 1)


@dataclass(frozen=True)
class Worst:
    """The worst element of a gradient, exact: its index, what came and what was expected."""

    index: tuple[int, ...]
    received: float | None
    expected: float

    @property
    def place(self) -> str:
        """The index as Python writes it: [2, 0]."""
        return f"[{', '.join(map(str, self.index))}]"


@dataclass(frozen=True)
class Gradient:
    """One parameter's gradient against the right one.

    parameter : as the student names it, `nabla_w[0]`.
    relative_error : ‖received − expected‖ / ‖expected‖; None where not finite or of a wrong shape.
    cosine : of the angle between both; None where undefined.
    scale : the k that brings k·expected closest to received; None where undefined.
    heat_map : received − expected, where it is wrong.
    """

    parameter: str
    shape: tuple[int, ...]
    relative_error: float | None
    cosine: float | None
    scale: float | None
    check: str
    passed: bool = True
    worst: Worst | None = None
    heat_map: HeatMap | None = None

    @property
    def size(self) -> str:
        """The shape as people write it: 5 × 3."""
        return " × ".join(map(str, self.shape)) or "a number"


@dataclass(frozen=True)
class Layer:
    """‖δ‖ of one hidden layer, counted from 1, as the student's code gives it.

    ratio : this layer's norm over the next one's; None for the last.
    verdict : "healthy", "vanishing", "exploding", or "wrong" where the student's δ is not the right one.
    expected_norm : ‖δ‖ of the reference.
    first_wrong : the first wrong layer met going back from the output.
    """

    layer: int
    norm: float | None
    ratio: float | None
    verdict: str
    check: str
    expected_norm: float | None = None
    first_wrong: bool = False


@dataclass(frozen=True)
class LoadError:
    """Why the student's file does not load, or how its process ended."""

    type: str
    message: str
    line: int | None = None


@dataclass(frozen=True)
class Phase:
    """Where a grading is: "starting", "check" (with its number, of how many), "diagnosing".

    epoch, epochs : how far a check that trains has come; 0 in the others.
    """

    name: str
    number: int = 0
    of: int = 0
    epoch: int = 0
    epochs: int = 0

    def __str__(self) -> str:
        epoch = f", epoch {self.epoch} of {self.epochs}" if self.epochs else ""
        return f"{self.name} {self.number} of {self.of}{epoch}" if self.of else self.name

    @property
    def done(self) -> float:
        """How many checks are behind, the present one in part where it trains."""
        return self.number - 1 + (self.epoch / self.epochs if self.epochs else 0)


@dataclass(frozen=True)
class Timings:
    """Milliseconds: until the student's process stood ready, in it and the checks, altogether."""

    start_ms: float = 0.0
    run_ms: float = 0.0
    total_ms: float = 0.0


@dataclass(frozen=True)
class Exchange:
    """SHA-256 of what a check asked the student's functions with, and of what they gave back."""

    check: str
    inputs: str
    replies: str


@dataclass(frozen=True)
class Receipt:
    """What, with the exercise's version and the seed, a grading can be made again from.

    packages : versions of what the student's code ran with; cpu : the processor that it ran on.
    """

    packages: Mapping[str, str]
    cpu: str
    exchanges: tuple[Exchange, ...] = ()

    def of(self, checks: Container[str]) -> "Receipt":
        """What is of these checks."""
        return replace(self, exchanges=tuple(e for e in self.exchanges if e.check in checks))


@dataclass(frozen=True)
class Memory:
    """Memory of the student's process beyond what it held when it took on the submission.

    limit_mib, peak_mib : MiB that it might take, and that it took at its highest; None where no one can tell.
    by : "cgroup" where the kernel held it to the limit, "watched" where we did.
    """

    limit_mib: int
    peak_mib: float | None
    by: str


@dataclass(frozen=True)
class Report:
    """All that grading one submission found."""

    exercise: str
    version: str
    seed: int
    outcome: Outcome
    score: float
    max_score: float
    checks: tuple[CheckResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    gradients: tuple[Gradient, ...] = ()
    layers: tuple[Layer, ...] = ()
    output: str = ""
    error: LoadError | None = None
    timings: Timings = field(default_factory=Timings)
    hidden_checks: int = 0
    status: str = "graded"
    receipt: Receipt | None = None
    memory: Memory | None = None

    @property
    def hides(self) -> bool:
        """Whether a check is not public, so that a student is shown less before the due date."""
        return any(check.visibility != Visibility.PUBLIC for check in self.checks)

    def shown(self, *, due_passed: bool) -> "Report":
        """The report as its student may read it.

        Before the due date checks that are not public are left out, with their findings, evidence and
        marks, and `hidden_checks` counts them. Afterwards every check counts, and a hidden one shows its
        name and marks only.
        """
        if due_passed:
            open_checks = {c.name for c in self.checks if c.visibility != Visibility.HIDDEN}
            checks = tuple(
                c if c.name in open_checks else replace(c, message="", line=None, output="") for c in self.checks
            )
        else:
            open_checks = {c.name for c in self.checks if c.visibility == Visibility.PUBLIC}
            checks = tuple(c for c in self.checks if c.name in open_checks)
        return replace(
            self,
            checks=checks,
            score=sum(c.points for c in checks),
            max_score=sum(c.max_points for c in checks),
            findings=tuple(f for f in self.findings if f.check in open_checks),
            gradients=tuple(g for g in self.gradients if g.check in open_checks),
            layers=tuple(layer for layer in self.layers if layer.check in open_checks),
            receipt=self.receipt and self.receipt.of(open_checks),
            hidden_checks=len(self.checks) - len(checks),
        )

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values that every database keeps, whatever the student's code gave back."""
        return _storable(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Report":
        """The report that `to_dict` gave, also after a trip through JSON."""
        return cls(
            **{
                **data,
                "outcome": Outcome(data["outcome"]),
                "checks": tuple(
                    CheckResult(**{**c, "visibility": Visibility(c["visibility"])}) for c in data["checks"]
                ),
                "findings": tuple(Finding(**f) for f in data["findings"]),
                "gradients": tuple(_gradient(g) for g in data["gradients"]),
                "layers": tuple(Layer(**layer) for layer in data["layers"]),
                "receipt": _receipt(data.get("receipt")),
                "error": LoadError(**data["error"]) if data["error"] else None,
                "timings": Timings(**data["timings"]),
                "memory": Memory(**data["memory"]) if data.get("memory") else None,
            }
        )


# What a database does not keep, or a terminal would obey, as the sign that stands for it; lines and tabs stay.
SIGNS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
SIGNS |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def _storable(value: Any) -> Any:
    """A dict for a dataclass, None for a float that is not finite, a visible sign for each control character and
    for half of a character.
    """
    if is_dataclass(value):
        value = vars(value)
    match value:
        case dict():
            return {key: _storable(item) for key, item in value.items()}
        case list() | tuple():
            return [_storable(item) for item in value]
        case float():
            return value if math.isfinite(value) else None
        case StrEnum():
            return value
        case str():
            return value.translate(SIGNS).encode("utf-8", "replace").decode()
    return value


def _receipt(data: Mapping[str, Any] | None) -> Receipt | None:
    return Receipt(data["packages"], data["cpu"], tuple(Exchange(**e) for e in data["exchanges"])) if data else None


def _gradient(data: Mapping[str, Any]) -> Gradient:
    worst, heat_map = data["worst"], data["heat_map"]
    return Gradient(
        **{
            **data,
            "shape": tuple(data["shape"]),
            "worst": Worst(**{**worst, "index": tuple(worst["index"])}) if worst else None,
            "heat_map": HeatMap(heat_map["values"], tuple(heat_map["block"])) if heat_map else None,
        }
    )
