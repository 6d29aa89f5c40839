"""The slopes of one neuron's cost against the complex step, which needs no chain rule: numbers, arrays, far out."""

import numpy as np

from grader.checks import check, compare_values
from mlcore.activations import sigmoid
from mlcore.gradient_checking import complex_step

NAMES = ("dw", "db", "dx")


def asked(student, w, b, x, y, tolerance=None):
    """The student's slopes, held against those of the cost itself."""
    exact = [np.asarray(v, dtype=float) for v in (w, b, x)]
    # Neurons side by side do not meet, so that the slopes of the sum are those of each one's own cost.
    right = complex_step(lambda p: ((sigmoid(p[0] * p[2] + p[1]) - y) ** 2).sum() / 2, exact)
    expected = dict(zip(NAMES, right, strict=True))
    reply = student.slopes(w, b, x, y)
    return compare_values(reply, expected, tolerance, gradients=NAMES)


def neurons(rng, m, dtype=np.float64):
    """w, b, x and y of m neurons, none of them near saturation."""
    w, x = (rng.uniform(0.4, 2, m) * rng.choice([-1, 1], m) for _ in range(2))
    return [v.astype(dtype) for v in (w, rng.normal(0, 0.7, m), x, rng.uniform(0, 1, m))]


@check("One neuron", points=3)
def one_neuron(student, rng):
    for w, b, x, y in zip(*neurons(rng, 3), strict=True):
        asked(student, float(w), float(b), float(x), float(y))


@check("Several neurons side by side", points=3)
def several_neurons(student, rng):
    return asked(student, *neurons(rng, 7))


@check("A weight of 0 and an input of 0", points=1)
def zeros(student, rng):
    w, b, x, y = neurons(rng, 3)
    asked(student, 0.0, float(b[0]), float(x[0]), float(y[0]))
    return asked(student, float(w[1]), float(b[1]), 0.0, float(y[1]))


@check("Saturated neurons", points=2)
def saturated(student, rng):
    w, b, x, y = neurons(rng, 6)
    # The first two stay as they are: beside them what is left of a vanished slope is rounding.
    b[2:] += [1000.0, -1000.0, 40.0, -40.0]
    return asked(student, w, b, x, y)


@check("Single precision", points=1)
def single_precision(student, rng):
    return asked(student, *neurons(rng, 5, np.float32), tolerance=1e-5)
