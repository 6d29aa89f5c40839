"""Saturation by layer against mlcore: shares, means and stuck neurons, of deep, square and small networks."""

from itertools import pairwise

import numpy as np

from grader.checks import check, checked_layers, compare_values
from mlcore.networks import Network
from mlcore.unstable_gradients import saturation as right_saturation

# Closer to a margin than this no activation comes, so that rounding decides nothing, in single precision neither.
CLEAR = 1e-4


def drawn(rng, sizes, m, margin, spread=4.0):
    """A network of large weights and a batch: some activations saturated, some neurons stuck, some telling apart."""
    while True:
        weights = [rng.normal(0, spread / np.sqrt(n_in), (n_out, n_in)) for n_in, n_out in pairwise(sizes)]
        biases = [rng.normal(0, 2, n) for n in sizes[1:]]
        # In every hidden layer the first neuron is stuck near 0, the second near 1, and the third says only 0 or 1.
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            w[:2] *= 0.1
            b[:2] = rng.uniform(-9, -7), rng.uniform(7, 9)
            w[2] *= 20
        net, x = Network(weights, biases), rng.normal(0, 1.5, (m, sizes[0]))
        hidden = net.forward(x)[1][1:-1]
        if all((abs(a - side) > CLEAR).all() for a in hidden for side in (margin, 1 - margin)):
            return net, x


def hidden(net, x):
    return net.forward(x)[1][1:-1]


def right_stuck(net, x, margin):
    """The neurons whose every activation lies on one side and within the margin."""
    near = [(np.abs(np.round(a) - a) <= margin) & (np.round(a) == np.round(a[0])) for a in hidden(net, x)]
    return [int(n.all(axis=0).sum()) for n in near]


def compared(reply, function, expected):
    each = "one for each hidden layer, none for the output layer"
    values = checked_layers(reply, len(expected), f"{function}(…)", "number", each)
    return compare_values(values, {f"{function}[{layer}]": right for layer, right in enumerate(expected)})


def saturation_asked(student, net, x, margin):
    reply = student.saturation(net.weights, net.biases, x, margin)
    return compared(reply, "saturation", right_saturation(net, x, margin))


def means_asked(student, net, x):
    reply = student.mean_activations(net.weights, net.biases, x)
    return compared(reply, "mean_activations", [a.mean() for a in hidden(net, x)])


def stuck_asked(student, net, x, margin):
    reply = student.stuck_neurons(net.weights, net.biases, x, margin)
    return compared(reply, "stuck_neurons", right_stuck(net, x, margin))


@check("The share of each layer", points=3)
def share(student, rng):
    saturation_asked(student, *drawn(rng, (6, 9, 7, 8, 5), 11, 0.05), 0.05)
    return saturation_asked(student, *drawn(rng, (5, 8, 6, 4), 13, 0.2), 0.2)


@check("The mean of each layer", points=2)
def mean(student, rng):
    return means_asked(student, *drawn(rng, (6, 9, 7, 8, 5), 11, 0.05))


@check("Stuck neurons", points=3)
def stuck(student, rng):
    stuck_asked(student, *drawn(rng, (6, 9, 7, 8, 5), 11, 0.05), 0.05)
    return stuck_asked(student, *drawn(rng, (5, 8, 6, 4), 13, 0.2), 0.2)


@check("Layers as wide as the batch is long", points=1)
def square(student, rng):
    net, x = drawn(rng, (7, 7, 7, 7), 7, 0.1)
    saturation_asked(student, net, x, 0.1)
    means_asked(student, net, x)
    return stuck_asked(student, net, x, 0.1)


@check("One example, one hidden layer", points=1)
def one_example(student, rng):
    net, x = drawn(rng, (4, 9, 3), 1, 0.1, 2.0)
    saturation_asked(student, net, x, 0.1)
    means_asked(student, net, x)
    return stuck_asked(student, net, x, 0.1)
