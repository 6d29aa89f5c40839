"""A tower's weighted sum against mlcore: what the hidden layer adds up, the threshold apart; then all of it."""

import numpy as np

from grader.checks import Evidence, Mismatch, check, checked_array, checked_parts, compare_array, in_single_precision
from mlcore import universality
from mlcore.activations import sigmoid
from mlcore.networks import Network

# In single precision z is off by 1e-4 where the step's weight is 1000.
TOLERANCE_FLOAT32 = 1e-4
LARGEST = 1e9
POINTS = 400


def built(student, starts, ends, height, weight):
    """The student's tower as a Network, and the tolerance of its precision."""
    reply = student.tower(starts, ends, height, weight)
    m = len(starts)
    shapes = {"w1": (2 * m, m), "b1": (2 * m,), "w2": (1, 2 * m), "b2": (1,)}
    parts = checked_parts(reply, "tower", shapes)
    w1, b1, w2, b2 = (
        checked_array(value, shape, name, LARGEST) for value, (name, shape) in zip(parts, shapes.items(), strict=True)
    )
    single = in_single_precision(*parts)
    return Network([w1, w2], [b1, b2]), TOLERANCE_FLOAT32 if single else None


def box(rng, m):
    """Where a tower starts and ends."""
    starts = rng.uniform(-0.5, 0.5, m)
    return starts, starts + rng.uniform(0.2, 0.5, m)


def places(rng, starts, ends, weight):
    """Inputs inside of all intervals, of some and of none, and some upon the steps: (POINTS, m)."""
    m = len(starts)
    share = rng.uniform(0, 1, (POINTS, 1))
    inside = rng.uniform(0, 1, (POINTS, m)) < share
    beside = np.where(
        rng.uniform(size=(POINTS, m)) < 0.5, starts - rng.exponential(1, (POINTS, m)),
        ends + rng.exponential(1, (POINTS, m)),
    )  # fmt: skip
    x = np.where(inside, rng.uniform(starts, ends, (POINTS, m)), beside)
    upon = rng.uniform(size=(POINTS, m)) < 0.1
    border = np.where(rng.uniform(size=(POINTS, m)) < 0.5, starts, ends)
    return np.where(upon, border + rng.normal(0, 2 / weight, (POINTS, m)), x)


def compare(received, expected, tolerance, what, x, starts, ends):
    comparison = compare_array(received, expected, what, tolerance)
    evidence = Evidence((comparison,))
    if not comparison.passed:
        # Where it decides: at the place whose output is most wrong, if outputs are.
        decided = np.abs(sigmoid(received) - sigmoid(expected))
        at = int(np.argmax(decided if decided.max() > 0.1 else np.abs(received - expected)))
        m, inside = len(starts), int(((starts < x[at]) & (x[at] < ends)).sum())
        of = f"inside of {inside} of its {m} intervals" if m > 1 else "inside" if inside else "outside"
        raise Mismatch(
            f"At x = ({', '.join(f'{v:.3g}' for v in x[at])}), {of}, {what} is {received[at]:.4g}, expected "
            f"{expected[at]:.4g}.",
            evidence,
        )
    return evidence


def asked_hidden(student, rng, m, height, weight):
    """What the pairs of hidden neurons add up to, counted from a place outside of all intervals: no bias is in it."""
    starts, ends = box(rng, m)
    network, tolerance = built(student, starts, ends, height, weight)
    x = places(rng, starts, ends, weight)
    far = np.full((1, m), -5.0)

    def added(tower):
        return universality.weighted_sum(tower, x) - universality.weighted_sum(tower, far)

    reference = universality.tower(starts, ends, height, weight)
    return compare(added(network), added(reference), tolerance, "what the pairs add up to", x, starts, ends)


def asked(student, rng, m, height, weight):
    starts, ends = box(rng, m)
    network, tolerance = built(student, starts, ends, height, weight)
    x = places(rng, starts, ends, weight)
    expected = universality.weighted_sum(universality.tower(starts, ends, height, weight), x)
    received = universality.weighted_sum(network, x)
    return compare(received, expected, tolerance, "the weighted sum", x, starts, ends)


@check("What the pairs add up to", points=3)
def hidden_layer(student, rng):
    return asked_hidden(student, rng, 3, rng.uniform(2, 12), 1000.0)


@check("Two inputs", points=2)
def two_inputs(student, rng):
    return asked(student, rng, 2, rng.uniform(9, 12), 1000.0)


@check("Five inputs", points=2)
def five_inputs(student, rng):
    return asked(student, rng, 5, rng.uniform(15, 25), 1000.0)


@check("One input", points=1)
def one_input(student, rng):
    return asked(student, rng, 1, rng.uniform(9, 12), 1000.0)


@check("Gentle steps", points=2)
def gentle(student, rng):
    return asked(student, rng, 4, rng.uniform(2, 6), rng.uniform(30, 60))
