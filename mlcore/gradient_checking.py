"""Is a gradient right? Numerical gradients to hold it against, and what tells two gradients apart.

A cost is a function of a list of arrays, the parameters, and gives a scalar. It is asked with the parameters changed
in place, one element at a time, and they are put back. Criteria are relative to the gradient's own size: an absolute
1e-5 passes anything in the early layers of a network whose gradients vanish.
Source: complex step: Squire & Trapp, Using complex variables to estimate derivatives of real functions (1998);
central differences: Nocedal & Wright, Numerical Optimization (2006), section 8.1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from mlcore.arguments import Array, all_floats, numbers, of_shape, positive, with_gradients

Parameters = Sequence[Array]
CostOf = Callable[[list[Any]], Any]

# What a right gradient comes below, in float64: relative error of the norm.
COMPLEX_STEP_GATE = 1e-12
CENTRAL_GATE = 1e-7


def complex_step(cost: CostOf, parameters: Parameters, step: float = 1e-20) -> list[Array]:
    """The gradient of an analytic cost to machine precision: Im C(w + ih) / h, with nothing to cancel.

    The cost is given complex copies of the parameters. It must not branch on what it computes, as |z| and ReLU do, but
    by the real part; the functions of mlcore do so.
    """
    positive("step", step)
    copies: list[Any] = copied(parameters, np.complex128)
    gradients: list[Array] = [np.empty(w.shape) for w in copies]
    for w, gradient in zip(copies, gradients, strict=True):
        for index in np.ndindex(w.shape):
            kept = w[index]
            w[index] = kept + 1j * step
            gradient[index] = np.imag(cost(copies)) / step
            w[index] = kept
    return gradients


def central_differences(cost: CostOf, parameters: Parameters, step: float = 1e-5) -> list[Array]:
    """(C(w + h) − C(w − h)) / 2h for each element, in float64. Its error is about h² from the curve and 1e-16/h from
    rounding, so that h = 1e-5 is best, and about 1e-7 of the gradient's norm is what a right gradient stays below.
    """
    positive("step", step)
    copies = copied(parameters, np.float64)
    gradients: list[Array] = [np.empty(w.shape) for w in copies]
    for w, gradient in zip(copies, gradients, strict=True):
        for index in np.ndindex(w.shape):
            kept = w[index]
            w[index] = kept + step
            above = cost(copies)
            w[index] = kept - step
            gradient[index] = (above - cost(copies)) / (2 * step)
            w[index] = kept
    return gradients


def directional(
    cost: CostOf, parameters: Parameters, gradients: Sequence[Array], rng: np.random.Generator, step: float = 1e-5
) -> tuple[float, float]:
    """The slope along one random direction of length 1, numerically and by the gradients: two costs for any network."""
    kept, slopes = with_gradients(parameters, gradients)
    direction = [rng.normal(size=w.shape) for w in kept]
    length = np.sqrt(sum(float((d * d).sum()) for d in direction))
    direction = [d / length for d in direction]
    above, below = (
        cost([w + sign * positive("step", step) * d for w, d in zip(kept, direction, strict=True)]) for sign in (1, -1)
    )
    analytic = sum(float((g * d).sum()) for g, d in zip(slopes, direction, strict=True))
    return float((above - below) / (2 * step)), analytic


def copied(parameters: Parameters, dtype: DTypeLike) -> list[Array]:
    """Copies to change, of this precision."""
    return [np.array(w, dtype=dtype) for w in all_floats("parameters", parameters)]


def kinks(
    pattern: Callable[[list[Array]], NDArray[np.bool_]], parameters: Parameters, step: float = 1e-5
) -> list[NDArray[np.bool_]]:
    """Where a step crosses a kink, so that a difference there says nothing: True for those elements.

    pattern gives which ReLUs are on, one array of bools for the whole batch (mlcore's `z > 0`, joined).
    """
    copies = copied(parameters, np.float64)
    still = pattern(copies)
    crossed = [np.zeros(w.shape, dtype=bool) for w in copies]
    for w, found in zip(copies, crossed, strict=True):
        for index in np.ndindex(w.shape):
            kept = w[index]
            for moved in (kept + step, kept - step):
                w[index] = moved
                found[index] |= bool((pattern(copies) != still).any())
            w[index] = kept
    return crossed


@dataclass(frozen=True)
class Comparison:
    """What tells a gradient from the one expected.

    relative_error : ‖g − e‖ / ‖e‖. cosine : of the angle between both, None where one is all 0. scale : the k that
    brings k·e closest to g, None where e is all 0. worst : the index of the element farthest off.
    """

    relative_error: float
    cosine: float | None
    scale: float | None
    worst: tuple[int, ...]


def compare(gradient: Array, expected: Array, ignore: NDArray[np.bool_] | None = None) -> Comparison:
    """One parameter's gradient against the expected one, both finite and of one shape; `ignore` leaves elements out."""
    gradient, expected = numbers("gradient", gradient), numbers("expected", expected)
    if not expected.size:
        raise ValueError(f"expected: shape {expected.shape} came, at least one element expected")
    of_shape("gradient", gradient, expected.shape)
    if ignore is not None:
        gradient, expected = np.where(ignore, 0, gradient), np.where(ignore, 0, expected)
    difference = gradient - expected
    length, expected_length = norm(gradient), norm(expected)
    direction = expected / expected_length if expected_length else None
    worst = np.unravel_index(int(np.argmax(np.abs(difference))), gradient.shape)
    return Comparison(
        relative_error=norm(difference) / (expected_length or 1.0),
        cosine=float(np.vdot(direction, gradient / length)) if direction is not None and length else None,
        scale=None if direction is None else float(np.vdot(direction, gradient)) / expected_length,
        worst=tuple(int(i) for i in worst),
    )


def relative_error(gradient: Array, expected: Array) -> float:
    """‖g − e‖ / ‖e‖, or the plain norm of the difference where e is all 0; NaN where either is not finite."""
    of_shape("gradient", gradient, expected.shape)
    return norm(gradient - expected) / (norm(expected) or 1.0)


def best_scale(gradient: Array, expected: Array) -> float | None:
    """The k that brings k·e closest to g; None where e is all 0 or g is not finite."""
    of_shape("gradient", gradient, expected.shape)
    length = norm(expected)
    if not length or not np.isfinite(gradient).all():
        return None
    return float(np.vdot(expected / length, gradient)) / length


def norm(values: NDArray[np.inexact]) -> float:
    """√Σv², also where v² would leave the range of floats; NaN where a value is not finite."""
    largest = float(np.abs(values).max(initial=0))
    if not np.isfinite(largest):
        return np.nan
    return largest * float(np.linalg.norm(values / largest)) if largest else 0.0


def agree(gradients: Sequence[Array], expected: Sequence[Array], gate: float) -> bool:
    """Whether every parameter's gradient is within `gate` of the expected one, each by its own relative error."""
    if len(gradients) != len(expected):
        raise ValueError(f"gradients: {len(gradients)} came, {len(expected)} expected")
    return all(compare(g, e).relative_error <= gate for g, e in zip(gradients, expected, strict=True))
