"""The deeper network against the one that it was made of: shapes, what stays, outputs, and the corners of [0, 1]ⁿ."""

from itertools import pairwise

import numpy as np

from grader.checks import (
    Comparison,
    Evidence,
    Mismatch,
    check,
    checked_array,
    checked_layers,
    checked_parts,
    compare_array,
    unchanged,
)
from grader.errors import CheckFailed
from mlcore.activations import sigmoid
from mlcore.networks import Network

# What single precision may add, of the sum of the weights, where numbers of size 4/scale cancel.
ROUNDING = 1e-6
# Far above 4/scale times any weight; what a network can still compute with.
LARGEST = 1e9
GROUPS = ("weights", "biases")


def drawn(rng, sizes, size=1.0):
    """A network whose weights are `size` times as large as they start, as training makes them."""
    weights = [rng.normal(0, size / np.sqrt(n_in), (n_out, n_in)) for n_in, n_out in pairwise(sizes)]
    return Network(weights, [rng.normal(size=n) for n in sizes[1:]])


def received(value, expected, name, tolerance):
    """The student's array, of the right shape and within the tolerance. Raises Mismatch where it is not."""
    comparison = compare_array(value, expected, name, tolerance)
    if not comparison.passed:
        raise Mismatch(comparison.problem, Evidence((comparison,)))
    return checked_array(value, expected.shape, name, LARGEST)


def promised(net, at, scale):
    """How far identity neurons of this scale can take the weighted inputs of the layer behind, and the outputs, off."""
    off = np.abs(net.weights[at + 1]).sum(axis=1) * (scale**2 / 96 + ROUNDING / scale)
    first = off
    for w in net.weights[at + 2 :]:
        off = np.abs(w) @ off / 4  # σ′ is at most ¼
    return first, off / 4


def deeper(student, net, at, scale):
    """The student's network, where its shape and all that the statement fixes are right."""
    layers = len(net.weights) + 1
    reply = checked_parts(student.deepen(net.weights, net.biases, at, scale), "deepen", GROUPS)
    weights, biases = (
        checked_layers(group, layers, name, each="one layer more than before")
        for name, group in zip(GROUPS, reply, strict=True)
    )
    n = len(net.biases[at])
    # Shapes, and the values that the statement fixes; those of the layer behind are judged by what comes out.
    right_weights = [*net.weights[: at + 1], scale * np.eye(n), *net.weights[at + 1 :]]
    right_biases = [*net.biases[: at + 1], np.zeros(n), *net.biases[at + 1 :]]
    tolerances = [1e-6] * layers
    tolerances[at + 2] = np.inf
    found_w = [
        received(w, right, f"weights[{i}]", tolerance)
        for i, (w, right, tolerance) in enumerate(zip(weights, right_weights, tolerances, strict=True))
    ]
    tolerances[at + 1] = np.inf
    found_b = [
        received(b, right, f"biases[{i}]", tolerance)
        for i, (b, right, tolerance) in enumerate(zip(biases, right_biases, tolerances, strict=True))
    ]
    return Network(found_w, found_b)


def corners(w, rng):
    """Activations at which the neurons' errors add up in each of the rows of w, and some within."""
    return np.vstack([w > 0, w < 0, np.ones((1, w.shape[1])), rng.uniform(size=(20, w.shape[1]))]).astype(float)


def asked(student, rng, net, at, scale):
    """The student's network, where it computes what the one before did, as closely as the scale promises."""
    made = deeper(student, net, at, scale)
    x = rng.normal(size=(20, net.weights[0].shape[1]))
    before, after = (n.forward(x)[1][-1] for n in (net, made))
    first, outputs = promised(net, at, scale)
    off = np.abs(after - before).max(axis=0)
    if not (off <= outputs).all():
        worst = int(np.argmax(off - outputs))
        raise Mismatch(
            f"With a layer at {at + 1} of scale {scale:.2g}, output {worst} is off by up to {off[worst]:.2g}, and "
            f"identity neurons of that scale would leave it within {outputs[worst]:.2g}. Look at layer {at + 2}, "
            "which has to undo what the new one does.",
            Evidence((Comparison("outputs", after, before, "The outputs differ."),)),
        )
    a = corners(net.weights[at + 1], rng)
    z = a @ net.weights[at + 1].T + net.biases[at + 1]
    passed_on = sigmoid(a @ made.weights[at + 1].T + made.biases[at + 1])
    off = np.abs(passed_on @ made.weights[at + 2].T + made.biases[at + 2] - z).max(axis=0)
    if not (off <= first).all():
        worst = int(np.argmax(off - first))
        raise CheckFailed(
            f"For some activations from 0 to 1, weighted input {worst} of layer {at + 2} is off by {off[worst]:.2g}; "
            f"identity neurons of scale {scale:.2g} would leave it within {first[worst]:.2g}. Are the new neurons "
            "centered on the middle of [0, 1]?"
        )
    return made


@check("One hidden layer", points=2)
def one_hidden_layer(student, rng):
    asked(student, rng, drawn(rng, (4, 6, 3)), 0, float(rng.uniform(0.2, 0.5)))


@check("Layers of unequal width, at each place", points=3)
def unequal_width(student, rng):
    net = drawn(rng, (5, 7, 4, 6, 3))
    for at in (2, 1, 0):
        asked(student, rng, net, at, float(rng.uniform(0.2, 0.5)))


@check("Layers of equal width", points=1)
def equal_width(student, rng):
    net = drawn(rng, (5, 5, 5, 5))
    asked(student, rng, net, 1, float(rng.uniform(0.2, 0.5)))
    asked(student, rng, net, 0, float(rng.uniform(0.2, 0.5)))


@check("The large weights of a trained network", points=2)
def trained(student, rng):
    net = drawn(rng, (6, 8, 7, 4), 4.0)
    asked(student, rng, net, 1, float(rng.uniform(0.8, 1)))
    asked(student, rng, net, 0, 0.2)


@check("Three layers, one after another", points=1)
def three(student, rng):
    net = drawn(rng, (4, 6, 5, 3))
    for at in (0, 0, 2):
        net = asked(student, rng, net, at, float(rng.uniform(0.2, 0.5)))


@check("The network that came stays as it was", points=1)
def left_alone(student, rng):
    asked(student, rng, drawn(rng, (3, 4, 5, 2)), 0, 0.3)
    unchanged(student, "Make new lists and new arrays, so that the network that came can still be used.")
