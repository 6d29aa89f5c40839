"""Every layer's z and a against mlcore: each activation, unequal widths, a square batch, one example, float32."""

import numpy as np

from grader.checks import check, checked_layers, checked_parts, compare_values
from mlcore.activations import ACTIVATIONS
from mlcore.networks import Network

# The first three are the ones that a row of `if`s forgets or takes for another.
NAMES = ("identity", "tanh", "relu", "sigmoid", "softmax")


def asked(student, weights, biases, x, names):
    """The student's layers, held against the reference's in the order in which they are computed, up to a wrong one."""
    reply = student.layers(weights, biases, x, list(names))
    zs, acts = checked_parts(reply, "layers", ("zs", "acts"))
    zs = checked_layers(zs, len(weights), "zs")
    acts = checked_layers(acts, len(weights) + 1, "acts", each="one a layer and `x` before them")
    # What was computed in single precision stays so, also where the reply is float64.
    tolerance = 1e-5 if x.dtype == np.float32 else None
    a = x.astype(float)
    compare_values([acts[0]], {"acts[0]": a}, tolerance)
    for i, (w, b, name) in enumerate(zip(weights, biases, names, strict=True)):
        z = a @ w.astype(float).T + b
        a = ACTIVATIONS[name].function(z)
        compare_values([zs[i]], {f"zs[{i}]": z}, tolerance)
        evidence = compare_values([acts[i + 1]], {f"acts[{i + 1}]": a}, tolerance)
    return evidence


def network(rng, sizes, m, dtype=np.float64):
    """Weights, biases and a batch."""
    net = Network.random(sizes, rng)
    weights, biases = ([a.astype(dtype) for a in group] for group in (net.weights, net.biases))
    return weights, biases, rng.normal(size=(m, sizes[0])).astype(dtype)


@check("One layer of each activation", points=2)
def one_layer(student, rng):
    for name in NAMES:
        evidence = asked(student, *network(rng, (4, 3), 6), [name])
    return evidence


@check("Layers of unequal width", points=3)
def unequal_width(student, rng):
    return asked(student, *network(rng, (6, 5, 7, 4, 3), 8), ["relu", "tanh", "sigmoid", "softmax"])


@check("As many examples as neurons in each layer", points=2)
def square(student, rng):
    return asked(student, *network(rng, (5, 5, 5, 5), 5), ["tanh", "softmax", "identity"])


@check("A batch of one", points=1)
def batch_of_one(student, rng):
    return asked(student, *network(rng, (3, 6, 2), 1), ["sigmoid", "relu"])


@check("Softmax far from zero", points=1)
def far(student, rng):
    weights, biases, x = network(rng, (4, 3, 5), 6)
    # Rows of all sizes: one shift for the whole batch would leave nothing of the low ones.
    x[:, 0] = [400, -400, 0, 1, -1, 40]
    weights[0][:, 0] = [3, -1, 2]
    return asked(student, weights, biases, x, ["identity", "softmax"])


@check("Single precision", points=1)
def single_precision(student, rng):
    return asked(student, *network(rng, (6, 4, 5, 3), 7, np.float32), ["sigmoid", "relu", "softmax"])
