"""One neuron's cost and slopes against a network of one neuron in mlcore, and the mean that a doubled batch keeps."""

import numpy as np

from grader.checks import Mismatch, check, compare_values
from mlcore.networks import Network


def neuron(rng, m, n):
    """Weights, bias and a batch, off the origin."""
    return rng.normal(size=n), float(rng.normal()), rng.normal(0.5, 1, (m, n)), rng.uniform(size=m)


def right(w, b, x, y):
    """The reference's cost and slopes."""
    w, x, y = (a.astype(float) for a in (w, x, y))
    net = Network([w[None, :]], [np.array([float(b)])])
    (dw,), (db,) = net.backprop(x, y[:, None])
    return {"cost": net.loss(x, y[:, None]), "dw": dw[0], "db": db[0]}


def asked(student, w, b, x, y):
    """The student's cost and slopes, held against the reference's."""
    # What was given in single precision is no better than that, also where the reply is float64.
    tolerance = 1e-5 if x.dtype == np.float32 else None
    reply = student.cost_and_gradient(w, b, x, y)
    return compare_values(reply, right(w, b, x, y), tolerance, gradients=("dw", "db"))


@check("A batch", points=3)
def a_batch(student, rng):
    return asked(student, *neuron(rng, 7, 4))


@check("As many examples as inputs", points=2)
def square(student, rng):
    return asked(student, *neuron(rng, 5, 5))


@check("Every example twice", points=2)
def twice(student, rng):
    w, b, x, y = neuron(rng, 6, 3)
    try:
        return asked(student, w, b, np.vstack([x, x]), np.hstack([y, y]))
    except Mismatch as error:
        more = " In this batch every example stands twice, which leaves a mean as it is."
        raise Mismatch(f"{error}{more}", error.evidence) from error


@check("One example", points=1)
def one_example(student, rng):
    return asked(student, *neuron(rng, 1, 3))


@check("Saturated examples", points=1)
def saturated(student, rng):
    w, b, x, y = neuron(rng, 8, 3)
    w[0] = 1.0
    x[:4, 0] = [1000, -1000, 800, -800]
    return asked(student, w, b, x, y)


@check("Single precision", points=1)
def single_precision(student, rng):
    w, b, x, y = neuron(rng, 6, 4)
    return asked(student, w.astype(np.float32), np.float32(b), x.astype(np.float32), y.astype(np.float32))
