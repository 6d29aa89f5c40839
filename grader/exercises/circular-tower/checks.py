"""Round towers against mlcore: the steps, the threshold apart; a whole tower; and hills in a single hidden layer."""

import numpy as np

from grader.checks import Evidence, Mismatch, check, checked_array, checked_parts, compare_array, in_single_precision
from mlcore import universality
from mlcore.activations import sigmoid
from mlcore.networks import Network

# In single precision z is off by 1e-4 where the step's weight is 1000.
TOLERANCE_FLOAT32 = 1e-4
LARGEST = 1e9
POINTS = 400


def read(reply, function, neurons):
    """What the student's function returned as a Network, and the tolerance of its precision."""
    shapes = {"w1": (neurons, 2), "b1": (neurons,), "w2": (1, neurons), "b2": (1,)}
    parts = checked_parts(reply, function, shapes)
    w1, b1, w2, b2 = (
        checked_array(value, shape, name, LARGEST) for value, (name, shape) in zip(parts, shapes.items(), strict=True)
    )
    single = in_single_precision(*parts)
    return Network([w1, w2], [b1, b2]), TOLERANCE_FLOAT32 if single else None


def places(rng, centers, radius, directions, weight):
    """Inputs inside of the circles, around them and farther away, and some upon the steps: (POINTS, 2)."""
    center = centers[rng.integers(len(centers), size=POINTS)]
    angle = rng.uniform(0, 2 * np.pi, POINTS)
    distance = radius * rng.choice([1, 2, 5], POINTS) * np.sqrt(rng.uniform(0, 1, POINTS))
    upon = rng.uniform(size=POINTS) < 0.15
    angle = np.where(upon, 2 * np.pi * rng.integers(directions, size=POINTS) / directions, angle)
    distance = np.where(upon, radius + rng.normal(0, 2 / weight, POINTS), distance)
    return center + distance[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def compare(received, expected, tolerance, what, x, centers, radius):
    comparison = compare_array(received, expected, what, tolerance)
    evidence = Evidence((comparison,))
    if not comparison.passed:
        # Where it decides: at the place whose output is most wrong, if outputs are.
        decided = np.abs(sigmoid(received) - sigmoid(expected))
        at = int(np.argmax(decided if decided.max() > 0.5 else np.abs(received - expected)))
        away = np.linalg.norm(x[at] - centers, axis=1).min()
        raise Mismatch(
            f"At x = ({x[at, 0]:.3g}, {x[at, 1]:.3g}), {away:.3g} from {'the' if len(centers) == 1 else 'the nearest'} "
            f"center, with the radius {radius:.3g}, {what} is {received[at]:.4g}, expected {expected[at]:.4g}.",
            evidence,
        )
    return evidence


def circle(rng):
    return rng.uniform(-2, 2, 2), rng.uniform(0.3, 0.8)


def asked_steps(student, rng, directions, height, weight):
    """How the steps add up, counted from the center: no threshold is in it."""
    center, radius = circle(rng)
    network, tolerance = tower(student, center, radius, directions, height, weight)
    x = places(rng, center[None], radius, directions, weight)

    def added(of):
        return universality.weighted_sum(of, x) - universality.weighted_sum(of, center[None])

    expected = added(universality.circular_tower(center, radius, directions, height, weight))
    what = "what the steps add up to, counted from the center,"
    return compare(added(network), expected, tolerance, what, x, center[None], radius)


def tower(student, center, radius, directions, height, weight):
    reply = student.circular_tower(center, radius, directions, height, weight)
    return read(reply, "circular_tower", directions)


def asked_tower(student, rng, directions, height, weight):
    center, radius = circle(rng)
    network, tolerance = tower(student, center, radius, directions, height, weight)
    x = np.vstack([places(rng, center[None], radius, directions, weight), center])
    expected = universality.weighted_sum(
        universality.circular_tower(center, radius, directions, height, weight), x
    )  # fmt: skip
    received = universality.weighted_sum(network, x)
    return compare(received, expected, tolerance, "the weighted sum", x, center[None], radius)


def asked_hills(student, rng, n, directions, weight):
    centers, radius = rng.uniform(-2, 2, (n, 2)), rng.uniform(0.3, 0.8)
    heights = rng.uniform(0.5, 2, n) * np.where(np.arange(n) % 3 == 1, -1, 1)
    network, tolerance = read(student.hills(centers, radius, heights, directions, weight), "hills", n * directions)
    first, biases = universality.steps_toward(centers, radius, directions, weight)
    second = np.repeat(2 * heights / directions, directions)[None]
    reference = Network([first, second], [biases, -heights.sum(keepdims=True)])
    x = np.vstack([places(rng, centers, radius, directions, weight), centers])
    expected, received = (universality.weighted_sum(of, x) for of in (reference, network))
    return compare(received, expected, tolerance, "the weighted sum", x, centers, radius)


@check("How the steps add up", points=3)
def steps(student, rng):
    asked_steps(student, rng, 7, rng.uniform(2, 12), 1000.0)
    return asked_steps(student, rng, 12, rng.uniform(2, 12), rng.uniform(20, 40))


@check("A tower", points=2)
def one_tower(student, rng):
    return asked_tower(student, rng, 32, rng.uniform(9, 12), 1000.0)


@check("A tower of three directions", points=1)
def triangle(student, rng):
    return asked_tower(student, rng, 3, rng.uniform(9, 12), rng.uniform(200, 400))


@check("One hill", points=1)
def one_hill(student, rng):
    return asked_hills(student, rng, 1, 9, 1000.0)


@check("Several hills in one hidden layer", points=3)
def several_hills(student, rng):
    asked_hills(student, rng, 4, 4, 300.0)
    return asked_hills(student, rng, 5, 16, rng.uniform(40, 80))
