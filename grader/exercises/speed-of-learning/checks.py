"""The norms of the hidden layers against mlcore: one layer, a square net, unequal widths, one example, float32."""

import numpy as np

from grader.checks import check, checked_layers, compare_values
from mlcore.networks import Network
from mlcore.unstable_gradients import layer_norms

# A number does not show the precision that it was computed in; the mistakes lie a thousand times further apart.
TOLERANCE = 1e-5


def asked(student, rng, sizes, m, dtype=np.float64):
    """The student's norms on a random network and batch, each held against the reference's."""
    net = Network.random(sizes, rng)
    weights, biases = ([a.astype(dtype) for a in group] for group in (net.weights, net.biases))
    x, y = rng.normal(size=(m, sizes[0])).astype(dtype), rng.uniform(size=(m, sizes[-1])).astype(dtype)
    right = Network([w.astype(float) for w in weights], [b.astype(float) for b in biases])
    expected = layer_norms(right, x.astype(float), y.astype(float))
    reply = student.layer_norms(weights, biases, x, y)
    each = "one for each hidden layer, none for the output layer"
    norms = checked_layers(reply, len(expected), "layer_norms(…)", "number", each)
    return compare_values(norms, {f"norms[{i}]": norm for i, norm in enumerate(expected)}, TOLERANCE, norms=True)


@check("One hidden layer", points=2)
def one_hidden_layer(student, rng):
    return asked(student, rng, (6, 4, 3), 5)


@check("Layers of equal width", points=3)
def equal_width(student, rng):
    return asked(student, rng, (5, 5, 5, 5), 7)


@check("Layers of unequal width", points=3)
def unequal_width(student, rng):
    return asked(student, rng, (9, 7, 4, 6, 3), 8)


@check("A batch of one", points=1)
def batch_of_one(student, rng):
    return asked(student, rng, (3, 5, 4, 2), 1)


@check("Single precision", points=1)
def single_precision(student, rng):
    return asked(student, rng, (7, 6, 4, 3), 5, np.float32)
