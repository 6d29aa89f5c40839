"""A bump's weighted sum against mlcore, before, on, between and behind its steps; then that of any network."""

import numpy as np

from grader.checks import (
    Evidence,
    Mismatch,
    check,
    checked_array,
    checked_parts,
    compare_array,
    compare_arrays,
    in_single_precision,
)
from mlcore import universality
from mlcore.networks import Network

SHAPES = {"w1": (2, 1), "b1": (2,), "w2": (1, 2), "b2": (1,)}
# In single precision z is off by 1e-4 where the step's weight is 1000.
TOLERANCE_FLOAT32 = 1e-4
LARGEST = 1e9


def shown(value):
    """Three digits; what is left of a step far away counts as 0."""
    return f"{round(value, 9) + 0.0:.3g}"


def asked(student, start, end, height, weight):
    """The student's bump, held against the reference's at 400 inputs."""
    reply = student.bump(start, end, height, weight)
    parts = checked_parts(reply, "bump", SHAPES)
    w1, b1, w2, b2 = (
        checked_array(value, shape, name, LARGEST) for value, (name, shape) in zip(parts, SHAPES.items(), strict=True)
    )
    single = in_single_precision(*parts)
    slope = np.linspace(-6, 6, 51) / weight
    x = np.concatenate([np.linspace(start - 1, end + 1, 298), start + slope, end + slope])
    expected = universality.weighted_sum(universality.bumps([[start, end]], [height], weight), x)
    received = universality.weighted_sum(Network([w1, w2], [b1, b2]), x)
    tolerance = TOLERANCE_FLOAT32 if single else None
    comparison = compare_array(received, expected, "the weighted sum", tolerance)
    evidence = Evidence((comparison,))
    if not comparison.passed:
        at = int(np.argmax(np.abs(received - expected)))
        where = "before the bump" if x[at] < start else "inside the bump" if x[at] < end else "behind the bump"
        raise Mismatch(
            f"For a bump of {height:.3g} from {start:.3g} to {end:.3g}, the weighted sum at x = {x[at]:.3g}, {where}, "
            f"is {shown(received[at])}, expected {shown(expected[at])}.",
            evidence,
        )
    return evidence


@check("A bump", points=3)
def one_bump(student, rng):
    start = rng.uniform(0.1, 0.4)
    return asked(student, start, start + rng.uniform(0.1, 0.3), rng.uniform(0.5, 2), 1000.0)


@check("A bump that points down", points=2)
def downward(student, rng):
    start = rng.uniform(-0.9, -0.5)
    return asked(student, start, start + rng.uniform(0.3, 1.5), -rng.uniform(2, 5), 300.0)


@check("A bump with gentle steps", points=2)
def gentle(student, rng):
    start = rng.uniform(0.1, 0.4)
    return asked(student, start, start + rng.uniform(0.1, 0.3), rng.uniform(0.5, 2), rng.uniform(10, 20))


def asked_sum(student, rng, m, n, steep):
    w1, b1 = rng.normal(0, steep, (n, 1)), rng.normal(0, steep / 2, n)
    w2, b2 = rng.normal(0, 2, (1, n)), rng.normal(0, 2, 1)
    x = rng.uniform(-1, 2, m)
    expected = universality.weighted_sum(Network([w1, w2], [b1, b2]), x)
    return compare_arrays(student.weighted_sum(x, w1, b1, w2, b2), expected, "weighted_sum(x, w1, b1, w2, b2)")


@check("The weighted sum of three hidden neurons", points=2)
def some_sum(student, rng):
    return asked_sum(student, rng, 7, 3, 3)


@check("The weighted sum of steep steps, and of a single input", points=1)
def steep_sum(student, rng):
    asked_sum(student, rng, 1, 4, 3)
    return asked_sum(student, rng, 5, 5, 1000)
