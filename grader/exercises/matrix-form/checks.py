"""The product of matrices against mlcore: the output layer, unequal and equal widths, errors, and how far they grow."""

from itertools import pairwise

import numpy as np

from grader.checks import check, compare_arrays, compare_values
from mlcore.activations import sigmoid_prime
from mlcore.networks import Network
from mlcore.unstable_gradients import matrix_form


def drawn(rng, sizes):
    """A random network whose slopes lie well apart, and an example."""
    weights = [rng.normal(0, 1.5 / np.sqrt(n_in), (n_out, n_in)) for n_in, n_out in pairwise(sizes)]
    return Network(weights, [rng.normal(size=n) for n in sizes[1:]]), rng.normal(size=sizes[0])


def right_matrix(net, x, layer):
    """Column k is the error that comes of a slope of 1 in output k alone."""
    output = net.forward(x[None])[1][-1][0]
    return np.stack([matrix_form(net, x, output - unit)[layer] for unit in np.eye(len(output))], axis=1)


def right_growth(net, x, layer):
    zs = [z[0] for z in net.forward(x[None])[0]]
    steps = [sigmoid_prime(zs[k])[:, None] * net.weights[k + 1].T for k in range(layer, len(zs) - 1)]
    bound = sigmoid_prime(zs[-1]).max() * np.prod([np.linalg.norm(step, 2) for step in steps])
    return {"largest": np.linalg.norm(right_matrix(net, x, layer), 2), "bound": bound}


def matrix_asked(student, net, x, layer):
    reply = student.backward_matrix(net.weights, net.biases, x, layer)
    return compare_arrays(reply, right_matrix(net, x, layer), f"backward_matrix(…, layer={layer})")


def delta_asked(student, net, x, y, layer):
    reply = student.delta(net.weights, net.biases, x, y, layer)
    return compare_arrays(reply, matrix_form(net, x, y)[layer], f"delta(…, layer={layer})")


def growth_asked(student, net, x, layer):
    reply = student.growth(net.weights, net.biases, x, layer)
    return compare_values(reply, right_growth(net, x, layer))


@check("The output layer", points=1)
def output_layer(student, rng):
    net, x = drawn(rng, (4, 5, 3))
    return matrix_asked(student, net, x, 1)


@check("Layers of unequal width", points=3)
def unequal_width(student, rng):
    net, x = drawn(rng, (4, 6, 5, 7, 3))
    for layer in (2, 1, 0):
        evidence = matrix_asked(student, net, x, layer)
    return evidence


@check("Layers of equal width", points=2)
def equal_width(student, rng):
    net, x = drawn(rng, (4, 4, 4, 4))
    matrix_asked(student, net, x, 1)
    return matrix_asked(student, net, x, 0)


@check("The error of every layer", points=2)
def errors(student, rng):
    net, x = drawn(rng, (5, 6, 4, 1, 3))
    y = rng.uniform(size=3)
    for layer in (3, 2, 1, 0):
        evidence = delta_asked(student, net, x, y, layer)
    return evidence


@check("How far an error can grow", points=2)
def how_far(student, rng):
    net, x = drawn(rng, (3, 5, 5, 5, 5))
    growth_asked(student, net, x, 2)
    growth_asked(student, net, x, 0)
    net, x = drawn(rng, (5, 4, 6, 3))
    growth_asked(student, net, x, 2)
    return growth_asked(student, net, x, 0)
