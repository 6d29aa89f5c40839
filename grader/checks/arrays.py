"""Comparing arrays: shape, then dtype, then finiteness, then values. NaN always fails."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.errors import CheckFailed
from grader.sandbox import Handle
from mlcore.gradient_checking import relative_error

# A float64 reply may differ by rounding in another order of summation; float32 has 7 digits.
TOLERANCE_FLOAT64 = 1e-9
TOLERANCE_FLOAT32 = 1e-5


@dataclass(frozen=True)
class Comparison:
    """One array of a reply beside the right one; `received` is None where it is no array of the right shape."""

    name: str
    received: np.ndarray | None
    expected: np.ndarray
    problem: str = ""

    @property
    def passed(self) -> bool:
        return not self.problem


@dataclass(frozen=True)
class Evidence:
    """What a check saw, comparison by comparison.

    gradients : the comparisons are gradients of a network, in the order of its layers.
    parameters : the names of those that are gradients, where not all are.
    norms : the comparisons are ‖δ‖ of the hidden layers, the first layer's first.
    """

    comparisons: tuple[Comparison, ...] = ()
    gradients: bool = False
    parameters: tuple[str, ...] = ()
    norms: bool = False


class Mismatch(CheckFailed):
    """A reply that is not the right one, with the evidence."""

    def __init__(self, message: str, evidence: Evidence) -> None:
        super().__init__(message)
        self.evidence = evidence


def kind_of(value: Any) -> str:
    """A value's type, in the student's words."""
    if isinstance(value, Handle):
        return _with_article(value.type_name)
    if value is None:
        return "None"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    return f"an array of shape {value.shape}" if isinstance(value, np.ndarray) else _with_article(type(value).__name__)


def _with_article(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def in_single_precision(*values: Any) -> bool:
    """Whether one of these values is an array of single precision, or less."""
    return any(getattr(value, "dtype", None) in (np.float32, np.float16) for value in values)


def compare_array(received: Any, expected: np.ndarray, name: str, tolerance: float | None = None) -> Comparison:
    """The comparison of one array; its problem says what, where, what next.

    tolerance : relative to the norm; where none is given, that of the reply's precision.
    """
    wanted = "an array" if expected.ndim else "a number"
    if isinstance(received, list | tuple | float | int) and not isinstance(received, bool):
        try:
            numbers = np.array(received)
            if numbers.dtype.kind in "US":
                raise TypeError("Digits in quotes are no numbers.")
            # A complex number's imaginary part would be lost without a word.
            received = numbers if numbers.dtype.kind == "c" else numbers.astype(float)
        except (ValueError, TypeError, OverflowError):
            return Comparison(name, None, expected, f"`{name}` is {kind_of(received)}, expected {wanted}.")
    if not isinstance(received, np.ndarray | np.generic):
        return Comparison(name, None, expected, f"`{name}` is {kind_of(received)}, expected {wanted}.")
    array = np.asarray(received)
    if array.shape and not expected.shape:
        return Comparison(name, None, expected, f"`{name}` has shape {array.shape}, expected a number.")
    if array.shape != expected.shape:
        return Comparison(
            name, None, expected, f"`{name}` has shape {array.shape}, expected {expected.shape}."
            + _shape_hint(array.shape, expected.shape),
        )  # fmt: skip
    if array.dtype.kind not in "fiu":
        return Comparison(name, None, expected, f"`{name}` has dtype {array.dtype}, expected float64 or float32.")
    values = array.astype(np.float64)
    if not np.isfinite(values).all():
        found = _first(values, ~np.isfinite(values))
        return Comparison(name, values, expected, f"`{name}` {found}. Look for a division by 0 or an overflow.")
    if tolerance is None:
        tolerance = TOLERANCE_FLOAT32 if in_single_precision(array) else TOLERANCE_FLOAT64
    error = relative_error(values, expected)
    if error <= tolerance:
        return Comparison(name, values, expected)
    off = f"{error:.2g}" if np.isfinite(error) else "more than 1e308"
    return Comparison(name, values, expected, f"`{name}` differs from the right values by {off} of their norm.")


def _shape_hint(received: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if received == expected[::-1]:
        return " It is transposed."
    if len(received) == len(expected) + 1 and received[1:] == expected:
        return " Sum over the batch axis." if received[0] > 1 else " It has an axis too many."
    return " See the shapes in the statement."


def _first(values: np.ndarray, wrong: np.ndarray) -> str:
    """The first of the wrong values and where it stands; a number stands nowhere."""
    at = tuple(int(i) for i in np.argwhere(wrong)[0])
    return f"holds {values[at]:.4g} at index {at}" if at else f"is {values[at]:.4g}"


def checked_array(value: Any, shape: tuple[int, ...], name: str, largest: float = 1e12, more: str = "") -> np.ndarray:
    """A student's array as float64, whatever its values: of this shape, finite, nothing beyond ±largest.

    shape : () for a number.
    largest : beyond it sums and products could overflow.
    more : what helps where it is no such array, after a space.
    Raises CheckFailed, which is a Mismatch where the shape, the dtype or the finiteness is not right.
    """
    found = compare_array(value, np.zeros(shape), name, tolerance=np.inf)
    if found.received is None or not found.passed:
        raise Mismatch(found.problem + more, Evidence((found,)))
    beyond = np.abs(found.received) > largest
    if beyond.any():
        raise CheckFailed(f"`{name}` {_first(found.received, beyond)}, beyond ±{largest:g}. Smaller numbers will do.")
    return found.received


def checked_parts(reply: Any, function: str, names: Collection[str]) -> list[Any]:
    """The parts of a reply that is a tuple or list with one for each of these names. Raises CheckFailed."""
    if not isinstance(reply, list | tuple) or len(reply) != len(names):
        raise CheckFailed(f"`{function}` returned {kind_of(reply)}, expected ({', '.join(names)}).")
    return list(reply)


def checked_layers(group: Any, count: int, name: str, noun: str = "array", each: str = "one a layer") -> list[Any]:
    """A list with one array a layer, or with one of what `noun` and `each` say. Raises CheckFailed.

    A tuple will do, and one array that stacks those of equally wide layers.
    """
    layers = _stacked(group, count)
    if layers is None:
        raise CheckFailed(
            f"`{name}` is {kind_of(group)}, expected a list of {count} {noun}{'s' * (count != 1)}, {each}."
        )
    return layers


def _stacked(value: Any, count: int) -> list[Any] | None:
    """The parts of a list, a tuple or an array that stacks them; None where there are not as many."""
    several = isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)
    return list(value) if several and len(value) == count else None


def compare_arrays(received: Any, expected: np.ndarray, name: str = "the result") -> Evidence:
    """Evidence that `received` is `expected`; raises Mismatch where it is not."""
    comparison = compare_array(received, np.asarray(expected, dtype=np.float64), name)
    evidence = Evidence((comparison,))
    if not comparison.passed:
        raise Mismatch(comparison.problem, evidence)
    return evidence


def compare_values(
    received: Any,
    expected: Mapping[str, Any],
    tolerance: float | None = None,
    gradients: Sequence[str] = (),
    norms: bool = False,
) -> Evidence:
    """Evidence that a tuple or list holds these values, in this order; raises Mismatch or CheckFailed where not.

    received : one array that stacks them counts as the list of its rows.
    expected : the right arrays and numbers by the names that the statement gives them.
    tolerance : relative to each value's norm; where none is given, that of the reply's precision.
    gradients : the names of those that are gradients, which are drawn.
    norms : they are ‖δ‖ of the hidden layers, the first layer's first, which are drawn.
    """
    values = _stacked(received, len(expected))
    if values is None:
        raise CheckFailed(f"The function returned {kind_of(received)}, expected ({', '.join(expected)}).")
    evidence = Evidence(
        tuple(
            compare_array(value, np.asarray(right, dtype=np.float64), name, tolerance)
            for value, (name, right) in zip(values, expected.items(), strict=True)
        ),
        parameters=tuple(gradients),
        norms=norms,
    )
    problems = [c.problem for c in evidence.comparisons if not c.passed]
    if problems:
        raise Mismatch(" ".join(problems), evidence)
    return evidence
