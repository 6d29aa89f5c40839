"""Your constant is −w2/2, which takes a neuron in its middle to 0. There a is ½: c is ½ − w2/2."""

import numpy as np


def deepen(weights, biases, at, scale):
    w, b = weights[at + 1], biases[at + 1]
    n = w.shape[1]
    w2 = 4 / scale
    c = -w2 / 2
    new_weights = [scale * np.eye(n), w2 * w]
    new_biases = [np.full(n, -scale / 2), b + c * w.sum(axis=1)]
    return (
        weights[: at + 1] + new_weights + weights[at + 2 :],
        biases[: at + 1] + new_biases + biases[at + 2 :],
    )
