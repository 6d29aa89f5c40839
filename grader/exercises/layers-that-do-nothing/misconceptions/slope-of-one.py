"""You multiply the next weights by 1/scale. The sigmoid's slope at 0 is ¼ and not 1, so it is 4/scale."""

import numpy as np


def deepen(weights, biases, at, scale):
    w, b = weights[at + 1], biases[at + 1]
    n = w.shape[1]
    w2 = 1 / scale
    c = 0.5 - w2 / 2
    new_weights = [scale * np.eye(n), w2 * w]
    new_biases = [np.full(n, -scale / 2), b + c * w.sum(axis=1)]
    return (
        weights[: at + 1] + new_weights + weights[at + 2 :],
        biases[: at + 1] + new_biases + biases[at + 2 :],
    )
