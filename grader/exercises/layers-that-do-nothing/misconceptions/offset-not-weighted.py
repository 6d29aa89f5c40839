"""You add c itself to each next bias. There is a c for every new neuron, and each arrives multiplied by its
weight: c times the sum of the row.
"""

import numpy as np


def deepen(weights, biases, at, scale):
    w, b = weights[at + 1], biases[at + 1]
    n = w.shape[1]
    w2 = 4 / scale
    c = 0.5 - w2 / 2
    new_weights = [scale * np.eye(n), w2 * w]
    new_biases = [np.full(n, -scale / 2), b + c]
    return (
        weights[: at + 1] + new_weights + weights[at + 2 :],
        biases[: at + 1] + new_biases + biases[at + 2 :],
    )
