"""The outputs of a sigmoid network against mlcore: one layer, a square batch, unequal widths, one example, float32."""

import numpy as np

from grader.checks import check, compare_values
from mlcore.networks import Network


def asked(student, rng, sizes, m, dtype=np.float64):
    """The student's outputs of a random network for a random batch, held against the reference's."""
    net = Network.random(sizes, rng)
    weights, biases = ([a.astype(dtype) for a in group] for group in (net.weights, net.biases))
    x = rng.normal(size=(m, sizes[0])).astype(dtype)
    right = Network([w.astype(float) for w in weights], [b.astype(float) for b in biases])
    outputs = right.forward(x.astype(float))[1][-1]
    reply = student.forward(weights, biases, x)
    # What was computed in single precision stays so, also where the reply is float64.
    return compare_values([reply], {"the outputs": outputs}, 1e-5 if dtype == np.float32 else None)


@check("One layer", points=2)
def one_layer(student, rng):
    return asked(student, rng, (4, 3), 6)


@check("As many examples as neurons in each layer", points=3)
def square(student, rng):
    return asked(student, rng, (5, 5, 5, 5), 5)


@check("Layers of unequal width", points=3)
def unequal_width(student, rng):
    return asked(student, rng, (7, 5, 4, 3), 6)


@check("A batch of one", points=1)
def batch_of_one(student, rng):
    return asked(student, rng, (3, 6, 2), 1)


@check("Single precision", points=1)
def single_precision(student, rng):
    return asked(student, rng, (6, 4, 3), 5, np.float32)
