"""Dropout with given masks against mlcore: a layer forward and back, at evaluation, and a whole network's gradients."""

import numpy as np

from grader.checks import check, compare_arrays, compare_gradients, unchanged
from mlcore.networks import Network
from mlcore.regularization import dropout_backward


def of_kept(kept, drop):
    """The mask that mlcore multiplies with."""
    return kept.astype(float) / (1 - drop)


def drawn_kept(rng, shape, drop):
    """1 where a neuron stays, 0 elsewhere, at least one of each unless nothing is left out."""
    kept = (rng.random(shape) >= drop).astype(float)
    if drop:
        kept.flat[rng.permutation(kept.size)[:2]] = 0, 1
    return kept


def forward(student, a, kept, drop, training):
    reply = student.drop_forward(a, kept, drop, training)
    right = a * of_kept(kept, drop) if training else a
    evidence = compare_arrays(reply, right, f"drop_forward(a, kept, {drop:g}, {training})")
    unchanged(student, "Return a new array instead.")
    return evidence


def backward(student, da, kept, drop):
    reply = student.drop_backward(da, kept, drop)
    evidence = compare_arrays(reply, dropout_backward(da, of_kept(kept, drop)), f"drop_backward(da, kept, {drop:g})")
    unchanged(student, "Return a new array instead.")
    return evidence


def gradients(student, rng, sizes, m, drop, dtype=np.float64):
    net = Network.random(sizes, rng)
    weights, biases = ([a.astype(dtype) for a in group] for group in (net.weights, net.biases))
    x, y = rng.normal(size=(m, sizes[0])).astype(dtype), rng.uniform(size=(m, sizes[-1])).astype(dtype)
    kept = [drawn_kept(rng, (m, n), drop).astype(dtype) for n in sizes[1:-1]]
    right = Network([w.astype(float) for w in weights], [b.astype(float) for b in biases], cost="cross-entropy")
    expected = right.backprop(x.astype(float), y.astype(float), [of_kept(k, drop) for k in kept])
    # What was computed in single precision stays so, also where the reply is float64.
    tolerance = 1e-5 if dtype == np.float32 else None
    evidence = compare_gradients(student.drop_gradients(weights, biases, x, y, kept, drop), expected, tolerance)
    unchanged(student, "Return a new array instead.")
    return evidence


@check("Forward, while training", points=2)
def training(student, rng):
    forward(student, rng.uniform(size=(4, 4)), drawn_kept(rng, (4, 4), 0.5), 0.5, True)
    return forward(student, rng.uniform(size=(5, 7)), drawn_kept(rng, (5, 7), 0.3), 0.3, True)


@check("Forward, when the network is used", points=1)
def evaluation(student, rng):
    return forward(student, rng.uniform(size=(5, 7)), drawn_kept(rng, (5, 7), 0.3), 0.3, False)


@check("Back through the layer", points=2)
def back(student, rng):
    backward(student, rng.normal(size=(4, 4)), drawn_kept(rng, (4, 4), 0.5), 0.5)
    return backward(student, rng.normal(size=(3, 8)), drawn_kept(rng, (3, 8), 0.2), 0.2)


@check("One hidden layer", points=2)
def one_hidden_layer(student, rng):
    return gradients(student, rng, (5, 6, 3), 4, 0.4)


@check("Several hidden layers", points=2)
def several_hidden_layers(student, rng):
    gradients(student, rng, (5, 5, 5, 5), 7, 0.5)
    return gradients(student, rng, (6, 8, 7, 4, 3), 5, 0.25)


@check("Nothing to leave out, and single precision", points=1)
def edges(student, rng):
    gradients(student, rng, (4, 3), 5, 0.5)
    gradients(student, rng, (4, 5, 2), 1, 0.0)
    return gradients(student, rng, (5, 6, 4, 2), 6, 0.5, np.float32)
