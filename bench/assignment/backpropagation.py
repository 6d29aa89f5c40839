"""The checks of the exercise of this name, as its author would write them for another grader.

FUNCTION: what the student writes.
CHECKS: name → (points, a function that takes the student's and raises AssertionError).
"""

import itertools

import numpy as np

FUNCTION = "backprop"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def reference(weights, biases, x, y):
    """Gradients of the mean squared error of a sigmoid network: lists shaped as weights and biases."""
    activations = [x]
    for w, b in zip(weights, biases, strict=True):
        activations.append(sigmoid(activations[-1] @ w.T + b))
    nabla_w, nabla_b = [], []
    delta = activations[-1] - y
    for layer in reversed(range(len(weights))):
        delta = delta * activations[layer + 1] * (1 - activations[layer + 1])
        nabla_w.insert(0, delta.T @ activations[layer] / len(x))
        nabla_b.insert(0, delta.mean(axis=0))
        delta = delta @ weights[layer]
    return nabla_w, nabla_b


def asked(sizes, m, dtype=np.float64):
    """A check on a random network of these sizes and a batch of m."""

    def check(backprop):
        rng = np.random.default_rng()
        weights = [rng.normal(size=(n, k)).astype(dtype) for k, n in itertools.pairwise(sizes)]
        biases = [rng.normal(size=n).astype(dtype) for n in sizes[1:]]
        x, y = rng.normal(size=(m, sizes[0])).astype(dtype), rng.uniform(size=(m, sizes[-1])).astype(dtype)
        right = reference(*([a.astype(float) for a in group] for group in (weights, biases)), x.astype(float), y)
        reply = backprop(weights, biases, x, y)
        assert len(reply) == len(right)
        for received, expected in zip(reply, right, strict=True):
            assert len(received) == len(expected)
            for r, e in zip(received, expected, strict=True):
                assert np.shape(r) == e.shape
                assert np.linalg.norm(r - e) <= (1e-5 if dtype == np.float32 else 1e-7) * np.linalg.norm(e)

    return check


CHECKS = {
    "One layer": (2, asked((4, 3), 5)),
    "Layers of equal width": (3, asked((5, 5, 5, 5), 7)),
    "Layers of unequal width": (3, asked((7, 5, 4, 3), 6)),
    "A batch of one": (1, asked((3, 4, 2), 1)),
    "Single precision": (1, asked((6, 4, 3), 5, np.float32)),
}
