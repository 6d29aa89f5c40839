"""A table's weighted sum against mlcore, and how far a table of the student's heights is from what f asks for."""

import numpy as np

from grader.checks import Evidence, Mismatch, check, checked_array, checked_parts, compare_array, in_single_precision
from grader.errors import CheckFailed
from mlcore import universality
from mlcore.networks import Network

# In single precision z is off by 1e-4 where the step's weight is 1000.
TOLERANCE_FLOAT32 = 1e-4
LARGEST = 1e9
PARTS = ("w1", "b1", "w2", "b2")
# σ(±25) is within 2e-11 of its limit: nearer to 0 and 1 it matters how a table begins and ends.
NEAR_THE_ENDS = 25.0


def read(reply, windows):
    """The student's parameters as a Network [1, n, 1], whatever n they chose."""
    parts = checked_parts(reply, "network", PARTS)
    first = parts[0]
    counted = isinstance(first, list | tuple) or (isinstance(first, np.ndarray) and first.ndim)
    n = len(first) if counted and len(first) else 2 * windows
    if n > 4 * windows + 4:
        raise CheckFailed(f"`w1` has {n} rows for {windows} values. Two hidden neurons a value are enough.")
    shapes = ((n, 1), (n,), (1, n), (1,))
    w1, b1, w2, b2 = (
        checked_array(value, shape, name, LARGEST) for value, shape, name in zip(parts, shapes, PARTS, strict=True)
    )
    return Network([w1, w2], [b1, b2])


def shown(value):
    """Three digits; what is left of a step far away counts as 0."""
    return f"{round(value, 9) + 0.0:.3g}"


def asked(student, values, weight):
    """The student's table, held against the reference's inside of [0, 1]."""
    reply = student.network(values, weight)
    n = len(values)
    received_network = read(reply, n)
    single = in_single_precision(*reply)
    steps = np.add.outer(np.arange(1, n) / n, np.linspace(-6, 6, 25) / weight).ravel()
    x = np.concatenate([np.linspace(0, 1, 16 * n + 1), steps])
    x = x[(x >= NEAR_THE_ENDS / weight) & (x <= 1 - NEAR_THE_ENDS / weight)]
    expected = universality.weighted_sum(universality.lookup_table(values, weight), x)
    received = universality.weighted_sum(received_network, x)
    comparison = compare_array(received, expected, "the weighted sum", TOLERANCE_FLOAT32 if single else None)
    evidence = Evidence((comparison,))
    if not comparison.passed:
        at = int(np.argmax(np.abs(received - expected)))
        raise Mismatch(
            f"With {n} value{'s' * (n > 1)}, the weighted sum at x = {x[at]:.3g}, in window "
            f"{min(int(x[at] * n), n - 1)}, is {shown(received[at])}, expected {shown(expected[at])}.",
            evidence,
        )
    return evidence


@check("Five values", points=2)
def five_values(student, rng):
    return asked(student, rng.normal(0, 2, 5), 1000.0)


@check("One value", points=1)
def one_value(student, rng):
    return asked(student, rng.normal(0, 2, 1), 1000.0)


@check("Steps that are less steep", points=1)
def less_steep(student, rng):
    return asked(student, rng.normal(0, 2, 4), rng.uniform(250, 350))


@check("Fifty values", points=2)
def fifty_values(student, rng):
    return asked(student, rng.normal(0, 2, 50), 4000.0)


def deviates(student, n, most):
    """How far the student's n heights are off on average; at most this far is expected."""
    heights = checked_array(student.goal_heights(n), (n,), "goal_heights(n)", LARGEST)
    table = universality.lookup_table(heights)
    inverse = universality.before_sigmoid(universality.goal)
    deviation = universality.average_deviation(lambda x: universality.weighted_sum(table, x), inverse)
    if deviation <= most:
        return None
    raise CheckFailed(
        f"With n = {n} the average deviation is {deviation:.3f}, expected at most {most:.2f}. {advice(heights, n)}"
    )


def advice(heights, n):
    """Where to look: at f in place of σ⁻¹∘f, or at the window in which most can be gained."""
    inverse = universality.before_sigmoid(universality.goal)
    x = (np.arange(n)[:, None] + np.linspace(0, 1, 101)) / n
    off, off_f = (np.abs(heights[:, None] - target(x)).mean() for target in (inverse, universality.goal))
    if off_f < off / 4:
        return "Your heights follow f itself; the weighted sum has to follow σ⁻¹(f(x))."
    if np.abs(heights[:, None] + inverse(x)).mean() < off / 4:
        return "Your heights follow −σ⁻¹(f(x)), which has the opposite sign."
    best = np.median(inverse(x), axis=1)
    gain = (np.abs(heights[:, None] - inverse(x)) - np.abs(best[:, None] - inverse(x))).mean(axis=1)
    k = int(np.argmax(gain))
    return (
        f"Most can be gained between {k / n:.3g} and {(k + 1) / n:.3g}: your height there is {heights[k]:.3g}, and "
        f"σ⁻¹(f(x)) lies mostly {'above' if best[k] > heights[k] else 'below'} it."
    )


@check("Five heights for the goal: average deviation at most 0.40", points=2)
def five_heights(student, rng):
    return deviates(student, 5, 0.40)


@check("Fifty heights for the goal: average deviation at most 0.06", points=2)
def fifty_heights(student, rng):
    return deviates(student, 50, 0.06)
