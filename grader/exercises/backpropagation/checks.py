"""Back-propagation against mlcore: one layer, a square net, unequal widths, one example, float32."""

import numpy as np

from grader.checks import check, compare_gradients
from mlcore.networks import Network

# Odd and unequal sizes: what is mixed up shows in the shapes, and no batch is as long as a layer is wide.


def asked(student, rng, sizes, m, dtype=np.float64):
    """The student's gradients on a random network and batch, held against the reference's."""
    net = Network.random(sizes, rng)
    arrays = [net.weights, net.biases]
    weights, biases = ([a.astype(dtype) for a in group] for group in arrays)
    x, y = rng.normal(size=(m, sizes[0])).astype(dtype), rng.uniform(size=(m, sizes[-1])).astype(dtype)
    right = Network([w.astype(float) for w in weights], [b.astype(float) for b in biases])
    # What was computed in single precision stays so, also where the reply is float64.
    tolerance = 1e-5 if dtype == np.float32 else None
    reply = student.backprop(weights, biases, x, y)
    return compare_gradients(reply, right.backprop(x.astype(float), y.astype(float)), tolerance)


@check("One layer", points=2)
def one_layer(student, rng):
    return asked(student, rng, (4, 3), 5)


@check("Layers of equal width", points=3)
def equal_width(student, rng):
    return asked(student, rng, (5, 5, 5, 5), 7)


@check("Layers of unequal width", points=3)
def unequal_width(student, rng):
    return asked(student, rng, (7, 5, 4, 3), 6)


@check("A batch of one", points=1)
def batch_of_one(student, rng):
    return asked(student, rng, (3, 4, 2), 1)


@check("Single precision", points=1)
def single_precision(student, rng):
    return asked(student, rng, (6, 4, 3), 5, np.float32)
