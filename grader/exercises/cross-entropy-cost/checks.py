"""Cross-entropy from z against mlcore: usual weighted inputs, soft targets, outputs that round to 0 or 1."""

import numpy as np

from grader.checks import Mismatch, check, compare_values
from mlcore.costs import cross_entropy_of_logits
from mlcore.networks import Network

# What is about right here and wrong far out is a matter of the far numbers, not another mistake.
ROUGHLY = 1e-5
NEAR = np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([[1.0, 0.0], [0.0, 0.0]])
# Quite sure answers, right and wrong. Far below zero only ln a is lost, far above only ln(1 - a) and e^z.
BELOW = np.array([[-1000.0, -800.0, 0.0], [-1.0, -1000.0, 2.0], [-400.0, -745.0, -3.0]])
BELOW_Y = np.array([[0.0, 1.0, 1.0], [1.0, 1.0, 0.0], [0.5, 0.0, 0.25]])
# At 40 the sigmoid rounds to 1, and e^z does not overflow yet.
ABOVE = np.array([[1000.0, 40.0, -2.0], [710.0, 1000.0, 800.0]])
ABOVE_Y = np.array([[1.0, 0.0, 0.0], [0.5, 0.0, 1.0]])
FAR, FAR_Y = np.vstack([ABOVE, BELOW]), np.vstack([ABOVE_Y, BELOW_Y])


def cost(student, z, y, tolerance=None):
    expected = cross_entropy_of_logits(z.astype(float), y.astype(float))
    return compare_values([student.cross_entropy(z, y)], {"cross_entropy(z, y)": expected}, tolerance)


def delta(student, z, y, tolerance=None):
    """Held against the error of a layer that passes its input on as z."""
    k = z.shape[1]
    layer = Network([np.eye(k)], [np.zeros(k)], cost="cross-entropy")
    (expected,) = layer.deltas(z.astype(float), y.astype(float))
    return compare_values([student.output_delta(z, y)], {"output_delta(z, y)": expected}, tolerance)


def classes(rng, m, k):
    return np.eye(k)[rng.integers(k, size=m)]


@check("The cost", points=2)
def usual_cost(student, rng):
    cost(student, rng.normal(0, 2, (1, 4)), classes(rng, 1, 4))
    cost(student, rng.normal(0, 2, (5, 5)), classes(rng, 5, 5))
    return cost(student, rng.normal(0, 2, (7, 3)), classes(rng, 7, 3))


@check("The cost where y lies between 0 and 1", points=1)
def soft_targets(student, rng):
    return cost(student, rng.normal(0, 2, (5, 3)), rng.uniform(size=(5, 3)))


@check("The cost far from zero", points=3)
def cost_far(student, rng):
    cost(student, *NEAR, ROUGHLY)
    try:
        cost(student, BELOW, BELOW_Y)
        cost(student, ABOVE, ABOVE_Y)
        return cost(student, FAR, FAR_Y)
    except Mismatch as found:
        more = " At z = 1000 and y = 0 one output alone costs 1000: nothing may overflow, and nothing be cut off."
        raise Mismatch(f"{found}{more}", found.evidence) from None


@check("The error at the output", points=2)
def usual_delta(student, rng):
    delta(student, rng.normal(0, 2, (1, 4)), classes(rng, 1, 4))
    delta(student, rng.normal(0, 2, (5, 5)), classes(rng, 5, 5))
    return delta(student, rng.normal(0, 2, (7, 3)), rng.uniform(size=(7, 3)))


@check("The error far from zero", points=1)
def delta_far(student, rng):
    delta(student, *NEAR, ROUGHLY)
    return delta(student, FAR, FAR_Y)


@check("Single precision", points=1)
def single_precision(student, rng):
    z, y = rng.normal(0, 2, (6, 4)).astype(np.float32), classes(rng, 6, 4).astype(np.float32)
    # What was computed in single precision stays so, also where the reply is float64.
    cost(student, z, y, 1e-5)
    return delta(student, z, y, 1e-5)
