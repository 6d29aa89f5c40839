"""Your new layer stands one place too late: `at` counts hidden layers from 0, and `weights[at]` leads into that
one. The new layer's place in the list is `at + 1`.
"""

import numpy as np


def deepen(weights, biases, at, scale):
    w, b = weights[at + 2], biases[at + 2]
    n = w.shape[1]
    w2 = 4 / scale
    c = 0.5 - w2 / 2
    new_weights = [scale * np.eye(n), w2 * w]
    new_biases = [np.full(n, -scale / 2), b + c * w.sum(axis=1)]
    return (
        weights[: at + 2] + new_weights + weights[at + 3 :],
        biases[: at + 2] + new_biases + biases[at + 3 :],
    )
