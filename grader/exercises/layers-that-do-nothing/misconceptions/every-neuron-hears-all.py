"""Your new neurons take the sum of all activations: every weight of the layer is `scale`. Each passes on its
own, so that only the diagonal is not 0.
"""

import numpy as np


def deepen(weights, biases, at, scale):
    w, b = weights[at + 1], biases[at + 1]
    n = w.shape[1]
    w2 = 4 / scale
    c = 0.5 - w2 / 2
    new_weights = [np.full((n, n), scale), w2 * w]
    new_biases = [np.full(n, -scale / 2), b + c * w.sum(axis=1)]
    return (
        weights[: at + 1] + new_weights + weights[at + 2 :],
        biases[: at + 1] + new_biases + biases[at + 2 :],
    )
